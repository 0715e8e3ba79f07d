use std::cell::{Cell, RefCell};

use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::NodeRef;

use super::dom;
use super::edition::Edition;
use crate::article::Passage;
use crate::timeline::format_clock;

/// Shows how far a briefing has been played, straight on the page: nothing is drawn anew on a tick.
///
/// A tick writes at most four times: the bar, the time, and either what assistive technology is
/// told or which passage is current, the other following one tick later. It reads no layout.
#[derive(Default)]
pub(crate) struct Progress {
    /// The whole briefing.
    pub(crate) root: NodeRef,
    /// The progress bar.
    pub(crate) slider: NodeRef,
    /// The time elapsed.
    pub(crate) elapsed: NodeRef,
    /// Whether the reader is on the progress bar, which then speaks only when it is asked.
    pub(crate) slider_is_focused: Cell<bool>,
    shown: Cell<Shown>,
    current: RefCell<Option<Element>>,
}

/// What was last written.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Shown {
    /// In ten-thousandths.
    fraction: u32,
    second: Option<u32>,
    /// The second last told to assistive technology.
    told: Option<u32>,
    segment: Option<usize>,
    state: Option<&'static str>,
}

impl Progress {
    /// Shows a time; tells whether another passage has become current.
    pub(crate) fn show(
        &self,
        edition: &Edition,
        time: f64,
        duration: f64,
        state: Option<&'static str>,
    ) -> bool {
        let before = self.shown.get();
        let mut shown = before;
        shown.fraction = ten_thousandths(time, duration);
        if shown.fraction != before.fraction
            && let Some(slider) = self.slider.cast::<HtmlElement>()
        {
            dom::set_property(&slider, "--progress", &shown.fraction.to_string());
        }
        shown.second = Some(whole(time));
        if shown.second != before.second
            && let Some(elapsed) = self.elapsed.cast::<Element>()
        {
            dom::set_words(&elapsed, &format_clock(time));
        }
        shown.state = state;
        if shown.state != before.state
            && let Some(root) = self.root.cast::<Element>()
        {
            match state {
                Some(state) => dom::set(&root, "data-state", state),
                None => dom::unset(&root, "data-state"),
            }
        }
        shown.segment = state.and_then(|_| edition.timeline.last_started(time));
        let moved = shown.segment != before.segment;
        self.shown.set(shown);
        if moved {
            self.mark(edition, shown.segment);
        } else if shown.second != shown.told && !self.slider_is_focused.get() {
            self.tell(edition, time, duration);
        }
        moved
    }

    /// Tells assistive technology where the player is. On a bar that has the focus this is read
    /// aloud, so there it is done only when the reader did something.
    pub(crate) fn tell(&self, edition: &Edition, time: f64, duration: f64) {
        let Some(slider) = self.slider.cast::<Element>() else {
            return;
        };
        let second = whole(time);
        dom::set(&slider, "aria-valuenow", &second.to_string());
        dom::set(&slider, "aria-valuetext", &edition.spoken_position(time, duration));
        let mut shown = self.shown.get();
        shown.told = Some(second);
        self.shown.set(shown);
    }

    /// The current passage.
    pub(crate) fn passage(&self, edition: &Edition) -> Option<Passage> {
        let segment = self.shown.get().segment?;
        edition.timeline.segment(segment).map(|segment| segment.passage)
    }

    /// Scrolls the current passage into view.
    pub(crate) fn reveal(&self, edition: &Edition) {
        let element = self.passage(edition).and_then(|passage| self.element_of(edition, passage));
        if let Some(element) = element {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            options.set_behavior(ScrollBehavior::Smooth);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn mark(&self, edition: &Edition, segment: Option<usize>) {
        if let Some(before) = self.current.take() {
            dom::unset(&before, "aria-current");
        }
        let passage = segment.and_then(|segment| edition.timeline.segment(segment));
        let element = passage.and_then(|segment| self.element_of(edition, segment.passage));
        if let Some(element) = &element {
            dom::set(element, "aria-current", "true");
        }
        self.current.replace(element.map(Element::from));
    }

    fn element_of(&self, edition: &Edition, passage: Passage) -> Option<HtmlElement> {
        dom::by_id(&self.root.cast()?, &edition.passage_id(passage))
    }
}

/// How much of the duration has passed, in ten-thousandths: whole numbers, which take no code to
/// write out as fractions do.
fn ten_thousandths(time: f64, duration: f64) -> u32 {
    if duration > 0.0 { whole(10_000.0 * (time / duration).clamp(0.0, 1.0)) } else { 0 }
}

fn whole(number: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "conversion of floats saturates"
    )]
    let whole = number as u32;
    whole
}
