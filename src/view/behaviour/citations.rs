//! Citations and their popovers, which open and close by themselves. Script adds opening on hover,
//! paging through the sources of one citation, and the focus on its way back.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Event as DomEvent, HtmlElement, PointerEvent};

use super::super::event::Event;
use super::super::session::Session;
use super::super::words::Word;
use super::jump::jump;
use super::{Scene, dom, placement};
use crate::article::Text;

/// How long a pointer rests on a citation before it opens, in milliseconds: long enough not to open
/// on the way across a line.
const REST: u32 = 180;

/// How long a popover waits for the pointer on its way from the citation, in milliseconds.
const GRACE: u32 = 320;

/// Opens the popover of a reference at the first place where it is cited; where it is cited
/// nowhere, leads to it in the list.
pub(crate) fn open_reference(session: &Session, index: usize) {
    let Some(root) = session.display().root() else { return };
    let edition = session.edition();
    let place = edition.cited_at(index).first();
    let marker = place.and_then(|place| dom::by_id(&root, &edition.id("cite", place.citation)));
    let popover = dom::by_id(&root, &edition.id("source", index));
    match (marker, popover) {
        (Some(marker), Some(popover)) => {
            marker.scroll_into_view();
            dom::show_popover(&popover, &marker);
        }
        _ => jump(&root, &edition.id("reference", index)),
    }
}

/// What is remembered from one event to the next.
#[derive(Default)]
pub(super) struct State {
    /// The citation whose sources are shown, or were last.
    marker: Option<HtmlElement>,
    /// Whether hovering opened it, so that leaving may close it.
    by_hover: bool,
    /// Whether the citation being pressed was open, and not by hovering.
    was_open: bool,
    /// Whether the focus was in the popover that is about to close.
    had_focus: bool,
    /// The citation that is about to open, if the pointer rests on it.
    resting_on: Option<HtmlElement>,
    /// Where in the window the pointer was last.
    pointer: Option<(i32, i32)>,
    /// Waits to open or to close.
    waiting: Option<Timeout>,
}

pub(super) fn click(scene: &Rc<Scene>, event: &DomEvent) -> bool {
    if let Some(marker) = dom::closest(event, ".citation") {
        scene.press(event, marker);
    } else if let Some(words) = dom::closest(event, ".mention") {
        if let Some(marker) = dom::first(&words, ".citation") {
            // Pressing the words has closed it already, being outside of it.
            if !std::mem::take(&mut scene.citations.borrow_mut().was_open) {
                scene.show(&marker);
            }
        }
    } else if let Some(button) = dom::closest(event, ".pager button") {
        event.prevent_default();
        scene.turn(&button);
    } else {
        return false;
    }
    true
}

/// Follows a link inside the briefing. In the list of references, the way back to the citation the
/// reader came from is marked.
pub(super) fn follow(scene: &Rc<Scene>, link: &HtmlElement) {
    let href = link.get_attribute("href").unwrap_or_default();
    let came_from = closest(link, ".popover").and(scene.citations.borrow().marker.clone());
    let came_from = came_from.and_then(|marker| marker.id().rsplit('-').next().map(str::to_owned));
    jump(&scene.root, href.trim_start_matches('#'));
    for back in dom::all(&scene.root, ".back > a") {
        let is_it = came_from.is_some() && back.get_attribute("data-place") == came_from;
        if is_it { dom::set(&back, "aria-current", "true") } else { dom::unset(&back, "aria-current") }
    }
}

pub(super) fn before_toggle(scene: &Rc<Scene>, event: &DomEvent) {
    let Some(popover) = dom::closest(event, ".popover") else { return };
    if dom::is_open(&popover) {
        let focused = dom::focused(&popover);
        scene.citations.borrow_mut().had_focus =
            focused.is_some_and(|focused| popover.contains(Some(&focused)));
    } else {
        placement::choose(&popover);
    }
}

pub(super) fn toggled(scene: &Rc<Scene>, event: &DomEvent) {
    let Some(popover) = dom::closest(event, ".popover") else { return };
    if dom::is_open(&popover) { scene.opened(&popover) } else { scene.closed() }
}

pub(super) fn pointer_down(scene: &Rc<Scene>, event: &DomEvent) {
    let is_open = marker_at(event).is_some_and(|marker| marker.has_attribute("data-open"));
    let mut state = scene.citations.borrow_mut();
    state.was_open = is_open && !state.by_hover;
}

