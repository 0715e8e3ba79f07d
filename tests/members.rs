//! Every member of the schema, and every name that a value may have, is explained to editors, generated
//! by the property tests, and used in an article of the newsroom.
#![cfg(all(feature = "native", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failing test panics")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use news_briefing::article::{read_text, schema};
use serde_json::Value;

#[allow(dead_code, unused_imports, reason = "the property tests use the rest")]
#[path = "properties/strategies/mod.rs"]
mod strategies;

/// A member as its place and its name: (`Reference`, `kind`), (`Block quote`, `url`). A name that a
/// value may have is listed under the value's type: (`ReferenceKind`, `paper`).
type Member = (String, String);

/// Traverses the schema, along a value or, without one, completely.
struct Walk<'s> {
    definitions: &'s Value,
    entered: BTreeSet<String>,
    found: BTreeSet<Member>,
}

impl<'s> Walk<'s> {
    fn of(schema: &'s Value) -> Self {
        Self { definitions: &schema["$defs"], entered: BTreeSet::new(), found: BTreeSet::new() }
    }

    /// Visits a part of the schema called `place`, as far as the value contains it.
    fn enter(&mut self, place: &str, part: &'s Value, value: Option<&Value>) {
        for (name, inner) in part["properties"].as_object().into_iter().flatten() {
            if value.is_none_or(|value| value.get(name).is_some()) {
                self.found.insert((place.to_owned(), name.clone()));
                self.enter(place, inner, value.and_then(|value| value.get(name)));
            }
        }
        match (part.get("items"), value) {
            (Some(inner), None) => self.enter(place, inner, None),
            (Some(inner), Some(Value::Array(items))) => {
                items.iter().for_each(|item| self.enter(place, inner, Some(item)));
            }
            _ => {}
        }
        if let Some(name) = part["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            // A kind of block with a type of its own keeps its place's name.
            let inner = if part.get("properties").is_some() { place } else { name };
            if value.is_some() || self.entered.insert(inner.to_owned()) {
                self.enter(inner, &self.definitions[name], value);
            }
        }
        for list in ["oneOf", "anyOf"] {
            for choice in part[list].as_array().into_iter().flatten() {
                self.choose(place, choice, value);
            }
        }
    }

    /// Visits one of several choices, if the value matches it.
    fn choose(&mut self, place: &str, choice: &'s Value, value: Option<&Value>) {
        let kind = choice.pointer("/properties/type/const").and_then(Value::as_str);
        if let Some(name) = choice["const"].as_str() {
            if value.is_none_or(|value| value == name) {
                self.found.insert((place.to_owned(), name.to_owned()));
            }
        } else if let Some(name) = kind {
            if value.is_none_or(|value| value.get("type").is_some_and(|own| own == name)) {
                self.enter(&format!("{place} {name}"), choice, value);
            }
        } else if value.is_none_or(Value::is_object) || choice["$ref"].is_null() {
            self.enter(place, choice, value);
        }
    }
}

/// Returns every member of the schema.
fn all(schema: &Value) -> BTreeSet<Member> {
    let mut walk = Walk::of(schema);
    walk.enter("Article", schema, None);
    walk.found
}

/// Returns the members that these articles contain.
fn used<'v>(schema: &Value, articles: impl IntoIterator<Item = &'v Value>) -> BTreeSet<Member> {
    let mut walk = Walk::of(schema);
    articles.into_iter().for_each(|article| walk.enter("Article", schema, Some(article)));
    walk.found
}

fn assert_all_in(place: &str, schema: &Value, found: &BTreeSet<Member>) {
    let missing = all(schema).difference(found).map(|(part, name)| format!("{part}: {name}")).collect();
    assert_none(&format!("not in {place}"), missing);
}

fn assert_none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_member_is_in_an_article_of_the_newsroom() {
    let schema = schema();
    let files = fs::read_dir(root().join("www/articles")).unwrap().map(|file| file.unwrap().path());
    let json = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let texts = json.map(|path| fs::read_to_string(path).unwrap());
    let good = texts.filter(|text| read_text(text).problems.is_empty());
    let articles: Vec<Value> = good.map(|text| serde_json::from_str(&text).unwrap()).collect();
    assert_all_in("www/articles/", &schema, &used(&schema, &articles));
}

