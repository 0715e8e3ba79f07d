//! Finds the pictures in inline Markdown, and the HTML elements that are blocks of their own.

use super::markdown_inline::{code_length, tag_length, tag_name};
use super::values::is_among;

/// The longest target of a picture, in bytes.
const MAX_BYTES: usize = 10_000;

/// The elements that are read as HTML even within a paragraph: pictures, players, and content that is left
/// out.
const ELEMENTS: &str = "audio button iframe img object script style svg video";

/// A picture with the text around it.
pub(super) struct Found<'t> {
    pub(super) before: &'t str,
    pub(super) content: PictureOrHtml<'t>,
    pub(super) behind: &'t str,
}

pub(super) enum PictureOrHtml<'t> {
    /// `![alt](address "title")`
    Picture { alt: &'t str, address: String, title: &'t str },
    /// An HTML element.
    Html(&'t str),
}

/// Finds the first picture in a text. If the picture is a link, the link is part of it.
pub(super) fn first(text: &str) -> Option<Found<'_>> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find(['!', '`', '\\', '<'])?;
        let rest = text.get(at..)?;
        let (content, length) = match rest.chars().next()? {
            '`' => (None, code_length(rest)),
            '\\' => (None, 1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
            '<' => element(rest),
            _ => picture(rest).map_or((None, 1), |(content, length)| (Some(content), length)),
        };
        let (start, end) = (at, at + length);
        at = end;
        if let Some(content) = content {
            let (before, behind) = (text.get(..start)?, text.get(end..)?);
            let link = before.trim_end().strip_suffix('[').filter(|before| !before.ends_with('\\'));
            let target = behind.trim_start().strip_prefix(']').and_then(target);
            let (before, behind) = match (link, target) {
                (Some(before), Some((.., behind))) => (before, behind),
                _ => (before, behind),
            };
            return Some(without_gap(before, content, behind));
        }
    }
}

/// Joins the text around a picture without the space that was before or behind it.
fn without_gap<'t>(before: &'t str, content: PictureOrHtml<'t>, behind: &'t str) -> Found<'t> {
    if behind.starts_with(['.', ',', ';', ':', '!', '?', ')']) {
        return Found { before: before.trim_end_matches(' '), content, behind };
    }
    let is_gap = before.is_empty() || before.ends_with([' ', '\n', '[', '(']);
    Found { before, content, behind: if is_gap { behind.trim_start_matches(' ') } else { behind } }
}

/// Returns the element that begins here, if it is one of [`ELEMENTS`], and the length of its source; the
/// length of the tag alone for another element.
fn element(text: &str) -> (Option<PictureOrHtml<'_>>, usize) {
    let Some(length) = tag_length(text) else { return (None, 1) };
    let name = tag_name(text).unwrap_or_default().to_ascii_lowercase();
    if !is_among(&name, ELEMENTS) || text.starts_with("</") {
        return (None, length);
    }
    let mut at = length;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')).filter(|_| name != "img") {
        at += found;
        let tag = text.get(at..).unwrap_or_default();
        if tag_name(tag).is_some_and(|other| other.eq_ignore_ascii_case(&name)) {
            // Looks no farther than the next element of its name, so that the search takes linear time.
            let end = tag_length(tag).filter(|_| tag.starts_with("</"));
            let length = end.map_or(length, |end| at + end);
            return (text.get(..length).map(PictureOrHtml::Html), length);
        }
        at += 1;
    }
    (text.get(..length).map(PictureOrHtml::Html), length)
}

/// Reads the picture at the beginning of a text, and returns the length of its source.
fn picture(text: &str) -> Option<(PictureOrHtml<'_>, usize)> {
    let inner = text.strip_prefix("![")?;
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            // A picture contains no other; otherwise the time would grow with the square of their number.
            b'!' if inner.as_bytes().get(at + 1) == Some(&b'[') => return None,
            b'[' => depth += 1,
            b']' if depth > 0 => depth -= 1,
            b']' => {
                let (alt, behind) = inner.split_at_checked(at)?;
                let (address, title, behind) = target(behind.get(1..)?)?;
                return Some((PictureOrHtml::Picture { alt, address, title }, text.len() - behind.len()));
            }
            _ => {}
        }
    }
    None
}

