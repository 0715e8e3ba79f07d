//! Reads inline Markdown: converts it to the syntax of articles, which writes emphasis with stars and has no
//! HTML.

use super::html::script_characters;
use super::markdown::Parts;
use super::markdown_marks as marks;
use crate::article::{BlockKind, Inline, RichText, Url};

/// How many runs of underscores are kept as possible beginnings of emphasis; older ones are plain
/// underscores. The limit keeps the time linear in a text of nothing but underscores.
const MAX_OPEN: usize = 32;

/// Returns the position of the first of these characters, looking no farther than an address may be long.
pub(super) fn find_within_limit(text: &str, any: &[u8]) -> Option<usize> {
    text.bytes().take(Url::MAX_CHARS).position(|byte| any.contains(&byte))
}

/// Reads inline Markdown, without pictures.
pub(super) fn read(words: &str, parts: &mut dyn Parts) -> RichText {
    let (source, urls) = to_article_syntax(words, parts);
    marks::resolved(parts.inline(source.trim()), urls)
}

/// Writes emphasis by underscores with stars, and replaces tags by the characters that stand for their marks,
/// together with the addresses of links. Code and the addresses of Markdown's links are kept unchanged.
fn to_article_syntax(words: &str, parts: &mut dyn Parts) -> (String, Vec<Option<Url>>) {
    let mut output = String::new();
    let mut urls = Vec::new();
    // Where emphasis by underscores may begin: the offset in `output`, and the length of the run.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut is_struck = false;
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' if rest.starts_with("\\*") => {
                output.push(marks::STAR);
                rest = rest.get(2..).unwrap_or_default();
                continue;
            }
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '`' => code_length(rest),
            ']' if rest.starts_with("](") => find_within_limit(rest, b")").map_or(2, |end| end + 1),
            '<' if is_address(rest) => find_within_limit(rest, b">").map_or(1, |end| end + 1),
            'h' if rest.starts_with("https://") || rest.starts_with("http://") => rest
                .find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '<'))
                .unwrap_or(rest.len()),
            '<' if let Some(length) = tag_length(rest) => {
                let (tag, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
                rest = behind.get(html_tag(tag, behind, &mut output, &mut urls, parts)..).unwrap_or_default();
                continue;
            }
            '~' if let Some(behind) = rest.strip_prefix("~~")
                && (is_struck || behind.contains("~~")) =>
            {
                is_struck = !is_struck;
                if is_struck {
                    parts.warn_struck(behind.split("~~").next().unwrap_or_default());
                }
                rest = behind;
                continue;
            }
            '&' if let Some((length, character)) =
                named_character(rest).or_else(|| rare_character(rest, parts)) =>
            {
                // The character is literal, even if it is Markdown syntax.
                match character {
                    '*' => output.push(marks::STAR),
                    character if character.is_ascii_punctuation() => output.extend(['\\', character]),
                    character => output.push(character),
                }
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            '_' => {
                let length = rest.bytes().take_while(|byte| *byte == b'_').count();
                let before = output.chars().next_back();
                let after = rest.get(length..).and_then(|rest| rest.chars().next());
                underscores(&mut output, &mut open, length, before, after);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            _ => c.len_utf8(),
        };
        let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
        output.push_str(taken);
        rest = left;
    }
    (output, urls)
}

/// Writes what a tag stands for. Returns how much of the text behind the tag was read with it. A tag without
/// a meaning here is left out, and its text stays.
fn html_tag(
    tag: &str,
    behind: &str,
    output: &mut String,
    urls: &mut Vec<Option<Url>>,
    parts: &mut dyn Parts,
) -> usize {
    let name = tag_name(tag).unwrap_or_default().to_ascii_lowercase();
    let is_end = tag.starts_with("</");
    let mark = match name.as_str() {
        "a" => marks::LINK,
        "b" | "strong" => marks::STRONG,
        "i" | "em" | "cite" | "dfn" | "var" => marks::EMPHASIS,
        "br" => '\n',
        "q" if is_end => '”',
        "q" => '“',
        "sub" | "sup" if !is_end => {
            let script = script(behind, &name, parts);
            output.push_str(script.as_ref().map_or("", |(script, _)| script));
            return script.map_or(0, |(_, length)| length);
        }
        "del" | "s" | "strike" if !is_end => {
            parts.warn_struck(behind.split('<').next().unwrap_or_default());
            return 0;
        }
        _ => return 0,
    };
    if mark == marks::LINK && !is_end {
        urls.push(link_address(tag, parts));
    }
    output.push(if is_end && marks::is_mark(mark) { marks::end(mark) } else { mark });
    0
}

