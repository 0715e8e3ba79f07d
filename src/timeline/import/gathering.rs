use super::timings::{Cue, Grain, Timings};
use super::webvtt::at_line;
use crate::article::{Problem, Severity, limits};
use crate::timeline::script::Kind;

/// How far the last cue may reach beyond the recording, times its length, before nothing in the file can be
/// believed: it is in another unit than its format has.
const BEYOND_BELIEF: f64 = 3.0;

/// How many characters of a script without spaces still are one word.
const LONGEST_UNSPACED_WORD: usize = 6;

/// A cue as a file has it.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) start: Time,
    pub(super) end: Time,
    pub(super) text: String,
    pub(super) target: Option<String>,
}

/// A time as a file has it.
#[derive(Clone, Copy, PartialEq, Default)]
pub(super) enum Time {
    /// It is not there.
    #[default]
    Missing,
    /// Something is there that is no time.
    Wrong,
    /// In seconds; may be anything that a number can be.
    At(f64),
}

/// Gathers cues and problems while a file is read.
#[derive(Default)]
pub(super) struct Gathering {
    cues: Vec<Cue>,
    /// For each cue, whether its end was in the file.
    has_end: Vec<bool>,
    problems: Vec<Problem>,
    /// What the format says of its cues; else it is told by their words.
    pub(super) grain: Option<Grain>,
    /// How long the recording is, if the file says it.
    pub(super) duration: Option<f64>,
    /// Whether the file has JSON on each line, so that a path begins with one.
    pub(super) is_lines: bool,
}

impl Gathering {
    pub(super) fn is_empty(&self) -> bool {
        self.cues.is_empty() && self.problems.is_empty()
    }

    pub(super) fn warn(&mut self, path: &dyn Fn() -> String, message: &str) {
        if self.problems.len() < limits::MAX_PROBLEMS {
            let path = if self.is_lines { by_line(&path()) } else { path() };
            self.problems.push(Problem { path, severity: Severity::Warning, message: message.to_owned() });
        }
    }

    /// Takes a cue, or tells why not. What has nothing to say is passed over.
    pub(super) fn add(&mut self, draft: Draft, path: &dyn Fn() -> String) {
        let text = draft.text.trim();
        // Such as `[Music]`, and what stands for the beginning to whisper.cpp.
        let is_noise = text.is_empty() || (text.starts_with('[') && text.ends_with(']'));
        if is_noise && draft.target.is_none() {
            return;
        }
        let start = match draft.start {
            Time::At(start) if start.is_finite() && start >= 0.0 => start,
            Time::Missing if draft.target.is_none() => return self.add_untimed(text, draft.end),
            Time::Missing => return self.warn(path, "has no start; it was left out"),
            Time::At(_) | Time::Wrong => {
                return self.warn(path, "its start is no time from 0 on; it was left out");
            }
        };
        let end = match draft.end {
            Time::At(end) if end < start => {
                return self.warn(path, "ends before it begins; it was left out");
            }
            Time::At(end) if end.is_finite() => Some(end).filter(|end| *end > start),
            Time::Missing => None,
            Time::At(_) | Time::Wrong => {
                self.warn(path, "its end is no time; it lasts until the next begins");
                None
            }
        };
        self.has_end.push(end.is_some());
        let text = if is_noise { String::new() } else { text.to_owned() };
        self.cues.push(Cue { start, end: end.unwrap_or(start), text, target: draft.target });
    }

    /// Takes a word that the file has no time for, such as a number that could not be found in the recording:
    /// it is said along with the one before.
    fn add_untimed(&mut self, text: &str, end: Time) {
        // Such as the full stop behind a word.
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
            // A start of 0 is often left out, as all that is 0.
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

    /// Adds a piece of the word that came last: its rest, which ends later.
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

    /// The cues sorted, each with its end, and all of them weighed against the length of the recording.
    pub(super) fn into_timings(mut self, format: &'static str, duration: Option<f64>) -> Timings {
        let known = |duration: Option<f64>| duration.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
        let stated = known(self.duration);
        let length = known(duration).or(stated);
        let mut cues: Vec<(Cue, bool)> = self.cues.into_iter().zip(self.has_end).collect();
        cues.sort_by(|(one, _), (other, _)| one.start.total_cmp(&other.start));
        // Google tells all words once more when it has told who says what.
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
        if length.is_some_and(|length| end > BEYOND_BELIEF * length) {
            let message = "its last time is more than three times as late as the recording is long; it counts in \
                           another unit than its format does, such as milliseconds";
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
                    message: "has not one time that can be used".to_owned(),
                },
            );
        }
        let grain = self.grain.unwrap_or_else(|| grain(&cues));
        Timings { format, grain, cues, duration: stated, problems: self.problems }
    }
}

/// The path of a value among those that stand one on a line: `line 4`.
fn by_line(path: &str) -> String {
    let index = path.strip_prefix('[').and_then(|rest| rest.split_once(']')?.0.parse::<usize>().ok());
    index.map_or_else(|| path.to_owned(), |index| at_line(index.saturating_add(1)))
}

/// Whether the cues are words, by the look of nine in ten of them.
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
