//! The marks that models leave in a text to cite a source.

/// A mark in a text.
pub(super) struct Mark<'t> {
    /// The byte offset of its start.
    pub(super) start: usize,
    /// The byte offset of its end.
    pub(super) end: usize,
    /// The source it refers to.
    pub(super) target: Target<'t>,
}

/// How a mark refers to a source.
#[derive(Debug, PartialEq)]
pub(super) enum Target<'t> {
    /// Not in a way that identifies the source by itself.
    Unknown,
    /// By the source's address: `[3](https://…)`.
    Address(&'t str),
    /// By the source's number in the list that came with the answer: `[^3^]`.
    Number(&'t str),
}

/// Returns the length in bytes of the model's thinking at the beginning of its answer; unclosed thinking
/// extends to the end. Some servers omit the opening tag.
pub(super) fn thinking(text: &str) -> usize {
    let is_opened = ["<think>", "<thinking>"].iter().any(|tag| text.trim_start().starts_with(tag));
    let ends = ["</think>", "</thinking>"].map(|tag| text.find(tag).map(|at| (at, at + tag.len())));
    match ends.into_iter().flatten().min() {
        Some((at, end)) if is_opened || text.get(..at).is_some_and(|before| before.ends_with('\n')) => end,
        None if is_opened => text.len(),
        _ => 0,
    }
}

/// The longest mark, in bytes; anything longer in such brackets is text.
const MAX_BYTES: usize = 300;

/// Returns the marks in a text, in order.
pub(super) fn find(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['【', '[', ':', '\u{E200}'])) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        match mark(rest) {
            Some((length, target)) => {
                marks.push(Mark { start, end: start + length, target });
                at = start + length;
            }
            None => at = start + rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    marks
}

/// Returns the mark at the beginning of a text, with its length in bytes.
fn mark(text: &str) -> Option<(usize, Target<'_>)> {
    // Looks no farther than the longest mark.
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let near = text.get(..end)?;
    let until = |close: &str| near.find(close).map(|at| at + close.len());
    if near.starts_with('【') {
        // `【4:0†source】`. Brackets that only emphasize a word are text.
        let length = until("】")?;
        let inner = near.get('【'.len_utf8()..length - '】'.len_utf8())?;
        let is_number =
            !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ' '));
        return (inner.contains('†') || is_number).then_some((length, Target::Unknown));
    }
    if near.starts_with('\u{E200}') {
        return until("\u{E201}").map(|length| (length, Target::Unknown));
    }
    if near.starts_with(":contentReference[oaicite:") {
        return until("}").map(|length| (length, Target::Unknown));
    }
    if ["[oaicite:", "[cite:", "[cite_start]", "[cite_end]", "[source_"]
        .iter()
        .any(|mark| near.starts_with(mark))
    {
        let length = until("]")?;
        let index = near.get(length..)?.strip_prefix('{').and_then(|rest| rest.find('}'));
        return Some((length + index.map_or(0, |end| end + 2), Target::Unknown));
    }
    if near.starts_with("[^") {
        let length = until("^]")?;
        let number = near.get(2..length - 2).filter(|number| is_digits(number))?;
        return Some((length, Target::Number(number)));
    }
    let (number, rest) = near.strip_prefix('[')?.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    let is_link = is_digits(number) && address.starts_with("http");
    // `[`, `](` and `)`
    is_link.then_some((number.len() + address.len() + 4, Target::Address(address)))
}

fn is_digits(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citation_marks_and_thinking_are_distinguished_from_text() {
        for (text, expected) in [
            ("a【4:0†source】b", vec!["【4:0†source】"]),
            ("【1†L12-L15】【12】", vec!["【1†L12-L15】", "【12】"]),
            ("【重要】 x", vec![]),
            ("a\u{E200}cite\u{E202}turn0search1\u{E201}.", vec!["\u{E200}cite\u{E202}turn0search1\u{E201}"]),
            ("b :contentReference[oaicite:0]{index=0}.", vec![":contentReference[oaicite:0]{index=0}"]),
            ("[cite_start]c [cite: 1, 2]", vec!["[cite_start]", "[cite: 1, 2]"]),
            ("[oaicite:1]{index=1} [x](https://a.example)", vec!["[oaicite:1]{index=1}"]),
            ("[2](https://a.example/b) [2024](https://a.example)", vec!["[2](https://a.example/b)"]),
            ("[^3^] [^3] [3]", vec!["[^3^]"]),
            ("【", vec![]),
        ] {
            let found = find(text).into_iter().filter_map(|mark| text.get(mark.start..mark.end));
            let found: Vec<&str> = found.collect();
            assert_eq!(found, expected, "{text}");
        }
        for (text, answer) in [
            ("<think>\nThey want X.\n</think>\n\nLakes", "\n\nLakes"),
            ("\n<thinking>X</thinking>Lakes", "Lakes"),
            ("They want X.\n</think>\nLakes", "\nLakes"),
            ("<think>\nThey want", ""),
            (
                "The tag `</think>` ends it, as <think> begins it.",
                "The tag `</think>` ends it, as <think> begins it.",
            ),
            ("Lakes", "Lakes"),
        ] {
            assert_eq!(text.get(thinking(text)..), Some(answer));
        }
        assert_eq!(find("[12](https://a.example/)")[0].target, Target::Address("https://a.example/"));
    }
}
