//! The excerpt of a line below a finding, with marks under the value in question.
//!
//! This is written here because a line of JSON may hold a whole article. Crates that draw excerpts for
//! compilers scan the whole line, and the text before it. This module examines a fixed number of bytes on
//! either side, so that an excerpt takes the same time in any text.

use std::borrow::Cow;
use std::iter::repeat_n;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The number of columns of a line that are shown.
const COLUMNS: usize = 80;

/// The least number of these columns that may show what precedes the marked place.
const BEFORE: usize = 30;

/// The number of bytes that are examined on either side: enough to fill the columns in any script.
const BYTES: usize = 2_048;

/// The extent of the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marked {
    /// The JSON value that begins here; of a list or an object, only the bracket.
    Value,
    /// One character.
    Character,
}

/// A grapheme cluster, as it is shown.
struct Cell<'t> {
    shown: Cow<'t, str>,
    width: usize,
    /// Its offset in bytes; after the marked place, this is the distance from that place.
    at: usize,
}

/// The part of a line that fits into the available columns.
#[derive(Default)]
struct Part<'t> {
    cells: Vec<Cell<'t>>,
    width: usize,
    /// Whether the line continues beyond this part.
    is_cut: bool,
}

/// Returns the visible part of the line around byte `at` and, in a second line, the marks under that place.
/// `line` is the line number to print.
pub(super) fn excerpt(text: &str, at: usize, line: usize, marked: Marked) -> String {
    let mut after = after(text, at);
    let before = before(text, at, COLUMNS.saturating_sub(after.width).max(BEFORE));
    after.truncate(COLUMNS - before.width);
    let length = match marked {
        Marked::Value => value_length(text.get(at..end_of_view(text, at)).unwrap_or_default()),
        Marked::Character => 1,
    };
    let marks: usize = after.cells.iter().filter(|cell| cell.at < length).map(|cell| cell.width).sum();

    let mut excerpt = format!("{line:>4} | ");
    let gutter = excerpt.len() - 2;
    excerpt.push_str(if before.is_cut { "…" } else { "" });
    before.cells.iter().rev().chain(&after.cells).for_each(|cell| excerpt.push_str(&cell.shown));
    excerpt.push_str(if after.is_cut { "…\n" } else { "\n" });
    excerpt.extend(repeat_n(' ', gutter));
    excerpt.push_str("| ");
    excerpt.extend(repeat_n(' ', before.width + usize::from(before.is_cut)));
    excerpt.extend(repeat_n('^', marks.max(1)));
    excerpt.push('\n');
    excerpt
}

impl<'t> Part<'t> {
    /// Takes graphemes as long as there is room.
    fn of(graphemes: impl Iterator<Item = (usize, &'t str)>, room: usize) -> Self {
        let mut part = Self::default();
        for (at, grapheme) in graphemes {
            let shown = shown(grapheme);
            let width = shown.width();
            if part.width + width > room {
                part.is_cut = true;
                break;
            }
            part.width += width;
            part.cells.push(Cell { shown, width, at });
        }
        part
    }

    /// Drops the last graphemes until the rest fits.
    fn truncate(&mut self, room: usize) {
        while self.width > room {
            let Some(cell) = self.cells.pop() else { break };
            self.width -= cell.width;
            self.is_cut = true;
        }
    }
}

/// Returns the part of the line that precedes a byte, beginning at that byte and going backwards.
fn before(text: &str, at: usize, room: usize) -> Part<'_> {
    let start = (at.saturating_sub(BYTES)..=at).find(|byte| text.is_char_boundary(*byte)).unwrap_or(at);
    let view = text.get(start..at).unwrap_or_default();
    let (line, is_complete) = view.rsplit_once('\n').map_or((view, start == 0), |(_, line)| (line, true));
    // The first grapheme may be the end of a cluster that begins before the examined bytes.
    let is_whole_grapheme = |(from, _): &(usize, &str)| is_complete || *from > 0;
    let mut part = Part::of(line.grapheme_indices(true).rev().filter(is_whole_grapheme), room);
    part.is_cut |= !is_complete;
    part
}

/// Returns the part of the line that begins at a byte.
fn after(text: &str, at: usize) -> Part<'_> {
    let end = end_of_view(text, at);
    let view = text.get(at..end).unwrap_or_default();
    let (line, is_complete) =
        view.split_once('\n').map_or((view, end == text.len()), |(line, _)| (line, true));
    let line = line.trim_end_matches('\r');
    // The last grapheme may be the beginning of a cluster that continues after the examined bytes.
    let is_whole_grapheme =
        |(from, grapheme): &(usize, &str)| is_complete || from + grapheme.len() < line.len();
    let mut part = Part::of(line.grapheme_indices(true).filter(is_whole_grapheme), COLUMNS);
    part.is_cut |= !is_complete;
    part
}

fn end_of_view(text: &str, at: usize) -> usize {
    let wanted = at.saturating_add(BYTES).min(text.len());
    (wanted..=text.len()).find(|byte| text.is_char_boundary(*byte)).unwrap_or(text.len())
}

