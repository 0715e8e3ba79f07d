//! The first screenful of a long article, which is shown before the rest is read.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/embed/first_screen.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = firstScreen)]
    /// Returns the first screenful of a long article as an article of its own; `null` for any other article.
    pub(super) fn first_screen(article: &JsValue) -> Result<JsValue, JsValue>;
}
