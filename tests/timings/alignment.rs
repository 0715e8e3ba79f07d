//! Measures how well a transcript is aligned with an article whose true times are known.
//!
//! The table: `cargo test --no-default-features --features native --test timings passage_starts -- --nocapture`.

use std::time::Instant;

use news_briefing::article::{Article, Timing};
use news_briefing::timeline::align::{Alignment, align};
use news_briefing::timeline::import::import;
use proptest::prelude::*;
use serde_json::json;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::recording::{Flaws, Random, Recording, VOCABULARIES, Vocabulary};
use crate::strategies::check;

const SEEDS: std::ops::Range<u64> = 1..4;

/// The errors of the passages' start times, in seconds.
struct Figures {
    found: f64,
    median: f64,
    p95: f64,
    max: f64,
    missing: usize,
}

#[derive(Clone, Copy)]
enum Cues {
    Words,
    PhrasesOf(usize),
}

fn aligned(vocabulary: &Vocabulary, flaws: Flaws, cues: Cues, seed: u64) -> (Article, Recording, Alignment) {
    let mut random = Random::new(seed);
    let article = vocabulary.article(97, &mut random);
    let recording = Recording::of(vocabulary, &article, flaws, &mut random);
    let text = match cues {
        Cues::Words => recording.words_json(),
        Cues::PhrasesOf(words) => recording.phrases_json(words, vocabulary),
    };
    let timings = import(&text, None);
    assert_eq!(timings.problems, []);
    let alignment = align(&article, &timings, Some(recording.duration));
    (article, recording, alignment)
}

fn figures(vocabulary: &Vocabulary, flaws: Flaws, cues: Cues) -> Figures {
    let mut errors = Vec::new();
    let (mut found, mut missing) = (0.0, 0);
    for seed in SEEDS {
        let (_, recording, alignment) = aligned(vocabulary, flaws, cues, seed);
        found += alignment.found.unwrap() / SEEDS.count() as f64;
        for (name, start) in &recording.starts {
            match segment(&alignment.segments, name) {
                Some(timing) => errors.push((timing.start - start).abs()),
                None => missing += 1,
            }
        }
    }
    errors.sort_by(f64::total_cmp);
    let at = |part: f64| errors[((errors.len() - 1) as f64 * part).round() as usize];
    Figures { found, median: at(0.5), p95: at(0.95), max: at(1.0), missing }
}

fn segment<'t>(segments: &'t [Timing], name: &str) -> Option<&'t Timing> {
    segments.iter().find(|timing| &*timing.target == name)
}

#[test]
fn passage_starts_are_accurate() {
    let wrong = |wrong: f64| Flaws { wrong, ..Flaws::default() };
    let cases = [
        ("all words right", wrong(0.0), Cues::Words, 0.05),
        ("5 % of the words wrong", wrong(0.05), Cues::Words, 1.0),
        ("10 % of the words wrong", wrong(0.1), Cues::Words, 1.0),
        ("20 % of the words wrong", wrong(0.2), Cues::Words, 1.5),
        (
            "10 % wrong, 24 s of advertisement in front",
            Flaws { wrong: 0.1, before: 24.0, within: 0.0 },
            Cues::Words,
            1.5,
        ),
        (
            "10 % wrong, 24 s of advertisement in the middle",
            Flaws { wrong: 0.1, before: 0.0, within: 24.0 },
            Cues::Words,
            1.5,
        ),
        ("10 % wrong, cues of 12 words", wrong(0.1), Cues::PhrasesOf(12), 1.5),
    ];
    println!(
        "| language | recording | words found | median | 95th percentile | largest | missing |\n|---|---|---|---|---|---|---|"
    );
    for vocabulary in &VOCABULARIES {
        for (name, flaws, cues, allowed) in cases {
            let Figures { found, median, p95, max, missing } = figures(vocabulary, flaws, cues);
            println!(
                "| {} | {name} | {:.0} % | {median:.2} s | {p95:.2} s | {max:.2} s | {missing} |",
                vocabulary.name,
                found * 100.0
            );
            assert!(p95 <= allowed, "{}, {name}: {p95:.2} s", vocabulary.name);
            assert_eq!(missing, 0, "{}, {name}", vocabulary.name);
        }
    }
}

#[test]
fn timed_words_are_accurate_and_match_the_article() {
    for vocabulary in &VOCABULARIES {
        let (article, recording, alignment) =
            aligned(vocabulary, Flaws { wrong: 0.1, ..Flaws::default() }, Cues::Words, 7);
        let mut errors = Vec::new();
        for timing in &alignment.segments {
            assert!(!timing.estimated, "{timing:?}");
            let text = article.spoken(article.passage(&timing.target).unwrap());
            let mut rest = &*text;
            for word in &timing.words {
                let at = rest.find(&*word.text).unwrap_or_else(|| panic!("{} in {rest}", word.text));
                rest = &rest[at + word.text.len()..];
                // The nearest occurrence of the same word in the recording.
                let said = |heard: &&crate::recording::HeardWord| heard.text.contains(&*word.text);
                let nearest =
                    recording.heard.iter().filter(said).map(|heard| (heard.start - word.start).abs());
                errors.extend(nearest.min_by(f64::total_cmp));
            }
            assert!(!rest.chars().any(char::is_alphanumeric), "{rest} is left");
        }
        errors.sort_by(f64::total_cmp);
        assert!(
            errors[errors.len() * 9 / 10] < 0.02,
            "{}: {}",
            vocabulary.name,
            errors[errors.len() * 9 / 10]
        );
    }
}

