//! The JSON of programs that write a list of words or sentences with their times: a table of formats.

use super::collector::{Collector, Draft, Time};
use super::items::{each, text_of, time_of, value_at};
use super::timings::Grain;
use crate::article::Json;

/// A format: how to detect it, and where to find its parts.
struct Shape {
    /// The common name of the format.
    name: &'static str,
    /// The paths that all have to exist in this format.
    signature: &'static [&'static str],
    /// How many of its units of time make a second.
    per_second: f64,
    /// Where its words or sentences are; of several places, the first that has some counts.
    items: &'static [Items],
    /// Where it has named moments of the recording in addition.
    marks: Option<Items>,
    /// What a cue is, if the format defines it; otherwise this is inferred from the texts.
    grain: Option<Grain>,
    /// Where it has the length of the recording, in seconds.
    duration: &'static str,
}

/// A list of items with times, and the members of an item. Paths are those of [`value_at`]; an empty one
/// finds nothing.
struct Items {
    at: &'static str,
    text: &'static str,
    /// The name of a passage.
    target: &'static str,
    start: &'static str,
    end: &'static str,
    /// The length, if there is no end.
    length: &'static str,
    /// A member and the values that it has in items that count. Items without the member count too.
    only: Option<(&'static str, &'static [&'static str])>,
    /// The smaller parts of an item, by a path from the item.
    inner: Option<&'static Items>,
    /// Whether a part without a space in front continues the previous word.
    is_pieces: bool,
}

const ITEMS: Items = Items {
    at: "*",
    text: "text",
    target: "",
    start: "start",
    end: "end",
    length: "",
    only: None,
    inner: None,
    is_pieces: false,
};

const SHAPE: Shape = Shape {
    name: "",
    signature: &[],
    per_second: 1.0,
    items: &[],
    marks: None,
    grain: None,
    duration: "duration",
};

/// The formats in order of detection: of two that match, the first counts.
const SHAPES: &[Shape] = &[
    Shape {
        name: "whisper.cpp",
        signature: &["transcription.0.offsets"],
        per_second: 1000.0,
        items: &[Items {
            at: "transcription.*",
            start: "offsets.from",
            end: "offsets.to",
            inner: Some(&Items {
                at: "tokens.*",
                start: "offsets.from",
                end: "offsets.to",
                is_pieces: true,
                ..ITEMS
            }),
            ..ITEMS
        }],
        ..SHAPE
    },
    Shape {
        name: "Deepgram",
        signature: &["results.channels.0.alternatives"],
        items: &[Items {
            at: "results.channels.0.alternatives.0.words.*",
            text: "punctuated_word|word",
            ..ITEMS
        }],
        duration: "metadata.duration",
        ..SHAPE
    },
    Shape {
        name: "AWS Transcribe",
        signature: &["results.items.0.alternatives"],
        items: &[TRANSCRIBE],
        ..SHAPE
    },
    Shape {
        name: "Google Speech-to-Text",
        signature: &["results.0.alternatives"],
        items: &[Items { at: "results.*.alternatives.0.words.*", ..GOOGLE }],
        ..SHAPE
    },
    Shape {
        name: "Google Speech-to-Text",
        signature: &["response.results.0.alternatives"],
        items: &[Items { at: "response.results.*.alternatives.0.words.*", ..GOOGLE }],
        ..SHAPE
    },
    Shape {
        name: "Google Text-to-Speech",
        signature: &["timepoints"],
        marks: Some(Items {
            at: "timepoints.*",
            text: "",
            target: "markName",
            start: "timeSeconds",
            end: "",
            ..ITEMS
        }),
        grain: Some(Grain::Target),
        ..SHAPE
    },
    Shape {
        name: "Podcasting 2.0 chapters",
        signature: &["chapters.0.startTime"],
        items: &[Items { at: "chapters.*", text: "title", start: "startTime", end: "endTime", ..ITEMS }],
        grain: Some(Grain::Chapter),
        ..SHAPE
    },
    Shape {
        name: "Podcasting 2.0 transcript",
        signature: &["segments.0.startTime"],
        items: &[Items { at: "segments.*", text: "body", start: "startTime", end: "endTime", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "aeneas",
        signature: &["fragments.0.begin"],
        items: &[Items { at: "fragments.*", text: "lines", target: "id", start: "begin", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "Speechify",
        signature: &["chunks.0.start_time"],
        per_second: 1000.0,
        items: &[Items { at: "chunks.*", ..SPEECHIFY }],
        ..SHAPE
    },
    Shape {
        name: "Speechify",
        signature: &["speech_marks.chunks.0.start_time"],
        per_second: 1000.0,
        items: &[Items { at: "speech_marks.chunks.*", ..SPEECHIFY }],
        ..SHAPE
    },
    Shape {
        name: "Whisper by Transformers",
        signature: &["chunks.0.timestamp"],
        items: &[Items { at: "chunks.*", start: "timestamp.0", end: "timestamp.1", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "ElevenLabs Scribe",
        signature: &["words.0.type", "words.0.start"],
        items: &[Items { at: "words.*", only: Some(("type", &["word"])), ..ITEMS }],
        ..SHAPE
    },
    Shape { name: "AssemblyAI", signature: &["words.0.start", "audio_url|audio_duration"], ..ASSEMBLY_AI },
    Shape {
        name: "AssemblyAI",
        signature: &["words.0.text", "words.0.start", "words.0.confidence"],
        ..ASSEMBLY_AI
    },
    Shape {
        name: "BBC",
        signature: &["words.0.start", "paragraphs"],
        items: &[Items { at: "words.*", text: "punct|text|word", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "BBC",
        signature: &["retval.words.0.start"],
        items: &[Items { at: "retval.words.*", text: "punct|word", ..ITEMS }],
        ..SHAPE
    },
    Shape { name: "OpenAI", signature: &["words.0.word", "words.0.start"], ..WHISPER },
    Shape { name: "Whisper", signature: &["segments.0.start"], ..WHISPER },
    Shape {
        name: "faster-whisper",
        signature: &["0.start", "0.avg_logprob|no_speech_prob|words|seek"],
        items: &[Items { at: "*", inner: Some(&WHISPER_WORDS), ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "Azure",
        signature: &["0.AudioOffset"],
        per_second: 1000.0,
        items: &[Items { text: "Text", start: "AudioOffset", end: "", length: "Duration", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        // The events of the SDK count in ticks of 100 nanoseconds.
        name: "Azure",
        signature: &["0.audioOffset|audio_offset"],
        per_second: 10_000_000.0,
        items: &[Items {
            start: "audioOffset|audio_offset",
            end: "",
            length: "duration",
            only: Some((
                "boundaryType|boundary_type",
                &["WordBoundary", "PunctuationBoundary", "Word", "Punctuation"],
            )),
            ..ITEMS
        }],
        ..SHAPE
    },
    Shape {
        name: "Polly",
        signature: &["0.time", "0.type"],
        per_second: 1000.0,
        items: &[
            Items { only: Some(("type", &["word"])), ..POLLY },
            Items { only: Some(("type", &["sentence"])), ..POLLY },
        ],
        marks: Some(Items { text: "", target: "value", only: Some(("type", &["ssml"])), ..POLLY }),
        ..SHAPE
    },
];

const TRANSCRIBE: Items = Items {
    at: "results.items.*",
    text: "alternatives.0.content",
    start: "start_time",
    end: "end_time",
    ..ITEMS
};

const GOOGLE: Items = Items {
    text: "word",
    start: "startTime|startOffset|start_time|start_offset",
    end: "endTime|endOffset|end_time|end_offset",
    ..ITEMS
};

const SPEECHIFY: Items = Items {
    text: "value",
    start: "start_time",
    end: "end_time",
    inner: Some(&Items { at: "chunks.*", text: "value", start: "start_time", end: "end_time", ..ITEMS }),
    ..ITEMS
};

const ASSEMBLY_AI: Shape = Shape {
    per_second: 1000.0,
    items: &[Items { at: "words.*", ..ITEMS }],
    duration: "audio_duration",
    ..SHAPE
};

const WHISPER_WORDS: Items = Items { at: "words.*", text: "word|text", ..ITEMS };

const WHISPER: Shape = Shape {
    items: &[WHISPER_WORDS, Items { at: "segments.*", inner: Some(&WHISPER_WORDS), ..ITEMS }],
    ..SHAPE
};

/// Its positions in the text are in bytes and not needed: it contains the words as well.
const POLLY: Items = Items { text: "value", start: "time", end: "", ..ITEMS };

/// Reads JSON in one of these formats.
pub(super) fn read(json: &Json, collector: &mut Collector) -> Option<&'static str> {
    let shape =
        SHAPES.iter().find(|shape| shape.signature.iter().all(|path| value_at(json, path).is_some()))?;
    collector.grain = shape.grain;
    if let Time::At(seconds) = time_of(value_at(json, shape.duration), 1.0) {
        collector.duration = Some(seconds);
    }
    for items in shape.items {
        shape.add(items, json, &String::new, collector);
        if !collector.is_empty() {
            break;
        }
    }
    if let Some(marks) = &shape.marks {
        shape.add(marks, json, &String::new, collector);
    }
    Some(shape.name)
}

impl Shape {
    fn add(&self, items: &'static Items, json: &Json, at: &dyn Fn() -> String, collector: &mut Collector) {
        each(json, items.at, at, &mut |item, path| {
            if !matches!(item, Json::Object(_)) {
                return collector.warn(path, "is not an object, or is too large to read; it was left out");
            }
            let is_included = items.only.is_none_or(|(key, values)| match value_at(item, key) {
                Some(Json::Text(value)) => values.contains(&&**value),
                _ => true,
            });
            if !is_included {
                return;
            }
            if let Some(inner) = items.inner {
                let has_parts = matches!(value_at(item, inner.at.trim_end_matches(".*")), Some(Json::List(parts)) if !parts.is_empty());
                if has_parts {
                    return self.add(inner, item, path, collector);
                }
            }
            let text = value_at(item, items.text).and_then(text_of).unwrap_or_default();
            let target =
                if items.target.is_empty() { None } else { value_at(item, items.target).and_then(text_of) };
            let start = time_of(value_at(item, items.start), self.per_second);
            let mut end = time_of(value_at(item, items.end), self.per_second);
            if !items.length.is_empty() {
                end = match (start, time_of(value_at(item, items.length), self.per_second)) {
                    (Time::At(start), Time::At(length)) => Time::At(start + length),
                    (_, other) => other,
                };
            }
            if items.is_pieces && continues_word(&text) && collector.extend(&text, end) {
                return;
            }
            collector.add(Draft { start, end, text, target }, path);
        });
    }
}

/// Returns whether a piece is the rest of a word and not its beginning.
fn continues_word(piece: &str) -> bool {
    use crate::timeline::script::Kind;
    piece.chars().next().is_some_and(|c| {
        let begins = matches!(Kind::of(c), Kind::Han | Kind::Kana | Kind::Unspaced);
        !begins && !c.is_whitespace() && c != '['
    })
}