/// Returns the address in the opening tag of a link.
fn link_address(tag: &str, parts: &mut dyn Parts) -> Option<Url> {
    let text = text_of(&[tag, "x"].concat(), parts)?;
    text.0.into_iter().find_map(|inline| match inline {
        Inline::Link { url, .. } => Some(url),
        _ => None,
    })
}

/// Reads a short piece of HTML as inline text.
fn text_of(html: &str, parts: &mut dyn Parts) -> Option<RichText> {
    match parts.html(html).into_iter().next()?.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph.text),
        _ => None,
    }
}

/// Returns the content of `sub` or `sup` in characters of their own, if it has such, and its length up to the
/// end of the closing tag.
fn script(text: &str, name: &str, parts: &mut dyn Parts) -> Option<(String, usize)> {
    const LONGEST: usize = 100;
    let end = ["</", name, ">"].concat();
    let near = text.as_bytes().windows(end.len()).take(LONGEST);
    let at = near.into_iter().position(|bytes| bytes.eq_ignore_ascii_case(end.as_bytes()))?;
    let inner = text.get(..at)?;
    let words = match inner.contains(['<', '&']) {
        true => text_of(inner, parts)?.plain_text(),
        false => inner.to_owned(),
    };
    script_characters(words.trim(), name == "sup").map(|script| (script, at + end.len()))
}

/// Returns the character whose rare name begins here, as the platform's parser knows it, and the length of
/// that name.
fn rare_character(text: &str, parts: &mut dyn Parts) -> Option<(usize, char)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(..=end)?;
    let is_name = end > 1 && name.bytes().skip(1).take(end - 1).all(|byte| byte.is_ascii_alphanumeric());
    let words = is_name.then(|| text_of(name, parts))??.plain_text();
    let mut characters = words.chars();
    Some((end + 1, characters.next()?)).filter(|_| characters.next().is_none())
}

/// Writes a run of underscores. Two runs of the same length are emphasis if the first is before a word and
/// the second after one; an underscore inside a word is part of the word.
fn underscores(
    output: &mut String,
    open: &mut Vec<(usize, usize)>,
    length: usize,
    before: Option<char>,
    after: Option<char>,
) {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let can_close = !is_space(before) && !is_word(after);
    let can_open = !is_space(after) && !is_word(before);
    if can_close
        && let Some(at) = open.iter().rposition(|(_, same)| *same == length)
        && let Some((place, _)) = open.get(at).copied()
    {
        let stars = "*".repeat(length);
        output.replace_range(place..place + length, &stars);
        output.push_str(&stars);
        open.truncate(at);
        return;
    }
    if can_open && length <= 3 {
        if open.len() == MAX_OPEN {
            open.remove(0);
        }
        open.push((output.len(), length));
    }
    output.push_str(&"_".repeat(length));
}

/// Longer runs of backticks than this are literal in the syntax of articles.
const MAX_TICKS: usize = 4;

/// Returns the length of the code that begins here, with its backticks; that of the backticks alone if the
/// code is not closed.
pub(super) fn code_length(text: &str) -> usize {
    let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    if ticks > MAX_TICKS {
        return ticks;
    }
    let mut at = ticks;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
        let run =
            text.get(at + found..).map_or(0, |rest| rest.bytes().take_while(|byte| *byte == b'`').count());
        at += found + run;
        if run == ticks {
            return at;
        }
    }
    ticks
}

/// The character references by name that are common in Markdown. Any other stays as it is written and is
/// reported, like everything that looks like HTML, by `article::lint`.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("cent", '¢'),
    ("copy", '©'),
    ("deg", '°'),
    ("euro", '€'),
    ("gt", '>'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("times", '×'),
    ("trade", '™'),
];

