//! The loader's script and the native command choose the same words for a language.

use news_briefing::view::Words;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/src/embed/reading/language.js")]
extern "C" {
    #[wasm_bindgen(js_name = wordsFile)]
    fn words_file(tag: &str) -> Option<String>;
}

const TAGS: &str = "en en-GB EN zh ZH zh-CN zh-SG zh-TW zh-tw zh-HK zh_MO zh-Hant zh-hant-HK zh-Hans-TW yue pt-BR \
    pt-PT fr-CA de_DE iw he-IL in in-ID id xx english - _";

#[wasm_bindgen_test]
fn script_and_command_choose_the_same_words() {
    for tag in Words::LANGUAGES.split(' ').chain(TAGS.split(' ')).chain([""]) {
        assert_eq!(words_file(tag).as_deref(), Words::file_for(tag), "{tag:?}");
    }
}
