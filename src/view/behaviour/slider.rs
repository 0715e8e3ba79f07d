//! The progress bar under a pointer and under the keys.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

use super::{Scene, dom};
use crate::timeline::format_clock;

/// How far an arrow key goes, in seconds.
const STEP: f64 = 5.0;

const SLIDER: &str = "[role=slider]";

pub(super) fn press(scene: &Rc<Scene>, event: &Event) {
    let Some((event, slider)) = on_slider(event).filter(|(event, _)| event.button() == 0) else { return };
    scene.dragging.set(true);
    // Without capture a drag ends at the edge of the bar, no worse.
    let _ = slider.set_pointer_capture(event.pointer_id());
    dom::focus(&slider);
    event.prevent_default();
    drag(scene, event, &slider);
}

pub(super) fn moved(scene: &Rc<Scene>, event: &Event) {
    let Some((event, slider)) = on_slider(event) else { return };
    if scene.dragging.get() {
        drag(scene, event, &slider);
    } else if let Some(fraction) = fraction(event, &slider) {
        preview(scene, Some(fraction));
    }
}

pub(super) fn let_go(scene: &Rc<Scene>, event: &Event) {
    scene.dragging.set(false);
    // A finger leaves with its last touch; a mouse is still there.
    if on_slider(event).is_none_or(|(event, _)| event.pointer_type() != "mouse") {
        preview(scene, None);
    }
}

pub(super) fn leave(scene: &Rc<Scene>, event: &Event) {
    let Some(left) = dom::target::<Element>(event).filter(|left| left.matches(SLIDER).unwrap_or(false))
    else {
        return;
    };
    // In WebKit a mouse leaves, too, that lets go and is still there.
    let event: &PointerEvent = event.unchecked_ref();
    let bar = left.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let is_over =
        (0.0..bar.width()).contains(&(x - bar.left())) && (0.0..bar.height()).contains(&(y - bar.top()));
    if !is_over && !scene.dragging.get() {
        preview(scene, None);
    }
}

pub(super) fn focus(scene: &Rc<Scene>, event: &Event) {
    if dom::closest(event, SLIDER).is_some() {
        scene.session.focus_slider(event.type_() == "focusin");
    }
}

/// Goes where a key asks to.
pub(super) fn key(scene: &Rc<Scene>, event: &Event) {
    let Some(slider) = dom::closest(event, SLIDER) else { return };
    let event: &KeyboardEvent = event.unchecked_ref();
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let session = &scene.session;
    let now = session.current_time();
    match (&*dom::said(event, "key"), dom::is_right_to_left(&slider)) {
        ("ArrowRight", false) | ("ArrowLeft", true) | ("ArrowUp", _) => session.seek(now + STEP),
        ("ArrowLeft", false) | ("ArrowRight", true) | ("ArrowDown", _) => session.seek(now - STEP),
        ("PageUp", _) => session.next_passage(),
        ("PageDown", _) => session.previous_passage(),
        ("Home", _) => session.seek(0.0),
        ("End", _) => session.seek(session.duration()),
        _ => return,
    }
    event.prevent_default();
}

/// Puts the marks where they belong, which only script may do under a strict policy.
pub(super) fn place_marks(root: &Element) {
    for mark in dom::all(root, ".marks > i") {
        if let Some(at) = mark.get_attribute("data-at") {
            dom::set_property(mark.unchecked_ref(), "--at", &at);
        }
    }
}

/// The progress bar that a pointer is on or has captured.
fn on_slider(event: &Event) -> Option<(&PointerEvent, HtmlElement)> {
    Some((event.unchecked_ref(), dom::closest(event, SLIDER)?))
}

fn drag(scene: &Rc<Scene>, event: &PointerEvent, slider: &HtmlElement) {
    if let Some(fraction) = fraction(event, slider) {
        preview(scene, Some(fraction));
        scene.session.seek(fraction * scene.session.duration());
    }
}

/// Where on the bar the pointer is, from 0 to 1 in the direction of reading.
fn fraction(event: &PointerEvent, slider: &HtmlElement) -> Option<f64> {
    let bar = slider.get_bounding_client_rect();
    let from_left = (f64::from(event.client_x()) - bar.left()) / bar.width();
    let fraction = if dom::is_right_to_left(slider) { 1.0 - from_left } else { from_left };
    fraction.is_finite().then_some(fraction.clamp(0.0, 1.0))
}

/// Shows the time and the first words at a place on the bar, or takes them away.
fn preview(scene: &Rc<Scene>, fraction: Option<f64>) {
    let Some(preview) = dom::first(&scene.root, ".preview") else { return };
    let Some(fraction) = fraction else {
        dom::set(&preview, "hidden", "");
        return;
    };
    let edition = scene.session.edition();
    let time = fraction * scene.session.duration();
    let segment = edition.timeline.last_started(time).and_then(|index| edition.timeline.segment(index));
    let words = segment.map(|segment| edition.first_words(segment.passage)).unwrap_or_default();
    for (part, text) in [("b", format_clock(time)), ("span", words)] {
        if let Some(element) = dom::first(&preview, part) {
            dom::set_words(&element, &text);
        }
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1")]
    let at = (fraction * 10_000.0) as u32;
    dom::set_property(&preview, "--at", &at.to_string());
    dom::unset(&preview, "hidden");
}
