//! Each format with a typical file, all for the same recording of the same article.

use std::fs;
use std::path::Path;

use news_briefing::article::{Article, read_text};
use news_briefing::timeline::align::align;
use news_briefing::timeline::import::{Grain, Timings, import};

/// The words of the recording, with their starts and ends.
const WORDS: [(&str, f64, f64); 15] = [
    ("Talks", 0.4, 0.8),
    ("resume", 0.85, 1.3),
    ("on", 1.35, 1.45),
    ("Monday", 1.5, 2.1),
    ("Both", 2.9, 3.1),
    ("sides", 3.15, 3.6),
    ("have", 3.65, 3.8),
    ("given", 3.85, 4.2),
    ("ground", 4.25, 4.7),
    ("The", 5.6, 5.7),
    ("harbour", 5.75, 6.2),
    ("stays", 6.25, 6.6),
    ("open", 6.65, 7.0),
    ("until", 7.05, 7.4),
    ("Friday", 7.45, 8.1),
];

/// Files of words: name, format, whether it contains the end of each word, and the duration that it
/// states.
const OF_WORDS: &[(&str, &str, bool, Option<f64>)] = &[
    ("words.vtt", "WebVTT", false, None),
    ("roll-up.vtt", "WebVTT", false, None),
    ("openai.json", "OpenAI", true, Some(8.5)),
    ("whisper.json", "Whisper", true, None),
    ("faster-whisper.json", "faster-whisper", true, None),
    ("whisper-cpp.json", "whisper.cpp", true, None),
    ("transformers.json", "Whisper by Transformers", true, None),
    ("elevenlabs.json", "ElevenLabs", true, None),
    ("elevenlabs-stream.json", "ElevenLabs", true, None),
    ("elevenlabs-scribe.json", "ElevenLabs Scribe", true, None),
    ("polly.marks", "Polly", false, None),
    ("azure-batch.json", "Azure", true, None),
    ("azure-sdk.json", "Azure", true, None),
    ("deepgram.json", "Deepgram", true, Some(8.5)),
    ("assemblyai.json", "AssemblyAI", true, Some(9.0)),
    ("assemblyai-words.json", "AssemblyAI", true, None),
    ("aws-transcribe.json", "AWS Transcribe", true, None),
    ("google-stt.json", "Google Speech-to-Text", true, None),
    ("google-stt-nanos.json", "Google Speech-to-Text", true, None),
    ("bbc.json", "BBC", true, None),
    ("bbc-kaldi.json", "BBC", true, None),
    ("speechify.json", "Speechify", true, None),
];

/// Files of phrases.
const OF_PHRASES: &[(&str, &str)] = &[
    ("talks.vtt", "WebVTT"),
    ("talks.srt", "SRT"),
    ("roll-up.srt", "SRT"),
    ("podcasting-transcript.json", "Podcasting 2.0 transcript"),
    ("aeneas.json", "aeneas"),
];

/// Files that name passages.
const OF_TARGETS: &[(&str, &str)] = &[
    ("syncmedialite.vtt", "SyncMediaLite"),
    ("synchronized-narration.json", "Synchronized Narration"),
    ("google-tts.json", "Google Text-to-Speech"),
    ("polly-ssml.marks", "Polly"),
];

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timings/files").join(name)).unwrap()
}

fn read(name: &str) -> Timings {
    let timings = import(&file(name), None);
    assert_eq!(timings.problems, [], "{name}");
    timings
}

