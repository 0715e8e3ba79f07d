//! Detects markup that is not understood: Markdown has more than inline text has.

use super::super::cut;
use super::super::rich_text::{MARKER_PLACEHOLDER, MARKUP_PLACEHOLDER, ends_in_particle};
use super::{Rule, after, before, looks_like};

/// The rules for inline text, in order.
pub(super) const IN_INLINE_TEXT: [Rule; 11] = [
    image,
    link,
    attributes,
    strikethrough,
    highlight,
    other_emphasis,
    emphasis_in_word,
    backslash,
    footnote,
    line_marks,
    code_block,
];

/// Detects the first kind of markup in a plain text, where no markup is understood.
pub(super) fn in_plain_text(text: &str) -> Option<String> {
    let found = link_of_any_kind(text)
        .or_else(|| link_of_another_kind(text).map(|found| (found, "a link")))
        .or_else(|| image_in(text).map(|found| (found, "an image")))
        .or_else(|| attributes_in(text).map(|found| (found, ATTRIBUTES)))
        .or_else(|| {
            let marks = ["**", "*", "__", "_", "'''''", "'''"];
            marks.into_iter().find_map(|mark| paired(text, mark)).map(|found| (found, "emphasis"))
        })
        .or_else(|| paired(text, "==").map(|found| (found, "text that is highlighted")))
        .or_else(|| paired(text, "`").map(|found| (found, "code")))
        .or_else(|| paired(text, "~~").map(|found| (found, "text that is struck out")))
        .or_else(|| {
            let found =
                after(text, "[^").find_map(|(_, rest)| before(rest, "]", 60).filter(|id| !id.is_empty()));
            found.map(|id| (["[^", id, "]"].concat(), "a citation"))
        })
        .or_else(|| heading(text).map(|found| (found, "a heading")))
        .or_else(|| backslash_in(text).map(|found| (found, LINE_BREAK)));
    let (found, what) = found?;
    Some(looks_like(&found, what, "This is plain text: markup has no effect here"))
}

fn link_of_any_kind(text: &str) -> Option<(String, &'static str)> {
    after(text, "](").find_map(|(at, rest)| {
        let inner = before(rest, ")", 300).filter(|inner| inner.contains(['/', '.', '#']))?;
        let words = bracketed_before(text, at)?;
        Some((["[", words, "](", inner, ")"].concat(), "a link"))
    })
}

fn image(rest: &str) -> Option<String> {
    Some(looks_like(&image_in(rest)?, "an image", "Use a block of the type \"image\" instead"))
}

/// Finds `![alt](src.png)`, `![[image.png]]`.
fn image_in(text: &str) -> Option<String> {
    after(text, "![").find_map(|(_, rest)| {
        let alt = before(rest, "]", 300)?;
        let after_it = rest.get(alt.len() + 1..)?;
        let is_image =
            after_it.starts_with(['(', '[']) || (alt.starts_with('[') && after_it.starts_with(']'));
        is_image.then(|| ["![", alt, "]"].concat())
    })
}

fn link(rest: &str) -> Option<String> {
    let is_aside = |after: &str| {
        let inner = before(after, ")", 300);
        inner.is_some_and(|inner| {
            !inner.is_empty() && !inner.contains([' ', '/', '.', '"', '<', MARKUP_PLACEHOLDER])
        })
    };
    let with_address = after(rest, "](").filter(|(_, after)| !is_aside(after));
    let with_label = after(rest, "][").filter(|(_, after)| before(after, "]", 100).is_some());
    let definition = after(rest, "]: ").filter(|(at, after)| {
        let label = bracketed_before(rest, *at).map_or(0, str::len);
        let before = rest.get(..at.saturating_sub(label + 1)).unwrap_or_default();
        let begins_line = before.is_empty() || before.ends_with('\n');
        begins_line && ["http://", "https://", "<http"].iter().any(|start| after.starts_with(start))
    });
    let all = with_address.chain(with_label).chain(definition);
    let found = all.into_iter().find_map(|(at, _)| bracketed_before(rest, at));
    if let Some(found) = found {
        let instead = "Write [words](address), without spaces in the address";
        return Some(looks_like(&["[", found, "]"].concat(), "a link", instead));
    }
    if let Some(found) = link_of_another_kind(rest) {
        return Some(looks_like(&found, "a link", "Write [words](address), without a space between them"));
    }
    let found = after(rest, "<").find_map(|(_, rest)| {
        let inner = before(rest, ">", 300)?;
        let is_address = !inner.contains(char::is_whitespace)
            && (inner.contains("://") || inner.starts_with("mailto:") || is_mail(inner));
        is_address.then(|| ["<", inner, ">"].concat())
    })?;
    Some(looks_like(&found, "a link", "Write [words](address), with an http or https address"))
}

