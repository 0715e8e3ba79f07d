//! Adds behaviour to a briefing that is already on the page, by event delegation: one capturing
//! listener for each type of event, at the root of the briefing, however long the article. Nothing here
//! draws.

mod citations;
pub(crate) mod current_passage;
mod folds;
mod follow;
pub(crate) mod jump;
mod placement;
pub(crate) mod timestamps;

use std::cell::RefCell;
use std::rc::Rc;

use constcat::concat;
use gloo_events::EventListener;
use web_sys::{Element, Event, EventTarget};

use crate::view::controller::Controller;
use crate::view::dom;
use crate::view::names::class;

/// The event handling of one briefing. It ends when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Behaviour {
    context: Rc<Context>,
    _listeners: Rc<[EventListener]>,
}

/// The context that all event handlers share.
struct Context {
    root: Element,
    controller: Controller,
    citations: citations::State,
    /// While the current passage is kept in view, the listeners that notice when the reader scrolls.
    following: RefCell<Vec<EventListener>>,
}

/// Selects the open popovers of sources. The player may be an open popover too, but shows no source.
const OPEN_POPOVER: &str = concat!(".", class::POPOVER, ":popover-open");

type Handler = fn(&Rc<Context>, &Event);

/// The event types, each with its handler.
const LISTENERS: [(&str, Handler); 7] = [
    ("click", click),
    ("beforetoggle", citations::before_toggle),
    ("toggle", toggle),
    ("pointerover", citations::pointer_over),
    ("pointerout", citations::pointer_out),
    ("pointerdown", citations::pointer_down),
    ("pointermove", citations::pointer_moved),
];

impl Behaviour {
    /// Attaches the listeners to the root of a briefing (*event delegation*). `resumes` says that the
    /// briefing was on the page before, so that the reader may have opened popovers and folds in it.
    pub(crate) fn attach(controller: &Controller, root: &Element, resumes: bool) -> Self {
        let context = Rc::new(Context {
            root: root.clone(),
            controller: controller.clone(),
            citations: citations::State::default(),
            following: RefCell::default(),
        });
        let listen = |target: &EventTarget, name, handle: Handler| {
            let context = Rc::clone(&context);
            dom::listen(target, name, move |event| handle(&context, event))
        };
        let at_root = LISTENERS.into_iter().map(|(name, handle)| listen(root, name, handle));
        let at_window = web_sys::window().map(|window| listen(&window, "blur", citations::blurred));
        let listeners = at_root.chain(at_window).collect();
        if resumes {
            citations::resume(&context);
            folds::label_button(&context);
        }
        Self { context, _listeners: listeners }
    }

    /// Sets whether the current passage is kept in view until the reader scrolls.
    pub(crate) fn follow(&self, is_following: bool) {
        follow::set(&self.context, is_following);
    }

    /// Opens the popover of a reference at the first place that cites it; scrolls to the list of
    /// references if nothing cites it.
    pub(crate) fn open_reference(&self, index: usize) {
        citations::open_reference(&self.context, index);
    }
}

fn click(context: &Rc<Context>, event: &Event) {
    let done =
        citations::click(context, event) || timestamps::click(context, event) || folds::click(context, event);
    if !done && let Some(link) = dom::closest(event, "a[href^=\"#\"]") {
        event.prevent_default();
        citations::follow(context, &link);
    }
}

fn toggle(context: &Rc<Context>, event: &Event) {
    citations::toggled(context, event);
    folds::toggled(context, event);
}
