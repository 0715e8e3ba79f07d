//! Locates the values that findings are about in the JSON text, so that an editor can jump there. The text is
//! scanned once, however many findings there are.

use std::collections::HashMap;

use crate::article::Json;

/// A position in a text, counted from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineColumn {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The position of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The offset of its first byte.
    pub(super) at: usize,
    /// Whether it is the root value.
    pub(super) is_root: bool,
}

/// The positions of all values in a JSON text.
pub(super) struct Places {
    root: Place,
    /// The byte offset of each line.
    lines: Vec<usize>,
    /// The number of characters before each [`STRIDE`]th byte.
    chars: Vec<usize>,
}

/// The distance in bytes between two stored character counts: the most bytes to scan to find a column.
const STRIDE: usize = 256;

/// The position of a value, and those of the values inside it.
struct Place {
    at: usize,
    inside: Inside,
}

enum Inside {
    Nothing,
    List(Vec<Place>),
    /// The members by name. Of several members with one name the last counts, as it does in parsers.
    Object(HashMap<String, Place>),
}

impl Places {
    /// Scans a text. The scan ends where the text turns out not to be JSON.
    pub(super) fn of(text: &str) -> Self {
        let mut scan = Scan { text, at: text.len() - text.trim_start_matches('\u{FEFF}').len() };
        scan.skip_space();
        let mut root = Place { at: scan.at, inside: Inside::Nothing };
        scan.value(&mut root, 0);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut count = 0;
        let chars = text.as_bytes().chunks(STRIDE).map(|bytes| {
            let before = count;
            count += chars_in(bytes);
            before
        });
        Self { root, lines, chars: chars.collect() }
    }

    /// Finds the value at a path such as `references[1].url`; if there is none, the innermost value on the
    /// path that exists.
    pub(super) fn find(&self, path: &str) -> Found {
        let mut found = &self.root;
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            let inside = match (step.strip_suffix(']').map(str::parse::<usize>), &found.inside) {
                (Some(Ok(index)), Inside::List(items)) => items.get(index),
                (None, Inside::Object(members)) => members.get(step),
                _ => None,
            };
            let Some(inside) = inside else { break };
            found = inside;
        }
        Found { at: found.at, is_root: std::ptr::eq(found, &self.root) }
    }

    /// Returns the line and column of a byte in this text.
    pub(super) fn line_column(&self, text: &str, at: usize) -> LineColumn {
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.line_start(line);
        let mark = usize::from(start == 0 && text.starts_with('\u{FEFF}'));
        LineColumn { line, column: self.chars_before(text, at) - self.chars_before(text, start) - mark + 1 }
    }

    /// Converts a line and a column in bytes, both counted from 1, to the offset of the character there.
    pub(super) fn byte_at(&self, text: &str, line: usize, column: usize) -> usize {
        let wanted = (self.line_start(line) + column.saturating_sub(1)).min(text.len());
        (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
    }

    /// Returns the offset of a line, counted from 1.
    fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or_default()
    }

    fn chars_before(&self, text: &str, at: usize) -> usize {
        let stride = at / STRIDE;
        let rest = text.as_bytes().get(stride * STRIDE..at).unwrap_or_default();
        self.chars.get(stride).copied().unwrap_or_default() + chars_in(rest)
    }
}

