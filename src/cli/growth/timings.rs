//! The same for files of timings, which `convert --timings` aligns with an article.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{Given, MAX_WORK, PRINTED_PER_BYTE, Shape, article, measure, text};

/// Pieces of what parsers of subtitles look for.
const PIECES: [&str; 40] = [
    "<",
    "<a",
    "<a>",
    "<00:01.000>",
    "<00:01.000>a ",
    "<rt>",
    "<ruby>a<rt>b",
    "&",
    "&amp;",
    "&#x1",
    "{",
    "{\\",
    "{\"selector\":",
    "{\"selector\":{\"value\":\"p1\"}}\n\n00:00.000 --> 00:01.000\n",
    "[",
    "a\n",
    "1\n",
    "a\n\n",
    "-->\n",
    "a-->\n",
    "00:00.000 -->\n",
    "00:00.000 --> 00:01.000\n",
    "00:00.000 --> 00:01.000\na\n",
    "00:00.000 --> 00:00.001\na\nb\n\n",
    "00:00:00,000 --> 00:00:01,000\n",
    "1\n00:00:00,000 --> 00:00:01,000\na\n\n",
    "00:09.000 --> 00:01.000\na\n\n",
    "0",
    "0:",
    ":",
    "-",
    "\r",
    "\0",
    "\n",
    "日",
    "a\u{301}",
    "'",
    "1,",
    "a ",
    "ABC. ",
];

/// How much larger files are that have a large part of fixed length.
const LISTS: usize = 8;

/// How much larger files of chapters are: the larger one has as many as are read.
const CHAPTERS: usize = 4;

/// How much larger files and articles are whose parts have to be very many to cost anything.
const MANY: usize = 40;

/// Returns a shape: of `bytes`, one half is for the article and one for the file.
fn timed(
    format: &str,
    name: &'static str,
    body: impl Fn(usize) -> Value + 'static,
    file: impl Fn(usize) -> String + 'static,
) -> Shape {
    let make = move |bytes: usize| Given {
        json: article(json!({ "lang": "en", "body": body(bytes / 2) })),
        timings: Some(file(bytes / 2)),
    };
    Shape { member: format.to_owned(), name, make: Box::new(make) }
}

/// Returns the files of the other tests, one for each format, with lists, texts and faults of any length.
fn shapes_of_formats() -> Vec<Shape> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timings/files");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "article.json")
        .collect();
    names.sort_unstable();
    let mut shapes = Vec::new();
    for name in names {
        let file = fs::read_to_string(folder.join(&name)).unwrap();
        let Some((json, is_lines)) = parsed(&file) else {
            let repeated = move |bytes: usize| {
                let start = if file.starts_with("WEBVTT") { "WEBVTT" } else { "" };
                let cues = file.trim_start_matches("WEBVTT");
                [start, &[cues, "\n\n"].concat().repeat(bytes / cues.len() + 1)].concat()
            };
            shapes.push(timed(&name, "repeated", spoken, repeated));
            continue;
        };
        let repeated =
            move |json: &Value, bytes: usize| repeat(json, LISTS * bytes / json.to_string().len() + 1);
        let long = json.clone();
        let faulty = json.clone();
        shapes.push(timed(&name, "all lists repeated", spoken, move |bytes| {
            written(&repeated(&json, bytes), is_lines)
        }));
        shapes.push(timed(&name, "all lists repeated, with faults", spoken, move |bytes| {
            let faults = |value: &Value| if value.is_number() { json!("x") } else { value.clone() };
            written(&changed(&repeated(&faulty, bytes), &faults), is_lines)
        }));
        shapes.push(timed(
            &name,
            "long texts",
            |bytes| json!([text(bytes)]),
            move |bytes| {
                let text = json!(text(LISTS * bytes / count_texts(&long)));
                let texts = |value: &Value| if value.is_string() { text.clone() } else { value.clone() };
                written(&changed(&long, &texts), is_lines)
            },
        ));
    }
    shapes
}

/// Returns the JSON of a file, and whether it has one value on each line.
fn parsed(file: &str) -> Option<(Value, bool)> {
    let lines = || file.lines().map(serde_json::from_str::<Value>).collect::<Result<Value, _>>();
    serde_json::from_str(file).map(|json| (json, false)).or_else(|_| lines().map(|json| (json, true))).ok()
}

fn written(json: &Value, is_lines: bool) -> String {
    match json {
        Value::Array(lines) if is_lines => lines.iter().map(|line| format!("{line}\n")).collect(),
        json => json.to_string(),
    }
}

