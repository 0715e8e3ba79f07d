//! What stands in a shadow root before anything is drawn.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen(module = "/src/embed/furnish.js")]
extern "C" {
    /// Gives a shadow root the stylesheet of briefings, one for all of a document, in the place of
    /// others.
    pub(super) fn style(root: &ShadowRoot, styles: &str);

    /// Makes the element that all is drawn in. A briefing that was rendered ahead stays before it, in
    /// its own styles; otherwise nothing stays, and the styles are these.
    pub(super) fn host(root: &ShadowRoot, styles: &str) -> Element;
}
