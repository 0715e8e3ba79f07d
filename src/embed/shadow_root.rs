//! What stands in a shadow root before anything is drawn.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen(module = "/src/embed/shadow_root.js")]
extern "C" {
    /// Gives a shadow root the stylesheet of briefings, one for all of a document, in the place of
    /// others.
    pub(super) fn style(root: &ShadowRoot, styles: &str);

    /// Has a briefing follow the ground of the page, through a stylesheet beside the others of its shadow
    /// root, until it is off the page. To be called anew wherever it is put. It throws where a page has
    /// changed what it looks at; the briefing then has the colours that the stylesheet gives it.
    #[wasm_bindgen(js_name = followGround, catch)]
    pub(super) fn follow_ground(root: &ShadowRoot) -> Result<(), JsValue>;

    /// The briefing that was rendered ahead of the page, if there is one.
    pub(super) fn ahead(root: &ShadowRoot) -> Option<Element>;

    /// Makes the element that all is drawn in. A briefing that was rendered ahead stays before it, in
    /// its own styles; otherwise nothing stays, and the styles are these.
    pub(super) fn host(root: &ShadowRoot, styles: &str) -> Element;
}
