//! The edge to `draw.js`, which makes elements of the steps in one call.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::Markup;

#[wasm_bindgen(module = "/src/view/markup/draw.js")]
extern "C" {
    fn draw(steps: &str) -> Element;
    fn hydrate(steps: &str, frame: &Element) -> bool;
    fn redraw(steps: &str, frame: &Element);
    fn drawing(steps: &str, frame: &Element) -> Drawing;

    /// What is left to draw of some steps (a generator).
    pub(crate) type Drawing;
    #[wasm_bindgen(method)]
    fn next(this: &Drawing, elements: f64) -> Progress;

    type Progress;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Progress) -> bool;
}

impl Drawing {
    /// Draws about so many elements; returns whether there are more.
    pub(crate) fn draw(&self, elements: usize) -> bool {
        #[allow(clippy::cast_precision_loss, reason = "about so many")]
        let elements = elements as f64;
        !self.next(elements).done()
    }
}

impl Markup {
    /// Makes elements of it. It has to be one element with all others inside.
    pub(crate) fn draw(self) -> Element {
        draw(&self.steps)
    }

    /// Completes `frame`, which is the beginning of the same and stays.
    pub(crate) fn drawing(self, frame: &Element) -> Drawing {
        drawing(&self.steps, frame)
    }

    /// Makes of `frame`, which is the same with other texts or other parts, what this writes. What is in both stays.
    pub(crate) fn redraw(&self, frame: &Element) {
        redraw(&self.steps, frame);
    }

    /// Takes over the elements of `frame`, if they are what this writes; returns whether they are.
    pub(crate) fn hydrate(&self, frame: &Element) -> bool {
        hydrate(&self.steps, frame)
    }
}
