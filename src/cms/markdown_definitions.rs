//! Markdown's definitions, which a text uses elsewhere: footnotes, and the addresses of links.

use super::index_by_name::IndexByName;
use super::markdown::{begins_block, closes, fence_of};
use super::markdown_inline::code_length;
use super::members::is_id;

/// The longest text of a link, in bytes, whose address is looked up.
const MAX_BYTES: usize = 1000;

/// A footnote defined in the text: `[^id]: words`.
pub(super) struct Footnote {
    pub(super) id: String,
    pub(super) text: String,
}

/// A link address defined in the text: `[label]: https://… "title"`.
struct Definition {
    /// The label, normalised for comparison.
    label: String,
    /// The address and title, as they are written in a link.
    target: String,
    /// Whether a number in brackets alone refers to it.
    is_cited: bool,
}

/// Removes the definitions from a text, and writes their addresses into the links that use them. A defined
/// number in brackets becomes a citation, like a footnote, unless numbers cite references that are known
/// already.
pub(super) fn extract(text: &str, are_numbers_known: bool) -> (String, Vec<Footnote>) {
    let (rest, mut notes, mut definitions) = separate(text, are_numbers_known);
    if definitions.is_empty() {
        return (rest, notes);
    }
    let mut index = IndexByName::default();
    for (place, definition) in definitions.iter().enumerate() {
        // Of two definitions with the same label, the first counts.
        index.get_or_set(&definition.label, place);
    }
    let rest = with_addresses(&rest, &mut definitions, &index);
    let cited = definitions.into_iter().filter(|definition| definition.is_cited);
    notes.extend(cited.map(|Definition { label, target, .. }| {
        let (address, title) = target.split_once(char::is_whitespace).unwrap_or((&target, ""));
        let title = title.trim().trim_matches(['"', '\'', '(', ')']);
        let words = if title.is_empty() { address.trim_matches(['<', '>']) } else { title };
        Footnote { text: ["[", words, "](", address, ")"].concat(), id: label }
    }));
    (rest, notes)
}

/// Separates a text from its definitions.
fn separate(text: &str, are_numbers_known: bool) -> (String, Vec<Footnote>, Vec<Definition>) {
    let mut rest = String::new();
    let mut notes: Vec<Footnote> = Vec::new();
    let mut definitions = Vec::new();
    let (mut in_note, mut fence) = (false, None);
    for line in text.lines() {
        fence = fence_after(fence, line);
        if fence.is_none() {
            if let Some((id, words)) = footnote_of(line) {
                notes.push(Footnote { id: id.to_owned(), text: words.trim().to_owned() });
                in_note = true;
                continue;
            }
            let continues = in_note && line.starts_with(char::is_whitespace) && !line.trim().is_empty();
            if let (true, Some(note)) = (continues, notes.last_mut()) {
                note.text.extend([" ", line.trim()]);
                continue;
            }
            let definition = definition_of(line);
            if let Some(definition) = definition.filter(|one| !(are_numbers_known && is_number(&one.label))) {
                definitions.push(definition);
                continue;
            }
        }
        in_note = in_note && line.trim().is_empty();
        rest.push_str(line);
        rest.push('\n');
    }
    (rest, notes, definitions)
}

/// Returns the fence of the code that is open after a line.
fn fence_after(fence: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    match fence {
        None => fence_of(line),
        Some(open) if closes(open, line) => None,
        open => open,
    }
}

fn footnote_of(line: &str) -> Option<(&str, &str)> {
    let (id, words) = line.trim_start().strip_prefix("[^")?.split_once("]:")?;
    (!id.is_empty() && is_id(id)).then_some((id, words))
}

/// Parses a definition from a line. To exclude prose after a name in brackets, the address needs a slash and
/// the title needs quotes or parentheses.
fn definition_of(line: &str) -> Option<Definition> {
    let (label, target) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let target = target.trim();
    let (address, title) = target.split_once(char::is_whitespace).unwrap_or((target, ""));
    let is_titled = title.is_empty() || title.trim_start().starts_with(['"', '\'', '(']);
    let is_label = !label.trim().is_empty() && label.len() < MAX_BYTES && !label.contains(['[', ']']);
    (is_label && is_titled && address.contains('/')).then(|| Definition {
        label: normalized(label),
        target: target.to_owned(),
        is_cited: false,
    })
}

/// Normalises the case and white space of a label for comparison.
fn normalized(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the text with the defined addresses in its links. Fenced code is kept as it is. Other code ends
/// with its paragraph: a stray backtick hides nothing in the paragraphs after it.
fn with_addresses(text: &str, definitions: &mut [Definition], index: &IndexByName) -> String {
    let mut output = String::new();
    let (mut start, mut at, mut fence) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        let open = fence;
        fence = fence_after(open, line);
        let is_text = open.is_none() && fence.is_none();
        if !is_text || line.trim().is_empty() || begins_block(line) {
            add_addresses(text.get(start..at).unwrap_or_default(), definitions, index, &mut output);
            start = at;
        }
        at += line.len();
        if !is_text {
            output.push_str(line);
            start = at;
        }
    }
    add_addresses(text.get(start..).unwrap_or_default(), definitions, index, &mut output);
    output
}

