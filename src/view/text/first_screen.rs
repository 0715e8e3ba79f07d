use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{Element, HtmlElement};
use yew::Html;

use super::{article_markup, part_markup};
use crate::view::dom;
use crate::view::markup::Drawing;
use crate::view::view_model::ViewModel;

/// The first screenful of a long article, shown while the rest is being read and drawn. The last press in
/// it is kept until its target exists, and then replayed (*event replay*).
#[derive(Clone)]
pub(crate) struct FirstScreen(Rc<Inner>);

struct Inner {
    frame: Element,
    pressed: Rc<RefCell<Option<HtmlElement>>>,
    _listener: EventListener,
}

/// The links and buttons of a first screen whose targets may not exist yet.
const PENDING_TARGETS: &str = "a[href^=\"#\"], [popovertarget]";

impl FirstScreen {
    /// Draws the first screenful of an article.
    #[must_use]
    pub(crate) fn of(model: &ViewModel) -> Self {
        let frame = article_markup(model).draw();
        let pressed = Rc::<RefCell<Option<HtmlElement>>>::default();
        let kept = Rc::clone(&pressed);
        let listener = dom::listen(&frame, "click", move |event| {
            if let Some(element) = dom::closest(event, PENDING_TARGETS) {
                event.prevent_default();
                kept.replace(Some(element));
            }
        });
        Self(Rc::new(Inner { frame, pressed, _listener: listener }))
    }

    /// Returns it as a node for Yew.
    pub(crate) fn node(&self) -> Html {
        Html::VRef(self.0.frame.clone().into())
    }

    /// Returns the frame around it.
    pub(super) fn frame(&self) -> &Element {
        &self.0.frame
    }

    /// Takes the element that was pressed last, so that the press can be replayed.
    pub(super) fn pressed(&self) -> Option<HtmlElement> {
        self.0.pressed.take()
    }

    /// Returns the rest of the article, to be drawn around this first screen.
    pub(crate) fn remainder(&self) -> Remainder {
        let frame = self.0.frame.clone();
        Remainder { drawing: Drawing::new(&frame), frame, written: 0 }
    }
}

impl PartialEq for FirstScreen {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for FirstScreen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FirstScreen")
    }
}

/// The part of an article that is drawn after its first screen, slice by slice, so that the page stays
/// responsive.
pub(crate) struct Remainder {
    frame: Element,
    drawing: Drawing,
    /// The number of parts of the markup that have been written.
    written: usize,
}

impl Remainder {
    /// Writes the next part of the markup; returns whether there was one.
    pub(crate) fn write(&mut self, model: &ViewModel) -> bool {
        let part = part_markup(model, self.written);
        part.iter().for_each(|part| self.drawing.add(part));
        self.written += usize::from(part.is_some());
        part.is_some()
    }

    /// Draws about this many elements, after all of the markup is written; returns whether there are more.
    pub(crate) fn draw(&mut self, model: &ViewModel, elements: f64) -> bool {
        while self.write(model) {}
        let has_more = self.drawing.draw(elements);
        if !has_more && let Some(root) = self.frame.first_element_child() {
            dom::unset(&root, "aria-busy");
        }
        has_more
    }
}
