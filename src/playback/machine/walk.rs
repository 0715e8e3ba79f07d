//! Every short sequence of inputs, from the beginning and from an empty article, with what must
//! hold after each step.

use super::{Command, Input, Playback, Reading, Step};
use crate::playback::{ClockFault, Event};

const INPUTS: [Input; 20] = [
    Input::Play,
    Input::Pause,
    Input::Toggle,
    Input::Seek(40.0),
    Input::Seek(1e9),
    Input::Seek(f64::NAN),
    Input::SetRate(2.0),
    Input::SetDuration(30.0),
    Input::SetDuration(0.0),
    Input::Clock(Reading::Running(20.0)),
    Input::Clock(Reading::Running(60.0)),
    Input::Clock(Reading::Running(-1e9)),
    Input::Clock(Reading::Running(f64::NAN)),
    Input::Clock(Reading::Stalled(25.0)),
    Input::Clock(Reading::Stalled(f64::INFINITY)),
    Input::Clock(Reading::Paused(f64::NEG_INFINITY)),
    Input::Clock(Reading::Ended(50.0)),
    Input::Clock(Reading::Ended(f64::NAN)),
    Input::Clock(Reading::Failed(ClockFault::Interrupted)),
    Input::NewClock { at: 70.0, duration: 90.0 },
];

/// A page that knows only events, and a clock that knows only commands.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Witness {
    plays: bool,
    waits: bool,
    /// `Playing` has been told since the last `Play` or `Waiting`.
    runs: bool,
    seeks: bool,
    clock_runs: bool,
}

impl Witness {
    fn sees(&mut self, step: &Step) {
        let mut last = None;
        for event in &step.events {
            match event {
                Event::Play => {
                    assert!(!self.plays);
                    self.plays = true;
                }
                Event::Playing => {
                    assert!(self.plays && !self.runs && !self.seeks);
                    (self.runs, self.waits) = (true, false);
                }
                Event::Waiting => {
                    assert!(self.plays && !self.waits);
                    (self.runs, self.waits) = (false, true);
                }
                Event::Pause => {
                    assert!(self.plays && !self.seeks);
                    (self.plays, self.runs, self.waits) = (false, false, false);
                }
                Event::Seeking => self.seeks = true,
                Event::Seeked => {
                    assert!(self.seeks && last == Some(Event::TimeUpdate));
                    self.seeks = false;
                }
                Event::Ended | Event::Error(_) => assert_eq!(last, Some(Event::Pause)),
                Event::TimeUpdate | Event::RateChange | Event::DurationChange => {}
            }
            last = Some(*event);
        }
        match step.command {
            Some(Command::Start { at, rate }) => {
                assert!(at.is_finite() && rate.is_finite());
                self.clock_runs = true;
            }
            Some(Command::Stop) => {
                assert!(self.clock_runs);
                self.clock_runs = false;
            }
            Some(Command::Seek(number) | Command::SetRate(number)) => {
                assert!(self.clock_runs && number.is_finite());
            }
            None => {}
        }
    }
}

fn check(before: &Playback, after: &Playback, step: &Step, witness: &Witness) {
    assert!((0.0..=after.duration()).contains(&after.current_time()));
    assert!(after.duration().is_finite());
    assert!((0.5..=3.0).contains(&after.rate()));
    assert!(!after.ended() || after.paused());
    assert_eq!(after.paused(), !witness.plays);
    assert_eq!(after.paused(), !witness.clock_runs);
    assert_eq!(after.seeking(), witness.seeks);
    assert_eq!(after.waiting(), witness.plays && !witness.runs);
    let told = |event| step.events.contains(&event);
    assert_eq!(after.ended() && !before.ended(), told(Event::Ended));
    assert_eq!(after.rate() != before.rate(), told(Event::RateChange));
    assert_eq!(after.duration() != before.duration(), told(Event::DurationChange));
    let moved = after.current_time() != before.current_time();
    assert!(!moved || told(Event::TimeUpdate) || told(Event::Seeking));
}

fn walk(playback: Playback, witness: Witness, path: &mut Vec<Input>, depth: usize) {
    if depth == 0 {
        return;
    }
    for input in INPUTS {
        path.push(input);
        let (mut next, mut seen) = (playback, witness);
        let step = next.step(input);
        let result = std::panic::catch_unwind(move || {
            seen.sees(&step);
            check(&playback, &next, &step, &seen);
            seen
        });
        match result {
            Ok(seen) => walk(next, seen, path, depth - 1),
            Err(_) => panic!("after {path:?}"),
        }
        path.pop();
    }
}

#[test]
fn no_sequence_of_inputs_breaks_what_must_hold() {
    walk(Playback::new(100.0), Witness::default(), &mut Vec::new(), 5);
}

#[test]
fn no_sequence_of_inputs_breaks_an_empty_article() {
    walk(Playback::new(0.0), Witness::default(), &mut Vec::new(), 5);
}
