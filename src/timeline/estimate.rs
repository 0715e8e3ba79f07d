use super::{Pace, Segment, Timeline, given::given, tally::Tally};
use crate::article::{Article, Passage};

/// The shortest time of a passage, in seconds, so that the mark on a one-word heading can be seen.
/// It is the shortest duration of a subtitle in the Netflix Timed Text Style Guide ("General
/// Requirements": five sixths of a second).
const SHORTEST_PASSAGE: f64 = 5.0 / 6.0;

impl Timeline {
    /// Returns the timeline of an article: its own timings if any can be used, else an estimate, at
    /// the pace of listening if there is a recording and of silent reading if not. An estimate is
    /// stretched to the length of the recording if that is known.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let Some(audio) = &article.audio else {
            return Self::estimate(article, Pace::Reading);
        };
        if let Some(timeline) = given(article, audio) {
            return timeline;
        }
        if audio.sources.is_empty() {
            return Self::estimate(article, Pace::Reading);
        }
        let estimate = Self::estimate(article, Pace::Listening);
        match audio.duration {
            Some(duration) => estimate.fitted_to(duration),
            None => estimate,
        }
    }

    /// Estimates the timeline of an article from its words alone, without gaps, in the order of the
    /// page: title, summary, key points, blocks.
    ///
    /// Of a key point only the text counts; its detail is folded until the reader opens it. A block
    /// without spoken words, such as a picture without caption and description, has no segment.
    #[must_use]
    pub fn estimate(article: &Article, pace: Pace) -> Self {
        let mut now = 0.0;
        let mut segments = Vec::with_capacity(2 + article.key_points.len() + article.body.len());
        for passage in passages(article) {
            let seconds = seconds_of(article, passage, pace);
            if seconds > 0.0 {
                segments.push(Segment { passage, start: now, end: now + seconds });
                now += seconds;
            }
        }
        Self::new(segments, now, true)
    }
}

/// Returns how long the article takes to read in silence, in seconds.
#[must_use]
pub fn reading_seconds(article: &Article) -> f64 {
    total(article, Pace::Reading)
}

/// Returns how long the article takes to listen to, in seconds: the length of its recording if that
/// is known or follows from its timings, else an estimate.
#[must_use]
pub fn listening_seconds(article: &Article) -> f64 {
    let recorded = article.audio.as_ref().and_then(|audio| {
        let stated = audio.duration.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
        stated.or_else(|| given(article, audio).map(|timeline| timeline.duration()))
    });
    recorded.unwrap_or_else(|| total(article, Pace::Listening))
}

fn total(article: &Article, pace: Pace) -> f64 {
    passages(article).map(|passage| seconds_of(article, passage, pace)).sum()
}

fn passages(article: &Article) -> impl Iterator<Item = Passage> {
    [Passage::Title, Passage::Summary]
        .into_iter()
        .chain((0..article.key_points.len()).map(Passage::KeyPoint))
        .chain((0..article.body.len()).map(Passage::Block))
}