/// Returns the character whose name or number begins here, and the length of that name or number.
fn named_character(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            let number = hexadecimal.unwrap_or_else(|| number.parse()).ok()?;
            char::from_u32(number).filter(|c| !c.is_control())?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((end + 1, character))
}

/// Returns whether an address in angle brackets begins here.
fn is_address(text: &str) -> bool {
    text.starts_with("<http://") || text.starts_with("<https://")
}

/// Returns the length of the tag or comment that begins here.
pub(super) fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let near = comment.as_bytes().windows(3).take(Url::MAX_CHARS);
        return near.into_iter().position(|end| end == b"-->").map(|end| end + 7);
    }
    let name = tag_name(text)?;
    let start = text.find(name)? + name.len();
    let after = text.get(start..).filter(|after| after.starts_with(['>', '/', ' ', '\t', '\n']))?;
    let mut quote = None;
    for (at, byte) in after.bytes().enumerate() {
        match byte {
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            byte if quote == Some(byte) => quote = None,
            b'>' if quote.is_none() => return Some(start + at + 1),
            b'<' if quote.is_none() => return None,
            _ => {}
        }
    }
    None
}

/// Returns the name of the tag that begins here, as it is written.
pub(super) fn tag_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name.get(..end).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads HTML without a parser: a link by its attribute, everything else as it is written.
    struct StubParts;

    impl Parts for StubParts {
        fn inline(&mut self, source: &str) -> RichText {
            RichText::plain(source)
        }

        fn html(&mut self, html: &str) -> Vec<crate::article::Block> {
            let url = html.split('"').nth(1).and_then(|url| Url::parse(url).ok());
            let text = match (url, html) {
                (Some(url), _) => RichText(vec![Inline::Link { text: Vec::new(), url }]),
                (None, "&minus;") => RichText::plain("−"),
                _ => RichText::plain(html),
            };
            vec![crate::cms::context::block(BlockKind::paragraph(text))]
        }

        fn code(&mut self, code: &str) -> String {
            code.to_owned()
        }

        fn warn(&mut self, _: &[&str]) {}

        fn warn_struck(&mut self, _: &str) {}
    }

    #[test]
    fn markdown_is_converted_to_article_syntax() {
        for (markdown, output) in [
            ("_a_ __b__ ___c___", "*a* **b** ***c***"),
            ("snake_case_name and _ alone _", "snake_case_name and _ alone _"),
            ("`_a_` [x](/_y_) https://a.example/_b_", "`_a_` [x](/_y_) https://a.example/_b_"),
            ("<https://a.example/_b_> [alt](/c)", "<https://a.example/_b_> [alt](/c)"),
            ("<u>a</u><br/>b<!-- c --> 3 < 4 ~~gone~~ ~~", "a\nb 3 < 4 gone ~~"),
            (r"\_a\_ _b", r"\_a\_ _b"),
            ("Q&amp;A &#42;a\\* &copy;&nbsp;2026 &minus;1", "Q\\&A \u{1}a\u{1} ©\u{A0}2026 −1"),
            ("`&amp;` [x](/?a&amp;b) &such; & &#0; AT&T;", "`&amp;` [x](/?a&amp;b) &such; & &#0; AT&T;"),
            ("``a ` _b_`` ` _c_", "``a ` _b_`` ` *c*"),
            ("10<sup>6</sup> H<SUB>2</SUB>O 1<sup>st</sup>", "10⁶ H₂O 1st"),
            ("<b>a</b> <EM x='>'>b</EM> <q>c</q>", "\u{3}a\u{6} \u{4}b\u{7} “c”"),
            ("<a href=\"/x\">a</a>", "\u{2}a\u{5}"),
        ] {
            assert_eq!(to_article_syntax(markdown, &mut StubParts).0, output);
        }
        let (_, urls) = to_article_syntax("<a href=\"/x\">a</a> <a>b</a>", &mut StubParts);
        assert_eq!(urls, [Url::parse("/x").ok(), None]);
    }
}
