//! Detects markup that is not understood: Markdown has more than inline text has.

use super::super::rich_text::{MARKER_PLACEHOLDER, MARKUP_PLACEHOLDER, ends_in_particle};
use super::{Rule, after, before, looks_like};

/// The rules for inline text, in order.
pub(super) const IN_INLINE_TEXT: [Rule; 8] =
    [image, link, strikethrough, underscores, emphasis_in_word, footnote, line_marks, code_block];

/// Detects the first kind of markup in a plain text, where no markup is understood.
pub(super) fn in_plain_text(text: &str) -> Option<String> {
    let found = link_of_any_kind(text)
        .or_else(|| paired(text, "**").map(|found| (found, "emphasis")))
        .or_else(|| paired(text, "*").map(|found| (found, "emphasis")))
        .or_else(|| paired(text, "__").map(|found| (found, "emphasis")))
        .or_else(|| paired(text, "_").map(|found| (found, "emphasis")))
        .or_else(|| paired(text, "`").map(|found| (found, "code")))
        .or_else(|| paired(text, "~~").map(|found| (found, "text that is struck out")))
        .or_else(|| {
            let found =
                after(text, "[^").find_map(|(_, rest)| before(rest, "]", 60).filter(|id| !id.is_empty()));
            found.map(|id| (["[^", id, "]"].concat(), "a citation"))
        })
        .or_else(|| heading(text).map(|found| (found, "a heading")));
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
    let found = after(rest, "![").find_map(|(_, rest)| {
        let alt = before(rest, "]", 300)?;
        rest.get(alt.len() + 1..)?.starts_with(['(', '[']).then(|| ["![", alt, "]"].concat())
    })?;
    Some(looks_like(&found, "an image", "Use a block of the type \"image\" instead"))
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
    let found = after(rest, "<").find_map(|(_, rest)| {
        let inner = before(rest, ">", 300)?;
        let is_address = !inner.contains(char::is_whitespace)
            && (inner.contains("://") || inner.starts_with("mailto:") || is_mail(inner));
        is_address.then(|| ["<", inner, ">"].concat())
    })?;
    Some(looks_like(&found, "a link", "Write [words](address), with an http or https address"))
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

fn underscores(rest: &str) -> Option<String> {
    let found = paired(rest, "__").or_else(|| paired(rest, "_"))?;
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
        line.chars().take(30).map(|c| if c == MARKER_PLACEHOLDER { '…' } else { c }).collect();
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