/// Finds links as other markup has them, and links with a parenthesis that is not understood.
fn link_of_another_kind(text: &str) -> Option<String> {
    let is_url = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    let is_word = |words: &str| words.contains(char::is_alphabetic) && words != "sic";
    let url_until =
        |at: usize, end| text.get(at..).filter(|rest| is_url(rest)).and_then(|rest| before(rest, end, 500));
    // `[words]（https://…）`, `[words] (https://…)`.
    let apart = ["]（", "] ("].into_iter().flat_map(|mark| after(text, mark)).find_map(|(at, rest)| {
        let words = bracketed_before(text, at).filter(|words| is_url(rest) && is_word(words))?;
        Some(["[", words, "]"].concat())
    });
    // `[https://… words]`, as in MediaWiki.
    let with_words = || {
        after(text, "[http").find_map(|(at, _)| {
            let inner = url_until(at + 1, "]")?;
            let (address, words) = inner.split_once(' ')?;
            let is_link = !address.ends_with([',', ';', ':']) && words.starts_with(char::is_alphanumeric);
            is_link.then(|| ["[", inner, "]"].concat())
        })
    };
    // `[[Page|words]]`.
    let page = || {
        after(text, "[[").find_map(|(at, rest)| {
            let inner = before(rest, "]]", 200)?;
            let is_inside = text.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '!');
            // `[[:space:]]` is a regular expression.
            let is_name = inner.starts_with(char::is_alphanumeric) && !inner.contains(['[', ']']);
            let is_link = is_name && !is_inside && is_word(inner);
            is_link.then(|| ["[[", inner, "]]"].concat())
        })
    };
    // `[words|https://…]`, as in Jira.
    let after_words = || {
        after(text, "|http").find_map(|(at, _)| {
            Some(["[", bracketed_before(text, at)?, "|", url_until(at + 1, "]")?, "]"].concat())
        })
    };
    // `<https://…|words>`, as in Slack.
    let in_angles = || {
        after(text, "<http").find_map(|(at, _)| {
            let inner = url_until(at + 1, ">").filter(|inner| inner.contains('|'))?;
            Some(["<", inner, ">"].concat())
        })
    };
    apart.or_else(with_words).or_else(page).or_else(after_words).or_else(in_angles)
}

/// Detects the attributes that some Markdown has after a link or other words: `[words]{.underline}`.
fn attributes(rest: &str) -> Option<String> {
    Some(looks_like(&attributes_in(rest)?, ATTRIBUTES, "Remove them"))
}

const ATTRIBUTES: &str = "attributes of Markdown";

fn attributes_in(text: &str) -> Option<String> {
    after(text, "{").find_map(|(at, rest)| {
        let inner = before(rest, "}", 200)?;
        let before_it = text.get(..at)?.chars().next_back();
        let is_after = before_it.is_some_and(|c| matches!(c, ']' | '*' | '`' | MARKUP_PLACEHOLDER));
        let begins_line = before_it.is_none_or(|c| c == '\n') && inner.starts_with(':');
        let first = inner.strip_prefix(':').unwrap_or(inner).split_whitespace().next()?;
        let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_one = match first.strip_prefix(['.', '#']) {
            Some(name) => is_name(name),
            // `{index=0}` follows a citation of a language model.
            None => first.split_once('=').is_some_and(|(name, _)| is_name(name) && name != "index"),
        };
        (is_one && (is_after || begins_line)).then(|| ["{", inner, "}"].concat())
    })
}

/// Detects a backslash at the end of a line, which is a line break in Markdown.
fn backslash(rest: &str) -> Option<String> {
    Some(looks_like(&backslash_in(rest)?, LINE_BREAK, "Remove the backslash: the line break is enough"))
}

const LINE_BREAK: &str = "a line break of Markdown";

fn backslash_in(text: &str) -> Option<String> {
    after(text, "\\\n").find_map(|(at, _)| {
        let line = text.get(..at)?.rsplit('\n').next()?;
        // `C:\files\` is a folder; a command goes on after a space and a backslash.
        let is_break = !line.is_empty() && !line.contains('\\') && !line.ends_with([':', ' ']);
        is_break.then(|| "\\".to_owned())
    })
}

/// Returns the text in the brackets that end here, unless they belong to an image.
fn bracketed_before(text: &str, end: usize) -> Option<&str> {
    let before = text.get(..end)?;
    let near = before.char_indices().rev().take(300);
    let (open, c) = near.into_iter().find(|(_, c)| matches!(c, '[' | ']' | '\n'))?;
    let is_image = before.get(..open)?.ends_with('!');
    if c == '[' && !is_image { text.get(open + 1..end) } else { None }
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        !name.is_empty() && host.contains('.') && name.chars().chain(host.chars()).all(is_part)
    })
}

fn strikethrough(rest: &str) -> Option<String> {
    let found = paired(rest, "~~")?;
    Some(looks_like(&found, "text that is struck out", "Remove it, or say that it is no longer true"))
}

fn highlight(rest: &str) -> Option<String> {
    let found = paired(rest, "==")?;
    Some(looks_like(&found, "text that is highlighted", "Write *word* or **word**"))
}