/// A pointer back on the citation or its popover keeps it open.
pub(super) fn pointer_over(scene: &Rc<Scene>, event: &DomEvent) {
    let is_open = marker_at(event).is_some_and(|marker| marker.has_attribute("data-open"));
    if is_mouse(event) && (is_open || dom::closest(event, ".popover").is_some()) {
        scene.citations.borrow_mut().waiting = None;
    }
}

/// A pointer that moves on a citation and rests there opens it. Where the page scrolls below a
/// pointer, nothing moves but the page, and nothing opens, though WebKit tells of a move.
pub(super) fn pointer_moved(scene: &Rc<Scene>, event: &DomEvent) {
    let moved: &PointerEvent = event.unchecked_ref();
    let pointer = Some((moved.client_x(), moved.client_y()));
    let has_moved = std::mem::replace(&mut scene.citations.borrow_mut().pointer, pointer) != pointer;
    if !has_moved || !is_mouse(event) {
        return;
    }
    let Some(marker) = marker_at(event).filter(|marker| !marker.has_attribute("data-open")) else { return };
    let any_open = dom::first(&scene.root, ".popover:popover-open").is_some();
    let mut state = scene.citations.borrow_mut();
    let is_kept = any_open && !state.by_hover;
    if !is_kept && state.resting_on.as_ref() != Some(&marker) {
        let this = Rc::clone(scene);
        state.resting_on = Some(marker.clone());
        state.waiting = Some(Timeout::new(REST, move || this.open_by_hover(&marker)));
    }
}

pub(super) fn pointer_out(scene: &Rc<Scene>, event: &DomEvent) {
    if !is_mouse(event) || (marker_at(event).is_none() && dom::closest(event, ".popover").is_none()) {
        return;
    }
    let this = Rc::clone(scene);
    let mut state = scene.citations.borrow_mut();
    state.resting_on = None;
    // A pointer that only passed no longer waits to open.
    state.waiting = state.by_hover.then(|| Timeout::new(GRACE, move || this.close_by_hover()));
}

/// Marks what belongs to a popover that is open already: the citation that has the focus opened it,
/// or any.
pub(super) fn resume(scene: &Rc<Scene>) {
    let Some(popover) = dom::first(&scene.root, ".popover:popover-open") else { return };
    let focused: Option<HtmlElement> = dom::focused(&scene.root).map(JsCast::unchecked_into);
    scene.citations.borrow_mut().marker = focused.filter(|focused| focused.class_list().contains("citation"));
    scene.mark(&popover);
}

impl Scene {
    /// A citation was pressed. One that hovering has opened stays open: to press is to keep.
    fn press(&self, event: &DomEvent, marker: HtmlElement) {
        let mut state = self.citations.borrow_mut();
        state.waiting = None;
        if state.by_hover && state.marker.as_ref() == Some(&marker) && marker.has_attribute("data-open") {
            event.prevent_default();
        }
        state.by_hover = false;
        state.marker = Some(marker);
    }

    /// Shows the source before or after, among those of the citation.
    fn turn(&self, button: &HtmlElement) {
        let Some(popover) = closest(button, ".popover") else { return };
        let Some(marker) = self.citations.borrow().marker.clone() else { return };
        let sources = self.sources_of(&marker);
        let position =
            sources.iter().position(|source| Some(*source) == source_of(&popover)).unwrap_or_default();
        let forward = button.class_list().contains("next");
        let turned = if forward { position + 1 } else { position + sources.len().saturating_sub(1) };
        let next = turned.checked_rem(sources.len()).and_then(|at| sources.get(at));
        let Some(next) = next.and_then(|source| self.popover_of(*source)) else { return };
        // The one that closes must not send the focus home.
        self.citations.borrow_mut().by_hover = false;
        dom::show_popover(&next, &marker);
        let same_button = if forward { ".next" } else { ".previous" };
        if let Some(button) = dom::first(&next, same_button) {
            dom::focus(&button);
        }
    }

    fn opened(&self, popover: &HtmlElement) {
        self.mark(popover);
        let Some(source) = source_of(popover) else { return };
        if let Some(reference) = self.session.edition().article.references.get(source) {
            self.session.emit(Event::Reference { id: Text::clone(&reference.id), number: source + 1 });
        }
    }

