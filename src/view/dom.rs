//! Small, safe ways to touch the page.
//!
//! Nothing asks what class a thing of the page is of. A briefing may be moved into another document,
//! and what stands there is of other classes by the same names: `instanceof` would deny them.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, FocusOptions, HtmlElement, Node, ScrollLogicalPosition};

/// The element an event happened on, inside the shadow root that listens.
pub(crate) fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target().map(JsCast::unchecked_into)
}

/// The nearest element, from where the event happened upwards, that matches.
pub(crate) fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    let found = target::<Element>(event)?.closest(selector).ok()?;
    found.map(JsCast::unchecked_into)
}

/// What an event says of something, such as its `key`; nothing where it does not, as one that a script
/// has made may.
pub(crate) fn said(event: &Event, of: &str) -> String {
    js_sys::Reflect::get(event, &of.into()).ok().and_then(|said| said.as_string()).unwrap_or_default()
}

/// Every descendant that matches, in the order of the page.
pub(crate) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.get(index)).map(JsCast::unchecked_into).collect()
}

/// The first descendant that matches.
pub(crate) fn first(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()?.map(JsCast::unchecked_into)
}

/// The element of this id within `root`. Ids are made here, of letters, digits and hyphens.
pub(crate) fn by_id(root: &Element, id: &str) -> Option<HtmlElement> {
    first(root, &["[id=\"", id, "\"]"].concat())
}

/// Opens or folds a `details` element.
pub(crate) fn set_open(details: &Element, open: bool) {
    // Neither call can fail: the name of the attribute is a good one.
    let _ = details.toggle_attribute_with_force("open", open);
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    // The names used here are good ones, the only thing that could fail.
    let _ = element.set_attribute(name, value);
}

/// Takes an attribute away.
pub(crate) fn unset(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

/// Sets a custom property through the object model, which a strict policy allows, unlike `style`
/// attributes in markup.
pub(crate) fn set_property(element: &HtmlElement, name: &str, value: &str) {
    let _ = element.style().set_property(name, value);
}

/// Changes the words of an element that holds nothing but one text. The text node stays, so that
/// whoever made it still knows it, unless something else stands there: translators put each text into an
/// element of their own.
pub(crate) fn set_words(element: &Element, words: &str) {
    if element.text_content().as_deref() == Some(words) {
        return;
    }
    match element.first_child() {
        Some(text) if text.node_type() == Node::TEXT_NODE => text.set_node_value(Some(words)),
        _ => element.set_text_content(Some(words)),
    }
}

/// Focuses without moving the page.
pub(crate) fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// The element that has the focus, as seen from where `node` stands.
pub(crate) fn focused(node: &Node) -> Option<Element> {
    // A document has it, too.
    node.get_root_node().unchecked_into::<web_sys::ShadowRoot>().active_element()
}

/// Whether this browser window is not to be seen.
pub(crate) fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Whether the page has the focus, or a frame in it.
pub(crate) fn has_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// Whether the reader has asked for less motion.
pub(crate) fn prefers_less_motion() -> bool {
    let asked =
        web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    asked.is_some_and(|query| query.matches())
}

/// Milliseconds by a clock that never goes back.
pub(crate) fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// Hears an event on its way down, which also catches events that do not bubble. Ends when dropped.
#[must_use = "it ends when dropped"]
pub(crate) fn listen(
    target: &EventTarget,
    name: &'static str,
    heard: impl Fn(&Event) + 'static,
) -> EventListener {
    let options = EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: false };
    EventListener::new_with_options(target, name, options, move |event| heard(event))
}

#[wasm_bindgen]
extern "C" {
    /// The parts of an element that show and hide it as a popover.
    type Popover;

    #[wasm_bindgen(method, js_name = showPopover, catch)]
    fn show(this: &Popover, options: &js_sys::Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = hidePopover, catch)]
    fn hide(this: &Popover) -> Result<(), JsValue>;
}

/// Shows a popover as if `source` had opened it, which is where it is then anchored.
pub(crate) fn show_popover(popover: &HtmlElement, source: &HtmlElement) {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"source".into(), source);
    // It fails only when it is open already, or gone.
    let _ = popover.unchecked_ref::<Popover>().show(&options);
}

/// Hides a popover.
pub(crate) fn hide_popover(popover: &HtmlElement) {
    // It fails only when it is hidden already, or gone.
    let _ = popover.unchecked_ref::<Popover>().hide();
}

/// Whether a popover is open.
pub(crate) fn is_open(popover: &Element) -> bool {
    popover.matches(":popover-open").unwrap_or(false)
}

/// Whether the text around an element runs from right to left.
pub(crate) fn is_right_to_left(element: &Element) -> bool {
    element.matches(":dir(rtl)").unwrap_or(false)
}

/// How much of the screen something may take to be seen in its middle. What takes more is read from its
/// beginning.
const MOST: f64 = 0.6;

/// Where on the screen an element that one is led to is to be: in the middle, if it can be seen as a whole, beside what
/// is kept of the screen.
pub(crate) fn place_on_screen(element: &Element) -> ScrollLogicalPosition {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    if height.is_none_or(|height| element.get_bounding_client_rect().height() <= height * MOST) {
        ScrollLogicalPosition::Center
    } else {
        ScrollLogicalPosition::Start
    }
}
