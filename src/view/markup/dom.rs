//! Bindings to `draw.js`, which turns all steps into elements in one call.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::Markup;

#[wasm_bindgen(module = "/src/view/markup/draw.js")]
extern "C" {
    fn draw(steps: &str) -> Element;
    fn hydrate(steps: &str, frame: &Element) -> bool;

    /// A drawing in slices, which completes an element that shows the beginning of the same markup and is kept.
    pub(crate) type Drawing;
    /// Returns a drawing that completes `frame`.
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(frame: &Element) -> Drawing;
    #[wasm_bindgen(method, js_name = add)]
    fn add_steps(this: &Drawing, steps: &str);
    /// Draws about this many elements, once all of the markup has been added; returns whether there are more.
    #[wasm_bindgen(method)]
    pub(crate) fn draw(this: &Drawing, elements: f64) -> bool;
}

impl Drawing {
    /// Adds the next part of the markup.
    pub(crate) fn add(&self, part: &Markup) {
        self.add_steps(&part.steps);
    }
}

impl Markup {
    /// Draws the markup. It must have a single root element.
    pub(crate) fn draw(self) -> Element {
        draw(&self.steps)
    }

    /// Hydrates `frame`, if its elements are those of this markup; returns whether they are.
    pub(crate) fn hydrate(&self, frame: &Element) -> bool {
        hydrate(&self.steps, frame)
    }
}
