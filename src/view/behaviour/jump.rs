//! Links to a place in the same briefing: a URL fragment does not reach into a shadow root.

use constcat::concat;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions};

use super::{OPEN_POPOVER, dom};
use crate::view::names::data;

/// Navigates to an element of the briefing, as a link in a document of its own would: opens the folds
/// around the element, scrolls to it, and moves the focus. The address bar belongs to the host page,
/// which may react to its changes; it is left alone.
pub(crate) fn jump(root: &Element, id: &str) {
    let Some(destination) = dom::by_id(root, id) else { return };
    for open in dom::all(root, OPEN_POPOVER) {
        dom::hide_popover(open.unchecked_ref());
    }
    // Nothing can be scrolled to or focused while it is unfolding, so folds open at once.
    dom::set(root, data::JUMPING, "");
    unfold(&destination);
    for before in dom::all(root, concat!("[", data::ARRIVED, "]")) {
        dom::unset(&before, data::ARRIVED);
    }
    dom::set(&destination, data::ARRIVED, "");
    let options = ScrollIntoViewOptions::new();
    options.set_block(dom::place_on_screen(&destination));
    destination.scroll_into_view_with_scroll_into_view_options(&options);
    dom::focus_any(&destination);
    dom::unset(root, data::JUMPING);
}

/// Scrolls an element into view, and opens every fold around it.
pub(super) fn reveal(root: &Element, element: &Element) {
    dom::set(root, data::JUMPING, "");
    unfold(element);
    element.scroll_into_view();
    dom::unset(root, data::JUMPING);
}

/// Opens every fold around an element, and the fold inside it if it is a folded section.
fn unfold(element: &Element) {
    if element.matches("section").unwrap_or(false)
        && let Some(details) = dom::first(element, "details")
    {
        dom::set_open(&details, true);
    }
    let mut around = element.parent_element();
    while let Some(details) = around.and_then(|parent| parent.closest("details").ok().flatten()) {
        dom::set_open(&details, true);
        around = details.parent_element();
    }
}