/// Returns how long a passage takes, in seconds; 0 if it has no words.
pub(super) fn seconds_of(article: &Article, passage: Passage, pace: Pace) -> f64 {
    let tally = Tally::of(&article.spoken(passage));
    if tally.is_empty() {
        return 0.0;
    }
    let language = article.lang.as_ref().map(|language| language.primary());
    let seconds = pace.seconds(&tally, language.as_deref()) + pace.pause_after_passage();
    seconds.max(SHORTEST_PASSAGE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::article::{Audio, BlockKind, Image, Timing};
    use crate::timeline::testing::{article, key_point, paragraph, rich, source};

    fn words(count: usize) -> String {
        vec!["word"; count].join(" ")
    }

    fn image(alt: &str, caption: &str) -> BlockKind {
        BlockKind::Image(Image { alt: alt.into(), caption: rich(caption), ..Image::with_url(source().url) })
    }

    #[test]
    fn every_passage_with_words_has_a_segment_in_page_order() {
        let mut article = article("Title");
        article.summary = rich("A summary.");
        article.key_points = vec![key_point("k1", "One point."), key_point("k2", "Another point.")];
        article.body = vec![paragraph("p1", "First."), paragraph("p2", "Second.")];
        let timeline = Timeline::estimate(&article, Pace::Reading);
        let passages: Vec<_> = timeline.segments().iter().map(|segment| segment.passage).collect();
        assert_eq!(
            passages,
            [
                Passage::Title,
                Passage::Summary,
                Passage::KeyPoint(0),
                Passage::KeyPoint(1),
                Passage::Block(0),
                Passage::Block(1)
            ]
        );
        for pair in timeline.segments().windows(2) {
            assert_eq!(pair.first().unwrap().end, pair.last().unwrap().start);
        }
        assert_eq!(timeline.segments().last().unwrap().end, timeline.duration());
        assert!(timeline.is_estimated());
    }

    #[test]
    fn passages_without_words_have_no_segment() {
        let mut article = article("Title");
        article.body = ["p1", "p2", "p3", "p4"].map(|id| paragraph(id, "…")).into();
        let kinds = [image("", ""), image("A bridge at night", ""), image("", "The bridge"), image(" ", "")];
        for (block, kind) in article.body.iter_mut().zip(kinds) {
            block.kind = kind;
        }
        let timeline = Timeline::estimate(&article, Pace::Reading);
        let passages: Vec<_> = timeline.segments().iter().map(|segment| segment.passage).collect();
        assert_eq!(passages, [Passage::Title, Passage::Block(1), Passage::Block(2)]);
    }

    #[test]
    fn the_detail_of_a_key_point_takes_no_time() {
        let mut plain = article("Title");
        plain.key_points = vec![key_point("k1", "One point.")];
        let mut detailed = plain.clone();
        detailed.key_points = vec![key_point("k1", "One point.")];
        for point in &mut detailed.key_points {
            point.detail = vec![rich(&words(500))];
        }
        assert_eq!(Timeline::estimate(&plain, Pace::Reading), Timeline::estimate(&detailed, Pace::Reading));
    }

    #[test]
    fn a_minute_of_english_is_238_words_read_and_160_heard() {
        let mut article = article("");
        article.lang = crate::timeline::testing::language("en");
        article.body = vec![paragraph("p1", &words(238))];
        assert!((reading_seconds(&article) - 60.0).abs() < 0.01);
        article.body = vec![paragraph("p1", &words(160))];
        assert!((listening_seconds(&article) - 61.0).abs() < 0.01);
    }

    #[test]
    fn a_short_heading_takes_the_shortest_time() {
        let mut article = article("");
        article.body = vec![paragraph("p1", "Why?")];
        assert_eq!(reading_seconds(&article), SHORTEST_PASSAGE);
    }

    #[test]
    fn an_article_without_a_word_has_an_empty_timeline() {
        for pace in [Pace::Reading, Pace::Listening] {
            let timeline = Timeline::estimate(&article(""), pace);
            assert_eq!(timeline.duration(), 0.0);
            assert!(timeline.segments().is_empty());
        }
        assert_eq!(reading_seconds(&article("")), 0.0);
        assert_eq!(listening_seconds(&article("")), 0.0);
    }

    #[test]
    fn without_a_recording_the_pace_of_reading_is_used() {
        let mut article = article("Title");
        article.body = vec![paragraph("p1", &words(100))];
        assert_eq!(Timeline::of(&article), Timeline::estimate(&article, Pace::Reading));
        article.audio = Some(Audio::default());
        assert_eq!(Timeline::of(&article), Timeline::estimate(&article, Pace::Reading));
    }

    #[test]
    fn an_estimate_is_stretched_to_the_recording() {
        let mut article = article("Title");
        article.body = vec![paragraph("p1", &words(100))];
        article.audio = Some(Audio { sources: vec![source()], ..Audio::default() });
        assert_eq!(Timeline::of(&article), Timeline::estimate(&article, Pace::Listening));
        article.audio = Some(Audio { sources: vec![source()], duration: Some(105.8), ..Audio::default() });
        let timeline = Timeline::of(&article);
        assert_eq!(timeline.duration(), 105.8);
        assert!((timeline.segments().last().unwrap().end - 105.8).abs() < 1e-9);
        assert_eq!(listening_seconds(&article), 105.8);
    }

    #[test]
    fn given_timings_take_precedence_over_an_estimate() {
        let mut article = article("Title");
        let timing =
            |target: &str| Timing { target: target.into(), start: 0.0, end: Some(8.2), ..Timing::default() };
        article.audio = Some(Audio { segments: vec![timing("title")], ..Audio::default() });
        assert!(!Timeline::of(&article).is_estimated());
        assert_eq!(listening_seconds(&article), 8.2);
        article.audio =
            Some(Audio { sources: vec![source()], segments: vec![timing("nobody")], ..Audio::default() });
        assert!(Timeline::of(&article).is_estimated());
    }
}
