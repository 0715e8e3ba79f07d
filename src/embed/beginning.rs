//! The beginning of a long article, which is seen before the rest is read.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/embed/beginning.js")]
extern "C" {
    /// The beginning of an article that is long, as an article of its own; nothing of any other.
    #[wasm_bindgen(catch)]
    pub(super) fn beginning(article: &JsValue) -> Result<JsValue, JsValue>;

    /// Resolves when the next picture is on the screen.
    #[wasm_bindgen(catch)]
    pub(super) fn painted() -> Result<Promise, JsValue>;
}
