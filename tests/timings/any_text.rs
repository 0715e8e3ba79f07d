//! Any text is read without a panic, into sorted cues whose alignment with an article keeps its
//! guarantees.

use news_briefing::article::{Json, Severity, read_text};
use news_briefing::timeline::align::{align, fit};
use news_briefing::timeline::import::{Timings, import, parse_webvtt};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;

use crate::strategies::{any_json, check, fuzzed_text, to_text, valid_article};

/// Checks the guarantees of reading.
fn meets_the_guarantees(timings: &Timings) -> TestCaseResult {
    let mut past = 0.0;
    for cue in &timings.cues {
        prop_assert!(cue.start.is_finite() && cue.end.is_finite(), "{cue:?}");
        prop_assert!(past <= cue.start && cue.start <= cue.end, "{cue:?} after {past}");
        prop_assert!(!cue.text.trim().is_empty() || cue.target.is_some(), "{cue:?} says nothing");
        past = cue.start;
    }
    let errors = timings.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    prop_assert_eq!(timings.cues.is_empty(), errors > 0, "{:?}", timings.problems);
    prop_assert!(timings.problems.iter().take(errors).all(|problem| problem.severity == Severity::Error));
    Ok(())
}

/// Checks the guarantees of an alignment.
fn can_be_aligned(timings: &Timings, duration: Option<f64>) -> TestCaseResult {
    let article = read_text(
        r#"{ "format": "briefing", "version": "1.0", "title": "Talks resume", "summary": "On Monday.",
            "key_points": ["Both sides have given ground"], "body": ["据路透社报道。", "The harbour stays open, start to end", "a"] }"#,
    );
    let article = article.article.unwrap();
    let alignment = align(&article, timings, duration);
    let mut past = 0.0;
    for timing in &alignment.segments {
        prop_assert!(article.passage(&timing.target).is_some());
        prop_assert!(timing.start.is_finite() && timing.start >= past, "{timing:?} after {past}");
        prop_assert!(timing.end.is_none_or(|end| end.is_finite() && end > timing.start), "{timing:?}");
        past = timing.end.unwrap_or(timing.start);
        let mut last = timing.start;
        for word in &timing.words {
            prop_assert!(word.start >= last && timing.end.is_none_or(|end| word.start < end), "{timing:?}");
            last = word.start;
        }
    }
    prop_assert!(alignment.found.is_none_or(|found| (0.0..=1.0).contains(&found)));
    // Written timings are read back unchanged.
    let mut timed = article.clone();
    timed.audio.get_or_insert_default().segments = alignment.segments;
    let read = read_text(&timed.to_json());
    prop_assert_eq!(read.problems.iter().find(|problem| problem.path.starts_with("audio.segments[")), None);
    prop_assert_eq!(read.article.unwrap().audio, timed.audio);
    Ok(())
}

fn seconds() -> BoxedStrategy<Option<f64>> {
    prop_oneof![Just(None), any::<f64>().prop_map(Some), (0.0..500.0).prop_map(Some)].boxed()
}

fn any_timings(text: &str, duration: Option<f64>) -> TestCaseResult {
    let timings = import(text, duration);
    meets_the_guarantees(&timings)?;
    can_be_aligned(&timings, duration)
}

/// Generates lines of line-based files.
fn line() -> BoxedStrategy<String> {
    let known = select(
        &[
            "WEBVTT",
            "",
            "1",
            "STYLE",
            "REGION",
            "NOTE",
            "-->",
            "00:00.000 --> 00:05.000",
            "00:01.000-->00:02.000 align:left",
            "00:00:07,500 --> 00:00:09,000",
            "100:00:00.000 --> 99:59:59.999",
            "0:1 --> 2",
            "Talks resume <00:01.000>on <c>Monday",
            "<v Anna>Both sides have given ground</v>",
            "The harbour stays open &amp; &#x4e2d; &#xD800; &",
            "<ruby>茶<rt>cha",
            "<",
            "{\\an8",
            "{\"selector\":{\"value\":\"p1\"}}",
            "据路透社报道",
            "\0",
            "\u{FEFF}",
            "a",
        ][..],
    );
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => fuzzed_text()].boxed()
}

