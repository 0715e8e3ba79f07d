//! Key points as disclosure widgets: opens and folds all of them at once, or one by a click on its
//! sentence.

use std::rc::Rc;

use constcat::concat;
use web_sys::{Element, Event as DomEvent, HtmlElement};

use super::{Context, dom};
use crate::article::Text;
use crate::view::event::Event;
use crate::view::names::{class, data};
use crate::view::words::Word;

const FOLD_ALL: &str = concat!(".", class::FOLD_ALL);
const POINT: &str = concat!(".", class::POINT);

/// Selects the folds of single key points, inside the fold of the section.
const POINTS: &str = concat!(".", class::KEY_POINT, " > details");

pub(super) fn click(context: &Rc<Context>, event: &DomEvent) -> bool {
    if dom::closest(event, FOLD_ALL).is_some() {
        let points = dom::all(&context.root, POINTS);
        let open = !all_are_open(&points);
        points.iter().for_each(|point| dom::set_open(point, open));
        return true;
    }
    dom::closest(event, POINT).is_some_and(|point| unfold(event, &point))
}

/// Updates the button for all key points, and reports the one that was opened or folded.
pub(super) fn toggled(context: &Rc<Context>, event: &DomEvent) {
    let Some(details) = dom::target::<HtmlElement>(event) else { return };
    let model = context.controller.model();
    let index = details.get_attribute(data::POINT).and_then(|index| index.parse::<usize>().ok());
    let Some(point) = index.and_then(|index| model.article.key_points.get(index)) else { return };
    label_button(context);
    context
        .controller
        .emit(Event::KeyPoint { id: Text::clone(&point.id), open: details.has_attribute("open") });
}

/// Labels the button for all key points with its next action. The label conveys the state, so it
/// needs no ARIA state.
pub(super) fn label_button(context: &Rc<Context>) {
    let Some(button) = dom::first(&context.root, FOLD_ALL) else { return };
    let open = all_are_open(&dom::all(&context.root, POINTS));
    let word = if open { Word::CollapseAll } else { Word::ExpandAll };
    dom::set_text(&button, &context.controller.model().words.get(word));
}

fn all_are_open(points: &[Element]) -> bool {
    points.iter().all(|point| point.has_attribute("open"))
}

/// Toggles a key point on a click, unless the click was on a link or a button, or ended a selection.
fn unfold(event: &DomEvent, point: &HtmlElement) -> bool {
    let on_control = dom::closest(event, "a, button").is_some();
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    // Compares the selected text: seen from outside, a selection in a shadow root counts as
    // collapsed.
    let selects = selection.is_some_and(|selection| selection.to_string().length() > 0);
    let details = point.next_element_sibling().filter(|_| !on_control && !selects);
    if let Some(details) = &details {
        dom::set_open(details, !details.has_attribute("open"));
    }
    details.is_some()
}