fn other_emphasis(rest: &str) -> Option<String> {
    let found = ["__", "_", "'''''", "'''"].into_iter().find_map(|mark| paired(rest, mark))?;
    Some(looks_like(&found, "emphasis", "Write *word* or **word**"))
}

/// Detects two asterisks that begin or end inside a word: `**un**believable`.
fn emphasis_in_word(rest: &str) -> Option<String> {
    let found = after(rest, "**").find_map(|(at, after)| {
        let before_it = rest.get(..at)?.chars().next_back();
        let inner = before(after, "**", 100)?;
        let next = after.get(inner.len() + 2..)?.chars().next();
        // In Korean and in scripts without spaces between words, such emphasis is understood.
        let has_spaces = |c: char| c < '\u{E00}';
        let ends_inside = next.is_some_and(char::is_alphabetic);
        let begins_inside = before_it.is_some_and(|c| c.is_alphabetic() && c >= '\u{590}' && has_spaces(c))
            && !ends_in_particle(rest.get(..at)?);
        let is_one = (begins_inside || before_it.is_none_or(|c| !c.is_alphanumeric() && c != '*'))
            && inner.starts_with(char::is_alphanumeric)
            && inner.ends_with(char::is_alphanumeric)
            && (begins_inside || ends_inside)
            && inner.chars().chain(next).all(has_spaces);
        let around =
            |c: Option<char>, is_part: bool| c.filter(|_| is_part).map(String::from).unwrap_or_default();
        is_one.then(|| {
            [&around(before_it, begins_inside), "**", inner, "**", &around(next, ends_inside)].concat()
        })
    })?;
    Some(looks_like(
        &found,
        "emphasis",
        "Asterisks inside a word are plain characters; begin and end emphasis at the edges of words",
    ))
}

/// Detects `[^id]: …` at the beginning of a line, whether the marker was understood or not.
fn footnote(rest: &str) -> Option<String> {
    let is_note = |line: &&str| {
        let understood = line.strip_prefix(MARKER_PLACEHOLDER).is_some_and(|rest| rest.starts_with(": "));
        let not = line.strip_prefix("[^").and_then(|rest| rest.split_once(']'));
        understood || not.is_some_and(|(_, rest)| rest.starts_with(':'))
    };
    let line = rest.lines().find(is_note)?;
    let found: String =
        cut(line, 30).chars().map(|c| if c == MARKER_PLACEHOLDER { '…' } else { c }).collect();
    Some(looks_like(&found, "a footnote", "Put the source in \"references\""))
}

/// Detects headings, lists, tables and quotations by the beginning of their lines.
fn line_marks(rest: &str) -> Option<String> {
    if let Some(found) = heading(rest) {
        return Some(looks_like(&found, "a heading", "Use a block of the type \"heading\" instead"));
    }
    if let Some(line) = rest.lines().find(|line| is_table_rule(line)) {
        return Some(looks_like(line, "a table", "Use a block of the type \"table\" instead"));
    }
    if let Some(line) = rest.lines().find(|line| line.starts_with("> ")) {
        return Some(looks_like(line, "a quotation", "Use a block of the type \"quote\" instead"));
    }
    let lines: Vec<&str> = rest.lines().filter(|line| is_item(line)).collect();
    let [first, _, ..] = lines.as_slice() else { return None };
    Some(looks_like(first, "a list", "Use a block of the type \"list\" instead"))
}

fn heading(text: &str) -> Option<String> {
    let is_heading = |line: &&str| {
        let words = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && !words.trim().is_empty()
    };
    text.lines().find(is_heading).map(str::to_owned)
}

/// Whether a line is like `|---|---|`.
fn is_table_rule(line: &str) -> bool {
    line.contains('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Whether a line is like `- item`, `* item`, `1. item`.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = (1..=2).contains(&(line.len() - after_number.len()))
        && (after_number.starts_with(". ") || after_number.starts_with(") "));
    is_numbered || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

fn code_block(rest: &str) -> Option<String> {
    let line = rest.lines().find(|line| line.starts_with("```") || line.starts_with("~~~"))?;
    Some(looks_like(line, "a block of code", "Use a block of the type \"code\" instead"))
}

/// Finds the first pair of marks around words, neither of them inside a word.
fn paired(text: &str, mark: &str) -> Option<String> {
    let is_part = |c: char| mark.contains(c) || c.is_alphanumeric();
    after(text, mark).find_map(|(at, rest)| {
        let before_it = text.get(..at)?.chars().next_back();
        let inner = before(rest, mark, 200)?;
        let after_it = rest.get(inner.len() + mark.len()..)?.chars().next();
        let is_pair = !before_it.is_some_and(is_part)
            && !after_it.is_some_and(is_part)
            && !inner.is_empty()
            && !inner.starts_with(char::is_whitespace)
            && !inner.ends_with(char::is_whitespace)
            && inner.contains(char::is_alphanumeric);
        is_pair.then(|| [mark, inner, mark].concat())
    })
}
