//! The interface strings are complete in every language.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use news_briefing::article::{Json, Language};
use news_briefing::view::{Locale, Word, Words};
use serde_json::json;

/// The plural categories of each language that has a file. They are the cardinal ones in Unicode
/// CLDR 48, "Language Plural Rules", which `Intl.PluralRules` lists as `pluralCategories`.
const CATEGORIES: &[(&str, &str)] = &[
    ("ar", "zero one two few many other"),
    ("bn", "one other"),
    ("cs", "one few many other"),
    ("de", "one other"),
    ("el", "one other"),
    ("es", "one many other"),
    ("fa", "one other"),
    ("fr", "one many other"),
    ("he", "one two other"),
    ("hi", "one other"),
    ("id", "other"),
    ("it", "one many other"),
    ("ja", "other"),
    ("ko", "other"),
    ("nl", "one other"),
    ("pl", "one few many other"),
    ("pt", "one many other"),
    ("ru", "one few many other"),
    ("sv", "one other"),
    ("th", "other"),
    ("tr", "one other"),
    ("uk", "one few many other"),
    ("ur", "one other"),
    ("vi", "other"),
    ("zh-Hans", "other"),
    ("zh-Hant", "other"),
];

/// The languages in which `one` applies to more numbers than 1, such as 0 or 21; same source. In
/// these languages, "zero" and "two" apply only to 0 and 2.
const ONE_COVERS_OTHER_NUMBERS: &[&str] = &["bn", "fa", "fr", "hi", "pt", "ru", "uk"];

/// The end of a sentence in languages that do not use a full stop.
const SENTENCE_ENDS: &[(&str, &str)] =
    &[("bn", "।"), ("hi", "।"), ("ja", "。"), ("th", ""), ("ur", "۔"), ("zh-Hans", "。"), ("zh-Hant", "。")];

/// Punctuation marks for which a language has its own forms.
const FOREIGN_MARKS: &[(&str, &str)] = &[
    ("ar", ",;?"),
    ("fa", ",;?"),
    ("ja", ",.:;!?()"),
    ("ur", ",.;?"),
    ("zh-Hans", ",.:;!?()"),
    ("zh-Hant", ",.:;!?()"),
];

/// A language file: its keys in order, including duplicates.
type File = Vec<(String, Json)>;

/// Returns the language files by their tags.
fn files() -> BTreeMap<String, File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/words");
    let paths = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let json = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    json.map(|path| {
        let tag = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        match serde_json::from_str(&text) {
            Ok(Json::Object(file)) => (tag, file),
            wrong => panic!("{}: {wrong:?}", path.display()),
        }
    })
    .collect()
}

/// Returns the phrases of a language file: the key, the plural category if there is one, and the
/// text.
fn phrases<'f>(tag: &str, file: &'f File) -> Vec<(&'f str, Option<&'f str>, &'f str)> {
    let mut phrases = Vec::new();
    for (key, value) in file {
        match value {
            Json::Text(text) => phrases.push((key.as_str(), None, text.as_str())),
            Json::Object(forms) => phrases.extend(forms.iter().map(|(category, text)| match text {
                Json::Text(text) => (key.as_str(), Some(category.as_str()), text.as_str()),
                _ => panic!("{tag}: {key}: {category} is not text"),
            })),
            _ => panic!("{tag}: {key} is not text"),
        }
    }
    phrases
}

/// Returns the entry of a language in a table of this test.
fn entry(table: &[(&str, &'static str)], tag: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == tag).map(|(_, entry)| *entry)
}

/// Returns the placeholders of a phrase: `{n}`, `{list}`.
fn placeholders(phrase: &str) -> BTreeSet<&str> {
    let after_braces = phrase.split('{').skip(1);
    after_braces.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// Parses a file as the program does.
fn words(value: serde_json::Value) -> Words {
    Words::from_json(&serde_json::from_value(value).unwrap())
}

/// Returns the languages of the interface.
fn languages() -> BTreeSet<String> {
    Words::LANGUAGES.split(' ').map(str::to_owned).collect()
}

/// Reads a file of the project.
fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Returns the text between two texts.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start:?}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end:?} after {start:?}")).0
}

/// Returns the file that serves each tag.
fn served() -> BTreeMap<String, Option<String>> {
    serde_json::from_str(include_str!("languages.json")).unwrap()
}

