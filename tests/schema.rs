//! The published JSON Schema and the reader agree on which articles are valid.
#![cfg(all(feature = "native", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::BTreeMap;
use std::path::Path;

use jsonschema::{Draft, Validator};
use news_briefing::article::{read, read_text, schema};
use proptest::prelude::*;
use serde_json::{Value, json};

#[allow(dead_code, unused_imports, reason = "the property tests use the rest")]
#[path = "properties/strategies/mod.rs"]
mod strategies;

use strategies::{article, check, to_text, valid_article};

/// The articles of the newsroom that are invalid on purpose.
const INVALID: [&str; 2] = ["broken.json", "refused.json"];

fn www() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/www"))
}

fn validator() -> Validator {
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options.build(&schema()).expect("the schema is valid")
}

/// Returns where and why a value is invalid.
fn validation_errors(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Returns the articles of the newsroom by file name.
fn articles() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(www().join("articles")).expect("the articles of the newsroom");
    let json = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    json.map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn the_published_schema_is_current() {
    let published = std::fs::read_to_string(www().join("briefing.schema.json")).unwrap_or_default();
    let published: Value = serde_json::from_str(&published).unwrap_or_default();
    assert!(
        published == schema(),
        "www/briefing.schema.json is out of date: run `cargo xtask schema` and commit it"
    );
}

#[test]
fn the_schema_is_a_valid_schema() {
    jsonschema::draft202012::meta::validate(&schema()).expect("valid against the metaschema");
}

#[test]
fn every_valid_article_of_the_newsroom_is_valid_and_read_without_an_error() {
    let validator = validator();
    let articles = articles();
    assert!(articles.len() > INVALID.len());
    for (name, text) in articles.iter().filter(|(name, _)| !INVALID.contains(&name.as_str())) {
        assert_eq!(validation_errors(&validator, &parse(text)), [""; 0], "{name}");
        let problems: Vec<String> = read_text(text).problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, [""; 0], "{name}");
    }
}

#[test]
fn invalid_articles_are_reported_by_schema_and_reader() {
    let validator = validator();
    let articles = articles();
    for name in INVALID {
        let text = &articles[name];
        assert_ne!(validation_errors(&validator, &parse(text)), [""; 0], "{name}");
        assert_ne!(read_text(text).problems, [], "{name}");
    }
}

#[test]
fn articles_read_without_problems_are_valid() {
    let validator = validator();
    check(300, valid_article(), |json| {
        prop_assert_eq!(read(&json).problems, []);
        prop_assert_eq!(validation_errors(&validator, &parse(&to_text(&json))), [""; 0]);
        Ok(())
    });
}

#[test]
fn written_json_is_always_valid() {
    let validator = validator();
    check(300, article(), |json| {
        let Some(article) = read(&json).article else { return Ok(()) };
        let written = article.to_json();
        prop_assert_eq!(validation_errors(&validator, &parse(&written)), [""; 0], "{}", written);
        Ok(())
    });
}

#[test]
fn the_schema_rejects_invalid_articles() {
    let validator = validator();
    let smallest = json!({ "format": "briefing", "version": "1.0", "title": "T", "body": ["One."] });
    assert_eq!(validation_errors(&validator, &smallest), [""; 0]);
    for (key, value) in [
        ("format", json!("feed")),
        ("version", json!("2.0")),
        ("version", json!(1)),
        ("title", json!("")),
        ("body", json!([])),
        ("body", json!("One.")),
        ("body", json!([""])),
        ("body", json!([{ "type": "poll", "text": "One." }])),
        ("body", json!([{ "type": "heading", "level": 1, "text": "One." }])),
        ("body", json!([{ "type": "image", "alt": "One." }])),
        ("published", json!("soon")),
        ("lang", json!("english please")),
        ("source_count", json!(0)),
        ("references", json!([{ "id": "a b", "title": "T" }])),
        ("references", json!([{ "id": "a", "title": "T", "kind": "rumour" }])),
    ] {
        let mut changed = smallest.clone();
        changed[key] = value;
        assert_ne!(validation_errors(&validator, &changed), [""; 0], "{changed}");
    }
    for key in ["format", "version", "title", "body"] {
        let mut lacking = smallest.clone();
        lacking.as_object_mut().unwrap().remove(key);
        assert_ne!(validation_errors(&validator, &lacking), [""; 0], "{lacking}");
    }
}

/// Every member has a description for editors that show the schema, and patterns have examples.
#[test]
fn everything_in_the_schema_is_described() {
    fn check_all(path: &str, value: &Value) {
        let Value::Object(entries) = value else { return };
        if let Some(Value::Object(properties)) = entries.get("properties") {
            for (name, property) in properties {
                let has_word = property.get("description").is_some() || name == "type";
                assert!(has_word, "{path}.{name} has no description");
                check_all(&format!("{path}.{name}"), property);
            }
        }
        if entries.contains_key("pattern") {
            assert!(entries.contains_key("examples"), "{path} has a pattern but no examples");
        }
        for list in ["oneOf", "anyOf"] {
            for choice in entries.get(list).and_then(Value::as_array).into_iter().flatten() {
                check_all(path, choice);
            }
        }
    }
    let schema = schema();
    check_all("briefing", &schema);
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        assert!(definition.get("description").is_some(), "{name} has no description");
        check_all(name, definition);
    }
}

#[test]
fn every_example_in_the_schema_is_valid() {
    let schema = schema();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        let validator = jsonschema::draft202012::options().should_validate_formats(true).build(definition);
        for example in definition.get("examples").and_then(Value::as_array).into_iter().flatten() {
            assert!(validator.as_ref().unwrap().is_valid(example), "{name}: {example}");
        }
    }
}
