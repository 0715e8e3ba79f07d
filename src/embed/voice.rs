//! Reads an article aloud with a voice of the reader's device.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::clock_state::clock_state;
use crate::playback::{Clock, ClockFault, ClockState};
use crate::view::ViewModel;

#[wasm_bindgen]
extern "C" {
    /// A voice, as implemented by `speech.js`.
    #[derive(Clone, Debug, PartialEq)]
    pub type Speech;

    /// Sets the script: the text of each segment, and the start of each in seconds, followed by the
    /// end of the last.
    #[wasm_bindgen(method)]
    fn prepare(this: &Speech, texts: Array, times: Array);

    /// Starts to speak at the sentence that is spoken at this time.
    #[wasm_bindgen(method)]
    fn start(this: &Speech, at: f64, rate: f64);

    /// Seeks to another time, at the current rate.
    #[wasm_bindgen(method)]
    fn seek(this: &Speech, to: f64);

    /// Stops speaking.
    #[wasm_bindgen(method)]
    fn stop(this: &Speech);

    /// Continues at another rate, with the current word if the voice reports words.
    #[wasm_bindgen(method, setter)]
    fn set_rate(this: &Speech, rate: f64);

    /// Returns the state number, see [`clock_state`].
    #[wasm_bindgen(method)]
    fn poll(this: &Speech) -> u32;

    /// Returns the position in seconds.
    #[wasm_bindgen(method, getter)]
    fn time(this: &Speech) -> f64;
}

/// A clock that runs as fast as a voice speaks.
pub(super) struct Voice {
    speech: Speech,
    /// The script, until the first `start` passes it to the voice: many readers never listen.
    script: Option<Rc<ViewModel>>,
}

impl Voice {
    pub(super) fn boxed(speech: Speech, model: Rc<ViewModel>) -> Box<dyn Clock> {
        Box::new(Self { speech, script: Some(model) })
    }
}

impl Clock for Voice {
    fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault> {
        if let Some(ViewModel { article, timeline, .. }) = self.script.take().as_deref() {
            let text = |passage| JsValue::from(article.spoken(passage));
            let texts = timeline.segments().iter().map(|segment| text(segment.passage)).collect();
            let starts = timeline.segments().iter().map(|segment| segment.start);
            let times = starts.chain([timeline.duration()]).map(JsValue::from).collect();
            self.speech.prepare(texts, times);
        }
        self.speech.start(at, rate);
        Ok(())
    }

    fn stop(&mut self) {
        self.speech.stop();
    }

    fn seek(&mut self, to: f64) -> Result<(), ClockFault> {
        self.speech.seek(to);
        Ok(())
    }

    fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault> {
        self.speech.set_rate(rate);
        Ok(())
    }

    fn read(&mut self) -> ClockState {
        clock_state(self.speech.poll(), self.speech.time())
    }
}
