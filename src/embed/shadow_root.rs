//! The contents and stylesheets of a shadow root before anything is drawn.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen(module = "/src/embed/shadow_root.js")]
extern "C" {
    /// Adopts the stylesheet of briefings, which all briefings in a document share, in the place of other
    /// stylesheets.
    pub(super) fn style(root: &ShadowRoot, styles: &str);

    /// Makes a briefing adapt its colours to the background of the host page, through an additional adopted
    /// stylesheet, until the briefing is disconnected. Call this again wherever the briefing is inserted.
    ///
    /// # Errors
    ///
    /// Throws if the host page has replaced an API that this reads; the briefing then keeps the colours of its
    /// stylesheet.
    #[wasm_bindgen(js_name = followBackground, catch)]
    pub(super) fn follow_background(root: &ShadowRoot) -> Result<(), JsValue>;

    /// Returns the prerendered briefing, if there is one.
    pub(super) fn prerendered(root: &ShadowRoot) -> Option<Element>;

    /// Creates the element that everything is rendered into. A prerendered briefing stays before this
    /// element, with its own styles; otherwise the shadow root is emptied and gets `styles`.
    pub(super) fn host(root: &ShadowRoot, styles: &str) -> Element;
}