/// Counts the characters that begin in a slice of UTF-8.
fn chars_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// A scanner at a position in a text that should be JSON.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    /// Scans the value at this position, at the given depth of nesting. Values nested deeper than the reader
    /// accepts have no position of their own.
    fn value(&mut self, place: &mut Place, depth: usize) -> Option<()> {
        match self.byte()? {
            b'[' if depth < Json::MAX_DEPTH => {
                self.skip(1);
                place.inside = Inside::List(Vec::new());
                while self.byte()? != b']' {
                    let mut item = Place { at: self.at, inside: Inside::Nothing };
                    let done = self.value(&mut item, depth + 1);
                    if let Inside::List(items) = &mut place.inside {
                        items.push(item);
                    }
                    done?;
                    if self.eat(b',').is_none() {
                        break;
                    }
                }
                self.eat(b']')
            }
            b'{' if depth < Json::MAX_DEPTH => {
                self.skip(1);
                place.inside = Inside::Object(HashMap::new());
                while self.byte()? != b'}' {
                    let written = self.string()?;
                    let key = match written.trim_matches('"') {
                        key if key.contains('\\') => serde_json::from_str(written).ok()?,
                        key => key.to_owned(),
                    };
                    self.eat(b':')?;
                    let mut member = Place { at: self.at, inside: Inside::Nothing };
                    let done = self.value(&mut member, depth + 1);
                    if let Inside::Object(members) = &mut place.inside {
                        members.insert(key, member);
                    }
                    done?;
                    if self.eat(b',').is_none() {
                        break;
                    }
                }
                self.eat(b'}')
            }
            _ => self.skip_value(),
        }
    }

    /// Skips the value at this position without recording what is inside.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.skip(1);
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.skip(1);
                }
                b',' | b':' => self.skip(1),
                _ => {
                    let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                    let ends = |byte: &u8| b",:]}".contains(byte) || byte.is_ascii_whitespace();
                    self.skip(rest.iter().position(ends).unwrap_or(rest.len()));
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Consumes a string, and returns it with its quotes.
    fn string(&mut self) -> Option<&'t str> {
        let whole = self.text.get(self.at..)?;
        let mut is_escaped = false;
        let end = whole.strip_prefix('"')?.bytes().position(|byte| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        })?;
        self.skip(end + 2);
        whole.get(..end + 2)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, mark: u8) -> Option<()> {
        (self.byte()? == mark).then(|| self.skip(1))
    }

    fn skip(&mut self, bytes: usize) {
        self.at += bytes;
        self.skip_space();
    }

    fn skip_space(&mut self) {
        while self.byte().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locate(json: &str, path: &str) -> LineColumn {
        let places = Places::of(json);
        places.line_column(json, places.find(path).at)
    }

    #[test]
    fn paths_are_located_in_the_text() {
        let json = "{\n  \"title\": \"T \\\" {\",\n  \"references\": [\n    { \"id\": \"ä\", \"url\": 1 },\n    {\"a\": [1, {}], \"url\": \"x\"}\n  ]\n}";
        for (path, line, column) in [
            ("", 1, 1),
            ("title", 2, 12),
            ("references", 3, 17),
            ("references[0].url", 4, 25),
            ("references[1].url", 5, 27),
            ("references[1].a[1]", 5, 15),
            // For a missing member, the position is that of the object or list that lacks it.
            ("references[1].title", 5, 5),
            ("references[2]", 3, 17),
            ("body", 1, 1),
        ] {
            assert_eq!(locate(json, path), LineColumn { line, column }, "{path}");
        }
    }

    #[test]
    fn columns_count_characters_in_lines_of_any_length() {
        for letters in [0, 1, 255, 256, 257, 1_000] {
            let json =
                ["\u{FEFF}{\"a\":\"", &"ä".repeat(letters), "\",\n\"", &"é".repeat(letters), "\":1,\"b\":2}"];
            let json = json.concat();
            assert_eq!(locate(&json, "a"), LineColumn { line: 1, column: 6 });
            assert_eq!(locate(&json, "b"), LineColumn { line: 2, column: letters + 10 });
        }
    }

    #[test]
    fn the_last_of_duplicate_members_counts() {
        assert_eq!(locate(r#"{"a": {"b": 1}, "\u0061": {"c": 1}}"#, "a.b").column, 27);
    }

    #[test]
    fn the_scan_ends_at_invalid_json() {
        for json in ["", "{", "{\"a\"", "[1,", "\u{FEFF}{\"a\": \"", "nonsense"] {
            assert_eq!(locate(json, "a[1].b").line, 1, "{json}");
        }
        assert_eq!(locate("{\"a\": [1, 2, {\"b\": ?", "a[1]").column, 11);
    }

    #[test]
    fn values_after_very_deep_nesting_are_located() {
        let deep = ["{\"a\": 1, \"b\": ", &"[".repeat(100_000), &"]".repeat(100_000), ", \"c\": 2}"].concat();
        assert_eq!(locate(&deep, "c").column, 200_000 + 22);
        assert_eq!(locate(&deep, "b[0][0]").column, 17);
    }
}
