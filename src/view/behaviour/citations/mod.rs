//! Citations and their popovers, which open and close without script. Script adds hover intent, paging
//! through the sources of one citation, and the return of the focus. [`machine`] decides all of this; this
//! module turns DOM events into its inputs, and its effects into calls to the DOM.

mod machine;

use constcat::concat;
use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Event as DomEvent, HtmlElement, PointerEvent};

use self::machine::{Effect, Input, Popovers, Sources, Timer};
use super::jump::{jump, reveal};
use super::{Context, OPEN_POPOVER, dom, placement};
use crate::article::Text;
use crate::view::event::Event;
use crate::view::names::{class, data, id};
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// How long a mouse rests on a citation before it opens, in milliseconds: long enough not to open citations
/// on the way across a line.
const REST: u32 = 180;

/// How long a popover waits for the pointer on its way from the citation, in milliseconds.
const GRACE: u32 = 320;

// Selectors of elements in the text.
const CITATION: &str = concat!(".", class::CITATION);
const MENTION: &str = concat!(".", class::MENTION);
const POPOVER: &str = concat!(".", class::POPOVER);
const PAGER_BUTTON: &str = concat!(".", class::PAGER, " button");
const NEXT: &str = concat!(".", class::NEXT);
const PREVIOUS: &str = concat!(".", class::PREVIOUS);
const POSITION: &str = concat!(".", class::POSITION);
const BACKLINK: &str = concat!(".", class::BACK, " > a");

// An attribute that is read on them.
const TARGET: &str = "popovertarget";
const MARKED_OPEN: &str = concat!(".", class::CITATION, "[", data::OPEN, "]");

/// The state that is kept from one event to the next.
#[derive(Default)]
pub(super) struct State {
    popovers: RefCell<Popovers>,
    timeout: RefCell<Option<Timeout>>,
    /// The pending check of where the focus has gone.
    blurred: RefCell<Option<Timeout>>,
}

/// Opens the popover of a reference at the first place that cites it; scrolls to the list of references if
/// nothing cites it.
pub(super) fn open_reference(context: &Rc<Context>, index: usize) {
    settle(context);
    step(context, None, Input::OpenReference(index));
}

pub(super) fn click(context: &Rc<Context>, event: &DomEvent) -> bool {
    let input = if let Some(citation) = dom::closest(event, CITATION) {
        settle(context);
        ordinal(&citation).map(Input::Press)
    } else if dom::closest(event, MENTION).is_some() {
        citation_at(event).map(Input::PressMention)
    } else if let Some(button) = dom::closest(event, PAGER_BUTTON) {
        let from = closest(&button, POPOVER).and_then(|popover| source(&popover));
        let forward = button.matches(NEXT).unwrap_or(false);
        from.map(|from| Input::Turn { from, forward })
    } else {
        return false;
    };
    if let Some(input) = input {
        step(context, Some(event), input);
    }
    true
}

/// Follows a link inside the briefing, and marks the backlink to the citation the reader came from in the
/// list of references.
pub(super) fn follow(context: &Rc<Context>, link: &HtmlElement) {
    let from_popover = closest(link, POPOVER).is_some();
    step(context, None, Input::Follow { from_popover });
    let href = link.get_attribute("href").unwrap_or_default();
    jump(&context.root, href.trim_start_matches('#'));
}

pub(super) fn before_toggle(context: &Rc<Context>, event: &DomEvent) {
    let Some((popover, source)) = popover_at(event) else { return };
    let input = if dom::is_open(&popover) {
        Input::Closing { source, has_focus: has_focus(&popover) }
    } else {
        placement::choose(&popover);
        Input::Opening(source)
    };
    step(context, None, input);
}

pub(super) fn toggled(context: &Rc<Context>, event: &DomEvent) {
    let Some((popover, source)) = popover_at(event) else { return };
    let input = if dom::is_open(&popover) { Input::Opened(source) } else { closed(context, source) };
    step(context, None, input);
}

pub(super) fn pointer_down(context: &Rc<Context>, event: &DomEvent) {
    step(context, None, Input::PointerDown(citation_at(event)));
}

pub(super) fn pointer_over(context: &Rc<Context>, event: &DomEvent) {
    let over = citation_at(event);
    if is_mouse(event) && (over.is_some() || dom::closest(event, POPOVER).is_some()) {
        step(context, None, Input::PointerOver(over));
    }
}