    /// Marks the citation that an open popover belongs to.
    fn mark(&self, popover: &HtmlElement) {
        let Some(source) = source_of(popover) else { return };
        let edition = self.session.edition();
        let marker =
            self.citations.borrow().marker.clone().filter(|marker| self.sources_of(marker).contains(&source));
        let marker = marker.or_else(|| {
            let place = edition.cited_at(source).first()?;
            dom::by_id(&self.root, &edition.id("cite", place.citation))
        });
        self.mark_open(marker.as_ref());
        if let Some(marker) = &marker {
            self.show_position(popover, source, marker);
            placement::place(popover, marker);
        }
        self.citations.borrow_mut().marker = marker;
    }

    fn closed(&self) {
        if dom::first(&self.root, ".popover:popover-open").is_some() {
            return;
        }
        self.mark_open(None);
        let (marker, had_focus) = {
            let mut state = self.citations.borrow_mut();
            state.waiting = None;
            state.by_hover = false;
            (state.marker.clone(), std::mem::take(&mut state.had_focus))
        };
        // The browser sends the focus back to what had it; after paging, that is a hidden button.
        let is_lost = dom::focused(&self.root)
            .is_none_or(|focused| focused.closest(".popover, body").ok().flatten().is_some());
        if let Some(marker) = marker.filter(|_| had_focus && is_lost) {
            dom::focus(&marker);
        }
    }

    fn mark_open(&self, open: Option<&HtmlElement>) {
        for marker in dom::all(&self.root, ".citation[data-open]") {
            dom::unset(&marker, "data-open");
        }
        if let Some(marker) = open {
            dom::set(marker, "data-open", "");
        }
    }

    /// Says which of the sources of the citation this is.
    fn show_position(&self, popover: &HtmlElement, source: usize, marker: &HtmlElement) {
        let sources = self.sources_of(marker);
        let number = sources.iter().position(|known| *known == source).unwrap_or_default() + 1;
        let words = &self.session.edition().words;
        let position = [("n", &*number.to_string()), ("total", &*sources.len().to_string())];
        if let Some(element) = dom::first(popover, ".position") {
            dom::set_words(&element, &words.fill(Word::Position, &position));
        }
    }

    /// The sources to page through: those of the citation, or all where it has only one.
    fn sources_of(&self, marker: &HtmlElement) -> Vec<usize> {
        let numbers = marker.dataset().get("sources").unwrap_or_default();
        let sources: Vec<usize> =
            numbers.split(',').filter_map(|number| number.parse::<usize>().ok()?.checked_sub(1)).collect();
        if sources.len() > 1 {
            sources
        } else {
            (0..self.session.edition().article.references.len()).collect()
        }
    }

    fn popover_of(&self, source: usize) -> Option<HtmlElement> {
        dom::by_id(&self.root, &self.session.edition().id("source", source))
    }

    fn open_by_hover(&self, marker: &HtmlElement) {
        self.show(marker);
        self.citations.borrow_mut().by_hover = true;
    }

    /// Shows the first source of a citation.
    fn show(&self, marker: &HtmlElement) {
        let numbers = marker.dataset().get("sources");
        let first = numbers.and_then(|numbers| numbers.split(',').next()?.parse::<usize>().ok());
        let popover = first.and_then(|number| self.popover_of(number.checked_sub(1)?));
        {
            let mut state = self.citations.borrow_mut();
            state.waiting = None;
            state.resting_on = None;
            state.by_hover = false;
            state.marker = Some(marker.clone());
        }
        if let Some(popover) = popover {
            dom::show_popover(&popover, marker);
        }
    }

    fn close_by_hover(&self) {
        let open = dom::first(&self.root, ".popover:popover-open");
        let Some(popover) = open.filter(|_| self.citations.borrow().by_hover) else { return };
        // A reader who has gone in with the keyboard stays.
        let focused = dom::focused(&popover);
        if !focused.is_some_and(|focused| popover.contains(Some(&focused))) {
            dom::hide_popover(&popover);
        }
    }
}

fn is_mouse(event: &DomEvent) -> bool {
    dom::said(event, "pointerType") == "mouse"
}

/// The citation under the pointer; over the words of a mention, the one after them.
fn marker_at(event: &DomEvent) -> Option<HtmlElement> {
    dom::closest(event, ".citation").or_else(|| {
        let mention = dom::closest(event, ".mention")?;
        dom::first(&mention, ".citation")
    })
}

fn closest(element: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok()?.map(JsCast::unchecked_into)
}

fn source_of(popover: &HtmlElement) -> Option<usize> {
    popover.dataset().get("source")?.parse().ok()
}
