//! The stylesheet of what is rendered ahead, from the sources of the view: those alone, so that Yew need
//! not be built for it.

#![allow(dead_code, unreachable_pub, reason = "of the sources of the view, one function is used")]

#[path = "../../../src/view/style/mod.rs"]
mod style;

/// The stylesheet as a page links it.
pub(super) fn stylesheet() -> String {
    style::styles_ahead()
}
