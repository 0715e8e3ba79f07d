//! Locates the words of a recording, or of a voice, in the text of their passage.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::script::function_of;

/// Aligns words that start at 0, 1, 2 … seconds with a passage of this markup. Returns those seconds, each
/// with the text of its range.
fn found_words(passage: &str, words: &[&str]) -> Vec<(f64, String)> {
    let timed = words.iter().zip(0..).map(|(text, start)| Array::of2(&start.into(), &(*text).into()));
    find(passage, &timed.collect::<Array>().into())
}

#[expect(clippy::disallowed_methods, reason = "the markup is the tests' own")]
fn find(passage: &str, words: &JsValue) -> Vec<(f64, String)> {
    let document = web_sys::window().unwrap().document().unwrap();
    let element = document.create_element("p").unwrap();
    element.set_inner_html(passage);
    let pair = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        let to_string: Function = Reflect::get(&pair.get(1), &"toString".into()).unwrap().unchecked_into();
        let text = to_string.call0(&pair.get(1)).unwrap().as_string().unwrap();
        (pair.get(0).as_f64().unwrap(), text)
    };
    let find_words = function_of(include_str!("../../src/embed/highlight/find_words.js"), "findWords");
    let found: Array = find_words.call2(&JsValue::NULL, words, &element).unwrap().unchecked_into();
    found.iter().map(pair).collect()
}

fn at(words: &[(f64, &str)]) -> Vec<(f64, String)> {
    words.iter().map(|(start, text)| (*start, (*text).to_owned())).collect()
}

#[wasm_bindgen_test]
fn words_are_located_in_the_text() {
    assert_eq!(
        found_words("Talks resume on “Monday”.", &["Talks", "resume", "on", "monday."]),
        at(&[(0.0, "Talks"), (1.0, "resume"), (2.0, "on"), (3.0, "Monday")])
    );
    assert_eq!(
        found_words(
            "the cat and the dog and the end",
            &["the", "cat", "and", "the", "dog", "and", "the", "end"]
        ),
        at(&[
            (0.0, "the"),
            (1.0, "cat"),
            (2.0, "and"),
            (3.0, "the"),
            (4.0, "dog"),
            (5.0, "and"),
            (6.0, "the"),
            (7.0, "end")
        ])
    );
    assert_eq!(found_words("L’Équipe won", &["L'ÉQUIPE", "won"]), at(&[(0.0, "L’Équipe"), (1.0, "won")]));
}

#[wasm_bindgen_test]
fn words_are_located_without_spaces() {
    assert_eq!(
        found_words(
            "据路透社报道，A state-of-the-art deal",
            &["据", "路透社", "报道", "A", "state-of-the-art", "deal"]
        ),
        at(&[
            (0.0, "据"),
            (1.0, "路透社"),
            (2.0, "报道"),
            (3.0, "A"),
            (4.0, "state-of-the-art"),
            (5.0, "deal")
        ])
    );
    // In UTF-16 code units, as JavaScript counts, each of these characters has two.
    assert_eq!(found_words("😀 𠮷 end", &["𠮷", "end"]), at(&[(0.0, "𠮷"), (1.0, "end")]));
}

#[wasm_bindgen_test]
fn a_word_may_contain_markup_and_citations_are_skipped() {
    assert_eq!(
        found_words(
            "<b>Ta</b>lks <i>resume</i><a class=citation>12</a> on Monday",
            &["Talks", "resume", "on"]
        ),
        at(&[(0.0, "Talks"), (1.0, "resume"), (2.0, "on")])
    );
}

#[wasm_bindgen_test]
fn combining_marks_belong_to_their_word() {
    assert_eq!(found_words("कि क", &["क"]), at(&[(0.0, "क")]));
}

#[wasm_bindgen_test]
fn words_missing_from_the_text_are_skipped() {
    assert_eq!(
        found_words("Talks resume", &["Music", "Talks", "will", "resume"]),
        at(&[(1.0, "Talks"), (3.0, "resume")])
    );
    assert_eq!(found_words("", &["a"]), []);
    assert_eq!(found_words("a", &[]), []);
}

#[wasm_bindgen_test]
fn invalid_words_are_ignored() {
    for words in ["null", "5", "[null, 3, [], [\"x\", \"a\"], [1], [2, {}], [null, \"a\"]]"] {
        assert_eq!(find("a b", &js_sys::JSON::parse(words).unwrap()), [], "{words}");
    }
}