pub(super) fn pointer_moved(context: &Rc<Context>, event: &DomEvent) {
    let moved: &PointerEvent = event.unchecked_ref();
    let over = if is_mouse(event) { citation_at(event) } else { None };
    if over.is_some() {
        settle(context);
    }
    step(context, None, Input::PointerMoved { to: (moved.client_x(), moved.client_y()), over });
}

pub(super) fn pointer_out(context: &Rc<Context>, event: &DomEvent) {
    if is_mouse(event) && (citation_at(event).is_some() || dom::closest(event, POPOVER).is_some()) {
        step(context, None, Input::PointerOut);
    }
}

/// Handles the window's loss of focus. If the document still has the focus, a frame in the page has received
/// it. That counts as a press outside, although neither the page nor the browser's light dismiss notices it.
/// Otherwise the reader has switched to another window, and may come back.
pub(super) fn blurred(context: &Rc<Context>, event: &DomEvent) {
    // The `blur` events of elements in the page pass through here, too.
    if event.event_phase() != DomEvent::AT_TARGET {
        return;
    }
    let this = Rc::clone(context);
    // Some browsers do not report earlier where the focus has gone.
    let timeout = Timeout::new(0, move || {
        if dom::has_focus() {
            step(&this, None, Input::PressInFrame);
        }
    });
    context.citations.blurred.replace(Some(timeout));
}

/// Marks the citation of a popover that is already open: the one that has the focus, or else any that cites
/// the source.
pub(super) fn resume(context: &Rc<Context>) {
    let open = dom::first(&context.root, OPEN_POPOVER);
    let Some(source) = open.and_then(|popover| source(&popover)) else { return };
    let focused: Option<HtmlElement> = dom::focused(&context.root).map(JsCast::unchecked_into);
    let focused = focused.filter(|focused| focused.matches(CITATION).unwrap_or(false));
    step(context, None, Input::Resume { source, focused: focused.and_then(|focused| ordinal(&focused)) });
}

/// Detects a popover that has closed without an event, as happens when a briefing is moved within its page.
fn settle(context: &Rc<Context>) {
    let open = context.citations.popovers.borrow().open();
    let gone = open.filter(|open| !popover_of(context, *open).is_some_and(|popover| dom::is_open(&popover)));
    if let Some(source) = gone {
        step(context, None, closed(context, source));
    }
}

/// Passes an input to the machine, and applies the effects.
fn step(context: &Rc<Context>, event: Option<&DomEvent>, input: Input) {
    // Effects cause inputs of their own, so the borrow must not last.
    let effects = context.citations.popovers.borrow_mut().step(input, &*context.controller.model());
    for effect in effects {
        apply(context, event, effect);
    }
}

fn apply(context: &Rc<Context>, event: Option<&DomEvent>, effect: Effect) {
    match effect {
        Effect::Start(timer) => {
            let milliseconds = if timer == Timer::Grace { GRACE } else { REST };
            let this = Rc::clone(context);
            let timeout = Timeout::new(milliseconds, move || {
                let open = this.citations.popovers.borrow().open();
                let has_focus =
                    open.and_then(|open| popover_of(&this, open)).is_some_and(|it| has_focus(&it));
                step(&this, None, Input::Elapsed { timer, has_focus });
            });
            context.citations.timeout.replace(Some(timeout));
        }
        Effect::Stop => drop(context.citations.timeout.take()),
        Effect::PreventDefault => event.into_iter().for_each(DomEvent::prevent_default),
        Effect::Show { source, citation } => {
            if let (Some(popover), Some(citation)) =
                (popover_of(context, source), citation_of(context, citation))
            {
                dom::show_popover(&popover, &citation);
            }
        }
        Effect::Hide(source) => popover_of(context, source).iter().for_each(dom::hide_popover),
        Effect::Place { source, citation } => {
            if let (Some(popover), Some(citation)) =
                (popover_of(context, source), citation_of(context, citation))
            {
                placement::place(&popover, &citation);
            }
        }
        Effect::ShowPosition { source, number, total } => {
            let position = [("n", &*number.to_string()), ("total", &*total.to_string())];
            let words = context.controller.model().words.fill(Word::Position, &position);
            if let Some(element) = popover_of(context, source).and_then(|it| dom::first(&it, POSITION)) {
                dom::set_text(&element, &words);
            }
        }
        Effect::MarkOpen(citation) => {
            for marked in dom::all(&context.root, MARKED_OPEN) {
                let first = marked.get_attribute(data::OPEN).unwrap_or_default();
                dom::set(&marked, TARGET, &first);
                dom::unset(&marked, data::OPEN);
            }
            // As long as another source than its first one is open, the citation is the button of that one:
            // it is expanded, and pressing it closes what is open.
            let open = context.citations.popovers.borrow().open();
            if let Some((citation, open)) = citation.zip(open)
                && let Some(citation) = citation_of(context, citation)
            {
                dom::set(&citation, data::OPEN, &citation.get_attribute(TARGET).unwrap_or_default());
                dom::set(&citation, TARGET, &context.controller.model().id(id::SOURCE, open));
            }
        }
        Effect::MarkBacklink(citation) => {
            let place = citation.map(|citation| citation.to_string());
            for back in dom::all(&context.root, BACKLINK) {
                let is_it = place.is_some() && back.get_attribute(data::PLACE) == place;
                if is_it {
                    dom::set(&back, "aria-current", "true");
                } else {
                    dom::unset(&back, "aria-current");
                }
            }
        }
        Effect::FocusCitation(citation) => citation_of(context, citation).iter().for_each(dom::focus),
        Effect::FocusPager { source, forward } => {
            let button = popover_of(context, source)
                .and_then(|popover| dom::first(&popover, if forward { NEXT } else { PREVIOUS }));
            button.iter().for_each(dom::focus);
        }
        Effect::ScrollTo(citation) => {
            citation_of(context, citation).iter().for_each(|citation| reveal(&context.root, citation));
        }
        Effect::JumpToReference(source) => {
            jump(&context.root, &context.controller.model().id(id::REFERENCE, source));
        }
        Effect::Emit(source) => {
            if let Some(reference) = context.controller.model().article.references.get(source) {
                let id = Text::clone(&reference.id);
                context.controller.emit(Event::Reference { id, number: source + 1 });
            }
        }
    }
}

