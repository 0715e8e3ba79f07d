//! Opens and folds key points: all at once, or by a click on the sentence.

use std::rc::Rc;

use web_sys::{Element, Event as DomEvent, HtmlElement};

use super::super::event::Event;
use super::super::words::Word;
use super::{Scene, dom};
use crate::article::Text;

/// The folds of single points, inside that of the section.
const POINTS: &str = ".key-point > details";

pub(super) fn click(scene: &Rc<Scene>, event: &DomEvent) -> bool {
    if dom::closest(event, ".fold-all").is_some() {
        let points = dom::all(&scene.root, POINTS);
        let open = !all_are_open(&points);
        points.iter().for_each(|point| dom::set_open(point, open));
        return true;
    }
    dom::closest(event, ".point").is_some_and(|point| unfold(event, &point))
}

/// Says what the button for all will do next, and tells the page which point it was.
pub(super) fn toggled(scene: &Rc<Scene>, event: &DomEvent) {
    let Some(details) = dom::target::<HtmlElement>(event) else { return };
    let edition = scene.session.edition();
    let index = details.dataset().get("point").and_then(|index| index.parse::<usize>().ok());
    let Some(point) = index.and_then(|index| edition.article.key_points.get(index)) else { return };
    resume(scene);
    scene.session.emit(Event::KeyPoint { id: Text::clone(&point.id), open: details.has_attribute("open") });
}

/// Says what the button for all will do next.
pub(super) fn resume(scene: &Rc<Scene>) {
    let Some(button) = dom::first(&scene.root, ".fold-all") else { return };
    let open = all_are_open(&dom::all(&scene.root, POINTS));
    let word = if open { Word::CollapseAll } else { Word::ExpandAll };
    dom::set(&button, "aria-expanded", if open { "true" } else { "false" });
    dom::set_words(&button, &scene.session.edition().words.get(word));
}

fn all_are_open(points: &[Element]) -> bool {
    points.iter().all(|point| point.has_attribute("open"))
}

/// A click on a key point unfolds it, unless it was on something else, or ended a selection.
fn unfold(event: &DomEvent, point: &HtmlElement) -> bool {
    let on_something = dom::closest(event, "a, button").is_some();
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    // By its words: seen from outside, a selection in a shadow root counts as collapsed.
    let selects = selection.is_some_and(|selection| selection.to_string().length() > 0);
    let details = point.next_element_sibling().filter(|_| !on_something && !selects);
    if let Some(details) = &details {
        dom::set_open(details, !details.has_attribute("open"));
    }
    details.is_some()
}
