//! The JSON Schema of the canonical JSON, made from the types.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use super::{Article, Language, Moment, RichText, Url};

/// A text that stands for an object of which only the text matters, or the object.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[allow(dead_code, reason = "only its schema is used")]
pub(super) enum PlainOr<T> {
    /// The text alone.
    Plain(RichText),
    /// The whole object.
    Whole(T),
}

impl JsonSchema for RichText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "InlineText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Text with *emphasis*, **strong**, `code`, [links](https://example.org/) and citations: [^id], [1], [1,3], [2-4]. A backslash makes the next mark literal. No HTML.",
        })
    }
}

impl JsonSchema for Url {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Url".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "uri-reference",
            "maxLength": Url::MAX_CHARS,
            "description": "An http or https URL without credentials, or a relative one, resolved against the address of this JSON.",
        })
    }
}

impl JsonSchema for Language {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$",
            "description": "A BCP 47 language tag such as en or zh-Hans.",
        })
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?([Zz]|[+-]\\d{2}:\\d{2})?)?$",
            "description": "A date such as 2026-03-04, or a moment such as 2026-03-04T14:15:00Z; without an offset it is UTC.",
        })
    }
}

/// The JSON Schema (2020-12) of the canonical JSON.
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Article>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!("Briefing"));
        let described = [
            ("format", json!({ "const": "briefing", "description": "Tells that this is a briefing." })),
            (
                "version",
                json!({ "type": "string", "pattern": "^1(\\.|$)", "description": "The version of the format: 1.0." }),
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
        let filled = |name: &str| json!({ "required": [name], "properties": { name: { "minItems": 1 } } });
        root.insert("anyOf".to_owned(), json!([filled("body"), filled("key_points")]));
    }
    schema
}
