use super::anchors::same_tokens;
use super::span::Span;
use super::strays::correct_strays;
use super::times::{Known, Said, Time, Written, between_marks};
use super::tokens::{Token, combined, each_token};
#[cfg(feature = "native")]
use crate::article::Article;
use crate::article::{Normalize, Passage, Problem, Severity, SpokenPassage, Text, TimedWord, Timing, cut};
use crate::timeline::import::{Cue, Grain, Timings};

/// The share of a passage's words that must be found in the recording for its times not to count as
/// estimated.
const FOUND: f64 = 0.3;

/// A passage that was not found counts as missing if the gap has less than this share of the time that the
/// passage takes.
const SHORTEST: f64 = 0.4;

/// The weight of a passage's words from which on it counts as missing if nothing of it is found at the
/// beginning or end of a recording.
const LONG: f64 = 50.0;

/// How often missing passages are removed before the rest is matched again.
const MAX_ROUNDS: usize = 4;

/// How many chapters are read: more than anyone listens to.
const MAX_CHAPTERS: usize = 500;

/// When the passages of an article are spoken in a recording.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// The times of the passages in the recording, by time.
    pub segments: Vec<Timing>,
    /// The passages, chapters and targets that could not be found, errors first. Paths are those of the
    /// article.
    pub problems: Vec<Problem>,
    /// The share of the article's words that were found in the recording, from 0 to 1; `None` if no words
    /// were compared.
    pub found: Option<f64>,
}

/// The words of an article in one sequence.
#[derive(Default)]
struct Words {
    /// Each passage with its spoken text and the range of its words.
    passages: Vec<Spoken>,
    tokens: Vec<Token>,
    written: Vec<Written>,
}

struct Spoken {
    passage: Passage,
    name: Text,
    text: String,
    words: Span,
}

/// Aligns timings with an article. `duration` is the length of the recording in seconds, if known.
#[cfg(feature = "native")]
#[must_use]
pub fn align(article: &Article, timings: &Timings, duration: Option<f64>) -> Alignment {
    align_with(article.spoken_passages().collect(), timings, duration, crate::article::nfkc)
}

/// Aligns timings with passages in the order of their article, using the platform's Unicode normalization.
#[must_use]
pub fn align_with(
    passages: Vec<SpokenPassage>,
    timings: &Timings,
    duration: Option<f64>,
    normalize: Normalize,
) -> Alignment {
    let mut names: Vec<Text> = passages.iter().map(|passage| Text::clone(&passage.name)).collect();
    names.sort_unstable();
    let words = Words::of(passages, normalize);
    let length = duration.or(timings.duration).filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    let mut alignment = match timings.grain {
        Grain::Chapter => by_chapters(&words, timings, length, normalize),
        Grain::Target => Alignment::default(),
        Grain::Word | Grain::Phrase => by_words(words, timings, length, normalize),
    };
    place_targets(&names, timings, &mut alignment);
    put_in_order(&mut alignment.segments, length);
    alignment
}

impl Words {
    fn of(passages: Vec<SpokenPassage>, normalize: Normalize) -> Self {
        let mut words = Self::default();
        for SpokenPassage { passage, name, text } in passages {
            let mut tokens = Vec::new();
            each_token(&text, normalize, &mut |token| tokens.push(token));
            words.add(passage, name, text, tokens);
        }
        words
    }

    fn add(&mut self, passage: Passage, name: Text, text: String, tokens: Vec<Token>) {
        if tokens.is_empty() {
            return;
        }
        let (index, from) = (self.passages.len(), self.tokens.len());
        self.written.extend(tokens.iter().map(|token| Written { passage: index, weight: token.weight }));
        self.tokens.extend(tokens);
        self.passages.push(Spoken {
            passage,
            name,
            text,
            words: Span { start: from, end: self.tokens.len() },
        });
    }

    /// Returns the words of these passages alone, which are in order.
    fn only(self, kept: &[Passage]) -> Self {
        let mut words = Self::default();
        let mut kept = kept.iter().peekable();
        let mut tokens = self.tokens.into_iter();
        for spoken in self.passages {
            let own: Vec<Token> = tokens.by_ref().take(spoken.words.len()).collect();
            if kept.next_if_eq(&&spoken.passage).is_some() {
                words.add(spoken.passage, spoken.name, spoken.text, own);
            }
        }
        words
    }
}

