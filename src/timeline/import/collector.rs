use super::timings::{Cue, Grain, Timings};
use super::webvtt::at_line;
use crate::article::{Problem, Severity, limits};
use crate::timeline::script::Kind;

/// How far the last cue may reach beyond the recording, as a multiple of its length, before the whole file is
/// rejected: its times are in another unit than its format uses.
const MAX_OVERRUN: f64 = 3.0;

/// The largest number of characters of a script without spaces that still count as one word.
const LONGEST_UNSPACED_WORD: usize = 6;

/// A cue as given in a file, unchecked.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) start: Time,
    pub(super) end: Time,
    pub(super) text: String,
    pub(super) target: Option<String>,
}

/// A time as given in a file, unchecked.
#[derive(Clone, Copy, PartialEq, Default)]
pub(super) enum Time {
    /// There is no time.
    #[default]
    Missing,
    /// There is a value that is not a time.
    Wrong,
    /// A time in seconds; any floating-point value.
    At(f64),
}

/// Collects cues and problems while a file is read.
#[derive(Default)]
pub(super) struct Collector {
    cues: Vec<Cue>,
    /// For each cue, whether the file states its end.
    has_end: Vec<bool>,
    problems: Vec<Problem>,
    /// The grain, if the format defines it; otherwise it is inferred from the words.
    pub(super) grain: Option<Grain>,
    /// The length of the recording in seconds, if the file states it.
    pub(super) duration: Option<f64>,
    /// Whether the file has one JSON value on each line, so that paths begin with a line number.
    pub(super) is_lines: bool,
}

impl Collector {
    pub(super) fn is_empty(&self) -> bool {
        self.cues.is_empty() && self.problems.is_empty()
    }

    pub(super) fn warn(&mut self, path: &dyn Fn() -> String, message: &str) {
        if self.problems.len() < limits::MAX_PROBLEMS {
            let path = if self.is_lines { by_line(&path()) } else { path() };
            self.problems.push(Problem { path, severity: Severity::Warning, message: message.to_owned() });
        }
    }

    /// Adds a cue, or warns why it is left out. A cue without text and target is ignored.
    pub(super) fn add(&mut self, draft: Draft, path: &dyn Fn() -> String) {
        let text = draft.text.trim();
        // Such as `[Music]`, and whisper.cpp's token for the beginning.
        let is_noise = text.is_empty() || (text.starts_with('[') && text.ends_with(']'));
        if is_noise && draft.target.is_none() {
            return;
        }
        let start = match draft.start {
            Time::At(start) if start.is_finite() && start >= 0.0 => start,
            Time::Missing if draft.target.is_none() => return self.add_untimed(text, draft.end),
            Time::Missing => return self.warn(path, "has no start; it was left out"),
            Time::At(_) | Time::Wrong => {
                return self.warn(path, "has no valid start (0 or later); it was left out");
            }
        };
        let end = match draft.end {
            Time::At(end) if end < start => {
                return self.warn(path, "ends before it begins; it was left out");
            }
            Time::At(end) if end.is_finite() => Some(end).filter(|end| *end > start),
            Time::Missing => None,
            Time::At(_) | Time::Wrong => {
                self.warn(path, "has no valid end; it lasts until the next one begins");
                None
            }
        };
        self.has_end.push(end.is_some());
        let text = if is_noise { String::new() } else { text.to_owned() };
        self.cues.push(Cue { start, end: end.unwrap_or(start), text, target: draft.target });
    }

