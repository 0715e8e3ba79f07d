//! Keeps the current passage in view until the reader scrolls, which always takes precedence.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::{Context, dom};

/// Whether an event means that the reader scrolls.
type IsScrolling = fn(&Event) -> bool;

const SCROLLING: [(&str, IsScrolling); 3] =
    [("wheel", |_| true), ("touchmove", is_elsewhere), ("keydown", is_scrolling_key)];

/// Starts or stops following.
pub(super) fn set(context: &Rc<Context>, following: bool) {
    context.controller.follow(following);
    context.following.take();
    let Some(window) = web_sys::window().filter(|_| following) else { return };
    let listeners = SCROLLING.map(|(name, is_scrolling)| {
        let context = Rc::downgrade(context);
        dom::listen(&window, name, move |event| {
            if let Some(context) = context.upgrade().filter(|_| is_scrolling(event)) {
                set(&context, false);
            }
        })
    });
    context.following.replace(listeners.into());
}

/// Returns whether the event happened outside the controls that use the same keys and gestures.
fn is_elsewhere(event: &Event) -> bool {
    // `closest` fails where the innermost target is no element, but the window.
    innermost(event).closest("[role=slider], select").is_ok_and(|control| control.is_none())
}

fn is_scrolling_key(event: &Event) -> bool {
    match &*dom::string_property(event, "key") {
        "PageUp" | "PageDown" | "Home" | "End" | "ArrowUp" | "ArrowDown" => is_elsewhere(event),
        // Inside a briefing the space bar plays, and on a control it presses.
        " " => innermost(event).matches("body").unwrap_or(false),
        _ => false,
    }
}

/// Returns the target of an event, across shadow roots.
fn innermost(event: &Event) -> Element {
    event.composed_path().get(0).unchecked_into()
}
