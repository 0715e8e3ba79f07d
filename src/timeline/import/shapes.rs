//! The JSON of programs that write a list of words or sentences with their times: a table of formats.

use super::gathering::{Draft, Gathering, Time};
use super::items::{each, lead, text_of, time_of};
use super::timings::Grain;
use crate::article::Json;

/// A format: how to detect it, and where to find its parts.
struct Shape {
    /// The common name of the format.
    name: &'static str,
    /// The paths that all have to exist in this format.
    tell: &'static [&'static str],
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

/// A list of items with times, and the members of an item. Paths are those of [`lead`]; an empty one finds
/// nothing.
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
    tell: &[],
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
        tell: &["transcription.0.offsets"],
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
        tell: &["results.channels.0.alternatives"],
        items: &[Items {
            at: "results.channels.0.alternatives.0.words.*",
            text: "punctuated_word|word",
            ..ITEMS
        }],
        duration: "metadata.duration",
        ..SHAPE
    },
    Shape { name: "AWS Transcribe", tell: &["results.items.0.alternatives"], items: &[TRANSCRIBE], ..SHAPE },
    Shape {
        name: "Google Speech-to-Text",
        tell: &["results.0.alternatives"],
        items: &[Items { at: "results.*.alternatives.0.words.*", ..GOOGLE }],
        ..SHAPE
    },
    Shape {
        name: "Google Speech-to-Text",
        tell: &["response.results.0.alternatives"],
        items: &[Items { at: "response.results.*.alternatives.0.words.*", ..GOOGLE }],
        ..SHAPE
    },
    Shape {
        name: "Google Text-to-Speech",
        tell: &["timepoints"],
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
        tell: &["chapters.0.startTime"],
        items: &[Items { at: "chapters.*", text: "title", start: "startTime", end: "endTime", ..ITEMS }],
        grain: Some(Grain::Chapter),
        ..SHAPE
    },
    Shape {
        name: "Podcasting 2.0 transcript",
        tell: &["segments.0.startTime"],
        items: &[Items { at: "segments.*", text: "body", start: "startTime", end: "endTime", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "aeneas",
        tell: &["fragments.0.begin"],
        items: &[Items { at: "fragments.*", text: "lines", target: "id", start: "begin", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "Speechify",
        tell: &["chunks.0.start_time"],
        per_second: 1000.0,
        items: &[Items { at: "chunks.*", ..SPEECHIFY }],
        ..SHAPE
    },
    Shape {
        name: "Speechify",
        tell: &["speech_marks.chunks.0.start_time"],
        per_second: 1000.0,
        items: &[Items { at: "speech_marks.chunks.*", ..SPEECHIFY }],
        ..SHAPE
    },
    Shape {
        name: "Whisper by Transformers",
        tell: &["chunks.0.timestamp"],
        items: &[Items { at: "chunks.*", start: "timestamp.0", end: "timestamp.1", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "ElevenLabs Scribe",
        tell: &["words.0.type", "words.0.start"],
        items: &[Items { at: "words.*", only: Some(("type", &["word"])), ..ITEMS }],
        ..SHAPE
    },
    Shape { name: "AssemblyAI", tell: &["words.0.start", "audio_url|audio_duration"], ..ASSEMBLY_AI },
    Shape {
        name: "AssemblyAI",
        tell: &["words.0.text", "words.0.start", "words.0.confidence"],
        ..ASSEMBLY_AI
    },
    Shape {
        name: "BBC",
        tell: &["words.0.start", "paragraphs"],
        items: &[Items { at: "words.*", text: "punct|text|word", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "BBC",
        tell: &["retval.words.0.start"],
        items: &[Items { at: "retval.words.*", text: "punct|word", ..ITEMS }],
        ..SHAPE
    },
    Shape { name: "OpenAI", tell: &["words.0.word", "words.0.start"], ..WHISPER },
    Shape { name: "Whisper", tell: &["segments.0.start"], ..WHISPER },
    Shape {
        name: "faster-whisper",
        tell: &["0.start", "0.avg_logprob|no_speech_prob|words|seek"],
        items: &[Items { at: "*", inner: Some(&WHISPER_WORDS), ..ITEMS }],
        ..SHAPE
    },
    Shape {
        name: "Azure",
        tell: &["0.AudioOffset"],
        per_second: 1000.0,
        items: &[Items { text: "Text", start: "AudioOffset", end: "", length: "Duration", ..ITEMS }],
        ..SHAPE
    },
    Shape {
        // The events of the SDK count in ticks of 100 nanoseconds.
        name: "Azure",
        tell: &["0.audioOffset|audio_offset"],
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
        tell: &["0.time", "0.type"],
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
pub(super) fn read(json: &Json, gathering: &mut Gathering) -> Option<&'static str> {
    let shape = SHAPES.iter().find(|shape| shape.tell.iter().all(|path| lead(json, path).is_some()))?;
    gathering.grain = shape.grain;
    if let Time::At(seconds) = time_of(lead(json, shape.duration), 1.0) {
        gathering.duration = Some(seconds);
    }
    for items in shape.items {
        shape.add(items, json, &String::new, gathering);
        if !gathering.is_empty() {
            break;
        }
    }
    if let Some(marks) = &shape.marks {
        shape.add(marks, json, &String::new, gathering);
    }
    Some(shape.name)
}

impl Shape {
    fn add(&self, items: &'static Items, json: &Json, at: &dyn Fn() -> String, gathering: &mut Gathering) {
        each(json, items.at, at, &mut |item, path| {
            if !matches!(item, Json::Object(_)) {
                return gathering.warn(path, "is not an object, or is too large to read; it was left out");
            }
            let is_meant = items.only.is_none_or(|(key, values)| match lead(item, key) {
                Some(Json::Text(value)) => values.contains(&&**value),
                _ => true,
            });
            if !is_meant {
                return;
            }
            if let Some(inner) = items.inner {
                let has_parts = matches!(lead(item, inner.at.trim_end_matches(".*")), Some(Json::List(parts)) if !parts.is_empty());
                if has_parts {
                    return self.add(inner, item, path, gathering);
                }
            }
            let text = lead(item, items.text).and_then(text_of).unwrap_or_default();
            let target =
                if items.target.is_empty() { None } else { lead(item, items.target).and_then(text_of) };
            let start = time_of(lead(item, items.start), self.per_second);
            let mut end = time_of(lead(item, items.end), self.per_second);
            if !items.length.is_empty() {
                end = match (start, time_of(lead(item, items.length), self.per_second)) {
                    (Time::At(start), Time::At(length)) => Time::At(start + length),
                    (_, other) => other,
                };
            }
            if items.is_pieces && goes_on(&text) && gathering.extend(&text, end) {
                return;
            }
            gathering.add(Draft { start, end, text, target }, path);
        });
    }
}

/// Returns whether a piece is the rest of a word and not its beginning.
fn goes_on(piece: &str) -> bool {
    use crate::timeline::script::Kind;
    piece.chars().next().is_some_and(|c| {
        let begins = matches!(Kind::of(c), Kind::Han | Kind::Kana | Kind::Unspaced);
        !begins && !c.is_whitespace() && c != '['
    })
}
