//! The stylesheet of prerendered briefings. Only the style sources of the view are included, so that Yew need
//! not be built for it.

#![allow(dead_code, unreachable_pub, reason = "of the sources of the view, one function is used")]

#[path = "../../../src/view/style/mod.rs"]
mod style;

/// Returns the stylesheet that pages link.
pub(super) fn stylesheet() -> String {
    style::prerendered_styles()
}