#[test]
fn every_list_of_languages_is_complete() {
    let (loader, guide) = (file("src/embed/reading/language.js"), file("docs/embedding.md"));
    let in_loader = between(between(&loader, "const LANGUAGES =", ";"), "\"", "\"").split(' ');
    let in_guide = between(&guide, "## Languages", "A region").split("| `").skip(1);
    let in_guide = in_guide.filter_map(|cell| cell.split('`').next());
    let own = served().into_iter().filter(|(tag, file)| file.as_ref() == Some(tag));
    let in_categories = CATEGORIES.iter().map(|(tag, _)| (*tag).to_owned());
    let lists: [(&str, BTreeSet<String>); 5] = [
        ("the files in src/view/words/", files().into_keys().collect()),
        ("LANGUAGES in src/embed/reading/language.js", in_loader.map(str::to_owned).collect()),
        ("the table in docs/embedding.md", in_guide.map(str::to_owned).collect()),
        ("tests/languages.json, each as its own", own.map(|(tag, _)| tag).collect()),
        ("CATEGORIES in tests/words.rs", in_categories.collect()),
    ];
    let languages = languages();
    let mut wrong = Vec::new();
    for (list, named) in lists {
        wrong.extend(languages.difference(&named).map(|tag| format!("{list}: {tag} is missing")));
        wrong.extend(named.difference(&languages).map(|tag| format!("{list}: {tag} is not a language")));
    }
    assert_eq!(wrong, [""; 0], "lists that differ from src/view/words/languages.rs");
    let ordered: Vec<String> = languages.into_iter().collect();
    assert_eq!(Words::LANGUAGES, ordered.join(" "), "src/view/words/languages.rs is in order");
}

#[test]
fn partial_tables_have_only_interface_languages() {
    let of = |table: &[(&'static str, &'static str)]| table.iter().map(|(tag, _)| *tag).collect();
    let tables: [(&str, Vec<&str>); 3] = [
        ("ONE_COVERS_OTHER_NUMBERS", ONE_COVERS_OTHER_NUMBERS.to_vec()),
        ("SENTENCE_ENDS", of(SENTENCE_ENDS)),
        ("FOREIGN_MARKS", of(FOREIGN_MARKS)),
    ];
    for (table, tags) in tables {
        for tag in tags {
            assert!(languages().contains(tag), "{table}: {tag} is not a language of the interface");
        }
    }
}

#[test]
fn every_language_is_served_by_its_own_file() {
    for tag in languages() {
        assert_eq!(Words::file_for(&tag), Some(tag.as_str()));
    }
}

#[test]
fn every_file_has_the_english_keys_in_order() {
    let english: Vec<&str> = Word::ENGLISH.iter().map(|(key, ..)| *key).collect();
    for (tag, file) in files() {
        let keys: Vec<&str> = file.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, english, "{tag}");
    }
}

#[test]
fn every_phrase_has_the_placeholders_of_the_english_one() {
    for (tag, file) in files() {
        for (key, category, phrase) in phrases(&tag, &file) {
            let Some((_, one, other)) = Word::ENGLISH.iter().find(|(known, ..)| *known == key) else {
                continue;
            };
            let mut expected = placeholders(other.unwrap_or(one));
            let one_number = match category {
                Some("zero" | "two") => true,
                Some("one") => !ONE_COVERS_OTHER_NUMBERS.contains(&tag.as_str()),
                _ => false,
            };
            if one_number && !phrase.contains("{n}") {
                expected.remove("n");
            }
            assert_eq!(placeholders(phrase), expected, "{tag}: {key}: {phrase}");
            let braces = phrase.matches(['{', '}']).count();
            assert_eq!(braces, 2 * expected.len(), "{tag}: {key}: {phrase}");
        }
    }
}

#[test]
fn counting_phrases_have_the_plural_forms_of_their_language() {
    for (tag, file) in files() {
        let expected = entry(CATEGORIES, &tag)
            .unwrap_or_else(|| panic!("add the plural categories of {tag} to CATEGORIES"));
        for (key, value) in &file {
            let Some((.., other)) = Word::ENGLISH.iter().find(|(known, ..)| known == key) else {
                continue;
            };
            match (other, value) {
                (Some(_), Json::Object(forms)) => {
                    let forms: Vec<&str> = forms.iter().map(|(category, _)| category.as_str()).collect();
                    assert_eq!(forms.join(" "), expected, "{tag}: {key}");
                }
                (Some(_), _) => panic!("{tag}: {key} needs plural forms: {expected}"),
                (None, form) => {
                    assert!(matches!(form, Json::Text(_)), "{tag}: {key} does not count anything");
                }
            }
        }
    }
}

#[test]
fn phrases_are_trimmed_and_not_empty() {
    for (tag, file) in files() {
        for (key, _, phrase) in phrases(&tag, &file) {
            // The text between hours and minutes may be a space, or empty.
            let is_trimmed = key == "time_join" || (phrase.trim() == phrase && !phrase.is_empty());
            assert!(is_trimmed, "{tag}: {key}: {phrase:?}");
        }
    }
}

#[test]
fn punctuation_follows_the_language() {
    for (tag, file) in files() {
        for (key, _, phrase) in phrases(&tag, &file) {
            let foreign = |mark: char| entry(FOREIGN_MARKS, &tag).is_some_and(|marks| marks.contains(mark));
            assert!(!phrase.contains(foreign), "{tag}: {key}: {phrase}");
            // No language uses the typewriter forms of the apostrophe, the quotation mark and the
            // ellipsis.
            assert!(!phrase.contains(['\'', '"', '`']) && !phrase.contains(".."), "{tag}: {key}: {phrase}");
            if tag == "fr" {
                // A no-break space precedes these marks.
                for (before, mark) in phrase.chars().zip(phrase.chars().skip(1)) {
                    let is_separated = matches!(before, '\u{a0}' | '\u{202f}');
                    assert!(is_separated || !":;!?»".contains(mark), "{tag}: {key}: {phrase}");
                }
            }
            if let "failed" | "recording_failed" | "unreadable" = key {
                let end = entry(SENTENCE_ENDS, &tag).unwrap_or(".");
                assert!(
                    phrase.ends_with(end) && (!end.is_empty() || !phrase.ends_with('.')),
                    "{tag}: {phrase}"
                );
            }
        }
    }
}

