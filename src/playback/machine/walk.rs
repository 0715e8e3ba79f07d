//! Runs every short sequence of inputs, from a new playback and from an empty article, and checks
//! the invariants after each step.

use super::{ClockState, Command, Input, Playback, Step};
use crate::playback::{ClockFault, Event, ExternalUse};

const INPUTS: [Input; 21] = [
    Input::Play,
    Input::Pause,
    Input::Seek(40.0),
    Input::Seek(1e9),
    Input::Seek(f64::NAN),
    Input::SetRate(2.0),
    Input::SetDuration(30.0),
    Input::SetDuration(0.0),
    Input::Clock(ClockState::Running(20.0)),
    Input::Clock(ClockState::Running(60.0)),
    Input::Clock(ClockState::Running(-1e9)),
    Input::Clock(ClockState::Running(f64::NAN)),
    Input::Clock(ClockState::Stalled(25.0)),
    Input::Clock(ClockState::Stalled(f64::INFINITY)),
    Input::Clock(ClockState::Paused(f64::NEG_INFINITY)),
    Input::Clock(ClockState::Ended(50.0)),
    Input::Clock(ClockState::Ended(f64::NAN)),
    Input::Clock(ClockState::Failed(ClockFault::Interrupted)),
    Input::Adopt(ExternalUse { at: 25.0, rate: 1.5, is_running: true }),
    Input::Adopt(ExternalUse { at: f64::NAN, rate: 1.0, is_running: false }),
    Input::NewClock { at: 70.0, duration: 90.0 },
];

/// A host page that knows only the events, and a clock that knows only the commands.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Witness {
    plays: bool,
    waits: bool,
    /// Whether `Playing` has been reported since the last `Play` or `Waiting`.
    runs: bool,
    seeks: bool,
    clock_runs: bool,
}

impl Witness {
    fn record(&mut self, step: &Step) {
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
    let reported = |event| step.events.contains(&event);
    assert_eq!(after.ended() && !before.ended(), reported(Event::Ended));
    assert_eq!(after.rate() != before.rate(), reported(Event::RateChange));
    assert_eq!(after.duration() != before.duration(), reported(Event::DurationChange));
    let moved = after.current_time() != before.current_time();
    assert!(!moved || reported(Event::TimeUpdate) || reported(Event::Seeking));
}

fn walk(playback: Playback, witness: Witness, path: &mut Vec<Input>, depth: usize) {
    if depth == 0 {
        return;
    }
    for input in INPUTS {
        path.push(input);
        let (mut next, mut seen) = (playback, witness);
        let step = next.step(input);
        // An adopted clock that runs needs no command to start.
        seen.clock_runs |= matches!(input, Input::Adopt(external_use) if external_use.is_running);
        let result = std::panic::catch_unwind(move || {
            seen.record(&step);
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
fn no_sequence_of_inputs_breaks_an_invariant() {
    walk(Playback::new(100.0), Witness::default(), &mut Vec::new(), 5);
}

#[test]
fn no_sequence_of_inputs_breaks_an_invariant_of_an_empty_article() {
    walk(Playback::new(0.0), Witness::default(), &mut Vec::new(), 5);
}
