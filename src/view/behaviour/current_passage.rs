use std::cell::{Cell, RefCell};

use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions};
use yew::AttrValue;

use crate::article::Passage;
use crate::timeline::Timeline;
use crate::view::dom;
use crate::view::names::data;
use crate::view::view_model::ViewModel;

/// Marks the current passage in the text, and the state of the player on the briefing. It writes to
/// the DOM only on a change, and reads no layout.
#[derive(Default)]
pub(crate) struct CurrentPassage {
    /// The root element of the briefing, once it is on the page.
    root: RefCell<Option<Element>>,
    /// The id of the marked element. Scripts of others may replace the element itself by a clone.
    marked: RefCell<Option<AttrValue>>,
    segment: Cell<Option<usize>>,
    state: Cell<Option<&'static str>>,
}

impl CurrentPassage {
    /// Starts marking in this briefing.
    pub(crate) fn attach(&self, root: &Element) {
        self.unmark();
        self.root.replace(Some(root.clone()));
        self.segment.take();
    }

    /// Marks the passage at this time, and sets `data-state`, which is absent until the player is
    /// first used. Returns whether another passage has become current.
    pub(crate) fn mark(
        &self,
        model: &ViewModel,
        timeline: &Timeline,
        time: f64,
        state: Option<&'static str>,
    ) -> bool {
        let Some(root) = self.root.borrow().clone() else { return false };
        if self.state.replace(state) != state {
            match state {
                Some(state) => dom::set(&root, data::STATE, state),
                None => dom::unset(&root, data::STATE),
            }
        }
        let segment = state.and_then(|_| timeline.last_started(time));
        if self.segment.replace(segment) == segment {
            return false;
        }
        self.unmark();
        self.marked.replace(self.passage(timeline).map(|passage| model.passage_id(passage)));
        if let Some(element) = self.marked() {
            dom::set(&element, "aria-current", "true");
        }
        true
    }

    fn unmark(&self) {
        if let Some(element) = self.marked() {
            dom::unset(&element, "aria-current");
        }
        self.marked.take();
    }

    fn marked(&self) -> Option<HtmlElement> {
        dom::by_id(self.root.borrow().as_ref()?, self.marked.borrow().as_ref()?)
    }

    /// Returns the current passage.
    pub(crate) fn passage(&self, timeline: &Timeline) -> Option<Passage> {
        timeline.segment(self.segment.get()?).map(|segment| segment.passage)
    }

    /// Scrolls the current passage into view.
    pub(crate) fn reveal(&self) {
        if let Some(element) = self.marked() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(dom::place_on_screen(&element));
            let behavior =
                if dom::prefers_less_motion() { ScrollBehavior::Instant } else { ScrollBehavior::Smooth };
            options.set_behavior(behavior);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}
