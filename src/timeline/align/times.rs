//! Computes the times of words before, between and after words whose times are known.

use super::span::Span;

/// How much longer a gap may be than its words take to speak before it must contain something else, such as
/// an advertisement: a factor, and additional seconds.
const OTHER_SPEECH_LIMIT: (f64, f64) = (3.0, 2.0);

/// How many words at the beginning or end may be matched with others only because both are equally many.
const LONGEST_EDGE: usize = 12;

/// Seconds for each unit of weight if nothing can be measured: 160 words of five letters in a minute.
const PACE: f64 = 60.0 / 160.0 / 6.0;

/// A word of the article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    /// The index of the word's passage.
    pub(super) passage: usize,
    /// The approximate time that the word takes to speak.
    pub(super) weight: f64,
}

/// A word of the recording.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) weight: f64,
    /// The index of the word's cue.
    pub(super) cue: usize,
}

/// When a word is spoken, in seconds; extrapolated times may be before 0 or after the end.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Time {
    pub(super) start: f64,
    pub(super) end: f64,
}

/// The known times of an article's words.
pub(super) struct Known<'k> {
    pub(super) written: &'k [Written],
    pub(super) said: &'k [Said],
    /// For each word of the article, the index of the matching word of the recording.
    pub(super) same: &'k [Option<usize>],
}

impl Known<'_> {
    /// Returns the average time for a unit of weight, measured where consecutive words match consecutive
    /// words.
    pub(super) fn pace(&self) -> f64 {
        let (mut seconds, mut weight) = (0.0, 0.0);
        let pairs = self.same.iter().zip(self.same.iter().skip(1)).zip(self.written);
        for ((this, next), written) in pairs {
            if let (Some(this), Some(next)) = (this, next)
                && *next == this + 1
                && let (Some(this), Some(next)) = (self.said.get(*this), self.said.get(*next))
            {
                seconds += next.start - this.start;
                weight += written.weight;
            }
        }
        if seconds > 0.0 && weight > 0.0 { seconds / weight } else { PACE }
    }

    /// Returns the time of every word, if at least one word is matched.
    pub(super) fn times(&self, pace: f64) -> Option<Vec<Time>> {
        self.same.iter().flatten().next()?;
        let mut times = Vec::with_capacity(self.written.len());
        let mut before = None;
        while times.len() < self.written.len() {
            let at = times.len();
            let gap = self.same.get(at..).unwrap_or_default().iter().position(Option::is_some);
            let end = gap.map_or(self.written.len(), |length| at + length);
            let after = self.same.get(end).copied().flatten();
            self.fill(Span { start: at, end }, before, after, pace, &mut times);
            if let Some(said) = after.and_then(|after| self.said.get(after)) {
                times.push(Time { start: said.start, end: said.end });
                before = after;
            }
        }
        Some(times)
    }

    /// Adds the times of words without a match, between two matched words or at an end.
    fn fill(&self, gap: Span, before: Option<usize>, after: Option<usize>, pace: f64, times: &mut Vec<Time>) {
        let words = gap.of(self.written);
        if words.is_empty() {
            return;
        }
        let heard = before.map_or(0, |before| before + 1)..after.unwrap_or(self.said.len());
        let heard = self.said.get(heard).unwrap_or_default();
        let is_edge = before.is_none() || after.is_none();
        // Equally many words: the speaker or the recognizer got each of them wrong.
        if heard.len() == words.len() && (!is_edge || words.len() <= LONGEST_EDGE) {
            return times.extend(heard.iter().map(|said| Time { start: said.start, end: said.end }));
        }
        let end_before = before.and_then(|before| self.said.get(before)).map(|said| said.end);
        let start_after = after.and_then(|after| self.said.get(after)).map(|said| said.start);
        match (end_before, start_after) {
            (Some(from), Some(to)) => {
                let need = pace * weight_of(words);
                let contains_other_speech = contains_other_speech(to - from, need);
                // A pause between two passages lies between their words.
                let is_pause = heard.is_empty() && need <= to - from && self.spans_at_most_two_passages(gap);
                if contains_other_speech || is_pause {
                    self.fill_around(gap, from, to, pace, times);
                } else if heard.is_empty() {
                    spread(words, from, (to - from) / weight_of(words), times);
                } else {
                    fill_along(words, heard, times);
                }
            }
            (None, Some(to)) => spread(words, to - pace * weight_of(words), pace, times),
            (Some(from), None) => spread(words, from, pace, times),
            (None, None) => spread(words, 0.0, pace, times),
        }
    }

    /// Returns whether a gap has no more than the end of one passage and the beginning of the next.
    fn spans_at_most_two_passages(&self, gap: Span) -> bool {
        let around = gap.start.saturating_sub(1)..gap.end + 1;
        let words = self.written.get(around).unwrap_or_default();
        words.first().zip(words.last()).is_some_and(|(first, last)| last.passage <= first.passage + 1)
    }

    /// Adds the times of words around other speech: the words of the passage before follow its known words,
    /// the words of the passage after precede its known words. Whole passages in between take no time.
    fn fill_around(&self, gap: Span, from: f64, to: f64, pace: f64, times: &mut Vec<Time>) {
        let words = gap.of(self.written);
        let passage =
            |index: Option<usize>| index.and_then(|index| self.written.get(index)).map(|word| word.passage);
        let (first, last) = (passage(gap.start.checked_sub(1)), passage(Some(gap.end)));
        let head = words.iter().take_while(|word| Some(word.passage) == first).count();
        let is_tail = |word: &&Written| Some(word.passage) == last && Some(word.passage) != first;
        let tail = words.iter().rev().take_while(is_tail).count();
        let (head, rest) = words.split_at_checked(head).unwrap_or((words, &[]));
        let (middle, tail) = rest.split_at_checked(rest.len() - tail).unwrap_or((rest, &[]));
        spread(head, from, pace, times);
        let now = from + pace * weight_of(head);
        times.extend(middle.iter().map(|_| Time { start: now, end: now }));
        spread(tail, to - pace * weight_of(tail), pace, times);
    }
}

