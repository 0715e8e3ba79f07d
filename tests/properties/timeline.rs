//! Every article has a playable timeline.

use news_briefing::article::read;
use news_briefing::timeline::{Timeline, format_clock, listening_seconds, parse_clock, reading_seconds};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::strategies::{article, check, valid_article};

fn can_be_played(timeline: &Timeline) -> TestCaseResult {
    let duration = timeline.duration();
    prop_assert!(duration.is_finite() && duration >= 0.0, "lasts {duration}");
    let mut past = 0.0;
    for (index, segment) in timeline.segments().iter().enumerate() {
        prop_assert!(past <= segment.start, "{segment:?} begins before {past}, the end of the one before");
        prop_assert!(segment.start < segment.end, "{segment:?} is empty");
        past = segment.end;
        prop_assert_eq!(timeline.at(segment.start), Some(index), "its start belongs to it");
        prop_assert!(timeline.at(segment.end) != Some(index), "its end belongs to what follows");
        let first = timeline.segment_of(segment.passage);
        prop_assert!(first.is_some_and(|first| first <= index), "{:?} is not found again", segment.passage);
    }
    prop_assert!(past <= duration, "ends at {past}, after {duration}");
    Ok(())
}

#[test]
fn segments_are_sorted_and_do_not_overlap() {
    check(600, prop_oneof![article(), valid_article()], |json| {
        let Some(article) = read(&json).article else { return Ok(()) };
        can_be_played(&Timeline::of(&article))?;
        for (audience, seconds) in
            [("reading", reading_seconds(&article)), ("listening", listening_seconds(&article))]
        {
            prop_assert!(seconds.is_finite() && seconds >= 0.0, "{audience} takes {seconds}");
        }
        Ok(())
    });
}

#[test]
fn a_timeline_fits_any_recording() {
    let seconds = prop_oneof![any::<f64>(), 0.0..10_000.0];
    check(400, (article(), seconds), |(json, seconds)| {
        let Some(article) = read(&json).article else { return Ok(()) };
        let fitted = Timeline::of(&article).fitted_to(seconds);
        can_be_played(&fitted)?;
        prop_assert!(!(seconds.is_finite() && seconds > 0.0) || fitted.duration() == seconds);
        Ok(())
    });
}

#[test]
fn any_moment_finds_its_segment_and_its_neighbours() {
    check(400, (valid_article(), any::<f64>(), 0.0..1.2), |(json, any_time, part)| {
        let Some(article) = read(&json).article else { return Ok(()) };
        let timeline = Timeline::of(&article);
        for seconds in [any_time, timeline.duration() * part] {
            let found = timeline.at(seconds).and_then(|index| timeline.segment(index));
            prop_assert!(found.is_none_or(|segment| segment.contains(seconds)));
            prop_assert!(timeline.next_start(seconds).is_none_or(|next| next > seconds));
            let tolerance = Timeline::LANDING_TOLERANCE;
            prop_assert!(
                timeline.previous_start(seconds).is_none_or(|previous| previous <= seconds + tolerance)
            );
        }
        Ok(())
    });
}

#[test]
fn clock_times_survive_a_round_trip() {
    check(1_000, 0_u32..3_600_000, |seconds| {
        prop_assert_eq!(parse_clock(&format_clock(f64::from(seconds))), Some(f64::from(seconds)));
        Ok(())
    });
}

#[test]
fn clock_times_are_formatted_and_parsed_for_any_input() {
    check(1_000, (any::<f64>(), "[0-9:. -]{0,10}"), |(seconds, text)| {
        prop_assert!(parse_clock(&format_clock(seconds)).is_some() || seconds >= 3.6e9 - 1.0);
        prop_assert!(parse_clock(&text).is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0));
        Ok(())
    });
}
