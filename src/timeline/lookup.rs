use super::align::{Fit, fit};
use super::{Segment, passage_index::PassageIndex};
use crate::article::Passage;

/// An article as timed segments, from 0 to its duration.
///
/// The segments are sorted by time, do not overlap, are not empty and end by the duration. There may be gaps
/// between them. A passage without words has no segment, and neither has the detail of a key point: the
/// timeline covers what the page shows without interaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    segments: Vec<Segment>,
    duration: f64,
    estimated: bool,
    /// Whether the duration is the one that the article states for its recording.
    stated: bool,
    by_passage: PassageIndex,
}

impl Timeline {
    /// How far into a segment, in seconds, "previous" still means the previous segment and not the start of
    /// this one. Two seconds leave time to press the key again; players of music and audio books use two to
    /// three.
    pub const PREVIOUS_WITHIN: f64 = 2.0;

    /// How much a position may fall short of a segment's start, in seconds, and still count as at it: a
    /// player that seeks to 8.2 may land on 8.19, and "next" must not seek to 8.2 once more.
    pub const LANDING_TOLERANCE: f64 = 0.1;

    /// Creates a timeline. The segments must satisfy the invariants of [`Timeline`].
    pub(super) fn new(segments: Vec<Segment>, duration: f64, estimated: bool) -> Self {
        let by_passage = PassageIndex::of(&segments);
        Self { segments, duration, estimated, stated: false, by_passage }
    }

    /// Returns the same timeline, with whether its duration is the one that the article states for its
    /// recording.
    pub(super) fn with_stated_duration(self, stated: bool) -> Self {
        Self { stated, ..self }
    }

    /// Returns the segments, sorted by time.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns the segment at an index.
    #[must_use]
    pub fn segment(&self, index: usize) -> Option<Segment> {
        self.segments.get(index).copied()
    }

