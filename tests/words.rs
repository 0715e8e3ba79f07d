//! The words of the interface are whole in every language.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail: that is how it tells"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use news_briefing::article::Json;
use news_briefing::view::{Locale, Word, Words};
use serde_json::Value;

/// The plural categories of each language that has a file: those of Unicode CLDR 48, "Language
/// Plural Rules", for whole numbers.
const CATEGORIES: &[(&str, &[&str])] =
    &[("ar", &["zero", "one", "two", "few", "many", "other"]), ("zh-Hans", &["other"])];

/// Categories that stand for one number in these languages, which may go without saying.
const SAY_THE_NUMBER: &[&str] = &["zero", "one", "two"];

type File = BTreeMap<String, Value>;

/// The language files by their tag.
fn files() -> BTreeMap<String, File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/words");
    let paths = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let json = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    json.map(|path| {
        let tag = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (tag, file)
    })
    .collect()
}

fn categories(tag: &str) -> BTreeSet<&'static str> {
    let known = CATEGORIES.iter().find(|(known, _)| *known == tag);
    known
        .unwrap_or_else(|| panic!("tell this test the plural categories of {tag}"))
        .1
        .iter()
        .copied()
        .collect()
}

/// The places of a phrase: `{n}`, `{list}`.
fn places(phrase: &str) -> BTreeSet<&str> {
    let after_braces = phrase.split('{').skip(1);
    after_braces.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_file_is_a_language_and_every_language_a_file() {
    let tags: BTreeSet<String> = files().into_keys().collect();
    let languages: BTreeSet<String> = Words::LANGUAGES.iter().map(|tag| (*tag).to_owned()).collect();
    assert_eq!(tags, languages);
}

#[test]
fn every_language_has_every_word_and_no_other() {
    let english: BTreeSet<&str> = Word::ENGLISH.iter().map(|(key, ..)| *key).collect();
    assert_eq!(english.len(), Word::ENGLISH.len(), "each key once");
    for (tag, file) in files() {
        let keys: BTreeSet<&str> = file.keys().map(String::as_str).collect();
        assert_eq!(keys, english, "{tag}");
    }
}

#[test]
fn every_phrase_has_the_places_of_the_english_one() {
    for (tag, file) in files() {
        for (key, one, other) in Word::ENGLISH {
            let expected = places(other.unwrap_or(one));
            let check = |category: Option<&str>, phrase: &Value| {
                let phrase = phrase.as_str().unwrap_or_else(|| panic!("{tag}: {key} is no text"));
                assert_eq!(phrase.matches('{').count(), places(phrase).len(), "{tag}: {key}: {phrase}");
                assert!(
                    key.ends_with("_join") || phrase.trim() == phrase && !phrase.is_empty(),
                    "{tag}: {key}"
                );
                let mut found = places(phrase);
                if category.is_some_and(|category| SAY_THE_NUMBER.contains(&category))
                    && expected.contains("n")
                {
                    found.insert("n");
                }
                assert_eq!(found, expected, "{tag}: {key}: {phrase}");
            };
            match &file[*key] {
                Value::Object(forms) => {
                    forms.iter().for_each(|(category, phrase)| check(Some(category), phrase))
                }
                phrase => check(None, phrase),
            }
        }
    }
}

#[test]
fn every_phrase_that_counts_has_the_plural_forms_of_its_language() {
    for (tag, file) in files() {
        let expected = categories(&tag);
        for (key, _, other) in Word::ENGLISH {
            match (other, &file[*key]) {
                (Some(_), Value::Object(forms)) => {
                    let forms: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                    assert_eq!(forms, expected, "{tag}: {key}");
                }
                (Some(_), _) => assert_eq!(expected.len(), 1, "{tag}: {key} needs plural forms"),
                (None, form) => assert!(form.is_string(), "{tag}: {key} does not count anything"),
            }
        }
    }
}

#[test]
fn every_file_is_read_into_other_words_than_english() {
    for (tag, file) in files() {
        let json: Json = serde_json::from_value(serde_json::to_value(&file).unwrap()).unwrap();
        let words = Words::from_json(&json);
        assert_eq!(words.get(Word::Play), file["play"].as_str().unwrap(), "{tag}");
        assert_ne!(words.get(Word::Play), Words::default().get(Word::Play), "{tag}");
        assert_eq!(Words::file_for(&tag), Some(tag.as_str()));
    }
}

#[test]
fn a_language_is_served_by_the_nearest_file() {
    assert_eq!(Words::file_for("AR"), Some("ar"));
    assert_eq!(Words::file_for("ar-EG"), Some("ar"));
    assert_eq!(Words::file_for("zh_TW"), Some("zh-Hans"));
    assert_eq!(Words::file_for("en-GB"), None);
    assert_eq!(Words::file_for(""), None);
}

#[test]
fn what_a_file_lacks_or_says_wrongly_is_english() {
    let partial = Json::Object(vec![
        ("play".to_owned(), Json::Text("Los!".to_owned())),
        ("pause".to_owned(), Json::Number(1.0)),
        ("unheard_of".to_owned(), Json::Null),
    ]);
    let words = Words::from_json(&partial);
    assert_eq!(words.get(Word::Play), "Los!");
    assert_eq!(words.get(Word::Pause), "Pause");
    assert_eq!(words.get(Word::Close), "Close");
    assert_eq!(Words::from_json(&Json::Bool(true)), Words::default());
}

#[test]
fn english_counts_and_fills_in() {
    let (words, locale) = (Words::default(), Locale::of("en"));
    assert_eq!(words.count(Word::Seconds, 1, &locale), "1 second");
    assert_eq!(words.count(Word::Seconds, 0, &locale), "0 seconds");
    assert_eq!(words.count(Word::Cited, 1, &locale), "Cited once:");
    assert_eq!(words.fill(Word::Position, &[("n", "2"), ("total", "5")]), "2 of 5");
    // What is filled in is never taken for a place itself.
    assert_eq!(words.fill(Word::By, &[("authors", "{date}")]), "By {date}");
}
