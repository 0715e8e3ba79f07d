//! A recording for the tests, spoken passage by passage, so that the start of each passage is known.

use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};

use crate::opening::article;

/// Samples per second.
const RATE: usize = 22_050;
/// Bytes per sample.
const WIDTH: usize = 2;
/// Bytes of the WAV header.
const HEADER: usize = 44;
/// Samples of silence between two passages.
const PAUSE: usize = RATE / 2;

/// The spoken title and paragraphs.
const PASSAGES: [&str; 6] = [
    "The ferry is back",
    "The harbour opens at noon, and two boats leave for the islands.",
    "Nobody has asked for the third boat, which stays at the quay.",
    "Rain is near, says the harbour office, and the wind turns to the west.",
    "Tickets are sold on board. Children and dogs go free of charge until the end of the month.",
    "The last boat returns at eight in the evening.",
];

/// A recording with known passage times.
pub(crate) struct Spoken {
    /// The file, of the type `audio/wav`.
    pub(crate) wav: Vec<u8>,
    /// The start of each passage, in seconds.
    pub(crate) starts: Vec<f64>,
    /// The total duration, in seconds.
    pub(crate) duration: f64,
}

/// A recording of the first passages, spoken word by word, so that the start of each word is known.
pub(crate) struct WordByWord {
    /// The file, of the type `audio/wav`.
    pub(crate) wav: Vec<u8>,
    /// The words of each passage, with their starts in seconds.
    pub(crate) passages: Vec<Vec<(f64, String)>>,
    /// The total duration, in seconds.
    pub(crate) duration: f64,
}

/// Returns the recording with known word times, which is made once.
pub(crate) fn word_by_word() -> Result<&'static WordByWord> {
    static WORD_BY_WORD: OnceLock<Result<WordByWord, String>> = OnceLock::new();
    WORD_BY_WORD
        .get_or_init(|| synthesize_words().map_err(|error| format!("{error:#}")))
        .as_ref()
        .map_err(|error| anyhow!("{error}"))
}

/// Returns the word that is spoken at a time.
pub(crate) fn word_at(seconds: f64) -> Result<&'static str> {
    let words = word_by_word()?.passages.iter().flatten();
    let (_, word) = words.take_while(|(start, _)| *start <= seconds).last().context("no word")?;
    Ok(word)
}

/// Returns the article of that recording, with its word times. A link splits one word in two, and citations,
/// which are not spoken, are between words.
pub(crate) fn article_with_word_times(url: &str) -> Result<Value> {
    let WordByWord { passages, duration, .. } = word_by_word()?;
    let segments: Vec<Value> = passages
        .iter()
        .enumerate()
        .map(|(index, words)| {
            let target = if index == 0 { "title".to_owned() } else { format!("p{index}") };
            json!({ "target": target, "start": words.first().map_or(0.0, |(start, _)| *start), "words": words })
        })
        .collect();
    let body = [
        json!({ "id": "p1", "type": "paragraph", "text": PASSAGES[1].replacen("harbour", "[har](https://harbour.example/)bour[^a]", 1) }),
        json!({ "id": "p2", "type": "paragraph", "text": format!("{}[^a]", PASSAGES[2]) }),
    ];
    let mut article = article(PASSAGES[0], json!(body));
    article["references"] = json!([{ "id": "a", "title": "A source", "publisher": "Gazette" }]);
    article["audio"] = json!({
        "sources": [{ "url": url, "type": "audio/wav" }], "duration": duration, "segments": segments,
    });
    Ok(article)
}

/// Returns the recording with known passage times, which is made once.
pub(crate) fn spoken() -> Result<&'static Spoken> {
    static SPOKEN: OnceLock<Result<Spoken, String>> = OnceLock::new();
    SPOKEN
        .get_or_init(|| synthesize().map_err(|error| format!("{error:#}")))
        .as_ref()
        .map_err(|error| anyhow!("{error}"))
}

/// Returns the byte offset in the file at a time in seconds.
pub(crate) fn byte_at(seconds: f64) -> usize {
    HEADER + (seconds * RATE as f64) as usize * WIDTH
}

