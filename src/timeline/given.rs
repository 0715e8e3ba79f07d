use super::{Pace, Segment, Timeline, estimate::seconds_of};
use crate::article::{Article, Audio, Passage, PassageNames};

/// A timing with the passage that it names.
struct Given {
    start: f64,
    end: Option<f64>,
    passage: Passage,
}

/// Returns the timeline of an article's own timings; `None` if none of them can be used.
///
/// Timings are sorted by start. If several start together, the first given one counts. A timing
/// without an end lasts until the next one begins; the last lasts until the duration or, if there
/// is none, as long as its passage takes to speak. A timing that overlaps the next is cut there, so
/// that each moment belongs to one segment only: the one that began last. A missing duration is the
/// largest end; anything past a given duration is cut.
pub(super) fn given(article: &Article, audio: &Audio) -> Option<Timeline> {
    let timings = usable(article, audio);
    let stated = audio.duration.filter(|seconds| seconds.is_finite() && *seconds > 0.0);

    let next_starts = timings.iter().skip(1).map(|next| Some(next.start)).chain([None]);
    let timed = timings.iter().zip(next_starts).map(|(timing, next)| {
        let open = || {
            next.or(stated)
                .unwrap_or_else(|| timing.start + seconds_of(article, timing.passage, Pace::Listening))
        };
        (timing, timing.end.unwrap_or_else(open), next)
    });
    let timed: Vec<_> = timed.collect();
    let duration = stated.unwrap_or_else(|| timed.iter().fold(0.0, |longest, (_, end, _)| end.max(longest)));

    let segments = timed.into_iter().filter_map(|(timing, end, next)| {
        let end = end.min(next.unwrap_or(end)).min(duration);
        (timing.start < end).then_some(Segment { passage: timing.passage, start: timing.start, end })
    });
    let segments: Vec<Segment> = segments.collect();
    (!segments.is_empty())
        .then(|| Timeline::new(segments, duration, false).with_stated_duration(stated.is_some()))
}

