//! The recording of an article, in the audio element that stands in its text.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::clock_state::clock_state;
use crate::playback::{Clock, ClockFault, ClockState, Found};

#[wasm_bindgen]
extern "C" {
    /// A recording, as `recording.js` makes it.
    #[derive(Clone)]
    pub type Recording;

    /// Takes over the element, whatever that is doing. The article says that it lasts so many seconds, or not a
    /// number.
    #[wasm_bindgen(method)]
    pub(super) fn take(this: &Recording, audio: &HtmlElement, duration: f64);

    /// Sets what is called whenever something happens to it.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_onnews(this: &Recording, news: JsValue);

    /// Whether others have used it; tells of that once.
    #[wasm_bindgen(method)]
    fn found(this: &Recording) -> bool;

    /// Whether it shall play.
    #[wasm_bindgen(method, getter)]
    fn wanted(this: &Recording) -> bool;

    /// Begins to play at a time. Browsers want that within a press.
    #[wasm_bindgen(method)]
    fn start(this: &Recording, at: f64, rate: f64);

    /// Goes to a time and plays on.
    #[wasm_bindgen(method)]
    fn seek(this: &Recording, to: f64);

    /// Falls silent.
    #[wasm_bindgen(method)]
    fn stop(this: &Recording);

    #[wasm_bindgen(method, getter)]
    fn rate(this: &Recording) -> f64;

    #[wasm_bindgen(method, setter)]
    fn set_rate(this: &Recording, rate: f64);

    /// What it is doing, by its number.
    #[wasm_bindgen(method)]
    fn look(this: &Recording) -> u32;

    /// Where it is, in seconds.
    #[wasm_bindgen(method, getter)]
    fn time(this: &Recording) -> f64;

    /// How long it lasts, in seconds; not a number until that is known.
    #[wasm_bindgen(method, getter)]
    fn duration(this: &Recording) -> f64;

    #[wasm_bindgen(method, js_name = canSeek)]
    fn can_seek(this: &Recording, to: f64) -> bool;

    /// What is loaded: the start and the end of each part, in turn.
    #[wasm_bindgen(method, getter)]
    fn loaded(this: &Recording) -> Array;
}

impl Clock for Recording {
    fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault> {
        Self::start(self, at, rate);
        Ok(())
    }

    fn stop(&mut self) {
        Self::stop(self);
    }

    fn seek(&mut self, to: f64) -> Result<(), ClockFault> {
        Self::seek(self, to);
        Ok(())
    }

    fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault> {
        Self::set_rate(self, rate);
        Ok(())
    }

    fn read(&mut self) -> ClockState {
        clock_state(self.look(), self.time())
    }

    fn duration(&self) -> Option<f64> {
        Some(Self::duration(self))
    }

    fn can_seek(&self, to: f64) -> bool {
        Self::can_seek(self, to)
    }

    fn found(&mut self) -> Option<Found> {
        Self::found(self).then(|| Found { at: self.time(), rate: self.rate(), is_running: self.wanted() })
    }

    fn loaded(&self) -> Vec<[f64; 2]> {
        let ends = Self::loaded(self);
        let end = |index| ends.get(index).as_f64().unwrap_or_default();
        (0..ends.length() / 2).map(|part| [end(2 * part), end(2 * part + 1)]).collect()
    }
}