    /// Returns the duration in seconds; finite, and 0 if there are no words at all.
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.duration
    }

    /// Returns whether the times come from counting words and not from the article.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.estimated
    }

    /// Returns the index of the segment at a moment, in O(log n); `None` in a gap, before the first segment
    /// and from the end of the last.
    #[must_use]
    pub fn at(&self, seconds: f64) -> Option<usize> {
        let index = self.last_started(seconds)?;
        self.segment(index)?.contains(seconds).then_some(index)
    }

    /// Returns the index of the last segment that has started by a moment, in O(log n): the segment to keep
    /// marked in a gap and at the end.
    #[must_use]
    pub fn last_started(&self, seconds: f64) -> Option<usize> {
        self.segments.partition_point(|segment| segment.start <= seconds).checked_sub(1)
    }

    /// Returns the index of the first segment of a passage, in O(1).
    #[must_use]
    pub fn segment_of(&self, passage: Passage) -> Option<usize> {
        self.by_passage.get(passage)
    }

    /// Returns the time in `other`, another timeline of the same article, that is as far into the same
    /// passage as `seconds` is in this one, in seconds. If `other` lacks the passage, returns the start of
    /// the next passage that it has.
    #[must_use]
    pub fn same_place(&self, seconds: f64, other: &Self) -> f64 {
        let Some((index, segment)) = self.last_started(seconds).and_then(|at| Some((at, self.segment(at)?)))
        else {
            return 0.0;
        };
        let there = |segment: &Segment| other.segment_of(segment.passage).and_then(|at| other.segment(at));
        if let Some(same) = there(&segment) {
            let length = segment.end - segment.start;
            let part = if length > 0.0 { ((seconds - segment.start) / length).min(1.0) } else { 0.0 };
            return same.start + part * (same.end - same.start);
        }
        let next = self.segments.iter().skip(index + 1).find_map(&there);
        next.map_or(other.duration, |next| next.start)
    }

    /// Returns the start of the next segment from a moment, in O(log n); `None` from the last segment on.
    #[must_use]
    pub fn next_start(&self, seconds: f64) -> Option<f64> {
        let from = seconds + Self::LANDING_TOLERANCE;
        let index = self.segments.partition_point(|segment| segment.start <= from);
        self.segment(index).map(|segment| segment.start)
    }

    /// Returns where "previous segment" seeks to from a moment, in O(log n): the start of this segment when
    /// more than [`PREVIOUS_WITHIN`](Self::PREVIOUS_WITHIN) into it, else the start of the previous one. In
    /// the first segment that is its own start; before it, `None`.
    #[must_use]
    pub fn previous_start(&self, seconds: f64) -> Option<f64> {
        let index = self.last_started(seconds + Self::LANDING_TOLERANCE)?;
        let here = self.segment(index)?.start;
        if seconds - here > Self::PREVIOUS_WITHIN {
            return Some(here);
        }
        let before = index.checked_sub(1).and_then(|index| self.segment(index));
        Some(before.map_or(here, |segment| segment.start))
    }

    /// Returns the same timeline for a recording that turns out to last `duration` seconds.
    ///
    /// Estimated times are stretched, as an estimate is right in its proportions at best. Given times are
    /// scaled if [`fit`] finds that the recording is the stated one; else they keep their position and are
    /// cut at the new end. A duration that is not a positive finite number changes nothing.
    #[must_use]
    pub fn fitted_to(self, duration: f64) -> Self {
        if !(duration.is_finite() && duration > 0.0) || duration == self.duration {
            return self;
        }
        let stretch = if self.estimated && self.duration > 0.0 {
            duration / self.duration
        } else if let (true, Fit::Scale(scale)) = (self.stated, fit(Some(self.duration), duration)) {
            scale
        } else {
            1.0
        };
        let segments = self.segments.into_iter().filter_map(|segment| {
            let start = segment.start * stretch;
            let end = (segment.end * stretch).min(duration);
            (start < end).then_some(Segment { start, end, ..segment })
        });
        Self::new(segments.collect(), duration, self.estimated).with_stated_duration(self.stated)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn timeline(times: &[(f64, f64)], duration: f64, estimated: bool) -> Timeline {
        let segments = times.iter().enumerate().map(|(index, &(start, end))| Segment {
            passage: Passage::Block(index),
            start,
            end,
        });
        Timeline::new(segments.collect(), duration, estimated)
    }

    fn three() -> Timeline {
        timeline(&[(1.0, 10.0), (10.0, 20.0), (25.0, 40.0)], 45.0, false)
    }

    #[test]
    fn a_moment_finds_the_segment_that_contains_it() {
        let timeline = three();
        let expected = [
            (0.0, None),
            (1.0, Some(0)),
            (9.999, Some(0)),
            (10.0, Some(1)),
            (19.9, Some(1)),
            (20.0, None),
            (24.9, None),
            (25.0, Some(2)),
            (40.0, None),
            (45.0, None),
            (-1.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ];
        for (seconds, index) in expected {
            assert_eq!(timeline.at(seconds), index, "{seconds}");
        }
    }

    #[test]
    fn in_a_gap_the_last_started_segment_is_the_one_before() {
        let timeline = three();
        assert_eq!(timeline.last_started(0.5), None);
        assert_eq!(timeline.last_started(22.0), Some(1));
        assert_eq!(timeline.last_started(45.0), Some(2));
        assert_eq!(timeline.last_started(f64::NAN), None);
    }

    #[test]
    fn a_passage_finds_its_first_segment() {
        let segment = |passage, start| Segment { passage, start, end: start + 1.0 };
        let timeline = Timeline::new(
            vec![
                segment(Passage::Block(2), 0.0),
                segment(Passage::Title, 1.0),
                segment(Passage::KeyPoint(1), 2.0),
                segment(Passage::Block(2), 3.0),
            ],
            4.0,
            false,
        );
        assert_eq!(timeline.segment_of(Passage::Block(2)), Some(0));
        assert_eq!(timeline.segment_of(Passage::Title), Some(1));
        assert_eq!(timeline.segment_of(Passage::KeyPoint(1)), Some(2));
        for absent in [
            Passage::Summary,
            Passage::KeyPoint(0),
            Passage::KeyPoint(2),
            Passage::KeyPoint(4),
            Passage::Block(0),
            Passage::Block(9),
            Passage::Block(usize::MAX),
            Passage::KeyPoint(usize::MAX),
        ] {
            assert_eq!(timeline.segment_of(absent), None, "{absent:?}");
        }
    }

    #[test]
    fn times_map_to_the_same_or_next_passage_of_another_timeline() {
        let segment = |passage, start, end| Segment { passage, start, end };
        let from = Timeline::new(
            vec![
                segment(Passage::Title, 0.0, 2.0),
                segment(Passage::KeyPoint(0), 2.0, 6.0),
                segment(Passage::Block(0), 6.0, 10.0),
            ],
            10.0,
            false,
        );
        let to = Timeline::new(
            vec![segment(Passage::Title, 0.0, 4.0), segment(Passage::Block(0), 4.0, 12.0)],
            12.0,
            false,
        );
        for (seconds, expected) in [(0.0, 0.0), (1.0, 2.0), (3.0, 4.0), (6.0, 4.0), (8.0, 8.0), (10.0, 12.0)]
        {
            assert!(
                (from.same_place(seconds, &to) - expected).abs() < 1e-9,
                "{seconds}: {}",
                from.same_place(seconds, &to)
            );
        }
        assert!((to.same_place(7.0, &Timeline::default())).abs() < 1e-9);
        assert!((from.same_place(f64::NAN, &to)).abs() < 1e-9);
    }

    #[test]
    fn next_goes_beyond_a_start_within_the_tolerance() {
        let timeline = three();
        assert_eq!(timeline.next_start(0.0), Some(1.0));
        assert_eq!(timeline.next_start(1.0), Some(10.0));
        assert_eq!(timeline.next_start(9.95), Some(25.0));
        assert_eq!(timeline.next_start(22.0), Some(25.0));
        assert_eq!(timeline.next_start(25.0), None);
    }

    #[test]
    fn previous_goes_to_the_start_of_a_segment_when_well_into_it() {
        let timeline = three();
        assert_eq!(timeline.previous_start(13.0), Some(10.0));
        assert_eq!(timeline.previous_start(44.0), Some(25.0));
    }

    #[test]
    fn previous_goes_to_the_segment_before_when_near_the_start() {
        let timeline = three();
        assert_eq!(timeline.previous_start(11.5), Some(1.0));
        assert_eq!(timeline.previous_start(9.95), Some(1.0));
        assert_eq!(timeline.previous_start(1.5), Some(1.0));
        assert_eq!(timeline.previous_start(0.5), None);
    }

    #[test]
    fn nothing_is_found_on_an_empty_timeline() {
        let empty = timeline(&[], 0.0, true);
        assert_eq!(empty.at(0.0), None);
        assert_eq!(empty.last_started(0.0), None);
        assert_eq!(empty.next_start(0.0), None);
        assert_eq!(empty.previous_start(0.0), None);
        assert_eq!(empty.segment_of(Passage::Title), None);
        assert_eq!(empty.fitted_to(10.0).duration(), 10.0);
    }

    #[test]
    fn an_estimate_stretches_to_the_length_of_the_recording() {
        let fitted = timeline(&[(0.0, 10.0), (10.0, 40.0)], 40.0, true).fitted_to(80.0);
        assert_eq!(fitted, timeline(&[(0.0, 20.0), (20.0, 80.0)], 80.0, true));
    }

    #[test]
    fn given_times_are_kept_and_cut_at_the_end() {
        assert_eq!(
            three().fitted_to(60.0),
            timeline(&[(1.0, 10.0), (10.0, 20.0), (25.0, 40.0)], 60.0, false)
        );
        assert_eq!(three().fitted_to(15.0), timeline(&[(1.0, 10.0), (10.0, 15.0)], 15.0, false));
    }

    #[test]
    fn given_times_are_scaled_for_the_stated_recording() {
        let stated = || three().with_stated_duration(true);
        let scaled = timeline(&[(1.02, 10.2), (10.2, 20.4), (25.5, 40.8)], 45.9, false);
        let fitted = stated().fitted_to(45.9);
        for (segment, expected) in fitted.segments().iter().zip(scaled.segments()) {
            assert!(
                (segment.start - expected.start).abs() < 1e-9 && (segment.end - expected.end).abs() < 1e-9
            );
        }
        assert_eq!(fitted.duration(), 45.9);
        // Without a stated length there is nothing to compare with; a larger difference means another
        // recording.
        assert_eq!(three().fitted_to(45.9).segments(), three().segments());
        assert_eq!(stated().fitted_to(46.0).segments(), three().segments());
    }

    #[test]
    fn an_invalid_duration_changes_nothing() {
        for duration in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(three().fitted_to(duration), three());
        }
    }
}
