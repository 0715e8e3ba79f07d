use web_sys::Element;
use yew::Html;

use super::edition::Edition;
#[cfg(target_arch = "wasm32")]
use super::markup::Markup;
#[cfg(target_arch = "wasm32")]
use super::{dom, sheet};

/// The beginning of a long article, to be seen while the rest is being read. It answers nobody yet:
/// the whole comes at once after it, around the same elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance(Element);

impl Glance {
    /// Draws the beginning of an article, which takes a browser.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn of(beginning: &Edition) -> Option<Self> {
        Some(Self(sheet::write(beginning).draw(None)))
    }

    /// Without a browser there is nothing to see.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn of(_beginning: &Edition) -> Option<Self> {
        None
    }

    /// Gives it to Yew.
    pub(crate) fn put(&self) -> Html {
        Html::VRef(self.0.clone().into())
    }

    /// Makes the whole briefing of it.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn complete(&self, whole: Markup) -> Element {
        let frame = whole.draw(Some(&self.0));
        if let Some(root) = frame.first_element_child() {
            dom::unset(&root, "aria-busy");
        }
        frame
    }
}
