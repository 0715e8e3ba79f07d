//! Reading aloud by a voice of the reader's device.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::clock_state::clock_state;
use crate::playback::{Clock, ClockFault, ClockState};
use crate::view::ViewModel;

#[wasm_bindgen]
extern "C" {
    /// A voice, as `speech.js` makes it.
    #[derive(Clone, Debug, PartialEq)]
    pub type Speech;

    /// Tells it what to say: the words of each segment, and when each begins, in seconds; last, when
    /// all ends.
    #[wasm_bindgen(method)]
    fn prepare(this: &Speech, texts: Array, times: Array);

    /// Begins to speak with the sentence that is said at a time.
    #[wasm_bindgen(method)]
    fn start(this: &Speech, at: f64, rate: f64);

    /// The same at another time, at the rate it has.
    #[wasm_bindgen(method)]
    fn seek(this: &Speech, to: f64);

    /// Falls silent.
    #[wasm_bindgen(method)]
    fn stop(this: &Speech);

    /// Goes on at another rate, with the word it is at if it knows that.
    #[wasm_bindgen(method, setter)]
    fn set_rate(this: &Speech, rate: f64);

    /// What it is doing, by the number that `speech.js` gives it.
    #[wasm_bindgen(method)]
    fn look(this: &Speech) -> u32;

    /// Where it is, in seconds.
    #[wasm_bindgen(method, getter)]
    fn time(this: &Speech) -> f64;
}

/// A clock that goes as fast as a voice speaks.
pub(super) struct Voice {
    speech: Speech,
    /// What is to be said, until it is told to the voice: a reader may never ask for it.
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
        clock_state(self.speech.look(), self.speech.time())
    }
}