/// Returns an article with these recording files, each with its URL and media type.
pub(crate) fn recorded(sources: &[(&str, &str)]) -> Result<Value> {
    let Spoken { starts, duration, .. } = spoken()?;
    let blocks = PASSAGES.iter().enumerate().skip(1);
    let body: Vec<Value> = blocks
        .map(|(index, text)| json!({ "id": format!("p{index}"), "type": "paragraph", "text": text }))
        .collect();
    let name = |index| if index == 0 { "title".to_owned() } else { format!("p{index}") };
    let segments: Vec<Value> = starts
        .iter()
        .enumerate()
        .map(|(index, start)| json!({ "target": name(index), "start": start }))
        .collect();
    let sources: Vec<Value> = sources.iter().map(|(url, mime)| json!({ "url": url, "type": mime })).collect();
    let mut article = article(PASSAGES[0], json!(body));
    article["audio"] = json!({ "sources": sources, "duration": duration, "segments": segments });
    Ok(article)
}

/// Returns the passage that is spoken at a time.
pub(crate) fn passage_at(seconds: f64) -> Result<&'static str> {
    let index = spoken()?.starts.partition_point(|start| *start <= seconds);
    PASSAGES.get(index.saturating_sub(1)).copied().context("no passage")
}

fn synthesize() -> Result<Spoken> {
    let mut samples = Vec::new();
    let mut starts = Vec::new();
    for passage in PASSAGES {
        starts.push(seconds(&samples));
        samples.extend(synthesize_text(passage)?);
        samples.resize(samples.len() + PAUSE * WIDTH, 0);
    }
    let duration = samples.len() as f64 / (RATE * WIDTH) as f64;
    Ok(Spoken { wav: [header(samples.len())?, samples].concat(), starts, duration })
}

fn synthesize_words() -> Result<WordByWord> {
    let mut samples = Vec::new();
    let mut passages = Vec::new();
    for passage in &PASSAGES[..3] {
        let mut words = Vec::new();
        for word in passage.split(' ') {
            words.push((seconds(&samples), word.to_owned()));
            samples.extend(synthesize_text(word)?);
        }
        passages.push(words);
        samples.resize(samples.len() + PAUSE * WIDTH, 0);
    }
    let duration = samples.len() as f64 / (RATE * WIDTH) as f64;
    Ok(WordByWord { wav: [header(samples.len())?, samples].concat(), passages, duration })
}

/// Returns the duration of samples, in whole milliseconds: drivers transfer numbers with reduced precision.
fn seconds(samples: &[u8]) -> f64 {
    (samples.len() as f64 / (RATE * WIDTH) as f64 * 1_000.0).ceil() / 1_000.0
}

/// Synthesizes a text and returns its samples.
fn synthesize_text(text: &str) -> Result<Vec<u8>> {
    let output = Command::new("espeak-ng").args(["-v", "en", "--stdout", text]).output();
    let output = output.context("cannot start espeak-ng: `cargo xtask test --only e2e` brings it")?.stdout;
    ensure!(output.starts_with(b"RIFF") && output.len() > HEADER, "espeak-ng wrote no sound");
    let whole = output.len() / WIDTH * WIDTH;
    Ok(output[HEADER..whole].to_vec())
}

/// Returns the WAV header for this number of bytes of mono samples.
fn header(length: usize) -> Result<Vec<u8>> {
    let (rate, length) = (u32::try_from(RATE)?, u32::try_from(length)?);
    let (width, bits) = (u16::try_from(WIDTH)?, u16::try_from(WIDTH * 8)?);
    let mut header = b"RIFF".to_vec();
    header.extend((length + 36).to_le_bytes());
    header.extend(b"WAVEfmt ");
    header.extend(16_u32.to_le_bytes());
    header.extend([1_u16, 1].into_iter().flat_map(u16::to_le_bytes));
    header.extend([rate, rate * u32::from(width)].into_iter().flat_map(u32::to_le_bytes));
    header.extend([width, bits].into_iter().flat_map(u16::to_le_bytes));
    header.extend(b"data");
    header.extend(length.to_le_bytes());
    Ok(header)
}