/// Returns the words of the recording, each with its share of the time of its cue.
fn said(cues: &[Cue], normalize: Normalize) -> (Vec<Token>, Vec<Said>) {
    let (mut tokens, mut said): (Vec<Token>, Vec<Said>) = (Vec::new(), Vec::new());
    let nexts = cues.iter().skip(1).map(|next| next.start).chain([f64::INFINITY]);
    for ((cue, text), next) in cues.iter().enumerate().zip(nexts) {
        let from = tokens.len();
        each_token(&text.text, normalize, &mut |token| tokens.push(token));
        let words = tokens.get(from..).unwrap_or_default();
        let weight: f64 = words.iter().map(|word| word.weight).sum();
        // Overlapping cues are placed one after the other.
        let end = text.end.min(next).max(text.start);
        let mut now = text.start;
        for word in words {
            let until = now + (end - text.start) * word.weight / weight;
            said.push(Said { start: now, end: until, weight: word.weight, cue });
            now = until;
        }
    }
    (tokens, said)
}

/// Aligns the passages that have words in common with the recording, and those between them.
fn by_words(mut words: Words, timings: &Timings, length: Option<f64>, normalize: Normalize) -> Alignment {
    let (tokens, said) = said(&timings.cues, normalize);
    let all = words.tokens.len();
    let mut alignment = Alignment::default();
    for round in 1.. {
        let same = same_tokens(&words.tokens, &tokens);
        let known = Known { written: &words.written, said: &said, same: &same };
        let pace = known.pace();
        let mut ranges = words.passages.iter().map(|spoken| spoken.words);
        let same = correct_strays(&mut ranges, &known, (&words.tokens, &tokens), pace);
        let known = Known { same: &same, ..known };
        let Some(times) = known.times(pace) else {
            let message = "the recording and the article have no words in common".to_owned();
            let problem = Problem { path: String::new(), severity: Severity::Error, message };
            return Alignment { problems: vec![problem], found: Some(0.0), ..Alignment::default() };
        };
        let recording_end = length.or(said.last().map(|said| said.end)).unwrap_or(f64::INFINITY);
        let first = same.iter().position(Option::is_some).unwrap_or(0);
        let last = same.iter().rposition(Option::is_some).unwrap_or(0);
        let matches = Matches {
            words: &words,
            timings,
            said: &said,
            same: &same,
            times: &times,
            pace,
            recording_end,
            first,
            last,
        };
        let (missing, kept): (Vec<&Spoken>, Vec<&Spoken>) =
            words.passages.iter().partition(|spoken| matches.is_missing(spoken));
        for spoken in &missing {
            let message = "is not in the recording; it has no time";
            alignment.problems.push(problem(path(spoken.passage), message));
        }
        // A word that was matched with a missing passage may belong to another passage.
        if round < MAX_ROUNDS && missing.iter().any(|spoken| matches.found(spoken) > 0) {
            let kept: Vec<Passage> = kept.iter().map(|spoken| spoken.passage).collect();
            words = words.only(&kept);
            continue;
        }
        for spoken in kept {
            let timing = matches.timing(spoken);
            if timing.estimated {
                let message = "was not found in the recording; its time is estimated";
                alignment.problems.push(problem(path(spoken.passage), message));
            }
            alignment.segments.push(timing);
        }
        let found = same.iter().flatten().count();
        alignment.found = Some(found as f64 / all.max(1) as f64);
        break;
    }
    alignment
}

/// The matches between an article and a recording, with the resulting times.
struct Matches<'h> {
    words: &'h Words,
    timings: &'h Timings,
    said: &'h [Said],
    same: &'h [Option<usize>],
    times: &'h [Time],
    pace: f64,
    /// The end of the recording, in seconds.
    recording_end: f64,
    /// The first and the last matched word.
    first: usize,
    last: usize,
}