/// Returns the valid timings that name a passage, sorted by start, each start once.
fn usable(article: &Article, audio: &Audio) -> Vec<Given> {
    if audio.segments.is_empty() {
        return Vec::new();
    }
    let names = PassageNames::of(article);
    let mut timings: Vec<(usize, Given)> = audio
        .segments
        .iter()
        .filter_map(|timing| {
            let start = timing.start;
            let end = timing.end.filter(|end| end.is_finite());
            let is_valid = start.is_finite() && start >= 0.0 && end.is_none_or(|end| end > start);
            let passage = is_valid.then(|| names.find(&timing.target)).flatten()?;
            Some(Given { start, end, passage })
        })
        .enumerate()
        .collect();
    timings.sort_unstable_by(|(place, a), (other, b)| a.start.total_cmp(&b.start).then(place.cmp(other)));
    timings.dedup_by(|(_, later), (_, earlier)| later.start == earlier.start);
    timings.into_iter().map(|(_, timing)| timing).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::article::Timing;
    use crate::timeline::testing::{article, paragraph};

    fn timing(target: &str, start: f64, end: impl Into<Option<f64>>) -> Timing {
        Timing { target: target.into(), start, end: end.into(), ..Timing::default() }
    }

    fn timed(duration: Option<f64>, timings: Vec<Timing>) -> Option<Timeline> {
        let mut article = article("Title");
        article.body = (1..=4).map(|n| paragraph(&format!("p{n}"), "Five words are in here.")).collect();
        let audio = crate::article::Audio { duration, segments: timings, ..Default::default() };
        given(&article, &audio)
    }

    fn times(timeline: &Timeline) -> Vec<(Passage, f64, f64)> {
        timeline.segments().iter().map(|segment| (segment.passage, segment.start, segment.end)).collect()
    }

    #[test]
    fn timings_are_sorted_by_start() {
        let timeline =
            timed(None, vec![timing("p2", 5.0, 9.0), timing("title", 0.0, 1.0), timing("p1", 1.0, 5.0)]);
        let timeline = timeline.unwrap();
        assert_eq!(
            times(&timeline),
            [(Passage::Title, 0.0, 1.0), (Passage::Block(0), 1.0, 5.0), (Passage::Block(1), 5.0, 9.0)]
        );
        assert_eq!(timeline.duration(), 9.0);
        assert!(!timeline.is_estimated());
    }

    #[test]
    fn a_missing_end_is_the_next_start_or_the_duration() {
        let timeline = timed(Some(20.0), vec![timing("p1", 0.0, None), timing("p2", 8.0, None)]).unwrap();
        assert_eq!(times(&timeline), [(Passage::Block(0), 0.0, 8.0), (Passage::Block(1), 8.0, 20.0)]);
    }

    #[test]
    fn a_last_end_without_a_duration_is_estimated() {
        let timeline = timed(None, vec![timing("p1", 0.0, None), timing("p2", 8.0, None)]).unwrap();
        let last = timeline.segments().last().unwrap();
        assert!(last.end > 9.0 && last.end < 12.0, "{last:?}");
        assert_eq!(timeline.duration(), last.end);
    }

    #[test]
    fn timings_are_cut_at_the_duration_and_empty_ones_dropped() {
        let timeline = timed(
            Some(10.0),
            vec![
                timing("p1", 0.0, 6.0),
                timing("p2", 6.0, 14.0),
                timing("p3", 10.0, 12.0),
                timing("p4", 12.0, None),
            ],
        );
        assert_eq!(
            times(&timeline.unwrap()),
            [(Passage::Block(0), 0.0, 6.0), (Passage::Block(1), 6.0, 10.0)]
        );
    }

    #[test]
    fn overlapping_segments_are_cut_at_the_next_start() {
        let timeline =
            timed(None, vec![timing("p1", 0.0, 100.0), timing("p2", 10.0, 20.0), timing("p3", 30.0, 40.0)]);
        let timeline = timeline.unwrap();
        assert_eq!(
            times(&timeline),
            [
                (Passage::Block(0), 0.0, 10.0),
                (Passage::Block(1), 10.0, 20.0),
                (Passage::Block(2), 30.0, 40.0)
            ]
        );
        assert_eq!(timeline.duration(), 100.0);
    }

    #[test]
    fn of_timings_with_the_same_start_the_first_counts() {
        let timeline =
            timed(None, vec![timing("p2", 0.0, 4.0), timing("p1", 0.0, 9.0), timing("p3", 9.0, 12.0)]);
        assert_eq!(
            times(&timeline.unwrap()),
            [(Passage::Block(1), 0.0, 4.0), (Passage::Block(2), 9.0, 12.0)]
        );
    }

    #[test]
    fn a_passage_may_have_two_timings() {
        let timeline =
            timed(None, vec![timing("p1", 0.0, 4.0), timing("p2", 4.0, 8.0), timing("p1", 8.0, 12.0)]);
        let timeline = timeline.unwrap();
        assert_eq!(timeline.at(9.0), Some(2));
        assert_eq!(timeline.segment_of(Passage::Block(0)), Some(0));
    }

    #[test]
    fn invalid_timings_and_unknown_targets_are_dropped() {
        let timeline = timed(
            Some(f64::NAN),
            vec![
                timing("p1", 2.0, f64::NAN),
                timing("p2", f64::NAN, 3.0),
                timing("p2", -1.0, 3.0),
                timing("p2", f64::INFINITY, None),
                timing("p3", 5.0, 5.0),
                timing("p3", 6.0, 4.0),
                timing("nobody", 7.0, 8.0),
                timing("p4", 9.0, f64::INFINITY),
                timing("title", 10.0, 11.0),
            ],
        );
        assert_eq!(
            times(&timeline.unwrap()),
            [(Passage::Block(0), 2.0, 9.0), (Passage::Block(3), 9.0, 10.0), (Passage::Title, 10.0, 11.0)]
        );
    }

    #[test]
    fn without_a_usable_timing_there_is_no_given_timeline() {
        assert_eq!(timed(Some(10.0), vec![]), None);
        assert_eq!(timed(Some(10.0), vec![timing("nobody", 0.0, 5.0)]), None);
        assert_eq!(timed(Some(10.0), vec![timing("p1", 10.0, 15.0)]), None);
    }

    #[test]
    fn extreme_numbers_do_not_break_the_invariants() {
        let extreme = [f64::NAN, f64::NEG_INFINITY, -0.0, 0.0, 1e-300, 1.0, 7.5, 1e308, f64::INFINITY];
        for &duration in &extreme {
            for &start in &extreme {
                for &end in &extreme {
                    let timings =
                        vec![timing("p1", start, end), timing("p2", end, None), timing("p3", 1.0, start)];
                    let Some(timeline) = timed(Some(duration), timings) else { continue };
                    assert!(timeline.duration().is_finite());
                    let mut past = 0.0;
                    for segment in timeline.segments() {
                        assert!(past <= segment.start && segment.start < segment.end, "{timeline:?}");
                        past = segment.end;
                    }
                    assert!(past <= timeline.duration(), "{timeline:?}");
                }
            }
        }
    }
}