/// Returns the time of every word if only the beginnings of some passages are known, each by its first word.
/// The time between two of them is distributed over the words.
pub(super) fn between_marks(
    written: &[Written],
    marks: &[(usize, f64)],
    from: f64,
    to: Option<f64>,
) -> Vec<Time> {
    let mut times = Vec::with_capacity(written.len());
    let nexts = marks.iter().map(|mark| Some(*mark)).chain([None]);
    let mut now = from;
    for next in nexts {
        let end = next.map_or(written.len(), |(index, _)| index).max(times.len());
        let words = written.get(times.len()..end).unwrap_or_default();
        let until = next.map(|(_, start)| start).or(to);
        let weight = weight_of(words);
        let pace =
            until.map_or(PACE, |until| if weight > 0.0 { (until - now).max(0.0) / weight } else { PACE });
        spread(words, now, pace, &mut times);
        now = until.unwrap_or(now);
    }
    times
}

/// Returns whether a gap must contain something else besides words that take `need` seconds.
pub(super) fn contains_other_speech(seconds: f64, need: f64) -> bool {
    seconds > OTHER_SPEECH_LIMIT.0 * need + OTHER_SPEECH_LIMIT.1
}

fn weight_of(words: &[Written]) -> f64 {
    words.iter().map(|word| word.weight).sum()
}

/// Adds the times of words that are spoken from a moment on, at a pace.
fn spread(words: &[Written], from: f64, pace: f64, times: &mut Vec<Time>) {
    let mut now = from;
    for word in words {
        let end = now + pace * word.weight;
        times.push(Time { start: now, end });
        now = end;
    }
}

/// Adds the times of words in place of which other words were recognized: each has the same relative
/// position.
fn fill_along(words: &[Written], heard: &[Said], times: &mut Vec<Time>) {
    let scale = heard.iter().map(|said| said.weight).sum::<f64>() / weight_of(words);
    let mut heard = heard.iter().peekable();
    // The position at which the current recognized word begins, in units of weight.
    let mut base = 0.0;
    let mut at = 0.0;
    let mut time_at = |at: f64| {
        while let Some(said) = heard.peek().copied() {
            let is_last = {
                let mut rest = heard.clone();
                rest.next();
                rest.peek().is_none()
            };
            if at < base + said.weight || is_last {
                let part = ((at - base) / said.weight).clamp(0.0, 1.0);
                return said.start + part * (said.end - said.start);
            }
            base += said.weight;
            heard.next();
        }
        0.0
    };
    for word in words {
        let start = time_at(at);
        at += word.weight * scale;
        times.push(Time { start, end: start });
    }
    // Each word lasts until the next begins.
    let from = times.len() - words.len();
    let end = time_at(at);
    if let Some(filled) = times.get_mut(from..) {
        let mut next = end;
        for time in filled.iter_mut().rev() {
            time.end = next.max(time.start);
            next = time.start;
        }
    }
}