impl Matches<'_> {
    /// Returns how many words of a passage were found in the recording.
    fn found(&self, spoken: &Spoken) -> usize {
        spoken.words.of(self.same).iter().flatten().count()
    }

    fn is_found(&self, spoken: &Spoken, part: f64) -> bool {
        self.found(spoken) as f64 >= part * spoken.words.len() as f64
    }

    /// Returns whether a passage is missing from the recording.
    fn is_missing(&self, spoken: &Spoken) -> bool {
        let Some(time) = time_of(self.times, spoken.words) else { return true };
        let words = spoken.words.of(&self.words.written);
        let weight: f64 = words.iter().map(|word| word.weight).sum();
        let is_inside = self.first < spoken.words.start && spoken.words.end <= self.last;
        if is_inside {
            return !self.is_found(spoken, FOUND) && time.end - time.start < SHORTEST * self.pace * weight;
        }
        self.found(spoken) == 0 && (weight >= LONG || time.start < 0.0 || time.start >= self.recording_end)
    }

    fn timing(&self, spoken: &Spoken) -> Timing {
        let time = time_of(self.times, spoken.words).unwrap_or_default();
        let estimated = !self.is_found(spoken, FOUND);
        let has_words = self.timings.grain == Grain::Word && !estimated;
        Timing {
            target: Text::clone(&spoken.name),
            start: time.start,
            end: Some(time.end),
            estimated,
            words: if has_words { self.timed_words(spoken) } else { Vec::new() },
        }
    }

    /// Returns the words of a passage with their times. Adjacent tokens from the same cue form one word.
    fn timed_words(&self, spoken: &Spoken) -> Vec<TimedWord> {
        let mut timed: Vec<(f64, Span)> = Vec::with_capacity(spoken.words.len());
        // Where the previous token ended, and its cue.
        let mut before: (usize, Option<usize>) = (usize::MAX, None);
        for index in spoken.words.start..spoken.words.end {
            let (Some(token), Some(time)) = (self.words.tokens.get(index), self.times.get(index)) else {
                continue;
            };
            let heard = self.same.get(index).copied().flatten();
            let cue = heard.and_then(|index| self.said.get(index)).map(|said| said.cue);
            let is_same_word = before.0 == token.place.start && cue.is_some() && cue == before.1;
            match timed.last_mut().filter(|_| is_same_word) {
                Some((_, place)) => place.end = token.place.end,
                None => timed.push((time.start.max(0.0), token.place)),
            }
            before = (token.place.end, cue);
        }
        let text = |place: Span| place.of_text(&spoken.text).into();
        timed.into_iter().map(|(start, place)| TimedWord { start, text: text(place) }).collect()
    }
}

/// Aligns passages by chapters: a passage with the title of a chapter begins with it, and the time in between
/// is distributed over the words.
fn by_chapters(words: &Words, timings: &Timings, length: Option<f64>, normalize: Normalize) -> Alignment {
    let mut alignment = Alignment::default();
    let mut marks: Vec<(usize, f64)> = Vec::new();
    let mut known: Vec<usize> = Vec::new();
    let mut next = 0;
    // Sorted by their words, in the form in which `anchors.rs` sorts: another sort adds code.
    let title_of = |spoken: &Spoken| combined(spoken.words.of(&words.tokens));
    let passages = words.passages.iter().enumerate();
    let mut titles: Vec<(u64, bool, usize)> =
        passages.map(|(index, spoken)| (title_of(spoken), false, index)).collect();
    titles.sort_unstable();
    for cue in timings.cues.iter().take(MAX_CHAPTERS) {
        let mut tokens = Vec::new();
        each_token(&cue.text, normalize, &mut |token| tokens.push(token));
        let title = combined(&tokens);
        let at = titles.partition_point(|passage| *passage < (title, false, next));
        match titles.get(at).filter(|(found, ..)| *found == title) {
            Some((.., index)) => {
                known.push(*index);
                marks.extend(words.passages.get(*index).map(|spoken| (spoken.words.start, cue.start)));
                next = index + 1;
            }
            None => {
                let message = ["the chapter “", &clipped(&cue.text), "” matches no heading"].concat();
                alignment.problems.push(problem(String::new(), &message));
            }
        }
    }
    if marks.is_empty() {
        return alignment;
    }
    let from = timings.cues.first().map_or(0.0, |cue| cue.start);
    let times = between_marks(&words.written, &marks, from, length);
    for (index, spoken) in words.passages.iter().enumerate() {
        if let Some(time) = time_of(&times, spoken.words).filter(|time| time.end > time.start) {
            alignment.segments.push(Timing {
                target: Text::clone(&spoken.name),
                start: time.start,
                end: Some(time.end),
                estimated: known.binary_search(&index).is_err(),
                words: Vec::new(),
            });
        }
    }
    alignment
}

