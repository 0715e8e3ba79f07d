//! The first screenful of a long article, which is seen before the rest is read.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/embed/first_screen.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = firstScreen)]
    /// The first screenful of an article that is long, as an article of its own; nothing of any other.
    pub(super) fn first_screen(article: &JsValue) -> Result<JsValue, JsValue>;
}
