//! Bindings to `draw.js`, which turns all steps into elements in one call.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::Markup;

#[wasm_bindgen(module = "/src/view/markup/draw.js")]
extern "C" {
    fn draw(steps: &str) -> Element;
    fn hydrate(steps: &str, frame: &Element) -> bool;
    fn drawing(steps: &str, frame: &Element) -> Drawing;

    /// The rest of some steps to draw (a generator).
    pub(crate) type Drawing;
    #[wasm_bindgen(method)]
    fn next(this: &Drawing, elements: f64) -> Progress;

    type Progress;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Progress) -> bool;
}

impl Drawing {
    /// Draws about this many elements; returns whether there are more.
    pub(crate) fn draw(&self, elements: usize) -> bool {
        #[allow(clippy::cast_precision_loss, reason = "about so many")]
        let elements = elements as f64;
        !self.next(elements).done()
    }
}

impl Markup {
    /// Draws the markup. It must have a single root element.
    pub(crate) fn draw(self) -> Element {
        draw(&self.steps)
    }

    /// Returns a drawing that completes `frame`, which shows the beginning of the same markup and is kept.
    pub(crate) fn drawing(self, frame: &Element) -> Drawing {
        drawing(&self.steps, frame)
    }

    /// Hydrates `frame`, if its elements are those of this markup; returns whether they are.
    pub(crate) fn hydrate(&self, frame: &Element) -> bool {
        hydrate(&self.steps, frame)
    }
}