/// Sets the times of passages that the timings name, whatever their words say. `names` are those of all
/// passages, sorted.
fn place_targets(names: &[Text], timings: &Timings, alignment: &mut Alignment) {
    let mut named: Vec<(&str, f64, f64)> = Vec::new();
    for cue in &timings.cues {
        let Some(target) = &cue.target else { continue };
        if names.binary_search_by(|name| (**name).cmp(target)).is_ok() {
            // Consecutive cues of one passage are merged; cues are sorted by time.
            match named.last_mut().filter(|(last, ..)| last == target) {
                Some((_, _, end)) => *end = end.max(cue.end),
                None => named.push((target, cue.start, cue.end)),
            }
        } else if cue.text.is_empty() {
            // A target with words is found by its words.
            let message = ["no key point or block has the id “", &clipped(target), "”"].concat();
            alignment.problems.push(problem(String::new(), &message));
        }
    }
    let places = alignment.segments.iter().enumerate();
    let mut places: Vec<(Text, usize)> =
        places.map(|(index, timing)| (Text::clone(&timing.target), index)).collect();
    places.sort_unstable();
    // The last of the times at which each passage is named.
    let mut starts: Vec<Option<f64>> = vec![None; alignment.segments.len()];
    for (target, start, end) in named {
        let place = places.binary_search_by(|(name, _)| (**name).cmp(target)).ok();
        let index = place.and_then(|place| places.get(place)).map(|(_, index)| *index);
        match index.and_then(|index| starts.get_mut(index)) {
            Some(last) => *last = Some(start),
            None => alignment.segments.push(Timing {
                target: target.into(),
                start,
                end: Some(end).filter(|end| *end > start),
                ..Timing::default()
            }),
        }
    }
    for (timing, start) in alignment.segments.iter_mut().zip(starts) {
        let Some(start) = start else { continue };
        timing.start = start;
        timing.end = timing.end.filter(|end| *end > start);
        timing.words.retain(|word| word.start >= start);
        timing.estimated = false;
    }
}

/// Sorts segments by time, limits them to the recording, removes overlaps, and rounds to whole milliseconds.
fn put_in_order(segments: &mut Vec<Timing>, length: Option<f64>) {
    let recording_end = length.unwrap_or(f64::INFINITY);
    for timing in segments.iter_mut() {
        timing.start = milliseconds(timing.start.max(0.0));
        timing.end = timing.end.map(|end| milliseconds(end.min(recording_end)));
    }
    segments.retain(|timing| timing.start < recording_end);
    segments.sort_by(|one, other| one.start.total_cmp(&other.start));
    segments.dedup_by(|later, earlier| later.start <= earlier.start);
    let mut next = recording_end;
    for timing in segments.iter_mut().rev() {
        timing.end = timing.end.map(|end| end.min(next)).filter(|end| *end > timing.start && end.is_finite());
        let end = timing.end.unwrap_or(next);
        for word in &mut timing.words {
            word.start = milliseconds(word.start).max(timing.start);
        }
        timing.words.retain(|word| word.start < end);
        next = timing.start;
    }
}

fn milliseconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn time_of(times: &[Time], words: Span) -> Option<Time> {
    let times = words.of(times);
    Some(Time { start: times.first()?.start, end: times.last()?.end })
}

fn problem(path: String, message: &str) -> Problem {
    Problem { path, severity: Severity::Warning, message: message.to_owned() }
}

fn clipped(text: &str) -> String {
    cut(text, 60).to_owned()
}

fn path(passage: Passage) -> String {
    let (list, index) = match passage {
        Passage::Title => return "title".to_owned(),
        Passage::Summary => return "summary".to_owned(),
        Passage::KeyPoint(index) => ("key_points[", index),
        Passage::Block(index) => ("body[", index),
    };
    [list, &index.to_string(), "]"].concat()
}