/// Returns paragraphs of the words that the repeated files contain.
fn spoken(bytes: usize) -> Value {
    let words = "Talks resume on Monday Both sides have given ground The harbour stays open until Friday";
    let paragraph = |nth: usize| words.split(' ').map(|word| format!("{word}{nth} ")).collect::<String>();
    (0..LISTS * bytes / 130 + 1).map(paragraph).collect()
}

/// Repeats the items of the outermost lists, each time with other times and words.
fn repeat(json: &Value, times: usize) -> Value {
    match json {
        Value::Array(items) => {
            (0..times).flat_map(|nth| items.iter().map(move |item| later(item, nth))).collect()
        }
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), repeat(value, times))).collect()
        }
        other => other.clone(),
    }
}

fn later(json: &Value, nth: usize) -> Value {
    changed(json, &|value| match value {
        Value::Number(number) => json!(number.as_f64().unwrap() + 10.0 * nth as f64),
        Value::String(text) if text.ends_with(|c: char| c.is_ascii_alphabetic()) => {
            json!(format!("{text}{nth}"))
        }
        other => other.clone(),
    })
}

/// Changes all values, except those by which formats and items are told apart.
fn changed(json: &Value, change: &dyn Fn(&Value) -> Value) -> Value {
    match json {
        Value::Array(items) => items.iter().map(|item| changed(item, change)).collect(),
        Value::Object(members) => {
            let changed = |(name, value): (&String, &Value)| {
                (name.clone(), if is_kind(name) { value.clone() } else { changed(value, change) })
            };
            members.iter().map(changed).collect()
        }
        value => change(value),
    }
}

/// Returns whether a member has one of a few values, such as `word`.
fn is_kind(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("type")
}

fn count_texts(json: &Value) -> usize {
    match json {
        Value::String(_) => 1,
        Value::Array(items) => items.iter().map(count_texts).sum(),
        Value::Object(members) => members.values().map(count_texts).sum(),
        _ => 0,
    }
}

/// Returns subtitles full of what is expensive to parse.
fn shapes_of_subtitles() -> Vec<Shape> {
    let starts = [
        ("WebVTT header", "WEBVTT\n"),
        ("WebVTT", "WEBVTT\n\n00:00.000 --> 00:01.000\n"),
        ("SRT", "1\n00:00:00,000 --> 00:00:01,000\n"),
    ];
    let mut shapes = Vec::new();
    for (format, start) in starts {
        for piece in PIECES {
            shapes.push(timed(
                &format!("{format}: {}", piece.escape_debug()),
                "repeated",
                |bytes| json!([piece.repeat(bytes / piece.len())]),
                move |bytes| [start, &piece.repeat(bytes / piece.len())].concat(),
            ));
        }
    }
    shapes
}

/// Returns a file of words, a second each, in the JSON of `OpenAI`.
fn words(words: impl Iterator<Item = String>) -> String {
    let word = |(at, word): (usize, String)| json!({ "word": word, "start": at, "end": at + 1 });
    json!({ "words": words.enumerate().map(word).collect::<Vec<_>>() }).to_string()
}

/// Returns a number as a word that occurs once.
fn nth_word(nth: usize) -> String {
    format!("w{nth}")
}