/// Appends a paragraph with the defined addresses in its links.
fn add_addresses(paragraph: &str, definitions: &mut [Definition], index: &IndexByName, output: &mut String) {
    let mut rest = paragraph;
    while let Some(at) = rest.find(['[', '`', '\\']) {
        let (before, from) = rest.split_at(at);
        output.push_str(before);
        let (length, link) = match from.chars().next() {
            Some('`') => (code_length(from), None),
            Some('\\') => (1 + from.chars().nth(1).map_or(0, char::len_utf8), None),
            _ => match link(from, definitions, index) {
                Some((length, link)) => (length, Some(link)),
                None => (1, None),
            },
        };
        // The label behind a linked picture, `[![alt](address)][label]`, gives way to the address.
        let label = link.as_deref().and_then(|link| link.find("](")).filter(|_| output.ends_with(")]"));
        let link = link.as_deref().and_then(|link| link.get(label.map_or(0, |end| end + 1)..));
        let (taken, behind) = from.split_at_checked(length).unwrap_or((from, ""));
        output.push_str(link.unwrap_or(taken));
        rest = behind;
    }
    output.push_str(rest);
}

/// Returns the link at the beginning of a text, with its address, and the length of the source that it
/// replaces: `[words][label]`, `[label][]` or `[label]`.
fn link(text: &str, definitions: &mut [Definition], index: &IndexByName) -> Option<(usize, String)> {
    let (words, length) = bracketed(text)?;
    let behind = text.get(length..)?;
    let (label, more) = match bracketed(behind) {
        Some((label, more)) => (if label.is_empty() { words } else { label }, more),
        None => (words, 0),
    };
    if behind.starts_with(['(', ':']) {
        return None;
    }
    let label = normalized(label);
    let definition = definitions.get_mut(index.get(&label)?)?;
    if is_number(&label) && more == 0 {
        definition.is_cited = true;
        return Some((length, ["[^", &label, "]"].concat()));
    }
    Some((length + more, ["[", words, "](", &definition.target, ")"].concat()))
}

/// Returns the content of the brackets at the beginning of a text, and the length including the brackets.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.bytes().take(MAX_BYTES).position(|byte| matches!(byte, b'[' | b']'))?;
    let (words, behind) = inner.split_at(end);
    behind.starts_with(']').then_some((words, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_links_get_their_defined_addresses() {
        for (markdown, output) in [
            (
                "[the docs][D] `[d]`\n[d]: https://d.example/x \"Docs\"",
                "[the docs](https://d.example/x \"Docs\") `[d]`",
            ),
            ("[d], [D][] and \\[d]\n\n[d]: </a>", "[d](</a>), [D](</a>) and \\[d]"),
            ("[x](/y) [no] [d](/z)\n[d]: /w", "[x](/y) [no] [d](/z)"),
            ("[Smith]: he said\n[1]: no", "[Smith]: he said\n[1]: no"),
            ("```\n[d]: /x\n```\n[d]", "```\n[d]: /x\n```\n[d]"),
            ("```\n```js\n[d]: /x\n```\n[d]", "```\n```js\n[d]: /x\n```\n[d]"),
            ("[![a][p]][d], [![a](/x)][d]\n[d]: /d\n[p]: /p", "[![a](/p)](/d), [![a](/x)](/d)"),
            ("O`ahu is near [d] \n\n[d]: /x", "O`ahu is near [d](/x)"),
            ("O`ahu\n\n[d] ` [d]\n[d]: /x", "O`ahu\n\n[d](/x) ` [d](/x)"),
            ("- O`ahu\n- [d] `\n\n[d]: /x", "- O`ahu\n- [d](/x) `"),
            ("``a ` [d]`` ` [d] `[d]`\n[d]: /x", "``a ` [d]`` ` [d] `[d](/x)`"),
            ("```\n[d] `\n```\n[d] ~~~ [d]\n[d]: /x", "```\n[d] `\n```\n[d](/x) ~~~ [d](/x)"),
        ] {
            assert_eq!(extract(markdown, false).0.trim(), output);
        }
    }

    #[test]
    fn defined_numbers_become_citations() {
        let (text, notes) = extract(
            "So it is [2], and [that][1].\n\n[1]: https://a.example/\n[2]: https://b.example/ 'B'",
            false,
        );
        assert_eq!(text.trim(), "So it is [^2], and [that](https://a.example/).");
        let known = "So it is [1].\n[1]: https://a.example/\n";
        assert_eq!(extract(known, true).0, known);
        let notes: Vec<_> = notes.iter().map(|note| (note.id.as_str(), note.text.as_str())).collect();
        assert_eq!(notes, [("2", "[B](https://b.example/)")]);
    }

    #[test]
    fn unclosed_brackets_take_linear_time() {
        let (text, _) = extract(&["[d]: /x\n", &"[".repeat(100_000)].concat(), false);
        assert_eq!(text.len(), 100_001);
    }
}