#[test]
fn any_lines_are_read() {
    let ends = select(&["\n", "\r\n", "\r", "\n\n"][..]);
    let lines = prop::collection::vec((line(), ends), 0..24);
    check(800, (any::<bool>(), lines, seconds()), |(is_vtt, lines, duration)| {
        let text: String = lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect();
        let text = if is_vtt { ["WEBVTT\n\n", &text].concat() } else { text };
        let cues = parse_webvtt(&text);
        prop_assert!(cues.iter().all(|cue| cue.start.is_finite() && cue.end.is_finite() && cue.line > 1));
        any_timings(&text, duration)
    });
}

#[test]
fn any_text_and_json_is_read() {
    check(400, (prop_oneof![fuzzed_text(), any::<String>()], seconds()), |(text, duration)| {
        any_timings(&text, duration)
    });
    check(400, (any_json(), seconds()), |(json, duration)| any_timings(&to_text(&json), duration));
    check(100, valid_article(), |json| any_timings(&to_text(&json), None));
}

/// Generates any number, also as text, and values that are no numbers.
fn time() -> BoxedStrategy<Json> {
    let numbers = prop_oneof![
        0.0..600.0,
        any::<f64>().prop_filter("JSON has no others", |n| n.is_finite()),
        Just(-1.0)
    ];
    prop_oneof![
        6 => numbers.prop_map(Json::Number),
        1 => "[0-9]{0,4}([.,][0-9]{0,4})?s?".prop_map(Json::Text),
        1 => any_json(),
    ]
    .boxed()
}

fn text() -> BoxedStrategy<Json> {
    let known = select(
        &[
            "Talks",
            " resume",
            "on",
            "Monday",
            "Both sides have given ground",
            "据路透社",
            "[Music]",
            "",
            "p1",
            "title",
            "a",
        ][..],
    );
    prop_oneof![8 => known.prop_map(|text| Json::Text(text.to_owned())), 1 => any_json()].boxed()
}

/// Generates objects with texts and times under all member names of the known formats.
fn item(depth: u32) -> BoxedStrategy<Json> {
    const TEXTS: [&str; 10] =
        ["text", "word", "punctuated_word", "body", "title", "Text", "value", "markName", "id", "lines"];
    const TIMES: [&str; 19] = [
        "start",
        "end",
        "startTime",
        "endTime",
        "start_time",
        "end_time",
        "begin",
        "time",
        "timeSeconds",
        "AudioOffset",
        "Duration",
        "audioOffset",
        "duration",
        "startOffset",
        "endOffset",
        "timestamp",
        "offsets",
        "seek",
        "confidence",
    ];
    let texts = prop::collection::vec((select(&TEXTS[..]), text()), 1..4);
    let times = prop::collection::vec((select(&TIMES[..]), time()), 0..5);
    let kind = select(&["word", "sentence", "ssml", "pronunciation"][..]);
    let inner = if depth == 0 { Just(Json::Null).boxed() } else { list(depth - 1) };
    (texts, times, kind, select(&["words", "tokens", "chunks", "alternatives", "children"][..]), inner)
        .prop_map(|(texts, times, kind, key, inner)| {
            let kind = [("type", Json::Text(kind.to_owned()))];
            let all = texts.into_iter().chain(times).chain(kind).chain([(key, inner)]);
            Json::Object(all.map(|(key, value)| (key.to_owned(), value)).collect())
        })
        .boxed()
}

fn list(depth: u32) -> BoxedStrategy<Json> {
    prop::collection::vec(item(depth), 0..6).prop_map(Json::List).boxed()
}

#[test]
fn any_json_in_the_shape_of_a_format_is_read() {
    const ROOTS: [&str; 12] = [
        "segments",
        "words",
        "chapters",
        "fragments",
        "chunks",
        "timepoints",
        "transcription",
        "results",
        "narration",
        "alignment",
        "paragraphs",
        "duration",
    ];
    let roots = prop::collection::vec((select(&ROOTS[..]), list(1)), 1..3);
    let object = roots.prop_map(|roots| {
        Json::Object(roots.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    });
    check(800, (prop_oneof![3 => object, 1 => list(1)], seconds()), |(json, duration)| {
        any_timings(&to_text(&json), duration)
    });
}

#[test]
fn scale_factors_are_within_the_limit() {
    check(400, (any::<f64>(), any::<f64>()), |(stated, measured)| {
        if let news_briefing::timeline::align::Fit::Scale(scale) = fit(Some(stated), measured) {
            prop_assert!((0.98..=1.021).contains(&scale), "{scale}");
        }
        Ok(())
    });
}
