use std::cell::{Cell, OnceCell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlSelectElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use yew::Html;

use super::dom;
use super::edition::Edition;
use super::glance::Glance;
use super::markup::Markup;
use crate::article::Passage;
use crate::playback::RATES;
use crate::timeline::format_clock;

/// Shows the state of the player, straight on the page: nothing is drawn anew.
///
/// A tick writes at most four times: the bar, the time, and either what assistive technology is
/// told or which passage is current, the other following one tick later. It reads no layout.
#[derive(Default)]
pub(crate) struct Display {
    /// What was seen of the briefing before all of it was read.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "a glance takes a browser"))]
    glance: Option<Glance>,
    /// The frame around the whole briefing, once it is drawn.
    frame: OnceCell<Element>,
    /// Whether the frame was on the page before there was script.
    is_adopted: Cell<bool>,
    elements: RefCell<Option<Elements>>,
    /// Whether the reader is on the progress bar, which then speaks only when it is asked.
    slider_is_focused: Cell<bool>,
    shown: Cell<Shown>,
    current: RefCell<Option<Element>>,
}

/// What is written to.
#[derive(Clone)]
struct Elements {
    root: Element,
    slider: HtmlElement,
    elapsed: HtmlElement,
}

/// What was last written.
#[derive(Clone, Copy, Default)]
struct Shown {
    /// In ten-thousandths.
    fraction: u32,
    second: u32,
    /// The second last told to assistive technology.
    told: u32,
    segment: Option<usize>,
    state: Option<&'static str>,
}

/// Where the player is.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    /// In seconds.
    pub(crate) time: f64,
    /// In seconds.
    pub(crate) duration: f64,
    /// What the briefing's `data-state` says: nothing until the player is first used.
    pub(crate) state: Option<&'static str>,
}

impl Display {
    /// What is to show a briefing of which something may be seen already.
    pub(crate) fn after(glance: Option<Glance>) -> Self {
        Self { glance, ..Self::default() }
    }