/// Returns shapes in which many parts of one side meet many parts of the other.
fn multiplying_shapes() -> Vec<Shape> {
    let paragraph = |words: Vec<String>| json!([words.join(" ")]);
    vec![
        timed(
            "Podcasting 2.0 chapters",
            "many that match no heading of many passages",
            |bytes| json!(vec!["A b"; CHAPTERS * bytes / 6]),
            |bytes| {
                let chapter = |at| json!({ "startTime": at, "title": "A c" });
                json!({ "chapters": (0..CHAPTERS * bytes / 32).map(chapter).collect::<Vec<_>>() }).to_string()
            },
        ),
        timed(
            "Podcasting 2.0 chapters",
            "many that begin like each of many passages",
            |bytes| json!(vec![format!("{}b", "a ".repeat(100)); CHAPTERS * bytes / 204]),
            |bytes| {
                // A cue of a time and text that another one has is a duplicate.
                let chapter = |at| json!({ "startTime": at, "title": format!("{}c", "a ".repeat(100)) });
                json!({ "chapters": (0..CHAPTERS * bytes / 230).map(chapter).collect::<Vec<_>>() })
                    .to_string()
            },
        ),
        timed(
            "aeneas",
            "passages named in turn, and words of one of them",
            |bytes| json!([(0..MANY * bytes / 80).map(nth_word).collect::<Vec<_>>().join(" "), "b"]),
            |bytes| {
                let count = MANY * bytes / 80;
                let named = (0..count).map(
                    |at| json!({ "id": if at % 2 == 0 { "p1" } else { "p2" }, "lines": ["x"], "begin": at }),
                );
                let said = (0..count).map(|at| json!({ "lines": [nth_word(at)], "begin": count + at }));
                json!({ "fragments": named.chain(said).collect::<Vec<_>>() }).to_string()
            },
        ),
        timed(
            "OpenAI",
            "a long text without spaces among short words",
            |bytes| json!([format!("a b c d e f g h i j k {}", "日".repeat(bytes / 3))]),
            |bytes| {
                let short = ('a'..='k').map(String::from);
                words(short.chain(["日".repeat(bytes / 3)]))
            },
        ),
        timed(
            "Synchronized Narration",
            "many faults, nested as deep as possible",
            |_| json!(["A"]),
            |bytes| {
                let (begin, end) = (r#"{"narration":["#.repeat(28), "]}".repeat(28));
                [&begin, &"1,".repeat(bytes / 2), "1", &end].concat()
            },
        ),
        timed(
            "Synchronized Narration",
            "many long names of no passage",
            |_| json!(["A"]),
            |bytes| {
                let item =
                    |at| json!({ "text": format!("#{}", "a".repeat(80)), "audio": format!("#t={at}") });
                json!({ "narration": (0..bytes / 120).map(item).collect::<Vec<_>>() }).to_string()
            },
        ),
        timed(
            "OpenAI",
            "two words in turn, and one of them missing now and then",
            |bytes| json!(["a b ".repeat(bytes / 4)]),
            |bytes| words((0..bytes / 32).map(|at| if at % 7 < 4 { "a" } else { "b" }.to_owned())),
        ),
        timed(
            "OpenAI",
            "all words in reverse order",
            move |bytes| paragraph((0..bytes / 34).map(nth_word).collect()),
            |bytes| words((0..bytes / 34).rev().map(nth_word)),
        ),
        timed(
            "OpenAI",
            "every tenth word is another",
            move |bytes| paragraph((0..bytes / 34).map(nth_word).collect()),
            |bytes| words((0..bytes / 34).map(|at| nth_word(if at % 10 == 0 { at + 1 } else { at }))),
        ),
        timed(
            "OpenAI",
            "passages of a word, in pairs of reverse order",
            |bytes| json!((0..bytes / 34).map(nth_word).collect::<Vec<_>>()),
            |bytes| words((0..bytes / 34).map(|at| nth_word(at ^ 1))),
        ),
        timed(
            "OpenAI",
            "passages of which only the first word is said",
            |bytes| {
                json!((0..bytes / 40).map(|at| format!("{} a b c d e", nth_word(at))).collect::<Vec<_>>())
            },
            |bytes| words((0..bytes / 40).map(nth_word)),
        ),
        timed(
            "OpenAI",
            "few words in an order of their own on either side",
            move |bytes| paragraph((0..bytes / 34).map(|at| nth_word(at * at % 101)).collect()),
            |bytes| words((0..bytes / 34).map(|at| nth_word(at * at * at % 101))),
        ),
        timed(
            "ElevenLabs",
            "a word without an end",
            |bytes| json!(["a".repeat(bytes)]),
            |bytes| {
                let count = bytes / 12;
                json!({ "alignment": { "characters": vec!["a"; count],
                    "character_start_times_seconds": vec![1; count], "character_end_times_seconds": vec![2; count] } })
                .to_string()
            },
        ),
        timed(
            "AWS Transcribe",
            "words without times",
            |bytes| json!(["a ".repeat(bytes / 2)]),
            |bytes| {
                let item = json!({ "alternatives": [{ "content": "a" }] });
                json!({ "results": { "items": vec![item; bytes / 40] } }).to_string()
            },
        ),
    ]
}

#[test]
#[ignore = "it takes long: `cargo xtask test --only growth` runs it, and counts steps"]
fn output_and_work_grow_no_faster_than_the_timings() {
    let shapes: Vec<Shape> =
        shapes_of_formats().into_iter().chain(shapes_of_subtitles()).chain(multiplying_shapes()).collect();
    let nothing = Given {
        json: article(json!({ "lang": "en" })),
        timings: Some("WEBVTT\n\n00:00.000 --> 00:01.000\nT\n".to_owned()),
    };
    measure(&shapes, &["convert"], &nothing, &MAX_WORK, |_, given| PRINTED_PER_BYTE * given.len() as f64);
}