#[test]
fn passages_missing_from_the_recording_have_no_time() {
    let vocabulary = &VOCABULARIES[0];
    let mut random = Random::new(11);
    let whole = vocabulary.article(40, &mut random);
    let mut read = whole.clone();
    let left_out: Vec<String> = [0, 15, 16, 39].map(|index| whole.body[index].id.to_string()).into();
    read.body.retain(|block| !left_out.iter().any(|id| **id == *block.id));
    let recording =
        Recording::of(vocabulary, &read, Flaws { wrong: 0.05, before: 10.0, within: 0.0 }, &mut random);
    let alignment = align(&whole, &import(&recording.words_json(), None), None);
    for name in &left_out {
        assert!(segment(&alignment.segments, name).is_none(), "{name}");
    }
    let reported: Vec<&str> = alignment
        .problems
        .iter()
        .filter(|problem| problem.message.starts_with("is not in the recording"))
        .map(|problem| &*problem.path)
        .collect();
    assert_eq!(reported, ["body[0]", "body[15]", "body[16]", "body[39]"]);
    for (name, start) in &recording.starts {
        let timing = segment(&alignment.segments, name).unwrap();
        assert!((timing.start - start).abs() < 1.5, "{name} begins at {} and not {start}", timing.start);
    }
}

#[test]
fn an_unmatched_passage_is_estimated_from_its_neighbours() {
    let vocabulary = &VOCABULARIES[0];
    let mut random = Random::new(12);
    let article = vocabulary.article(20, &mut random);
    let mut recording = Recording::of(vocabulary, &article, Flaws::default(), &mut random);
    let (from, to) = (recording.starts[9].1, recording.starts[10].1);
    for (heard, other) in
        recording.heard.iter_mut().filter(|heard| heard.start >= from && heard.end < to).zip(0..)
    {
        heard.text = format!("zzz{other}");
    }
    let alignment = align(&article, &import(&recording.words_json(), None), None);
    let name = &recording.starts[9].0;
    for timing in &alignment.segments {
        assert_eq!(timing.estimated, *timing.target == **name, "{}", timing.target);
        assert_eq!(timing.words.is_empty(), timing.estimated, "{}", timing.target);
    }
    assert!((segment(&alignment.segments, name).unwrap().start - from).abs() < 1.0);
    assert_eq!(alignment.problems.len(), 1);
    assert_eq!(alignment.problems[0].message, "was not found in the recording; its time is estimated");
}

/// The alignment finds no more than a quadratic diff, and little less.
#[test]
fn alignment_finds_nearly_as_much_as_a_full_diff() {
    let edit = prop_oneof![18 => Just(0_u8), 1 => Just(1_u8), 1 => Just(2_u8), 1 => Just(3_u8)];
    let words = prop::collection::vec((0_u16..400, edit), 20..300);
    check(200, words, |words| {
        let written: Vec<String> = words.iter().map(|(word, _)| format!("w{word}")).collect();
        let heard: Vec<String> = words
            .iter()
            .enumerate()
            .flat_map(|(index, (word, edit))| match edit {
                0 => vec![format!("w{word}")],
                1 => vec![],
                2 => vec![format!("x{index}")],
                _ => vec![format!("w{word}"), format!("x{index}")],
            })
            .collect();
        let article =
            json!({ "format": "briefing", "version": "1.0", "title": "…", "body": [written.join(" ")] });
        let article = news_briefing::article::read_text(&article.to_string()).article.unwrap();
        let cues: Vec<_> = heard
            .iter()
            .zip(0..)
            .map(|(word, start)| json!({ "word": word, "start": start, "end": start + 1 }))
            .collect();
        let timings = import(&json!({ "words": cues }).to_string(), None);
        let found = align(&article, &timings, None).found.unwrap_or_default() * written.len() as f64;
        let best: usize = capture_diff_slices(Algorithm::Myers, &written, &heard)
            .iter()
            .filter(|op| op.tag() == DiffTag::Equal)
            .map(|op| op.old_range().len())
            .sum();
        prop_assert!(found <= best as f64 + 0.5, "{found} of {best}");
        prop_assert!(found >= 0.95 * best as f64 - 2.0, "{found} of {best}");
        Ok(())
    });
}

/// Prints how long 100,000 words take: `cargo test --release … --test timings hundred -- --ignored
/// --nocapture`.
#[test]
#[ignore = "a measure, of a build for release"]
fn time_to_align_a_hundred_thousand_words() {
    for vocabulary in &VOCABULARIES {
        let mut random = Random::new(5);
        let blocks = if vocabulary.name == "Chinese" { 1_150 } else { 1_750 };
        let article = vocabulary.article(blocks, &mut random);
        let recording =
            Recording::of(vocabulary, &article, Flaws { wrong: 0.1, ..Flaws::default() }, &mut random);
        let text = recording.words_json();
        let started = Instant::now();
        let timings = import(&text, None);
        let imported = started.elapsed();
        let alignment = align(&article, &timings, None);
        println!(
            "{}: {} words, read in {imported:?}, aligned with {} passages in {:?}",
            vocabulary.name,
            timings.cues.len(),
            alignment.segments.len(),
            started.elapsed() - imported
        );
    }
}
