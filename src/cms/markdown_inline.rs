//! Converts inline Markdown to the syntax of articles, which writes emphasis with stars and has no HTML.

/// How many runs of underscores are kept as possible beginnings of emphasis; older ones are plain
/// underscores. The limit keeps the time linear in a text of nothing but underscores.
const MAX_OPEN: usize = 32;

/// Returns the position of the first of these characters, looking no farther than an address may be long.
fn found_near(text: &str, any: &[u8]) -> Option<usize> {
    text.bytes().take(crate::article::Url::MAX_CHARS).position(|byte| any.contains(&byte))
}

/// Writes emphasis by underscores with stars, and removes tags, strikethrough and the exclamation mark of
/// pictures. Code and the addresses of links are kept unchanged.
pub(super) fn in_our_syntax(words: &str) -> String {
    let mut ours = String::new();
    // Where emphasis by underscores may begin: the offset in `ours`, and the length of the run.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '`' => code_length(rest),
            ']' if rest.starts_with("](") => found_near(rest, b")").map_or(2, |end| end + 1),
            '<' if is_address(rest) => found_near(rest, b">").map_or(1, |end| end + 1),
            'h' if rest.starts_with("https://") || rest.starts_with("http://") => {
                rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>')).unwrap_or(rest.len())
            }
            '<' if tag_length(rest).is_some() => {
                let length = tag_length(rest).unwrap_or(1);
                if rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("<br")) {
                    ours.push('\n');
                }
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            '~' if rest.starts_with("~~") => {
                rest = rest.get(2..).unwrap_or_default();
                continue;
            }
            '!' if rest.starts_with("![") => {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            '&' if let Some((length, meant)) = named_character(rest) => {
                // The character is literal, even if it is Markdown syntax.
                if meant.is_ascii_punctuation() {
                    ours.push('\\');
                }
                ours.push(meant);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            '_' => {
                let length = rest.bytes().take_while(|byte| *byte == b'_').count();
                let before = ours.chars().next_back();
                let after = rest.get(length..).and_then(|rest| rest.chars().next());
                underscores(&mut ours, &mut open, length, before, after);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            _ => c.len_utf8(),
        };
        let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
        ours.push_str(taken);
        rest = left;
    }
    ours
}

/// Writes a run of underscores. Two runs of the same length are emphasis if the first is before a word and
/// the second after one; an underscore inside a word is part of the word.
fn underscores(
    ours: &mut String,
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
        ours.replace_range(place..place + length, &stars);
        ours.push_str(&stars);
        open.truncate(at);
        return;
    }
    if can_open && length <= 3 {
        if open.len() == MAX_OPEN {
            open.remove(0);
        }
        open.push((ours.len(), length));
    }
    ours.push_str(&"_".repeat(length));
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
    let meant = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            let number = hexadecimal.unwrap_or_else(|| number.parse()).ok()?;
            char::from_u32(number).filter(|c| !c.is_control())?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((end + 1, meant))
}

/// Returns whether an address in angle brackets begins here.
fn is_address(text: &str) -> bool {
    text.starts_with("<http://") || text.starts_with("<https://")
}

/// Returns the length of the tag or comment that begins here.
fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let near = comment.as_bytes().windows(3).take(crate::article::Url::MAX_CHARS);
        return near.into_iter().position(|end| end == b"-->").map(|end| end + 7);
    }
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    let after = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) && after.starts_with(['>', '/', ' ']);
    let end =
        after.find(['<', '>']).filter(|end| after.get(*end..).is_some_and(|rest| rest.starts_with('>')))?;
    is_tag.then(|| text.len() - after.len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_brought_into_our_syntax() {
        for (markdown, ours) in [
            ("_a_ __b__ ___c___", "*a* **b** ***c***"),
            ("snake_case_name and _ alone _", "snake_case_name and _ alone _"),
            ("`_a_` [x](/_y_) https://a.example/_b_", "`_a_` [x](/_y_) https://a.example/_b_"),
            ("<https://a.example/_b_> ![alt](/c)", "<https://a.example/_b_> [alt](/c)"),
            ("<u>a</u><br/>b<!-- c --> 3 < 4 ~~gone~~", "a\nb 3 < 4 gone"),
            (r"\_a\_ _b", r"\_a\_ _b"),
            ("Q&amp;A &#42;a&#x2a; &copy;&nbsp;2026", "Q\\&A \\*a\\* ©\u{A0}2026"),
            ("`&amp;` [x](/?a&amp;b) &such; & &#0; AT&T;", "`&amp;` [x](/?a&amp;b) &such; & &#0; AT&T;"),
            ("``a ` _b_`` ` _c_", "``a ` _b_`` ` *c*"),
        ] {
            assert_eq!(in_our_syntax(markdown), ours);
        }
    }
}
