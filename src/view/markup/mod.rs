//! Writes the markup of a briefing, from the first element to the last.
//!
//! A briefing is drawn once, so nothing is kept to compare it with. What is written here is one text,
//! a list of [`Step`]s: in the browser `draw.js` makes elements of them all at once, or takes over the
//! elements that were made of the same ahead of the page (*hydration*); elsewhere they become HTML, or
//! nodes for Yew to write out. To cross from WebAssembly to JavaScript for each element and each attribute
//! took longer than all the rest.

mod dom;
#[cfg(any(feature = "cli", test))]
mod html;
#[cfg(not(target_arch = "wasm32"))]
mod nodes;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::expect_used, clippy::panic, reason = "a test may fail: that is how it tells")]
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

/// An element of which the attributes are being written. It takes those first, then what it holds, once:
/// that ends it.
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
/// What it holds cannot give it attributes:
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
/// Nor can it have one once it has ended:
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
    /// Begins an element of HTML.
    pub fn tag(&mut self, name: &str) -> Tag<'_> {
        self.step(Step::Open(name));
        Tag(self)
    }

    /// Begins an element of SVG.
    pub fn svg_tag(&mut self, name: &str) -> Tag<'_> {
        self.step(Step::OpenSvg(name));
        Tag(self)
    }

    /// Writes text. It stays text, whatever it holds.
    pub fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.step(Step::Text(text));
        }
    }

    /// Writes what was written elsewhere.
    #[cfg(feature = "cli")]
    pub(crate) fn include(&mut self, other: Self) {
        self.steps.push_str(&other.steps);
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
    /// Writes an attribute. Whatever its value holds, it stays that.
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.0.step(Step::Attribute(name, value));
        self
    }

    /// Writes an attribute where there is a value for it.
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

    /// Ends the element with what `write` writes in it.
    pub fn children(self, write: impl FnOnce(&mut Markup)) {
        write(self.0);
        self.0.step(Step::Close);
    }

    /// Ends the element with a text in it.
    pub fn text(self, text: &str) {
        self.0.text(text);
        self.0.step(Step::Close);
    }

    /// Ends the element with nothing in it.
    pub fn empty(self) {
        self.0.step(Step::Close);
    }

    /// Ends the element as a place that a component fills.
    pub(crate) fn slot(self, slot: Slot) {
        self.attrs(&[("class", class::SLOT), (data::SLOT, slot.name())]).empty();
    }
}
