//! JSON of other systems is converted, or there is a reason why not; and no text of it is lost.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use news_briefing::article::{Json, read};
use news_briefing::cms::{Format, NativeParsers, Options, convert};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use serde_json::json;

use crate::strategies::{any_json, check, deep_json, to_text, wide_json};
use crate::written::{html, markdown};

/// The fixtures of all formats.
static FIXTURES: LazyLock<Vec<Json>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cms");
    let formats =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = formats.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    files.iter().filter_map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).ok()).collect()
});

/// Converts JSON as each format, and reads what becomes of it.
fn is_converted_or_refused(json: &Json) {
    let detected = [None].into_iter();
    for format in detected.chain(Format::ALL.iter().copied().map(Some)) {
        let options = Options { format, references_from_links: true, ..Options::default() };
        if let Ok(conversion) = convert(json, &options, &NativeParsers) {
            let _ = read(&conversion.content.into_canonical());
        }
    }
}

/// Calls `visit` with each value.
fn visit(json: &mut Json, visitor: &mut dyn FnMut(&mut Json)) {
    visitor(json);
    match json {
        Json::List(items) => items.iter_mut().for_each(|item| visit(item, visitor)),
        Json::Object(entries) => entries.iter_mut().for_each(|(_, value)| visit(value, visitor)),
        _ => {}
    }
}

/// Replaces one value of some JSON, and returns it.
fn replace(json: &mut Json, place: Index, new: Json) -> Json {
    let mut count = 0;
    visit(json, &mut |_| count += 1);
    let (chosen, mut number) = (place.index(count), 0);
    let mut changed = Some(new);
    let mut old = Json::Null;
    visit(json, &mut |value| {
        if number == chosen
            && let Some(new) = changed.take()
        {
            old = std::mem::replace(value, new);
        }
        number += 1;
    });
    old
}

#[test]
fn any_json_is_converted_or_refused() {
    check(100, prop_oneof![any_json(), deep_json()], |json| {
        is_converted_or_refused(&json);
        Ok(())
    });
    check(5, wide_json(), |json| {
        is_converted_or_refused(&json);
        Ok(())
    });
}

/// Values of the fixtures are replaced by those of others, by any JSON and by themselves inside of others.
#[test]
fn mixed_json_is_converted_or_refused() {
    let change = (any::<Index>(), any::<Index>(), any::<Index>(), prop::option::of(any_json()));
    check(400, (any::<Index>(), vec(change, 1..6)), |(start, changes)| {
        let mut json = start.get(&FIXTURES).clone();
        for (place, other, inner, instead) in changes {
            let new =
                instead.unwrap_or_else(|| replace(&mut other.get(&FIXTURES).clone(), inner, Json::Null));
            replace(&mut json, place, new);
        }
        is_converted_or_refused(&json);
        Ok(())
    });
}

/// Returns an error if a word of this number of words is neither in the article nor quoted by a problem.
fn keeps_words(json: &Json, text: &str, words: usize) -> TestCaseResult {
    let Ok(conversion) = convert(json, &Options::default(), &NativeParsers) else {
        prop_assert_eq!(words, 0, "it has no article: {}", text);
        return Ok(());
    };
    let problems: String = conversion.problems.iter().map(ToString::to_string).collect();
    let result = to_text(&conversion.content.into_canonical()) + &problems;
    for word in 1..=words {
        prop_assert!(result.contains(&format!("w{word}x")), "w{word}x is lost of {text}: {result}");
    }
    Ok(())
}

#[test]
fn no_text_of_html_is_lost() {
    check(2_000, html(), |(html, words)| {
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{ "title": "A title", "content_html": html }],
        });
        keeps_words(&serde_json::from_value(feed).unwrap(), &html, words)
    });
}

#[test]
fn no_text_of_markdown_is_lost() {
    check(2_000, markdown(), |(markdown, words)| {
        let content = ["Text.\n\n", &markdown].concat();
        let entry = json!({ "documentId": "a", "title": "A title", "content": content });
        keeps_words(&serde_json::from_value(json!({ "data": entry })).unwrap(), &markdown, words)
    });
}
