//! What stands in a shadow root before anything is drawn.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen(module = "/src/embed/furnish.js")]
extern "C" {
    /// Gives a shadow root the stylesheet of briefings, one for all of a document.
    pub(super) fn style(root: &ShadowRoot, styles: &str);

    /// The same, and makes the element that all is drawn in; nothing else stays.
    pub(super) fn host(root: &ShadowRoot, styles: &str) -> Element;
}
