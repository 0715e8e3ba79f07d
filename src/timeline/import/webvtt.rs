//! Reads WebVTT by the parsing algorithm of the W3C (<https://www.w3.org/TR/webvtt1/#file-parsing>), which
//! defines the cues of any text at all. Styles and positions are ignored.

use super::clock_value::digits;
use super::collector::{Collector, Draft, Time};
use super::cue_text::pieces;
use super::roll_up::RollUp;
use super::{ParseJson, sync_media};

/// A cue of a WebVTT file, as browsers parse it.
#[derive(Debug, Clone, PartialEq)]
pub struct WebVttCue {
    /// The identifier; mostly empty or a number.
    pub id: String,
    /// The start in seconds.
    pub start: f64,
    /// The end in seconds; may be before the start.
    pub end: f64,
    /// The text, with its tags.
    pub text: String,
    /// The line with the times, counted from 1.
    pub line: usize,
}

/// Returns whether a text is WebVTT, by its first line.
pub(super) fn is_webvtt(text: &str) -> bool {
    text.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// Returns the cues of a WebVTT file in their order in the file; none if the text is not WebVTT.
#[must_use]
pub fn parse_webvtt(text: &str) -> Vec<WebVttCue> {
    let mut cues = Vec::new();
    parse(text, &mut |block| {
        if let Block::Cue(cue) = block {
            cues.push(cue);
        }
    });
    cues
}

/// The result of parsing a block.
enum Block {
    Cue(WebVttCue),
    /// The number of a line with an arrow whose times cannot be parsed.
    Mistimed(usize),
}

/// Reads a WebVTT file: subtitles, or the names of passages in SyncMediaLite.
pub(super) fn read(text: &str, json: ParseJson, collector: &mut Collector) -> Option<&'static str> {
    let mut format = "WebVTT";
    let mut roll_up = RollUp::default();
    let plain = |line: &str| pieces(line).into_iter().map(|piece| piece.text).collect();
    parse(text, &mut |block| match block {
        Block::Mistimed(line) => {
            collector.warn(&|| at_line(line), "has an arrow without valid times; the cue was left out");
        }
        Block::Cue(cue) => {
            let path = || at_line(cue.line);
            if let Some(draft) = sync_media::selected(&cue, json) {
                format = "SyncMediaLite";
                return collector.add(draft, &path);
            }
            let pieces = pieces(roll_up.new_lines(&cue.text, cue.end - cue.start, &plain));
            let nexts = pieces.iter().skip(1).map(|piece| piece.start).chain([None]);
            for (piece, next) in pieces.iter().zip(nexts) {
                collector.add(
                    Draft {
                        start: Time::At(piece.start.unwrap_or(cue.start)),
                        end: Time::At(next.unwrap_or(cue.end)),
                        text: piece.text.clone(),
                        target: None,
                    },
                    &path,
                );
            }
        }
    });
    Some(format)
}

/// Returns the path of a line in a problem.
pub(super) fn at_line(line: usize) -> String {
    ["line ", &line.to_string()].concat()
}

/// Normalizes line ends to `\n`, removes a byte order mark, and replaces U+0000 by U+FFFD.
pub(super) fn normalized(text: &str) -> String {
    let mut normalized = String::with_capacity(text.len());
    let mut chars = text.strip_prefix('\u{FEFF}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        normalized.push(match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                '\n'
            }
            '\0' => '\u{FFFD}',
            c => c,
        });
    }
    normalized
}

fn parse(text: &str, visit: &mut dyn FnMut(Block)) {
    let text = normalized(text);
    if !is_webvtt(&text) {
        return;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut at = 1;
    // A header ends with the first empty line.
    if lines.get(at).is_some_and(|line| !line.is_empty()) {
        block(&lines, &mut at, true, visit);
    }
    while let Some(line) = lines.get(at) {
        if line.is_empty() {
            at += 1;
        } else {
            block(&lines, &mut at, false, visit);
        }
    }
}

/// Collects a block, as the algorithm calls it, starting with the line `at`.
fn block(lines: &[&str], at: &mut usize, in_header: bool, visit: &mut dyn FnMut(Block)) {
    let mut count = 0;
    let mut has_arrow = false;
    let mut cue: Option<WebVttCue> = None;
    let mut buffer = String::new();
    while let Some(line) = lines.get(*at) {
        count += 1;
        if has_arrow_in(line) {
            if in_header || !(count == 1 || (count == 2 && !has_arrow)) {
                // The arrow begins the next block.
                break;
            }
            has_arrow = true;
            *at += 1;
            match times(line) {
                Some((start, end)) => {
                    let id = std::mem::take(&mut buffer);
                    cue = Some(WebVttCue { id, start, end, text: String::new(), line: *at });
                }
                None => visit(Block::Mistimed(*at)),
            }
            continue;
        }
        *at += 1;
        if line.is_empty() {
            break;
        }
        if !buffer.is_empty() {
            buffer.push('\n');
        }
        buffer.push_str(line);
    }
    if let Some(mut cue) = cue {
        cue.text = buffer;
        visit(Block::Cue(cue));
    }
}

/// Returns whether a line has `-->`. The search is written by hand: a general pattern search adds more code.
pub(super) fn has_arrow_in(line: &str) -> bool {
    line.as_bytes().windows(3).any(|three| three == b"-->")
}

/// Parses the times of a cue; the settings that follow are ignored.
fn times(line: &str) -> Option<(f64, f64)> {
    let (start, rest) = timestamp(skip_space(line))?;
    let rest = skip_space(rest).strip_prefix("-->")?;
    let (end, _) = timestamp(skip_space(rest))?;
    Some((start, end))
}

pub(super) fn skip_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r', '\u{C}'])
}