    /// Adds a word without a time, such as a number that the program could not find in the recording: it is
    /// appended to the previous cue.
    fn add_untimed(&mut self, text: &str, end: Time) {
        // Such as the full stop after a word.
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        match self.cues.last_mut() {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(text);
                if let (Time::At(end), Some(has_end)) = (end, self.has_end.last_mut())
                    && end.is_finite()
                    && end > last.end
                {
                    (last.end, *has_end) = (end, true);
                }
            }
            // A start of 0 is often left out, like any 0.
            None => {
                let end = match end {
                    Time::At(end) if end.is_finite() && end > 0.0 => Some(end),
                    _ => None,
                };
                self.has_end.push(end.is_some());
                self.cues.push(Cue {
                    start: 0.0,
                    end: end.unwrap_or(0.0),
                    text: text.to_owned(),
                    target: None,
                });
            }
        }
    }

    /// Appends a piece to the last word and extends its end; returns whether there is a last word.
    pub(super) fn extend(&mut self, text: &str, end: Time) -> bool {
        let (Some(last), Some(has_end)) = (self.cues.last_mut(), self.has_end.last_mut()) else {
            return false;
        };
        last.text.push_str(text);
        if let Time::At(end) = end
            && end.is_finite()
            && end > last.end
        {
            (last.end, *has_end) = (end, true);
        }
        true
    }

    /// Sorts the cues, completes their ends, and checks them against the length of the recording.
    pub(super) fn into_timings(mut self, format: &'static str, duration: Option<f64>) -> Timings {
        let known = |duration: Option<f64>| duration.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
        let stated = known(self.duration);
        let length = known(duration).or(stated);
        let mut cues: Vec<(Cue, bool)> = self.cues.into_iter().zip(self.has_end).collect();
        cues.sort_by(|(one, _), (other, _)| one.start.total_cmp(&other.start));
        // Google repeats all words once it has identified the speakers.
        cues.dedup_by(|(later, _), (earlier, _)| {
            later.start == earlier.start && later.text == earlier.text && later.target == earlier.target
        });
        let nexts: Vec<Option<f64>> = cues.iter().skip(1).map(|(next, _)| Some(next.start)).collect();
        let last_end = length.unwrap_or(0.0);
        for ((cue, has_end), next) in cues.iter_mut().zip(nexts.into_iter().chain([None])) {
            if !*has_end {
                cue.end = next.unwrap_or(last_end).max(cue.start);
            }
        }
        let cues: Vec<Cue> = cues.into_iter().map(|(cue, _)| cue).collect();
        let end = cues.iter().fold(0.0_f64, |last, cue| last.max(cue.end));
        if length.is_some_and(|length| end > MAX_OVERRUN * length) {
            let message = "its last time is more than three times the length of the recording; its times are in \
                           another unit than its format uses, such as milliseconds";
            self.problems =
                vec![Problem { path: String::new(), severity: Severity::Error, message: message.to_owned() }];
            return Timings { format, duration: stated, problems: self.problems, ..Timings::default() };
        }
        if cues.is_empty() {
            self.problems.insert(
                0,
                Problem {
                    path: String::new(),
                    severity: Severity::Error,
                    message: "has no usable times".to_owned(),
                },
            );
        }
        let grain = self.grain.unwrap_or_else(|| grain(&cues));
        Timings { format, grain, cues, duration: stated, problems: self.problems }
    }
}

/// Converts the path of a value in a file with one value on each line: `line 4`.
fn by_line(path: &str) -> String {
    let index = path.strip_prefix('[').and_then(|rest| rest.split_once(']')?.0.parse::<usize>().ok());
    index.map_or_else(|| path.to_owned(), |index| at_line(index.saturating_add(1)))
}

/// Infers whether the cues are words, which nine in ten of them have to look like.
fn grain(cues: &[Cue]) -> Grain {
    let spoken = cues.iter().filter(|cue| !cue.text.is_empty());
    let (mut all, mut words) = (0_usize, 0_usize);
    for cue in spoken {
        all += 1;
        words += usize::from(is_word(&cue.text));
    }
    if all == 0 {
        return Grain::Target;
    }
    if words * 10 >= all * 9 { Grain::Word } else { Grain::Phrase }
}

fn is_word(text: &str) -> bool {
    let is_unspaced = |c: &char| matches!(Kind::of(*c), Kind::Han | Kind::Kana | Kind::Unspaced);
    !text.contains(char::is_whitespace) && text.chars().filter(is_unspaced).count() <= LONGEST_UNSPACED_WORD
}