/// Reads `(address "title")` at the beginning of a text: returns the address, the title, and the text behind.
/// The address may contain spaces, which are encoded, and balanced parentheses.
fn target(text: &str) -> Option<(String, &str, &str)> {
    let inner = text.strip_prefix('(')?;
    // A quotation mark that is not closed is part of the address.
    let end = end_of(inner, true).or_else(|| end_of(inner, false))?;
    let (inner, behind) = inner.split_at_checked(end)?;
    let inner = inner.trim();
    let close = inner.chars().next_back().filter(|c| matches!(c, '"' | '\'' | ')')).unwrap_or('\0');
    let open = if close == ')' { '(' } else { close };
    let start = inner.char_indices().find(|(at, c)| {
        let next = inner.get(at + c.len_utf8()..).unwrap_or_default();
        c.is_whitespace() && next.len() > 1 && next.starts_with(open)
    });
    let (address, title) = inner.split_at_checked(start.map_or(inner.len(), |(at, _)| at))?;
    let title = title.trim().get(1..).and_then(|title| title.strip_suffix(close)).unwrap_or_default();
    let mut encoded = String::new();
    for c in address.trim().trim_start_matches('<').trim_end_matches('>').chars() {
        match c {
            ' ' => encoded.push_str("%20"),
            '\\' => {}
            c => encoded.push(c),
        }
    }
    Some((encoded, title, behind.get(1..)?))
}

/// Returns the position of the parenthesis that closes a target; parentheses between quotation marks do not
/// count if `has_quotes`.
fn end_of(inner: &str, has_quotes: bool) -> Option<usize> {
    let (mut depth, mut is_escaped, mut quote, mut before) = (0_usize, false, None, b'(');
    for (at, byte) in inner.bytes().enumerate().take(MAX_BYTES) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            _ if quote.is_some() => quote = quote.filter(|quote| *quote != byte),
            b'"' | b'\'' if has_quotes && before.is_ascii_whitespace() => quote = Some(byte),
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            // The target of the next picture is not read for this one.
            b'!' if inner.as_bytes().get(at + 1) == Some(&b'[') => return None,
            _ => {}
        }
        before = byte;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the pictures of a text in brackets, within the text around them.
    fn pictures(mut text: &str) -> String {
        let mut found = String::new();
        while let Some(Found { before, content, behind }) = first(text) {
            found.push_str(before);
            match content {
                PictureOrHtml::Picture { alt, address, title } => {
                    found.extend(["{", alt, "|", &address, "|", title, "}"])
                }
                PictureOrHtml::Html(html) => found.extend(["{", html, "}"]),
            }
            text = behind;
        }
        found.push_str(text);
        found
    }

    #[test]
    fn pictures_are_found_with_their_addresses_and_titles() {
        for (text, found) in [
            ("![a](/a.png)![b](/b.png)", "{a|/a.png|}{b|/b.png|}"),
            ("x ![a [b] \\] c](/a.png 'T') y", "x {a [b] \\] c|/a.png|T}y"),
            ("![a](/h pic (1).png)", "{a|/h%20pic%20(1).png|}"),
            ("![a](</a b.png> (T (1)))", "{a|/a%20b.png|T (1)}"),
            ("![a](/a\\_b.png \"A :) \\\" b\") c", "{a|/a_b.png|A :) \\\" b}c"),
            ("![a](/it 's.png) ![b]()", "{a|/it%20's.png|}{b||}"),
            ("[![a](/a.png)](/x \"T\") [ ![b](/b.png) ](/y)", "{a|/a.png|}{b|/b.png|}"),
            ("\\[![a](/a.png)](/x) [![b](/b.png) c](/y)", "\\[{a|/a.png|}](/x) [{b|/b.png|}c](/y)"),
            ("\\![a](/a) `![a](/a)` <b title='![a](/a)'>", "\\![a](/a) `![a](/a)` <b title='![a](/a)'>"),
            ("![a] (/a) ![b](/b ![c](/c)", "![a] (/a) ![b](/b {c|/c|}"),
            ("a <img src=x> b <script>![a](/a)</SCRIPT> c", "a {<img src=x>}b {<script>![a](/a)</SCRIPT>}c"),
            ("</video> <video> <i>", "</video> {<video>}<i>"),
        ] {
            assert_eq!(pictures(text), found);
        }
    }

    #[test]
    fn unclosed_pictures_take_linear_time() {
        for unit in ["![", "![a](", "![a](/b \"", "![a](/b '\"", "![a](/b (", "[![a]", "<svg>", "<a '", "`"] {
            let text = unit.repeat(10_000);
            assert!(!pictures(&text).is_empty());
        }
    }
}
