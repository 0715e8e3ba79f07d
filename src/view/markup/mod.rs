//! Writes the markup of a briefing, from the first element to the last.
//!
//! A briefing is drawn once, so no tree is kept to compare it with. The markup is one string, which
//! encodes a list of [`Step`]s. In the browser, `draw.js` turns all of them into elements at once, or
//! hydrates the elements that were prerendered from the same steps. Elsewhere, they become HTML, or nodes
//! for Yew to write. Crossing from WebAssembly to JavaScript for each element and each attribute took
//! longer than everything else.

mod dom;
#[cfg(any(feature = "cli", test))]
mod html;
#[cfg(not(target_arch = "wasm32"))]
mod nodes;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
mod round_trip;
mod slot;
mod step;

pub(crate) use dom::Drawing;
pub(crate) use slot::Slot;
use step::Step;

use crate::view::names::{class, data};

/// The markup of a briefing while it is written.
#[derive(Debug, Default)]
pub struct Markup {
    steps: String,
}

/// An element that is being written. First come its attributes, then its content, once: that ends the
/// element.
///
/// ```
/// use news_briefing::view::Markup;
///
/// let mut markup = Markup::default();
/// markup.tag("p").attr("class", "summary").children(|markup| {
///     markup.text("The ministers meet ");
///     markup.tag("em").text("again");
/// });
/// ```
///
/// Its content cannot add attributes:
///
/// ```compile_fail,E0599
/// use news_briefing::view::Markup;
///
/// let mut markup = Markup::default();
/// markup.tag("p").children(|markup| {
///     markup.text("The ministers meet again");
///     markup.attr("class", "summary");
/// });
/// ```
///
/// Nor can they be added once the element has ended:
///
/// ```compile_fail,E0599
/// use news_briefing::view::Markup;
///
/// let mut markup = Markup::default();
/// markup.tag("p").text("The ministers meet again").attr("class", "summary");
/// ```
#[derive(Debug)]
#[must_use = "an element has to be ended, by what it holds"]
pub struct Tag<'markup>(&'markup mut Markup);

impl Markup {
    /// Begins an HTML element.
    pub fn tag(&mut self, name: &str) -> Tag<'_> {
        self.step(Step::Open(name));
        Tag(self)
    }

    /// Begins an SVG element.
    pub fn svg_tag(&mut self, name: &str) -> Tag<'_> {
        self.step(Step::OpenSvg(name));
        Tag(self)
    }

    /// Writes text. Whatever it contains, it is never parsed as markup.
    pub fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.step(Step::Text(text));
        }
    }

    /// Appends markup that was written elsewhere.
    #[cfg(feature = "cli")]
    pub(crate) fn include(&mut self, other: Self) {
        self.steps.push_str(&other.steps);
    }

    /// Returns how much has been written, for [`Markup::truncate`] and [`Markup::remove_first`].
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Removes what was written after `len`.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.steps.truncate(len);
    }

    /// Removes what was written up to `len`.
    pub(crate) fn remove_first(&mut self, len: usize) {
        self.steps.drain(..len);
    }

    fn step(&mut self, step: Step) {
        step.encode(&mut self.steps);
    }

    #[cfg(any(test, not(target_arch = "wasm32")))]
    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        Step::decode(&self.steps)
    }
}

impl Tag<'_> {
    /// Writes an attribute. Whatever its value contains, it is never parsed as markup.
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.0.step(Step::Attribute(name, value));
        self
    }

    /// Writes an attribute, if it has a value.
    pub fn attr_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Writes attributes.
    pub fn attrs(self, attributes: &[(&str, &str)]) -> Self {
        for (name, value) in attributes {
            self.0.step(Step::Attribute(name, value));
        }
        self
    }

    /// Ends the element with the content that `write` writes.
    pub fn children(self, write: impl FnOnce(&mut Markup)) {
        write(self.0);
        self.0.step(Step::Close);
    }

    /// Ends the element with a text as its content.
    pub fn text(self, text: &str) {
        self.0.text(text);
        self.0.step(Step::Close);
    }

    /// Ends the element without content.
    pub fn empty(self) {
        self.0.step(Step::Close);
    }

    /// Ends the element as a slot, which a component fills.
    pub(crate) fn slot(self, slot: Slot) {
        self.attrs(&[("class", class::SLOT), (data::SLOT, slot.name())]).empty();
    }
}
