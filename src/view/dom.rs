//! Small, safe helpers for the DOM.
//!
//! Nothing checks the class of a DOM object. A briefing may be moved into another document, whose objects
//! belong to other classes of the same names, so that `instanceof` would fail.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, FocusOptions, HtmlElement, Node, ScrollLogicalPosition};

/// Returns the event's target, inside the shadow root whose listener runs.
pub(crate) fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target().map(JsCast::unchecked_into)
}

/// Returns the nearest element that matches, from the event's target upwards.
pub(crate) fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    let found = target::<Element>(event)?.closest(selector).ok()?;
    found.map(JsCast::unchecked_into)
}

/// Returns a string property of an event, such as its `key`. Empty if the property is missing, as it may be
/// in a synthetic event.
pub(crate) fn string_property(event: &Event, name: &str) -> String {
    js_sys::Reflect::get(event, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// Returns every descendant that matches, in document order.
pub(crate) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.get(index)).map(JsCast::unchecked_into).collect()
}

/// Returns the first descendant that matches.
pub(crate) fn first(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()?.map(JsCast::unchecked_into)
}

/// Returns the element with this id within `root`. The ids are generated here, from letters, digits and
/// hyphens.
pub(crate) fn by_id(root: &Element, id: &str) -> Option<HtmlElement> {
    first(root, &["[id=\"", id, "\"]"].concat())
}

/// Opens or folds a `details` element.
pub(crate) fn set_open(details: &Element, open: bool) {
    // This cannot fail: the attribute name is valid.
    let _ = details.toggle_attribute_with_force("open", open);
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    // Setting an attribute fails only for invalid names, and none are used here.
    let _ = element.set_attribute(name, value);
}

/// Removes an attribute.
pub(crate) fn unset(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

/// Sets a custom property through the CSSOM, which a strict content security policy allows, unlike `style`
/// attributes in markup.
pub(crate) fn set_property(element: &HtmlElement, name: &str, value: &str) {
    let _ = element.style().set_property(name, value);
}

/// Changes the text of an element that contains nothing but one text. The text node is kept, so that its
/// creator still refers to it, unless it has been replaced: translators wrap each text in an element of their
/// own.
pub(crate) fn set_text(element: &Element, words: &str) {
    if element.text_content().as_deref() == Some(words) {
        return;
    }
    match element.first_child() {
        Some(text) if text.node_type() == Node::TEXT_NODE => text.set_node_value(Some(words)),
        _ => element.set_text_content(Some(words)),
    }
}

/// Moves the focus without scrolling.
pub(crate) fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Focuses an element, and makes it focusable by script before, if it is not.
pub(crate) fn focus_any(element: &HtmlElement) {
    if element.tab_index() < 0 {
        set(element, "tabindex", "-1");
    }
    focus(element);
}

/// Returns the focused element, as seen from the tree that contains `node`.
pub(crate) fn focused(node: &Node) -> Option<Element> {
    // The root may also be a document, which has the same property.
    node.get_root_node().unchecked_into::<web_sys::ShadowRoot>().active_element()
}

/// Returns whether the page is hidden.
pub(crate) fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Returns whether the page, or a frame in it, has the focus.
pub(crate) fn has_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// Returns whether the reader prefers reduced motion.
pub(crate) fn prefers_less_motion() -> bool {
    let query =
        web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    query.is_some_and(|query| query.matches())
}

/// Returns the time in milliseconds, from a monotonic clock.
pub(crate) fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// Listens to an event in the capture phase, which includes events that do not bubble. Dropping the listener
/// removes it.
#[must_use = "it ends when dropped"]
pub(crate) fn listen(
    target: &EventTarget,
    name: &'static str,
    handle: impl Fn(&Event) + 'static,
) -> EventListener {
    let options = EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: false };
    EventListener::new_with_options(target, name, options, move |event| handle(event))
}

#[wasm_bindgen]
extern "C" {
    /// The popover methods of an element.
    type Popover;

    #[wasm_bindgen(method, js_name = showPopover, catch)]
    fn show(this: &Popover, options: &js_sys::Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = hidePopover, catch)]
    fn hide(this: &Popover) -> Result<(), JsValue>;
}

/// Shows a popover with `source` as its invoker, to which it is then anchored.
pub(crate) fn show_popover(popover: &HtmlElement, source: &HtmlElement) {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"source".into(), source);
    // This fails only if the popover is already open or has been removed.
    let _ = popover.unchecked_ref::<Popover>().show(&options);
}

/// Hides a popover.
pub(crate) fn hide_popover(popover: &HtmlElement) {
    // This fails only if the popover is already hidden or has been removed.
    let _ = popover.unchecked_ref::<Popover>().hide();
}

/// Returns whether a popover is open.
pub(crate) fn is_open(popover: &Element) -> bool {
    popover.matches(":popover-open").unwrap_or(false)
}

/// Returns whether the text around an element runs from right to left.
pub(crate) fn is_right_to_left(element: &Element) -> bool {
    element.matches(":dir(rtl)").unwrap_or(false)
}

/// The largest share of the screen's height at which an element is centred. A taller element is read from its
/// beginning.
const MAX_CENTRED_SHARE: f64 = 0.6;

/// Returns where on the screen to scroll an element: to the middle, if all of it is visible there next to
/// what is reserved at the edges of the screen.
pub(crate) fn place_on_screen(element: &Element) -> ScrollLogicalPosition {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    if height.is_none_or(|height| element.get_bounding_client_rect().height() <= height * MAX_CENTRED_SHARE) {
        ScrollLogicalPosition::Center
    } else {
        ScrollLogicalPosition::Start
    }
}
