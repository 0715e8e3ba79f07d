use news_briefing::article::Json;
use proptest::prelude::*;
use proptest::sample::select;

use super::fuzzed_text;

/// Keys with a meaning in articles.
const KEYS: &[&str] = &[
    "format",
    "version",
    "id",
    "url",
    "lang",
    "category",
    "title",
    "summary",
    "published",
    "updated",
    "authors",
    "source_count",
    "image",
    "alt",
    "width",
    "height",
    "caption",
    "credit",
    "key_points",
    "text",
    "detail",
    "supports",
    "body",
    "type",
    "level",
    "ordered",
    "items",
    "attribution",
    "language",
    "header",
    "rows",
    "description",
    "publisher",
    "link_mentions",
    "references",
    "aliases",
    "mention",
    "kind",
    "excerpt",
    "archive_url",
    "audio",
    "next",
    "sources",
    "duration",
    "segments",
    "target",
    "start",
    "end",
    "estimated",
    "words",
    "timings_url",
];

/// Keys that have broken other programs.
const ODD_KEYS: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    "-1",
    "__proto__",
    "constructor",
    "toString",
    "length",
    "a.b",
    "a[0]",
    "_ours",
    "ключ",
    "🗝",
];

const NUMBERS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    2.0,
    3.0,
    5.0,
    -1.0,
    0.5,
    8.2,
    105.8,
    1e9,
    4_294_967_296.0,
    9_007_199_254_740_993.0,
    -9_223_372_036_854_775_808.0,
    1e21,
    1e300,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    f64::EPSILON,
];

fn number() -> BoxedStrategy<Json> {
    let any = any::<f64>().prop_map(|number| if number.is_finite() { number } else { 0.1 });
    prop_oneof![3 => select(NUMBERS), 1 => any, 1 => (-5_i32..100).prop_map(f64::from)]
        .prop_map(Json::Number)
        .boxed()
}

fn key() -> BoxedStrategy<String> {
    prop_oneof![
        6 => select(KEYS).prop_map(str::to_owned),
        1 => select(ODD_KEYS).prop_map(str::to_owned),
        1 => fuzzed_text(),
    ]
    .boxed()
}

fn leaf() -> BoxedStrategy<Json> {
    prop_oneof![
        1 => Just(Json::Null),
        1 => any::<bool>().prop_map(Json::Bool),
        2 => number(),
        4 => fuzzed_text().prop_map(Json::Text),
    ]
    .boxed()
}

/// Generates any JSON.
pub(crate) fn any_json() -> BoxedStrategy<Json> {
    leaf()
        .prop_recursive(4, 24, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::List),
                prop::collection::vec((key(), inner), 0..6).prop_map(object),
            ]
        })
        .boxed()
}

/// Generates a value inside many lists and objects.
pub(crate) fn deep_json() -> BoxedStrategy<Json> {
    let wrapper = prop_oneof![Just(None), key().prop_map(Some)];
    (any_json(), prop::collection::vec(wrapper, 1..200))
        .prop_map(|(inside, wrappers)| {
            wrappers.into_iter().fold(inside, |inside, key| match key {
                Some(key) => Json::Object(vec![(key, inside)]),
                None => Json::List(vec![inside]),
            })
        })
        .boxed()
}

/// Generates a list of very many values, some of them objects.
pub(crate) fn wide_json() -> BoxedStrategy<Json> {
    let row = prop_oneof![
        3 => leaf(),
        1 => prop::collection::vec((key(), leaf()), 0..4).prop_map(object),
    ];
    prop::collection::vec(row, 500..1_500).prop_map(Json::List).boxed()
}

/// Returns an object in which each key occurs once, as in JavaScript.
pub(crate) fn object(entries: Vec<(String, Json)>) -> Json {
    let mut kept: Vec<(String, Json)> = Vec::new();
    for (key, value) in entries {
        if kept.iter().all(|(known, _)| *known != key) {
            kept.push((key, value));
        }
    }
    Json::Object(kept)
}

/// Returns JSON as it is parsed from text: values that are nested too deeply are cut off.
pub(crate) fn cut(json: &Json) -> Json {
    cut_at(json, 0)
}

fn cut_at(json: &Json, depth: usize) -> Json {
    match json {
        Json::List(_) | Json::Object(_) if depth >= Json::MAX_DEPTH => Json::TooMuch,
        Json::List(items) => Json::List(items.iter().map(|item| cut_at(item, depth + 1)).collect()),
        Json::Object(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.clone(), cut_at(value, depth + 1))).collect())
        }
        other => other.clone(),
    }
}

/// Serializes JSON, with exponents, which parsers rarely see.
pub(crate) fn to_text(json: &Json) -> String {
    let mut text = String::new();
    write(json, &mut text);
    text
}

fn write(json: &Json, text: &mut String) {
    match json {
        Json::Null | Json::TooMuch => text.push_str("null"),
        Json::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Json::Number(number) => text.push_str(&format!("{number:e}")),
        Json::Text(words) => write_words(words, text),
        Json::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write(item, text);
            }
            text.push(']');
        }
        Json::Object(entries) => {
            text.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write_words(key, text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
    }
}

fn write_words(words: &str, text: &mut String) {
    text.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\0'..='\x1F' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
}