impl Sources for ViewModel {
    fn of(&self, citation: usize) -> &[usize] {
        let mut citations = self.article.citations().into_iter().map(|cited| cited.citation);
        let found = citations.find(|known| known.ordinal == citation);
        found.map(|found| found.references.as_slice()).unwrap_or_default()
    }

    fn first_citation(&self, source: usize) -> Option<usize> {
        self.cited(source)?.places.first().map(|place| place.citation)
    }

    fn total(&self) -> usize {
        self.article.references.len()
    }
}

fn is_mouse(event: &DomEvent) -> bool {
    dom::string_property(event, "pointerType") == "mouse"
}

/// Returns the citation an event happened on; on the words of a mention, the citation after them.
fn citation_at(event: &DomEvent) -> Option<usize> {
    let citation = dom::closest(event, CITATION).or_else(|| {
        let mention = dom::closest(event, MENTION)?;
        dom::first(&mention, CITATION)
    });
    ordinal(&citation?)
}

/// Returns the popover an event happened on, and its source.
fn popover_at(event: &DomEvent) -> Option<(HtmlElement, usize)> {
    let popover = dom::closest(event, POPOVER)?;
    let source = source(&popover)?;
    Some((popover, source))
}

fn closest(element: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok()?.map(JsCast::unchecked_into)
}

/// Returns the ordinal of a citation's element.
fn ordinal(citation: &HtmlElement) -> Option<usize> {
    citation.id().rsplit('-').next()?.parse().ok()
}

/// Returns the source that a popover shows.
fn source(popover: &HtmlElement) -> Option<usize> {
    popover.get_attribute(data::SOURCE)?.parse().ok()
}

fn citation_of(context: &Context, ordinal: usize) -> Option<HtmlElement> {
    dom::by_id(&context.root, &context.controller.model().id(id::CITATION, ordinal))
}

fn popover_of(context: &Context, source: usize) -> Option<HtmlElement> {
    dom::by_id(&context.root, &context.controller.model().id(id::SOURCE, source))
}

fn has_focus(popover: &HtmlElement) -> bool {
    dom::focused(popover).is_some_and(|focused| popover.contains(Some(&focused)))
}

/// Returns the input for a popover that has closed. Focus in another popover or on the body counts as lost:
/// the browser has merely left it there.
fn closed(context: &Context, source: usize) -> Input {
    let focused = dom::focused(&context.root);
    let is_elsewhere = |focused: web_sys::Element| {
        focused.closest(concat!(".", class::POPOVER, ", body")).is_ok_and(|lost| lost.is_none())
    };
    Input::Closed { source, focus_is_lost: !focused.is_some_and(is_elsewhere) }
}
