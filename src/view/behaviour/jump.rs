//! Links to a place in the same briefing: a fragment of the address does not reach into a shadow root.

use crate::view::names::data;
use constcat::concat;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions};

use super::{OPEN_POPOVER, dom};

/// Leads the reader to an element of the briefing: opens what is folded around it, scrolls there,
/// and moves the focus, as a link in a page of its own would. The address bar is left alone: it is
/// the page's, and so is what it does when it changes.
pub(crate) fn jump(root: &Element, id: &str) {
    let Some(destination) = dom::by_id(root, id) else { return };
    for open in dom::all(root, OPEN_POPOVER) {
        dom::hide_popover(open.unchecked_ref());
    }
    // What is just unfolding can neither be scrolled to nor take the focus: it opens at once.
    dom::set(root, data::JUMPING, "");
    unfold(&destination);
    for before in dom::all(root, concat!("[", data::ARRIVED, "]")) {
        dom::unset(&before, data::ARRIVED);
    }
    dom::set(&destination, data::ARRIVED, "");
    let options = ScrollIntoViewOptions::new();
    options.set_block(dom::place_on_screen(&destination));
    destination.scroll_into_view_with_scroll_into_view_options(&options);
    if destination.tab_index() < 0 {
        dom::set(&destination, "tabindex", "-1");
    }
    dom::focus(&destination);
    dom::unset(root, data::JUMPING);
}

/// Brings an element into view, out of every fold it is in.
pub(super) fn reveal(root: &Element, element: &Element) {
    dom::set(root, data::JUMPING, "");
    unfold(element);
    element.scroll_into_view();
    dom::unset(root, data::JUMPING);
}

/// Opens every fold an element is in, and the one it holds if it is a folded section.
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