fn shown(grapheme: &str) -> Cow<'_, str> {
    match grapheme.chars().any(|c| printable(c) != c) {
        true => grapheme.chars().map(printable).collect(),
        false => grapheme.into(),
    }
}

/// Replaces control characters, which act on the terminal, and bidirectional controls, which reorder text.
fn printable(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        control if control.is_control() => '\u{FFFD}',
        other => other,
    }
}

/// Returns the length in bytes of the value that begins here, up to the end of the examined bytes.
fn value_length(view: &str) -> usize {
    let bytes = view.as_bytes();
    let end = match bytes.first() {
        Some(b'"') => {
            let mut is_escaped = false;
            let quote = bytes.iter().skip(1).position(|byte| {
                let ends = *byte == b'"' && !is_escaped;
                is_escaped = *byte == b'\\' && !is_escaped;
                ends
            });
            quote.map(|quote| quote + 2)
        }
        Some(b'{' | b'[') => Some(1),
        _ => bytes.iter().position(|byte| b",:]}".contains(byte) || byte.is_ascii_whitespace()),
    };
    end.unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the excerpt of the value that follows a text.
    fn excerpt_after(text: &str, before: &str) -> String {
        let at = text.find(before).map(|at| at + before.len()).unwrap();
        excerpt(text, at, text.get(..at).unwrap().matches('\n').count() + 1, Marked::Value)
    }

    #[test]
    fn a_short_line_is_shown_in_full() {
        let json = "{\n  \"url\": \"a \\\" b\", \"n\": 12,\r\n \"list\": [1]\n}";
        assert_eq!(
            excerpt_after(json, "\"url\": "),
            "   2 |   \"url\": \"a \\\" b\", \"n\": 12,\n     |          ^^^^^^^^\n"
        );
        assert_eq!(
            excerpt_after(json, "\"n\": "),
            "   2 |   \"url\": \"a \\\" b\", \"n\": 12,\n     |                         ^^\n"
        );
        assert_eq!(excerpt_after(json, "\"list\": "), "   3 |  \"list\": [1]\n     |          ^\n");
        let end = excerpt("{ \"a\":", 6, 1, Marked::Character);
        assert_eq!(end, "   1 | { \"a\":\n     |       ^\n");
    }

    /// Returns the width of the first line, the width in front of the marks, and the number of marks, in
    /// columns of a terminal.
    fn columns(excerpt: &str) -> (usize, usize, usize) {
        let (line, rest) = excerpt.split_once('\n').unwrap();
        let marks = rest.trim_end_matches('\n');
        (line.width(), marks.width() - marks.matches('^').count(), marks.matches('^').count())
    }

    #[test]
    fn a_long_line_is_cut_around_the_marked_value() {
        for letters in ["a", "界", "é", "👩‍👩‍👧‍👦", "ก็", "e\u{301}"] {
            let json = [
                "{\"a\": \"",
                &letters.repeat(50_000),
                "\", \"url\": 1234, \"b\": \"",
                &letters.repeat(50_000),
                "\"}",
            ];
            let json = json.concat();
            let excerpt = excerpt_after(&json, "\"url\": ");
            let (width, before, marks) = columns(&excerpt);
            assert!((75..=7 + 82).contains(&width), "{width}: {excerpt}");
            assert_eq!(marks, 4, "{excerpt}");
            let line = excerpt.lines().next().unwrap();
            let value = line.split_once("1234").unwrap().0;
            assert_eq!(value.width(), before, "{excerpt}");
            assert!(line.contains(" | …") && line.ends_with('…'), "{excerpt}");
            // No grapheme cluster is cut in two.
            let rest = line.replace(letters, "");
            assert_eq!(rest, "   1 | …\", \"url\": 1234, \"b\": \"…", "{excerpt}");
        }
    }

    #[test]
    fn a_long_value_is_marked_up_to_the_cut() {
        let json = ["{\"a\": \"", &"x".repeat(200_000), "\"}"].concat();
        assert_eq!(columns(&excerpt_after(&json, "\"a\": ")), (7 + 81, 13, 74));
    }

    #[test]
    fn control_characters_are_replaced_for_the_terminal() {
        let json = "{\"a\": \"\u{1b}[2J\u{202E}\u{7}\u{9b}\tx\", \"b\": 1}";
        let excerpt = excerpt_after(json, "\"b\": ");
        assert!(
            excerpt.starts_with("   1 | {\"a\": \"\u{FFFD}[2J\u{FFFD}\u{FFFD}\u{FFFD} x\", \"b\": 1}\n"),
            "{excerpt}"
        );
        let (_, before, _) = columns(&excerpt);
        assert_eq!(excerpt.split_once("1}").unwrap().0.width(), before);
    }

    #[test]
    fn every_offset_of_any_text_has_an_excerpt() {
        let text = ["é\u{301}\r\n界", &"👩‍👩‍👧‍👦\u{301}".repeat(200), "\n\n\r", &"\u{301}".repeat(3_000)].concat();
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for marked in [Marked::Value, Marked::Character] {
                assert_eq!(excerpt(&text, at, 1, marked).lines().count(), 2, "{at}");
            }
        }
    }
}
