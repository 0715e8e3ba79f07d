//! The chunk of the engine that links mentions is loaded for every article that has one.

use js_sys::{JSON, JsString};
use news_briefing::article::{Json, read_markers};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::js;
use crate::strategies::to_text;

/// Returns all sentences, with the names of publishers and the language.
fn sentences() -> Vec<Json> {
    let files = [
        include_str!("../mentions.json"),
        include_str!("../mentions_second.json"),
        include_str!("../mentions_held_out.json"),
    ];
    files.iter().flat_map(|file| js::parse(file).as_list().to_vec()).collect()
}

/// As in `src/embed/normalize.rs`.
fn normalize(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFKC"))
}

fn object(members: &[(&str, Json)]) -> Json {
    Json::Object(members.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn article(publishers: &[Json], text: &str, lang: &Json, more: &[(&str, Json)]) -> Json {
    let text_of = |text: &str| Json::Text(text.to_owned());
    let reference = |publisher: &Json| object(&[("title", text_of("T")), ("publisher", publisher.clone())]);
    let members = [
        ("format", text_of("briefing")),
        ("version", text_of("1.0")),
        ("title", text_of("T")),
        ("lang", lang.clone()),
        ("body", Json::List(vec![text_of(text)])),
        ("references", Json::List(publishers.iter().map(reference).collect())),
    ];
    object(&[&members[..], more].concat())
}

/// Whether the script expects mentions in an article, and whether there are any.
fn expected_and_found(article: &Json) -> (bool, bool) {
    let mut result = read_markers(article);
    result.link_mentions(normalize);
    let has_mentions = result.article.is_some_and(|article| !article.citations().is_empty());
    (js::may_mention(&JSON::parse(&to_text(article)).unwrap()), has_mentions)
}

type Change = fn(&str) -> String;

#[wasm_bindgen_test]
fn no_mention_is_missed() {
    let other_forms: [(&str, Change); 6] = [
        ("unchanged", str::to_owned),
        ("decomposed", |text| String::from(JsString::from(text).normalize("NFD"))),
        ("with no-break spaces", |text| text.replace(' ', "\u{A0}")),
        ("with curly apostrophes", |text| text.replace('\'', "’")),
        ("with soft hyphens", |text| text.replace('e', "e\u{AD}")),
        ("in full width", |text| {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap();
            text.chars().map(|c| if c.is_ascii_alphanumeric() { wide(c) } else { c }).collect()
        }),
    ];
    let mut count = 0;
    for sentence in sentences() {
        let (publishers, text) =
            (sentence.get("publishers").as_list(), sentence.get("text").as_text().unwrap());
        for (form, change) in other_forms {
            let article = article(publishers, &change(text), sentence.get("lang"), &[]);
            let (expected, found) = expected_and_found(&article);
            assert!(expected || !found, "{form}: {text}");
            count += usize::from(found);
        }
    }
    assert!(count > 800, "{count} mentions");
}

#[wasm_bindgen_test]
fn articles_without_names_in_their_text_have_no_mentions() {
    let one = |text: &str, more: &[(&str, Json)]| {
        article(&[Json::Text("Reuters".to_owned())], text, &Json::Null, more)
    };
    assert_eq!(expected_and_found(&one("Nobody reported it.", &[])), (false, false));
    assert_eq!(expected_and_found(&one("Reuters reported it.", &[])), (true, true));
    let never = ("link_mentions", Json::Bool(false));
    assert_eq!(expected_and_found(&one("Reuters reported it.", &[never])), (false, false));
    let odd = ("references", Json::List(vec![Json::Null, Json::Number(1.0)]));
    assert_eq!(expected_and_found(&one("Reuters reported it.", &[odd])), (false, false));
    for value in [JsValue::NULL, JsValue::UNDEFINED, 1.into(), "text".into(), js::odd_article("undefined")] {
        assert!(!js::may_mention(&value));
    }
}
