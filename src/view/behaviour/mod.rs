//! What script adds to a briefing that is already on the page. Everything is heard at the root of
//! the briefing, on its way down: one listener for each kind of event, however long the article.

mod citations;
mod controls;
mod folds;
mod follow;
mod jump;
mod placement;
mod slider;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{Element, Event};

use super::dom;
use super::session::Session;

pub(crate) use citations::open_reference;

/// The behaviour of one briefing. It ends when dropped.
pub(crate) struct Behaviour {
    _listeners: Vec<EventListener>,
}

/// What every kind of behaviour acts on.
struct Scene {
    root: Element,
    session: Session,
    citations: RefCell<citations::State>,
    dragging: Cell<bool>,
    /// While the current passage is kept in view, what notices that the reader scrolls.
    following: RefCell<Vec<EventListener>>,
}

type Act = fn(&Rc<Scene>, &Event);

/// What is heard, and who acts on it.
const HEARD: [(&str, Act); 14] = [
    ("click", click),
    ("change", controls::change),
    ("beforetoggle", citations::before_toggle),
    ("toggle", toggle),
    ("pointerover", citations::pointer_over),
    ("pointerout", citations::pointer_out),
    ("pointerdown", pointer_down),
    ("pointermove", pointer_moved),
    ("pointerup", slider::let_go),
    ("pointercancel", slider::let_go),
    ("pointerleave", slider::leave),
    ("keydown", slider::key),
    ("focusin", slider::focus),
    ("focusout", slider::focus),
];

impl Behaviour {
    /// Attaches it to the briefing that shows this session.
    pub(crate) fn attach(session: &Session) -> Option<Self> {
        let root = session.display().root()?;
        session.display().attach(&root);
        slider::place_marks(&root);
        session.show();
        let scene = Rc::new(Scene {
            root: root.clone(),
            session: session.clone(),
            citations: RefCell::default(),
            dragging: Cell::new(false),
            following: RefCell::default(),
        });
        let listeners = HEARD.map(|(name, act)| {
            let scene = Rc::clone(&scene);
            dom::listen(&root, name, move |event| act(&scene, event))
        });
        if session.display().is_adopted() {
            // What the reader did before anyone listened.
            citations::resume(&scene);
            folds::resume(&scene);
        }
        Some(Self { _listeners: listeners.into() })
    }
}

fn click(scene: &Rc<Scene>, event: &Event) {
    let done = citations::click(scene, event) || controls::click(scene, event) || folds::click(scene, event);
    if !done && let Some(link) = dom::closest(event, "a[href^=\"#\"]") {
        event.prevent_default();
        citations::follow(scene, &link);
    }
}

fn pointer_down(scene: &Rc<Scene>, event: &Event) {
    citations::pointer_down(scene, event);
    slider::press(scene, event);
}

fn pointer_moved(scene: &Rc<Scene>, event: &Event) {
    citations::pointer_moved(scene, event);
    slider::moved(scene, event);
}

fn toggle(scene: &Rc<Scene>, event: &Event) {
    citations::toggled(scene, event);
    folds::toggled(scene, event);
}
