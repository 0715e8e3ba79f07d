//! Generates the JSON Schema of the canonical JSON from the types.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use super::{Article, Language, Moment, RichText, Url};

/// A text as the short form of an object that has only this text, or the object.
pub(super) struct PlainOr<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for PlainOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        ["TextOr", &T::schema_name()].concat().into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let whole = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [filled_text(generator), whole] })
    }
}

/// Returns the schema of inline text that may not be empty.
pub(super) fn filled_text(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = generator.subschema_for::<RichText>();
    schema.insert("minLength".to_owned(), json!(1));
    schema
}

/// An identifier of a part of the article: a text, or a whole number, which many systems use.
pub(super) struct Id;

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "integer"],
            "pattern": "^[^\\s\\[\\]]+$",
            "maxLength": 200,
            "minimum": 0,
            "description": "A name without spaces or brackets, or a whole number.",
            "examples": ["r1", "p3", 42],
        })
    }
}

/// The content of a table cell: a text or a number.
pub(super) struct Cell;

impl JsonSchema for Cell {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<RichText>();
        json_schema!({ "anyOf": [text, { "type": "number" }] })
    }
}

/// When a word is spoken, and the word.
pub(super) struct TimedWord;

impl JsonSchema for TimedWord {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "TimedWord".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "prefixItems": [{ "type": "number", "minimum": 0 }, { "type": "string", "minLength": 1 }],
            "minItems": 2,
            "maxItems": 2,
        })
    }
}

pub(super) fn yes() -> bool {
    true
}

pub(super) fn level() -> u8 {
    2
}

impl JsonSchema for RichText {
    fn schema_name() -> Cow<'static, str> {
        "InlineText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Text with *emphasis*, **strong emphasis**, `code`, [links](https://example.org/) and citations of references, by id as [^r1] or by number as [1], [1,3] and [2-4]. A backslash makes the next mark literal: \\[. HTML is shown as it stands.",
            "examples": ["Talks resume on *Monday*.[^r1][^r2]", "Prices rose by a third [2-4]."],
        })
    }
}

impl JsonSchema for Url {
    fn schema_name() -> Cow<'static, str> {
        "Url".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "iri-reference",
            "minLength": 1,
            "maxLength": Url::MAX_CHARS,
            "description": "An http or https URL without credentials, or a relative one, which is resolved against the address of this JSON.",
            "examples": ["https://news.example/talks", "images/talks.jpg"],
        })
    }
}

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$",
            "maxLength": 35,
            "description": "A language as a BCP 47 tag, such as en, pt-BR or zh-Hans.",
            "examples": ["en", "zh-Hans"],
        })
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^(\\d{4}(-\\d\\d)?|(\\d{4}-\\d\\d-\\d\\d|\\d{8}|([A-Za-z]+, ?)?\\d{1,2}[ -][A-Za-z]+[ -](\\d\\d){1,2})([Tt ]\\d\\d:?\\d\\d(:?\\d\\d([.,]\\d+)?)?( ?([A-Z]{1,5}|z|[+−-]\\d\\d(:?\\d\\d)?))?( ?[(\\[].+)?)?)$",
            "description": "A date, such as 2026-03-04, a month or year, such as 2026-03 or 2026, or a moment, such as 2026-03-04T14:15:00Z, as ISO 8601 or RFC 2822 write it. A moment without an offset keeps its day and time for every reader.",
            "examples": ["2026-03-04", "2026-03-04T14:15:00Z", "2026-03", "2026"],
        })
    }
}

/// Returns the JSON Schema (2020-12) of the canonical JSON.
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Article>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!("Briefing"));
        root.insert("description".to_owned(), json!(DESCRIPTION));
        let described = [
            (
                "format",
                json!({ "const": "briefing", "description": "The name of this format: always \"briefing\"." }),
            ),
            (
                "version",
                json!({ "type": "string", "pattern": "^1(\\.|$)", "description": "The version of the format.", "default": "1.0", "examples": ["1.0"] }),
            ),
        ];
        if let Some(properties) = root.get_mut("properties").and_then(Value::as_object_mut) {
            let rest = std::mem::take(properties);
            properties.extend(
                described
                    .map(|(name, schema)| (name.to_owned(), schema))
                    .into_iter()
                    .chain(rest)
                    .collect::<Map<_, _>>(),
            );
        }
        root.insert("required".to_owned(), json!(["format", "version", "title"]));
        root.insert("anyOf".to_owned(), json!([{ "required": ["body"] }, { "required": ["key_points"] }]));
    }
    tidy(&mut schema);
    schema
}

const DESCRIPTION: &str = "A news article with its references, as a briefing shows it. Leave out what you do not have: only a title and a body or key points are needed. Other keys are passed over; those that begin with an underscore stay yours in every later version.";

/// Removes details of the Rust types that an editor need not know: `null` for optional members,
/// widths of numbers, empty defaults, and the line breaks of doc comments. Titles each kind of
/// block with its name.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(entries) => {
            entries.retain(|key, value| {
                let is_width = key == "format"
                    && value.as_str().is_some_and(|name| name.contains("int") || name == "double");
                let is_empty_default = key == "default" && (value == "" || value.is_null());
                !is_width && !is_empty_default
            });
            without_null(entries);
            if let Some(Value::String(description)) = entries.get_mut("description") {
                *description = description.replace('\n', " ");
            }
            if let Some(name) = entries.get("properties").and_then(|own| own.pointer("/type/const")?.as_str())
            {
                let title = name.replace('_', " ");
                entries.insert("title".to_owned(), json!(title));
            }
            entries.values_mut().for_each(tidy);
        }
        _ => {}
    }
}

/// Turns "this or null" into "this".
fn without_null(entries: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = entries.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            entries.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(choices)) = entries.get_mut("anyOf") else { return };
    choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
    if let [Value::Object(only)] = choices.as_slice() {
        let only = only.clone();
        entries.remove("anyOf");
        for (key, value) in only {
            entries.entry(key).or_insert(value);
        }
    }
}