#[test]
fn every_member_is_generated_by_the_property_tests() {
    let schema = schema();
    let generated = RefCell::new(Vec::new());
    strategies::check(600, strategies::article(), |json| {
        // `serde_json` rejects JSON that is nested too deeply.
        generated.borrow_mut().extend(serde_json::from_str::<Value>(&strategies::to_text(&json)));
        Ok(())
    });
    let found = used(&schema, generated.borrow().iter());
    assert_all_in("tests/properties/strategies/article.rs", &schema, &found);

    let keys = include_str!("properties/strategies/json.rs");
    let is_name = |part: &str| part.ends_with("Kind") || part == "Mention";
    let members = all(&schema).into_iter().filter(|(part, _)| !is_name(part)).map(|(_, name)| name);
    let missing = members.filter(|name| !keys.contains(&format!("\"{name}\""))).collect();
    assert_none("not in KEYS of tests/properties/strategies/json.rs", missing);
}

/// Returns a section of the guide for editors; for an empty heading, the text before the first section.
fn section<'g>(guide: &'g str, heading: &str) -> &'g str {
    let rest = match heading {
        "" => guide,
        _ => guide.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no {heading}")).1,
    };
    rest.split("\n## ").next().unwrap_or_default()
}

/// Returns the guide's explanation of a part of an article.
fn explained<'g>(guide: &'g str, part: &str) -> &'g str {
    let row = |kind: &str| {
        let start = format!("| `{kind}` |");
        let rows = section(guide, "The body").lines();
        rows.into_iter().find(|row| row.starts_with(&start)).unwrap_or_else(|| panic!("no row {start}"))
    };
    match part {
        "KeyPoint" => section(guide, "Key points"),
        "Block" => section(guide, "The body"),
        "Image" => row("image"),
        "ListItem" => row("list"),
        "Reference" | "ReferenceKind" | "Mention" => section(guide, "References"),
        "Audio" | "AudioSource" | "Timing" => section(guide, "A recording"),
        "Next" => section(guide, ""),
        _ => match part.strip_prefix("Block ") {
            Some(kind) => row(kind),
            None => panic!("add to `explained` where docs/editors.md explains {part}"),
        },
    }
}

#[test]
fn every_member_is_in_the_guide_for_editors() {
    let guide = fs::read_to_string(root().join("docs/editors.md")).unwrap();
    let first_cells: String =
        section(&guide, "").lines().filter_map(|row| row.strip_prefix('|')?.split('|').next()).collect();
    let missing = all(&schema()).into_iter().filter(|(part, name)| {
        // The type of a block is the name of its row.
        let is_row = part.starts_with("Block ") && name == "type";
        // A member of the article itself has its own row, or shares one.
        let text = if part == "Article" { &first_cells } else { explained(&guide, part) };
        !is_row && ![format!("`{name}`"), format!("\"{name}\"")].iter().any(|code| text.contains(code))
    });
    assert_none("not in docs/editors.md", missing.map(|(part, name)| format!("{part}: {name}")).collect());
}

/// The walk finds all members, and along a value only those that the value contains.
#[test]
fn the_schema_walk_finds_members() {
    let schema = schema();
    let all = all(&schema);
    let has = |members: &BTreeSet<Member>, part: &str, name: &str| {
        members.contains(&(part.to_owned(), name.to_owned()))
    };
    for (part, name) in [
        ("Article", "title"),
        ("Image", "credit"),
        ("Block", "id"),
        ("Block image", "type"),
        ("Block image", "credit"),
        ("Block quote", "url"),
        ("ListItem", "items"),
        ("ReferenceKind", "paper"),
        ("Timing", "end"),
    ] {
        assert!(has(&all, part, name), "{part}: {name} in {all:?}");
    }
    let article = serde_json::json!({
        "title": "T",
        "key_points": ["A", { "text": "B" }],
        "body": ["A", { "type": "list", "items": ["B", { "text": "C" }] }],
        "references": [{ "kind": "book" }],
    });
    let used = used(&schema, [&article]);
    let expected = [
        ("Article", "body"),
        ("Article", "key_points"),
        ("Article", "references"),
        ("Article", "title"),
        ("Block list", "items"),
        ("Block list", "type"),
        ("KeyPoint", "text"),
        ("ListItem", "text"),
        ("Reference", "kind"),
        ("ReferenceKind", "book"),
    ];
    assert_eq!(used, expected.map(|(part, name)| (part.to_owned(), name.to_owned())).into());
}