/// Collects a timestamp, and returns the text after it.
pub(super) fn timestamp(text: &str) -> Option<(f64, &str)> {
    let (first, rest) = leading_digits(text);
    let value = digits(first)?;
    let has_hours = first.len() != 2 || value > 59.0;
    let (second, rest) = two_digits(rest.strip_prefix(':')?)?;
    let (hours, minutes, seconds, rest) = if has_hours || rest.starts_with(':') {
        let (third, rest) = two_digits(rest.strip_prefix(':')?)?;
        (value, second, third, rest)
    } else {
        (0.0, value, second, rest)
    };
    let (fraction, rest) = leading_digits(rest.strip_prefix('.')?);
    if fraction.len() != 3 || minutes > 59.0 || seconds > 59.0 {
        return None;
    }
    Some((hours * 3600.0 + minutes * 60.0 + seconds + digits(fraction)? / 1000.0, rest))
}

fn two_digits(text: &str) -> Option<(f64, &str)> {
    let (two, rest) = leading_digits(text);
    (two.len() == 2).then(|| digits(two)).flatten().map(|value| (value, rest))
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(text: &str) -> Vec<(String, f64, f64, String)> {
        parse_webvtt(text).into_iter().map(|cue| (cue.id, cue.start, cue.end, cue.text)).collect()
    }

    fn cue(id: &str, start: f64, end: f64, text: &str) -> (String, f64, f64, String) {
        (id.to_owned(), start, end, text.to_owned())
    }

    #[test]
    fn cues_have_identifiers_times_and_text_of_several_lines() {
        let text = "WEBVTT - talks\nKind: captions\n\n\n1\n00:00.000 --> 00:02.500 align:left line:0\nTalks\nresume.\n\n\
                    100:00:01.000\t-->\t100:00:02.000\n\n00:03.000-->00:04.000\nLast";
        assert_eq!(
            cues(text),
            [
                cue("1", 0.0, 2.5, "Talks\nresume."),
                cue("", 360_001.0, 360_002.0, ""),
                cue("", 3.0, 4.0, "Last")
            ]
        );
    }

    #[test]
    fn any_line_ending_and_a_byte_order_mark_are_accepted() {
        let expected = [cue("", 1.0, 2.0, "a\nb"), cue("", 3.0, 4.0, "c\u{FFFD}")];
        for end in ["\n", "\r\n", "\r"] {
            let text = "\u{FEFF}WEBVTT\n\n00:01.000 --> 00:02.000\na\nb\n\n00:03.000 --> 00:04.000\nc\0\n\n";
            assert_eq!(cues(&text.replace('\n', end)), expected, "{end:?}");
        }
    }

    #[test]
    fn an_arrow_begins_a_cue_anywhere() {
        // Without an empty line after the header, after the text of another cue, after a comment.
        let text = "WEBVTT\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb\n\nNOTE\n00:05.000 --> 00:06.000\nc\n\n\
                    NOTE of\ntwo lines\n00:07.000 --> 00:08.000\nd";
        assert_eq!(
            cues(text),
            [
                cue("", 1.0, 2.0, "a"),
                cue("", 3.0, 4.0, "b"),
                cue("NOTE", 5.0, 6.0, "c"),
                cue("", 7.0, 8.0, "d")
            ]
        );
    }

    #[test]
    fn comments_styles_and_regions_are_not_cues() {
        let text = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:r\n\nNOTE x\ny\n\nid without times\ntext\n\n\
                    00:01.000 --> 00:02.000\na";
        assert_eq!(cues(text), [cue("", 1.0, 2.0, "a")]);
    }

    #[test]
    fn only_cues_with_malformed_times_are_dropped() {
        for times in [
            "0:01.000 --> 00:02.000",
            "00:01,000 --> 00:02,000",
            "00:01.00 --> 00:02.000",
            "00:01.0000 --> 00:02.000",
            "00:61.000 --> 00:62.000",
            "00:60:01.000 --> 00:60:02.000",
            "00:01.000 -> 00:02.000 -->",
            "00:01.000 --> ",
            "--> 00:02.000",
            "00:01 --> 00:02",
            "-00:01.000 --> 00:02.000",
            "1.000 --> 2.000",
        ] {
            let text = ["WEBVTT\n\n", times, "\nno\n\n00:03.000 --> 00:04.000\nyes"].concat();
            assert_eq!(cues(&text), [cue("", 3.0, 4.0, "yes")], "{times}");
        }
        // A number that does not have two digits is hours, with any number of digits; so is a number above
        // 59.
        assert_eq!(cues("WEBVTT\n\n1:00:00.000 --> 99:00:00.000\n"), [cue("", 3600.0, 356_400.0, "")]);
    }

    #[test]
    fn text_without_a_webvtt_header_has_no_cues() {
        for start in ["", "WEBVTTX", " WEBVTT", "webvtt", "\nWEBVTT", "\u{FEFF}\u{FEFF}WEBVTT"] {
            assert_eq!(cues(&[start, "\n\n00:01.000 --> 00:02.000\na"].concat()), [], "{start:?}");
        }
        assert_eq!(cues("WEBVTT"), []);
    }
}
