//! An invalid part is dropped on its own, and reported with its position.

use news_briefing::article::{Severity, read_text};
use news_briefing::timeline::align::align;
use news_briefing::timeline::import::{Timings, import};

/// Returns the cues of a file as text and start, and its problems as text.
fn imported(text: &str) -> (Vec<(String, f64)>, Vec<String>) {
    let Timings { cues, problems, .. } = import(text, None);
    (
        cues.into_iter().map(|cue| (cue.text, cue.start)).collect(),
        problems.iter().map(ToString::to_string).collect(),
    )
}

fn cue(text: &str, start: f64) -> (String, f64) {
    (text.to_owned(), start)
}

#[test]
fn invalid_times_in_json_are_reported_with_their_path() {
    let (cues, problems) = imported(
        r#"{ "segments": [
            { "start": 9, "end": 10, "text": "last" },
            { "start": 1, "end": 0.5, "text": "inverted" },
            { "start": -1, "end": 2, "text": "negative" },
            { "start": "soon", "end": 2, "text": "no number" },
            { "start": 3, "end": true, "text": "no end" },
            { "start": 4, "end": 4, "text": "empty" },
            { "start": 5, "end": 6, "text": " " },
            { "start": 5, "end": 6, "text": "[Music]" },
            { "start": 7, "end": 8, "words": [{ "word": "inner", "start": 8, "end": 7 }, { "word": "good", "start": 7 }] },
            null, 7
        ] }"#,
    );
    assert_eq!(cues, [cue("no end", 3.0), cue("empty", 4.0), cue("good", 7.0), cue("last", 9.0)]);
    assert_eq!(
        problems,
        [
            "warning: segments[1]: ends before it begins; it was left out",
            "warning: segments[2]: has no valid start (0 or later); it was left out",
            "warning: segments[3]: has no valid start (0 or later); it was left out",
            "warning: segments[4]: has no valid end; it lasts until the next one begins",
            "warning: segments[8].words[0]: ends before it begins; it was left out",
            "warning: segments[9]: is not an object, or is too large to read; it was left out",
            "warning: segments[10]: is not an object, or is too large to read; it was left out",
        ]
    );
}

#[test]
fn invalid_times_in_line_files_are_reported_with_their_line() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:00.500\ninverted\n\n0:02.000 --> 0:03.000\nno time\n\n00:04.000 --> 00:05.000\ngood\n";
    assert_eq!(
        imported(vtt),
        (
            vec![cue("good", 4.0)],
            vec![
                "warning: line 3: ends before it begins; it was left out".to_owned(),
                "warning: line 6: has an arrow without valid times; the cue was left out".to_owned(),
            ]
        )
    );
    let srt = "1\n00:00:01,000 --> 00:00:00,500\ninverted\n\n2\nsoon --> later\nno time\n3\n00:00:04,000 --> 00:00:05,000\ngood\nand more\n";
    assert_eq!(
        imported(srt),
        (
            vec![cue("good and more", 4.0)],
            vec![
                "warning: line 2: ends before it begins; it was left out".to_owned(),
                "warning: line 6: has an arrow without valid times; the cue was left out".to_owned(),
            ]
        )
    );
    let marks = "{\"time\":100,\"type\":\"word\",\"value\":\"good\"}\n{\"time\":-5,\"type\":\"word\",\"value\":\"no\"}\n";
    assert_eq!(
        imported(marks),
        (
            vec![cue("good", 0.1)],
            vec!["warning: line 2: has no valid start (0 or later); it was left out".to_owned()]
        )
    );
}

#[test]
fn subrip_variants_are_imported() {
    let srt = "\u{FEFF}1\r\n0:00:01.5 --> 0:00:02,75 X1:10\r\n{\\an8}<b>Talks</b> resume\r\n<font color=\"red\">on</font> 1 < 2 days\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nMonday\r\n\r\n\r\n";
    assert_eq!(imported(srt), (vec![cue("Talks resume on 1 < 2 days", 1.5), cue("Monday", 3.0)], vec![]));
}

#[test]
fn words_without_a_start_are_joined_or_start_at_zero() {
    let google = r#"{ "results": [
        { "alternatives": [{ "words": [{ "word": "b", "startTime": "2s", "endTime": "3s" }, { "word": "a", "endTime": "1.5s" }] }] },
        { "alternatives": [] },
        { "alternatives": [{ "words": [{ "word": "b", "startTime": "2s", "endTime": "3s", "speakerTag": 1 }] }] } ] }"#;
    // A word without a start, which a format may omit for 0, is joined to the previous word.
    assert_eq!(imported(google), (vec![cue("b a", 2.0), cue("b", 2.0)], vec![]));
    let first = r#"{ "results": [{ "alternatives": [{ "words": [{ "word": "a", "endTime": "1.5s" }, { "word": "b", "startTime": "2s" }] }] }] }"#;
    assert_eq!(imported(first), (vec![cue("a", 0.0), cue("b", 2.0)], vec![]));
}

#[test]
fn times_in_a_wrong_unit_are_reported_and_not_converted() {
    let file = r#"{ "segments": [{ "start": 400, "end": 8100, "text": "in milliseconds, where seconds are meant" }] }"#;
    let timings = import(file, Some(8.5));
    assert_eq!(timings.cues, []);
    assert_eq!(timings.problems.len(), 1);
    assert_eq!(timings.problems[0].severity, Severity::Error);
    assert!(timings.problems[0].message.contains("three times"), "{}", timings.problems[0]);
    // If the duration of the recording is unknown, it may be that long.
    assert_eq!(import(file, None).cues.len(), 1);
    assert_eq!(import(file, Some(3000.0)).cues.len(), 1);
}

#[test]
fn files_without_timings_are_rejected_with_a_reason() {
    for text in
        ["", "Talks resume on Monday.", "{}", "[]", "[1, 2]", "{\"words\": []}", "{\"title\": \"T\"}", "null"]
    {
        let (cues, problems) = imported(text);
        assert_eq!(cues, [], "{text}");
        assert!(problems[0].starts_with("error: is in no known format: WebVTT, SRT"), "{text}: {problems:?}");
    }
    for text in ["{", "{\"a\": 1}\n{", "[1"] {
        let (_, problems) = imported(text);
        assert!(problems[0].starts_with("error: begins like JSON, but is neither"), "{text}: {problems:?}");
    }
    for text in ["WEBVTT\n\nno cues", "a --> b", "{\"segments\": [{\"start\": -1, \"text\": \"a\"}]}"] {
        let (cues, problems) = imported(text);
        assert_eq!(cues, [], "{text}");
        assert_eq!(problems[0], "error: has no usable times", "{text}");
    }
}

#[test]
fn a_recording_of_another_text_is_reported() {
    let article = r#"{ "format": "briefing", "version": "1.0", "title": "Talks", "body": ["Both sides have given ground."] }"#;
    let article = read_text(article).article.unwrap();
    let timings = import("WEBVTT\n\n00:00.000 --> 00:05.000\nNothing of the sort was ever said here", None);
    let alignment = align(&article, &timings, None);
    assert_eq!(alignment.segments, []);
    assert_eq!(
        alignment.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["error: the recording and the article have no words in common"]
    );
    let timings = import(
        "WEBVTT\n\n00:00.000 --> 00:05.000\n{\"selector\":{\"type\":\"FragmentSelector\",\"value\":\"p9\"}}",
        None,
    );
    let messages: Vec<_> = align(&article, &timings, None).problems.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["warning: no key point or block has the id “p9”"]);
}
