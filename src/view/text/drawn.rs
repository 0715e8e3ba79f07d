#[cfg(feature = "browser")]
use constcat::concat;
use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement};
use yew::Html;

use super::article_markup;
use super::first_screen::FirstScreen;
use crate::view::dom;
use crate::view::markup::Slot;
#[cfg(feature = "browser")]
use crate::view::names::class;
use crate::view::view_model::ViewModel;

/// The text of a briefing on the page. It is drawn once; what changes while playing is rendered by
/// components, into its slots.
#[derive(Debug)]
pub(crate) struct DrawnText {
    /// The frame around the whole briefing; `None` without a browser.
    frame: Option<Element>,
    /// Whether the text was prerendered. Yew does not insert it then, because it is already on the
    /// page.
    is_hydrated: bool,
    /// What the reader pressed last while the article was incomplete.
    pressed: Option<HtmlElement>,
}

impl DrawnText {
    /// Draws the text. Without a browser there is nothing to draw.
    #[must_use]
    pub(crate) fn draw(model: &ViewModel) -> Self {
        let frame = cfg!(target_arch = "wasm32").then(|| article_markup(model).draw());
        Self { frame, is_hydrated: false, pressed: None }
    }

    /// Wraps the text of a first screen that has been completed.
    #[must_use]
    pub(crate) fn completed(first_screen: &FirstScreen) -> Self {
        let pressed = first_screen.pressed();
        Self { frame: Some(first_screen.frame().clone()), is_hydrated: false, pressed }
    }

    /// Hydrates a prerendered briefing, and keeps everything the reader has done in it since. Returns
    /// `None` if it shows another article.
    #[must_use]
    pub(crate) fn hydrate(frame: &Element, model: &ViewModel) -> Option<Self> {
        let is_same_article = article_markup(model).hydrate(frame);
        is_same_article.then(|| Self { frame: Some(frame.clone()), is_hydrated: true, pressed: None })
    }

    /// Returns the text as a node for Yew; an empty one if the text was prerendered.
    pub(crate) fn node(&self) -> Html {
        match &self.frame {
            Some(frame) if !self.is_hydrated => Html::VRef(frame.clone().into()),
            _ => Html::default(),
        }
    }

    /// Returns whether the text is on the page.
    pub(crate) fn is_inserted(&self) -> bool {
        self.is_hydrated || self.frame.as_ref().is_some_and(|frame| frame.parent_element().is_some())
    }

    /// Returns the root element of the briefing.
    pub(crate) fn root(&self) -> Option<Element> {
        self.frame.as_ref()?.first_element_child()
    }

    /// Returns whether the text was prerendered.
    pub(crate) fn is_hydrated(&self) -> bool {
        self.is_hydrated
    }

    /// Returns the recording, with the browser's own controls.
    #[cfg(feature = "browser")]
    pub(crate) fn recording(&self) -> Option<HtmlElement> {
        dom::first(self.frame.as_ref()?, concat!(".", class::RECORDING))
    }

    /// Returns the element that components fill.
    pub(crate) fn slot(&self, slot: Slot) -> Option<Element> {
        dom::first(self.frame.as_ref()?, slot.selector()).map(Into::into)
    }

    /// Removes the prerendered content of the slots, once components have filled them.
    pub(crate) fn remove_prerendered(&self) {
        let slots = Slot::ALL.into_iter().filter_map(|slot| self.slot(slot));
        slots.for_each(|slot| super::prerendered_slot::remove_prerendered(&slot));
    }

    /// Updates the text where this view model differs. `morph` turns an element that is on the page into another one.
    pub(crate) fn redraw(&self, model: &ViewModel, morph: &Function) {
        if let Some(frame) = &self.frame {
            // It throws nothing that the text could be mended for.
            let _ = morph.call2(&JsValue::UNDEFINED, frame, &article_markup(model).draw());
        }
    }

    /// Replays what the reader pressed last while the article was incomplete.
    pub(crate) fn replay_press(&self) {
        self.pressed.iter().for_each(HtmlElement::click);
    }

    /// Removes hydrated text from the page, where Yew did not insert it and does not remove it.
    pub(crate) fn remove_hydrated(&self) {
        if let Some(frame) = self.frame.as_ref().filter(|_| self.is_hydrated) {
            frame.remove();
        }
    }
}