    /// Draws the briefing, once, and gives it to Yew. One that was rendered ahead stays where it is.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn put(&self, write: impl FnOnce() -> Markup) -> Html {
        if self.is_adopted.get() {
            return Html::default();
        }
        let draw = || match &self.glance {
            Some(glance) => glance.complete(write()),
            None => write().draw(None),
        };
        Html::VRef(self.frame.get_or_init(draw).clone().into())
    }

    /// Gives the briefing to Yew, which writes it out.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn put(&self, write: impl FnOnce() -> Markup) -> Html {
        write().to_nodes()
    }

    /// Takes over a briefing that was rendered ahead of the page; tells whether it is this one.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn adopt(&self, frame: &Element, markup: &Markup) -> bool {
        let is_this = markup.adopt(frame) && self.frame.set(frame.clone()).is_ok();
        self.is_adopted.set(is_this);
        is_this
    }

    /// Without a browser nothing was there before.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn adopt(&self, _frame: &Element, _markup: &Markup) -> bool {
        false
    }

    /// Whether the briefing was on the page before there was script.
    pub(crate) fn is_adopted(&self) -> bool {
        self.is_adopted.get()
    }

    /// Takes what was there before Yew off the page.
    pub(crate) fn leave(&self) {
        if self.is_adopted.get() {
            self.frame.get().iter().for_each(|frame| frame.remove());
        }
    }

    /// Whether the briefing is drawn.
    pub(crate) fn is_drawn(&self) -> bool {
        self.frame.get().is_some()
    }

    /// The briefing itself, once it is drawn.
    pub(crate) fn root(&self) -> Option<Element> {
        self.frame.get()?.first_element_child()
    }

    /// Finds what it will write to.
    pub(crate) fn attach(&self, root: &Element) {
        if let (Some(slider), Some(elapsed)) =
            (dom::first(root, "[role=slider]"), dom::first(root, ".elapsed"))
        {
            self.elements.replace(Some(Elements { root: root.clone(), slider, elapsed }));
        }
    }

    /// Shows a moment; tells whether another passage has become current.
    pub(crate) fn show(&self, edition: &Edition, moment: Moment) -> bool {
        let Some(Elements { root, slider, elapsed }) = self.elements.borrow().clone() else {
            return false;
        };
        let before = self.shown.get();
        let shown = Shown {
            fraction: ten_thousandths(moment),
            second: whole(moment.time),
            segment: moment.state.and_then(|_| edition.timeline.last_started(moment.time)),
            state: moment.state,
            told: before.told,
        };
        if shown.fraction != before.fraction {
            dom::set_property(&slider, "--progress", &shown.fraction.to_string());
        }
        if shown.second != before.second {
            dom::set_words(&elapsed, &format_clock(moment.time));
        }
        if shown.state != before.state {
            match shown.state {
                Some(state) => dom::set(&root, "data-state", state),
                None => dom::unset(&root, "data-state"),
            }
        }
        self.shown.set(shown);
        let moved = shown.segment != before.segment;
        if moved {
            self.mark(edition, &root, shown.segment);
        } else if shown.second != shown.told && !self.slider_is_focused.get() {
            self.tell(edition, moment);
        }
        moved
    }

    /// Tells assistive technology where the player is. On a bar that has the focus this is read
    /// aloud, so there it is done only when the reader did something.
    pub(crate) fn tell(&self, edition: &Edition, moment: Moment) {
        let Some(Elements { slider, .. }) = self.elements.borrow().clone() else { return };
        let second = whole(moment.time);
        dom::set(&slider, "aria-valuenow", &second.to_string());
        dom::set(&slider, "aria-valuetext", &edition.spoken_position(moment.time, moment.duration));
        self.shown.set(Shown { told: second, ..self.shown.get() });
    }

    /// Remembers whether the reader is on the progress bar.
    pub(crate) fn focus_slider(&self, focused: bool) {
        self.slider_is_focused.set(focused);
    }

    /// Shows how the controls are set, and in a word what there is to hear.
    pub(crate) fn show_controls(&self, rate: f64, duration: f64, following: bool, sound: &str) {
        let Some(Elements { root, slider, .. }) = self.elements.borrow().clone() else { return };
        dom::set(&slider, "aria-valuemax", &whole(duration).to_string());
        for total in dom::all(&root, ".total") {
            dom::set_words(&total, &format_clock(duration));
        }
        if let Some(pace) = dom::first(&root, ".pace") {
            dom::set_words(&pace, sound);
        }
        if let Some(follow) = dom::first(&root, ".follow") {
            dom::set(&follow, "aria-pressed", if following { "true" } else { "false" });
        }
        let chosen = RATES.iter().position(|known| (known - rate).abs() < 0.001);
        if let Some(select) = dom::first(&root, ".rate") {
            let select: HtmlSelectElement = select.unchecked_into();
            // A rate that only script can set is none of the choices.
            select.set_selected_index(chosen.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1));
        }
    }

    /// The current passage.
    pub(crate) fn passage(&self, edition: &Edition) -> Option<Passage> {
        let segment = self.shown.get().segment?;
        edition.timeline.segment(segment).map(|segment| segment.passage)
    }

    /// Scrolls the current passage into view.
    pub(crate) fn reveal(&self) {
        if let Some(element) = &*self.current.borrow() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            let behavior =
                if dom::prefers_less_motion() { ScrollBehavior::Instant } else { ScrollBehavior::Smooth };
            options.set_behavior(behavior);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn mark(&self, edition: &Edition, root: &Element, segment: Option<usize>) {
        if let Some(before) = self.current.take() {
            dom::unset(&before, "aria-current");
        }
        let segment = segment.and_then(|segment| edition.timeline.segment(segment));
        let element = segment.and_then(|segment| dom::by_id(root, &edition.passage_id(segment.passage)));
        if let Some(element) = element {
            dom::set(&element, "aria-current", "true");
            self.current.replace(Some(element.into()));
        }
    }
}

/// How much of the duration has passed, in ten-thousandths: whole numbers, which take no code to
/// write out as fractions do.
fn ten_thousandths(moment: Moment) -> u32 {
    if moment.duration > 0.0 { whole(10_000.0 * (moment.time / moment.duration).clamp(0.0, 1.0)) } else { 0 }
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