#[test]
fn letters_match_the_direction_of_the_language() {
    for (tag, file) in files() {
        let right_to_left = Language::parse(&tag).unwrap().is_right_to_left();
        for (key, _, phrase) in phrases(&tag, &file) {
            // Hebrew and Arabic letters; the names of placeholders are Latin.
            let hebrew_or_arabic = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}');
            let without_places = phrase.split(['{', '}']).step_by(2).collect::<String>();
            let mut letters = without_places.chars().filter(|letter| letter.is_alphabetic());
            assert!(
                letters.all(|letter| hebrew_or_arabic(letter) == right_to_left),
                "{tag}: {key}: {phrase}"
            );
        }
    }
}

#[test]
fn every_file_is_parsed_into_interface_strings() {
    for (tag, file) in files() {
        let play = phrases(&tag, &file).into_iter().find(|(key, ..)| *key == "play").unwrap().2.to_owned();
        let words = Words::from_json(&Json::Object(file));
        assert_eq!(words.get(Word::Play), play, "{tag}");
        assert_ne!(words.get(Word::Play), Words::default().get(Word::Play), "{tag}");
    }
}

#[test]
fn language_tags_are_mapped_to_the_closest_file() {
    for (asked, file) in served() {
        assert_eq!(Words::file_for(&asked), file.as_deref(), "{asked}");
    }
}

#[test]
fn missing_or_invalid_phrases_fall_back_to_english() {
    let words = words(json!({
        "play": "Los!", "pause": 1, "sources": {}, "seconds": { "several": "{n} Sekunden" }, "unheard_of": null,
    }));
    let english = Locale::of("en");
    assert_eq!(words.get(Word::Play), "Los!");
    assert_eq!(words.get(Word::Pause), "Pause");
    assert_eq!(words.get(Word::Close), "Close");
    assert_eq!(words.count(Word::Sources, 2, &english), "Synthesized from 2 sources");
    assert_eq!(words.count(Word::Seconds, 1, &english), "1 second");
    assert_eq!(Words::from_json(&Json::Bool(true)), Words::default());
}

#[test]
fn a_site_overrides_phrases_of_the_language() {
    let german = words(json!({
        "play": "Abspielen", "pause": "Pause", "close": "Schließen",
        "sources": { "one": "Aus einer Quelle", "other": "Aus {n} Quellen" },
    }));
    let own =
        json!({ "play": "Vorlesen", "pause": false, "sources": "Quellen: {n}", "title": "Überschrift" });
    let words = german.clone().with(&serde_json::from_value(own).unwrap());
    let locale = Locale::of("de");
    assert_eq!(words.get(Word::Play), "Vorlesen");
    assert_eq!(words.get(Word::Pause), "Pause", "a value that is not text overrides nothing");
    assert_eq!(words.get(Word::Close), "Schließen");
    assert_eq!(words.get(Word::Title), "Überschrift", "also if the language has no translation");
    assert_eq!(words.get(Word::Table), "Table");
    // For some phrases, one form suffices for all numbers.
    assert_eq!(words.count(Word::Sources, 1, &locale), "Quellen: 1");
    assert_eq!(words.count(Word::Sources, 3, &locale), "Quellen: 3");
    assert_eq!(german.clone().with(&Json::Null), german);
}

#[test]
fn a_site_overrides_english_phrases() {
    let own = json!({ "sources": { "one": "Drawn from {n} report", "other": "Drawn from {n} reports" } });
    let words = Words::default().with(&serde_json::from_value(own).unwrap());
    let locale = Locale::of("en");
    assert_eq!(words.count(Word::Sources, 1, &locale), "Drawn from 1 report");
    assert_eq!(words.count(Word::Sources, 4, &locale), "Drawn from 4 reports");
    assert_eq!(words.get(Word::Close), "Close");
}

#[test]
fn english_phrases_are_counted_and_filled_in() {
    let (words, locale) = (Words::default(), Locale::of("en"));
    assert_eq!(words.count(Word::Seconds, 1, &locale), "1 second");
    assert_eq!(words.count(Word::Seconds, 0, &locale), "0 seconds");
    assert_eq!(words.count(Word::Cited, 1, &locale), "Cited once:");
    assert_eq!(words.fill(Word::Position, &[("n", "2"), ("total", "5")]), "2 of 5");
    assert_eq!(
        words.fill(Word::Position, &[("n", "{total}"), ("total", "5")]),
        "{total} of 5",
        "filled-in text is not filled again"
    );
    // A filled-in text is never treated as a placeholder.
    assert_eq!(words.fill(Word::By, &[("authors", "{date}")]), "By {date}");
}
