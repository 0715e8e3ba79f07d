#[cfg(feature = "browser")]
use constcat::concat;
use web_sys::{Element, HtmlElement};
use yew::Html;

use super::article_markup;
use super::first_screen::FirstScreen;
use crate::view::dom;
use crate::view::markup::Slot;
#[cfg(feature = "browser")]
use crate::view::names::class;
use crate::view::view_model::ViewModel;

/// The text of a briefing on the page. It is drawn once; nothing that changes is in it, but for the
/// slots that components fill.
#[derive(Debug)]
pub(crate) struct DrawnText {
    /// The frame around the whole briefing; without a browser there is none.
    frame: Option<Element>,
    /// Whether it was on the page before there was script, where Yew does not put it.
    is_hydrated: bool,
    /// What the reader has pressed while nothing could answer yet.
    pressed: Option<HtmlElement>,
}

impl DrawnText {
    /// Draws the text. Without a browser there is nothing to see.
    #[must_use]
    pub(crate) fn draw(model: &ViewModel) -> Self {
        let frame = cfg!(target_arch = "wasm32").then(|| article_markup(model).draw());
        Self { frame, is_hydrated: false, pressed: None }
    }

    /// The text that a first screen has become the whole of.
    #[must_use]
    pub(crate) fn completed(first_screen: &FirstScreen) -> Self {
        let pressed = first_screen.pressed();
        Self { frame: Some(first_screen.frame().clone()), is_hydrated: false, pressed }
    }

    /// Takes over a briefing that was rendered ahead of the page, with all that the reader has done in
    /// it since (*hydration*); nothing where it is of another article.
    #[must_use]
    pub(crate) fn hydrate(frame: &Element, model: &ViewModel) -> Option<Self> {
        let is_this = article_markup(model).hydrate(frame);
        is_this.then(|| Self { frame: Some(frame.clone()), is_hydrated: true, pressed: None })
    }

    /// As a node for Yew, unless it stands on the page without.
    pub(crate) fn node(&self) -> Html {
        match &self.frame {
            Some(frame) if !self.is_hydrated => Html::VRef(frame.clone().into()),
            _ => Html::default(),
        }
    }

    /// Whether it has its place.
    pub(crate) fn is_put(&self) -> bool {
        self.is_hydrated || self.frame.as_ref().is_some_and(|frame| frame.parent_element().is_some())
    }

    /// The briefing itself.
    pub(crate) fn root(&self) -> Option<Element> {
        self.frame.as_ref()?.first_element_child()
    }

    /// Whether it was on the page before there was script.
    pub(crate) fn is_hydrated(&self) -> bool {
        self.is_hydrated
    }

    /// The recording, with the browser's own controls.
    #[cfg(feature = "browser")]
    pub(crate) fn recording(&self) -> Option<HtmlElement> {
        dom::first(self.frame.as_ref()?, concat!(".", class::RECORDING))
    }

    /// The element that components fill.
    pub(crate) fn slot(&self, slot: Slot) -> Option<Element> {
        dom::first(self.frame.as_ref()?, slot.selector()).map(Into::into)
    }

    /// Makes of what stands in the slots what components have put there.
    pub(crate) fn fill_slots(&self) {
        let slots = Slot::ALL.into_iter().filter_map(|slot| self.slot(slot));
        slots.for_each(|slot| super::takeover::take_over(&slot));
    }

    /// Puts the text right where this view model has it otherwise.
    pub(crate) fn redraw(&self, model: &ViewModel) {
        self.frame.iter().for_each(|frame| article_markup(model).redraw(frame));
    }

    /// Does what the reader has asked for while nothing could answer yet.
    pub(crate) fn replay(&self) {
        self.pressed.iter().for_each(HtmlElement::click);
    }

    /// Takes off the page what Yew does not.
    pub(crate) fn leave(&self) {
        if let Some(frame) = self.frame.as_ref().filter(|_| self.is_hydrated) {
            frame.remove();
        }
    }
}