fn article() -> Article {
    read_text(&file("article.json")).article.unwrap()
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

/// Returns the start of each passage, according to the timings of a file.
fn starts(name: &str, timings: &Timings) -> Vec<(String, f64)> {
    let alignment = align(&article(), timings, Some(8.5));
    assert_eq!(alignment.problems, [], "{name}");
    alignment.segments.iter().map(|timing| (timing.target.to_string(), timing.start)).collect()
}

fn expected() -> [(String, f64); 3] {
    [("title", 0.4), ("p1", 2.9), ("end", 5.6)].map(|(name, start)| (name.to_owned(), start))
}

#[test]
fn word_timings_are_imported() {
    for (name, format, has_ends, duration) in OF_WORDS {
        let timings = read(name);
        assert_eq!(
            (timings.format, timings.grain, timings.duration),
            (*format, Grain::Word, *duration),
            "{name}"
        );
        assert_eq!(timings.cues.len(), WORDS.len(), "{name}: {:?}", timings.cues);
        for (cue, (word, start, end)) in timings.cues.iter().zip(WORDS) {
            let text = cue.text.trim_end_matches(['.', ',', ' ']);
            assert!(text.eq_ignore_ascii_case(word), "{name}: {cue:?} is {word}");
            assert!(is_near(cue.start, start), "{name}: {cue:?} begins at {start}");
            assert!(!has_ends || is_near(cue.end, end), "{name}: {cue:?} ends at {end}");
        }
        assert_eq!(starts(name, &timings), expected(), "{name}");
    }
}

#[test]
fn phrase_timings_are_imported() {
    for (name, format) in OF_PHRASES {
        let timings = read(name);
        assert_eq!((timings.format, timings.grain), (*format, Grain::Phrase), "{name}");
        let cues: Vec<(&str, f64, f64)> =
            timings.cues.iter().map(|cue| (&*cue.text, cue.start, cue.end)).collect();
        assert_eq!(
            cues,
            [
                ("Talks resume on Monday.", 0.4, 2.1),
                ("Both sides have given ground,", 2.9, 4.7),
                ("The harbour stays open until Friday.", 5.6, 8.1)
            ],
            "{name}"
        );
        assert_eq!(starts(name, &timings), expected(), "{name}");
        let alignment = align(&article(), &timings, None);
        assert!(
            alignment.segments.iter().all(|timing| timing.words.is_empty()),
            "no word has a time of its own"
        );
    }
}

#[test]
fn passage_timings_are_imported_by_name() {
    for (name, format) in OF_TARGETS {
        let timings = read(name);
        assert_eq!((timings.format, timings.grain), (*format, Grain::Target), "{name}");
        assert_eq!(starts(name, &timings), expected(), "{name}");
    }
}

#[test]
fn chapters_are_aligned_by_their_titles() {
    let timings = read("podcasting-chapters.json");
    assert_eq!((timings.format, timings.grain), ("Podcasting 2.0 chapters", Grain::Chapter));
    let alignment = align(&article(), &timings, Some(8.5));
    let segments: Vec<_> =
        alignment.segments.iter().map(|timing| (&*timing.target, timing.start, timing.estimated)).collect();
    let [title, between, end] = segments.as_slice() else { panic!("{segments:?}") };
    assert_eq!((*title, *end), (("title", 0.4, false), ("end", 5.6, false)));
    assert!(between.0 == "p1" && between.2 && between.1 > 1.5 && between.1 < 4.0, "{between:?}");
}

#[test]
fn an_untimed_word_is_joined_to_the_previous_cue() {
    let timings = read("whisperx.json");
    assert_eq!((timings.format, timings.grain), ("Whisper", Grain::Word));
    assert_eq!(timings.cues[5].text, "sides have");
    let alignment = align(&article(), &timings, None);
    let words: Vec<_> = alignment.segments[1].words.iter().map(|word| &*word.text).collect();
    assert_eq!(words, ["Both", "sides", "have", "given", "ground"]);
    assert_eq!(starts("whisperx.json", &timings), expected());
}

#[test]
fn every_file_is_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timings/files");
    let others = ["article.json", "podcasting-chapters.json", "whisperx.json"];
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_listed = OF_WORDS.iter().any(|row| row.0 == name)
            || OF_PHRASES.iter().chain(OF_TARGETS).any(|row| row.0 == name)
            || others.contains(&&*name);
        assert!(is_listed, "{name}");
    }
}

#[test]
fn segments_have_the_words_of_their_passage() {
    let alignment = align(&article(), &read("openai.json"), Some(8.5));
    let words: Vec<Vec<(f64, &str)>> = alignment
        .segments
        .iter()
        .map(|timing| timing.words.iter().map(|word| (word.start, &*word.text)).collect())
        .collect();
    let all: Vec<(f64, &str)> = words.concat();
    let expected: Vec<(f64, &str)> = WORDS.iter().map(|(word, start, _)| (*start, *word)).collect();
    assert_eq!(all, expected);
    assert_eq!(alignment.found, Some(1.0));
    assert_eq!(alignment.segments[0].end, Some(2.1));
}
