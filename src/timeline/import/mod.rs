//! Reads files of timings, as recorders, synthetic voices and speech recognizers write them, into [`Cue`]s:
//! what is spoken from when to when. `docs/recordings.md` lists the formats and their units.
//!
//! Units follow from the format and are never guessed from the magnitude of a number. Invalid times are left
//! out, each with a problem that names its location.

mod clock_value;
mod collector;
mod cue_text;
mod elevenlabs;
mod items;
mod roll_up;
mod shapes;
mod srt;
mod sync_media;
mod timings;
mod webvtt;

pub use timings::{Cue, Grain, Timings};
pub use webvtt::{WebVttCue, parse_webvtt};

use crate::article::{Json, Problem, Severity};
use collector::Collector;

/// Parses one JSON value; returns `None` for invalid JSON.
pub type ParseJson<'p> = &'p dyn Fn(&str) -> Option<Json>;

/// The largest file that is read, in bytes: a day of speech, ten times over.
const MAX_TEXT: usize = 24_000_000;

/// Reads a file of timings in any supported format. `duration` is the length of the recording in seconds, if
/// known. The result for an unsupported file has no cues, and a problem that lists the formats that were tried.
#[must_use]
pub fn import_with(text: &str, duration: Option<f64>, parse: ParseJson) -> Timings {
    if text.len() > MAX_TEXT {
        return rejected("is larger than 24 MB, the limit for timings");
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut collector = Collector::default();
    let format = if webvtt::is_webvtt(text) {
        webvtt::read(text, parse, &mut collector)
    } else if text.trim_start().starts_with(['{', '[']) {
        match document(text, parse) {
            Some((json, is_lines)) => {
                collector.is_lines = is_lines;
                read_json(&json, &mut collector)
            }
            None => return rejected("begins like JSON, but is neither JSON nor one JSON value per line"),
        }
    } else {
        srt::read(text, &mut collector)
    };
    match format {
        Some(format) => collector.into_timings(format, duration),
        None => rejected(
            "is in no known format: WebVTT, SRT, SyncMediaLite, Synchronized Narration, Podcasting 2.0 \
             transcript or chapters, or the JSON of OpenAI, Whisper, whisper.cpp, ElevenLabs, Polly, Azure, \
             Deepgram, AssemblyAI, Transcribe, Google, Speechify, aeneas, BBC",
        ),
    }
}

/// Reads a file of timings with the native JSON parser, see [`import_with`].
#[cfg(feature = "native")]
#[must_use]
pub fn import(text: &str, duration: Option<f64>) -> Timings {
    import_with(text, duration, &|text| serde_json::from_str(text).ok())
}

/// Returns the JSON of a file, and whether the file has one value on each line, which become a list.
fn document(text: &str, parse: ParseJson) -> Option<(Json, bool)> {
    if let Some(json) = parse(text) {
        return Some((json, false));
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let values: Option<Vec<Json>> = lines.map(parse).collect();
    values.map(|values| (Json::List(values), true))
}

fn read_json(json: &Json, collector: &mut Collector) -> Option<&'static str> {
    elevenlabs::read(json, collector)
        .or_else(|| sync_media::read_narration(json, collector))
        .or_else(|| shapes::read(json, collector))
}

fn rejected(message: &str) -> Timings {
    let problem = Problem { path: String::new(), severity: Severity::Error, message: message.to_owned() };
    Timings { problems: vec![problem], ..Timings::default() }
}
