//! `SubRip`, as programs write it: a number, a line with two times, lines of text, an empty line. Files
//! reliably have only the times.

use super::clock_value::clock_value;
use super::collector::{Collector, Draft, Time};
use super::roll_up::RollUp;
use super::webvtt::{at_line, has_arrow_in, normalized};

/// The longest tag, in bytes: what ends farther away is text.
const MAX_TAG: usize = 500;

/// Reads the cues, if at least one line has an arrow.
pub(super) fn read(text: &str, collector: &mut Collector) -> Option<&'static str> {
    let text = normalized(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut roll_up = RollUp::default();
    let mut is_srt = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if !has_arrow_in(line) {
            continue;
        }
        is_srt = true;
        let number = at;
        let mut said = Vec::new();
        while let Some(line) = lines.get(at).filter(|line| !line.trim().is_empty()) {
            // If the empty line is missing, the number of the next cue begins the next cue.
            let is_next = has_arrow_in(line)
                || (is_number(line) && lines.get(at + 1).is_some_and(|next| has_arrow_in(next)));
            if is_next {
                break;
            }
            said.push(*line);
            at += 1;
        }
        let path = || at_line(number);
        match times(line) {
            Some((start, end)) => {
                let text = plain(roll_up.new_lines(&said.join("\n"), end - start, &plain));
                let (start, end) = (Time::At(start), Time::At(end));
                collector.add(Draft { start, end, text, target: None }, &path);
            }
            None => collector.warn(&path, "has an arrow without valid times; the cue was left out"),
        }
    }
    is_srt.then_some("SRT")
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

fn times(line: &str) -> Option<(f64, f64)> {
    let (start, end) = line.split_once("-->")?;
    // The second time may be followed by the position of the text on the picture.
    let end = end.trim_start();
    let end = end.split([' ', '\t']).next().unwrap_or_default();
    Some((clock_value(start.trim())?, clock_value(end)?))
}

/// Finds the next occurrence of a byte. Looking anew for the end of each of many `<a` would take quadratic time.
struct Next {
    byte: u8,
    /// Where the byte is; the end of the text if nowhere.
    at: usize,
}

impl Next {
    /// Returns the distance from the beginning of the rest of a text of this length.
    fn distance(&mut self, length: usize, rest: &str) -> usize {
        let from = length - rest.len();
        if self.at < from {
            self.at = rest.bytes().position(|byte| byte == self.byte).map_or(length, |offset| from + offset);
        }
        self.at - from
    }
}

/// Returns a text as one line, without tags such as `<i>` and `{\an8}`.
fn plain(text: &str) -> String {
    let mut said = String::new();
    let [mut angle, mut brace] = [b'>', b'}'].map(|byte| Next { byte, at: 0 });
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let close = match c {
            '<' if after.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) => Some(&mut angle),
            '{' if after.starts_with('\\') => Some(&mut brace),
            _ => None,
        };
        let end = close.map(|next| next.distance(text.len(), after));
        if let Some(end) = end.filter(|end| *end < after.len().min(MAX_TAG)) {
            rest = after.get(end + 1..).unwrap_or_default();
        } else {
            said.push(if c == '\n' { ' ' } else { c });
            rest = after;
        }
    }
    said
}
