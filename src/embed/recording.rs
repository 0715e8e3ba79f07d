//! The recording of an article, played in the audio element within the article's text.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::clock_state::clock_state;
use crate::playback::{Clock, ClockFault, ClockState, ExternalUse};

#[wasm_bindgen]
extern "C" {
    /// A recording, as implemented by `recording.js`.
    #[derive(Clone)]
    pub type Recording;

    /// Adopts the audio element in whatever state it is. `duration` is the length that the article states, in
    /// seconds, or not a number.
    #[wasm_bindgen(method)]
    pub(super) fn adopt(this: &Recording, audio: &HtmlElement, duration: f64);

    /// Sets the callback for every change of the recording's state.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_onchange(this: &Recording, callback: JsValue);

    /// Returns whether others have used the audio element; reports each use once.
    #[wasm_bindgen(method, js_name = takeExternalUse)]
    fn take_external_use(this: &Recording) -> bool;

    /// Returns whether the recording should be playing.
    #[wasm_bindgen(method, getter, js_name = shouldPlay)]
    fn should_play(this: &Recording) -> bool;

    /// Starts to play at a time. Browsers require this within a user gesture.
    #[wasm_bindgen(method)]
    fn start(this: &Recording, at: f64, rate: f64);

    /// Seeks to a time and keeps playing.
    #[wasm_bindgen(method)]
    fn seek(this: &Recording, to: f64);

    /// Stops playing.
    #[wasm_bindgen(method)]
    fn stop(this: &Recording);

    #[wasm_bindgen(method, getter)]
    fn rate(this: &Recording) -> f64;

    #[wasm_bindgen(method, setter)]
    fn set_rate(this: &Recording, rate: f64);

    /// Returns the state number, see [`clock_state`].
    #[wasm_bindgen(method)]
    fn poll(this: &Recording) -> u32;

    /// Returns the position in seconds.
    #[wasm_bindgen(method, getter)]
    fn time(this: &Recording) -> f64;

    /// Returns the duration in seconds; not a number until it is known.
    #[wasm_bindgen(method, getter)]
    fn duration(this: &Recording) -> f64;

    #[wasm_bindgen(method, js_name = canSeek)]
    fn can_seek(this: &Recording, to: f64) -> bool;

    /// Returns the loaded time ranges: the start and the end of each, in turn.
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
        clock_state(self.poll(), self.time())
    }

    fn duration(&self) -> Option<f64> {
        Some(Self::duration(self))
    }

    fn can_seek(&self, to: f64) -> bool {
        Self::can_seek(self, to)
    }

    fn take_external_use(&mut self) -> Option<ExternalUse> {
        Self::take_external_use(self).then(|| ExternalUse {
            at: self.time(),
            rate: self.rate(),
            is_running: self.should_play(),
        })
    }

    fn loaded(&self) -> Vec<[f64; 2]> {
        let ends = Self::loaded(self);
        let end = |index| ends.get(index).as_f64().unwrap_or_default();
        (0..ends.length() / 2).map(|part| [end(2 * part), end(2 * part + 1)]).collect()
    }
}
