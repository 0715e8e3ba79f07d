//! Pointer and keyboard input of the progress bar (the *slider* pattern of ARIA).

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::drag::{Drag, Effect, Input, PlayerSnapshot};
use super::progress::whole;
use crate::view::controller::Controller;
use crate::view::dom;

/// How far an arrow key seeks, in seconds.
const STEP: f64 = 5.0;

/// The events that the bar listens to.
const EVENTS: [&str; 9] = [
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "lostpointercapture",
    "pointerleave",
    "keydown",
    "focusin",
    "focusout",
];

/// Handles input on the bar.
pub(super) struct Slider {
    pub(super) controller: Controller,
    /// The element of the bar.
    pub(super) node: NodeRef,
    /// Notifies the component.
    pub(super) on_change: Callback<Change>,
    pub(super) drag: Cell<Drag>,
}

/// A change that the component shows.
pub(super) enum Change {
    /// A preview is shown at this place on the bar, in ten-thousandths, or hidden.
    Preview(Option<u32>),
    /// The bar has received or lost the focus.
    Focus(bool),
}

impl Slider {
    /// Listens on the bar until the returned listeners are dropped.
    pub(super) fn listen(self) -> Vec<EventListener> {
        let Some(bar) = self.node.get() else { return Vec::new() };
        let slider = Rc::new(self);
        let listen = |name| {
            let slider = Rc::clone(&slider);
            dom::listen(&bar, name, move |event| slider.handle(event))
        };
        EVENTS.into_iter().map(listen).collect()
    }

    fn handle(&self, event: &Event) {
        let Some(bar) = self.node.get() else { return };
        let bar: &HtmlElement = bar.unchecked_ref();
        let pointer: &PointerEvent = event.unchecked_ref();
        let input = match &*event.type_() {
            "pointermove" => Input::Move { is_down: pointer.buttons() != 0 },
            "pointerup" => Input::Up { is_over: is_over(pointer, bar) },
            "pointercancel" => Input::Cancel,
            "lostpointercapture" => Input::Lost,
            "pointerdown" => return self.press(pointer, bar),
            "pointerleave" => return self.leave(pointer, bar),
            "keydown" => return self.key(event.unchecked_ref(), bar),
            "focusin" => return self.focus(true),
            _ => return self.focus(false),
        };
        self.point(pointer, bar, input);
    }

    fn press(&self, event: &PointerEvent, bar: &HtmlElement) {
        if event.button() != 0 {
            return;
        }
        let controller = &self.controller;
        let now = PlayerSnapshot { time: controller.current_time(), is_playing: !controller.paused() };
        let is_mouse = event.pointer_type() == "mouse";
        if self.point(event, bar, Input::Down { is_mouse, now }) != Effect::Nothing {
            // Without pointer capture, a drag merely ends at the edge of the bar.
            let _ = bar.set_pointer_capture(event.pointer_id());
        }
        event.prevent_default();
    }

    /// Previews the place under the pointer, and seeks there if the gesture asks for it.
    fn point(&self, event: &PointerEvent, bar: &HtmlElement, input: Input) -> Effect {
        let mut drag = self.drag.get();
        let effect = drag.step(event.pointer_id(), (event.client_x(), event.client_y()), input);
        self.drag.set(drag);
        let fraction = fraction(event, bar);
        match effect {
            Effect::Nothing => return effect,
            Effect::Seek | Effect::SeekAndEnd => {
                dom::focus(bar);
                self.controller.seek(fraction * self.controller.duration());
            }
            Effect::Restore(PlayerSnapshot { time, is_playing }) => {
                self.controller.seek(time);
                if is_playing && self.controller.paused() {
                    self.controller.play();
                }
            }
            Effect::Preview | Effect::End => {}
        }
        // A finger is gone after its last touch; a mouse is still there.
        let is_there = matches!(effect, Effect::Preview | Effect::Seek) || event.pointer_type() == "mouse";
        self.preview(is_there.then(|| whole(fraction * 10_000.0)));
        effect
    }

    fn leave(&self, event: &PointerEvent, bar: &HtmlElement) {
        // WebKit also reports that a mouse leaves when its button is released, though it is still
        // there.
        if !is_over(event, bar) && !self.drag.get().is_active() {
            self.preview(None);
        }
    }

    fn focus(&self, is_focused: bool) {
        self.on_change.emit(Change::Focus(is_focused));
    }

    fn preview(&self, at: Option<u32>) {
        self.on_change.emit(Change::Preview(at));
    }

    /// Handles a key that was pressed on the bar, or that `keys.js` forwards.
    fn key(&self, event: &KeyboardEvent, bar: &HtmlElement) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let controller = &self.controller;
        let now = controller.current_time();
        match (&*dom::string_property(event, "key"), dom::is_right_to_left(bar)) {
            ("ArrowRight", false) | ("ArrowLeft", true) if event.shift_key() => controller.next_passage(),
            ("ArrowLeft", false) | ("ArrowRight", true) if event.shift_key() => controller.previous_passage(),
            ("ArrowRight", false) | ("ArrowLeft", true) | ("ArrowUp", _) => controller.seek(now + STEP),
            ("ArrowLeft", false) | ("ArrowRight", true) | ("ArrowDown", _) => controller.seek(now - STEP),
            ("PageUp", _) => controller.next_passage(),
            ("PageDown", _) => controller.previous_passage(),
            ("Home", _) => controller.seek(0.0),
            ("End", _) => controller.seek(controller.duration()),
            // Held down, it toggles only once.
            (" ", _) if event.repeat() => {}
            (" ", _) => controller.toggle(),
            _ => return,
        }
        event.prevent_default();
    }
}

/// Returns whether the pointer is on the bar.
fn is_over(event: &PointerEvent, bar: &HtmlElement) -> bool {
    let bar = bar.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    (0.0..bar.width()).contains(&(x - bar.left())) && (0.0..bar.height()).contains(&(y - bar.top()))
}

/// Returns the pointer's place on the bar, from 0 to 1 in reading direction.
fn fraction(event: &PointerEvent, bar: &HtmlElement) -> f64 {
    let rect = bar.get_bounding_client_rect();
    let from_left = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let fraction = if dom::is_right_to_left(bar) { 1.0 - from_left } else { from_left };
    if fraction.is_finite() { fraction.clamp(0.0, 1.0) } else { 0.0 }
}
