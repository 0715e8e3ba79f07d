//! The transition table of the state machine: every state, every kind of input.

use super::{Announced, Awaiting, ClockState, Command, Input, Playback, State};
use crate::playback::{ClockFault, ExternalUse};

use ClockState::{Ended, Failed, Paused, Running, Stalled};
use Input::{Adopt, Clock, NewClock, Pause, Play, Seek, SetDuration, SetRate};

/// Every state that can be reached.
const STATES: [(&str, State); 9] = [
    ("paused", State::Paused),
    ("ended", State::Ended),
    ("play+start", active(Announced::Play, Awaiting::Start)),
    ("play+seek", active(Announced::Play, Awaiting::Seek)),
    ("playing", active(Announced::Playing, Awaiting::Nothing)),
    ("playing+seek", active(Announced::Playing, Awaiting::Seek)),
    ("waiting", active(Announced::Waiting, Awaiting::Nothing)),
    ("waiting+start", active(Announced::Waiting, Awaiting::Start)),
    ("waiting+seek", active(Announced::Waiting, Awaiting::Seek)),
];

const fn active(announced: Announced, awaiting: Awaiting) -> State {
    State::Active { announced, awaiting }
}

const fn external_use(at: f64, rate: f64, is_running: bool) -> ExternalUse {
    ExternalUse { at, rate, is_running }
}

/// An input, the states it applies to ("others": those not named for this input before), and the
/// outcome: `events > command > state @time`. Each case begins at 10 of 100 seconds. `=` is the
/// state before, and a missing time means 10.
const TABLE: &[(Input, &str, &str)] = &[
    (Play, "paused", "play > start 10 > play+start"),
    (Play, "ended", "seeking play > start 0 > play+seek @0"),
    (Play, "others", "> > ="),
    //
    (Pause, "paused ended", "> > ="),
    (Pause, "play+start playing waiting waiting+start", "timeupdate pause > stop > paused"),
    (Pause, "play+seek playing+seek waiting+seek", "timeupdate seeked pause > stop > paused"),
    //
    (Seek(50.0), "paused ended", "seeking timeupdate seeked > > paused @50"),
    (Seek(50.0), "play+start play+seek", "seeking > seek 50 > play+seek @50"),
    (Seek(50.0), "playing playing+seek", "seeking > seek 50 > playing+seek @50"),
    (Seek(50.0), "waiting waiting+start waiting+seek", "seeking > seek 50 > waiting+seek @50"),
    (Seek(1e9), "paused ended", "seeking timeupdate seeked > > paused @100"),
    (Seek(1e9), "play+start play+seek", "seeking > seek 100 > play+seek @100"),
    (Seek(1e9), "playing playing+seek", "seeking > seek 100 > playing+seek @100"),
    (Seek(1e9), "waiting waiting+start waiting+seek", "seeking > seek 100 > waiting+seek @100"),
    (Seek(-1.0), "paused ended", "seeking timeupdate seeked > > paused @0"),
    (Seek(-1.0), "play+start play+seek", "seeking > seek 0 > play+seek @0"),
    (Seek(-1.0), "playing playing+seek", "seeking > seek 0 > playing+seek @0"),
    (Seek(-1.0), "waiting waiting+start waiting+seek", "seeking > seek 0 > waiting+seek @0"),
    (Seek(f64::NAN), "others", "> > ="),
    //
    (SetRate(2.0), "paused ended", "ratechange > > ="),
    (SetRate(2.0), "others", "ratechange > rate 2 > ="),
    (SetRate(1.0), "others", "> > ="),
    (SetRate(f64::NAN), "others", "> > ="),
    //
    (SetDuration(200.0), "others", "durationchange > > ="),
    (SetDuration(5.0), "others", "durationchange timeupdate > > = @5"),
    (SetDuration(100.0), "others", "> > ="),
    (SetDuration(f64::NAN), "others", "> > ="),
    //
    (Clock(Running(11.0)), "paused ended", "> > ="),
    (Clock(Running(11.0)), "playing", "timeupdate > > playing @11"),
    (Clock(Running(11.0)), "play+start waiting waiting+start", "playing timeupdate > > playing @11"),
    (Clock(Running(11.0)), "playing+seek", "timeupdate seeked > > playing @11"),
    (Clock(Running(11.0)), "play+seek waiting+seek", "timeupdate seeked playing > > playing @11"),
    (Clock(Running(10.0)), "paused ended playing", "> > ="),
    (Clock(Running(10.0)), "play+start waiting waiting+start", "playing > > playing"),
    (Clock(Running(10.0)), "playing+seek", "timeupdate seeked > > playing"),
    (Clock(Running(10.0)), "play+seek waiting+seek", "timeupdate seeked playing > > playing"),
    (Clock(Running(9.9)), "paused ended playing", "> > ="),
    (Clock(Running(9.9)), "waiting", "playing > > playing"),
    (Clock(Running(9.9)), "play+start waiting+start", "playing timeupdate > > playing @9.9"),
    (Clock(Running(9.9)), "playing+seek", "timeupdate seeked > > playing @9.9"),
    (Clock(Running(9.9)), "play+seek waiting+seek", "timeupdate seeked playing > > playing @9.9"),
    (Clock(Running(4.0)), "paused ended", "> > ="),
    (Clock(Running(4.0)), "playing", "seeking timeupdate seeked > > playing @4"),
    (Clock(Running(4.0)), "waiting", "seeking timeupdate seeked playing > > playing @4"),
    (Clock(Running(4.0)), "play+start waiting+start", "playing timeupdate > > playing @4"),
    (Clock(Running(4.0)), "playing+seek", "timeupdate seeked > > playing @4"),
    (Clock(Running(4.0)), "play+seek waiting+seek", "timeupdate seeked playing > > playing @4"),
    (Clock(Running(1e9)), "paused ended", "> > ="),
    (Clock(Running(1e9)), "playing", "timeupdate > > playing @100"),
    (Clock(Running(1e9)), "play+start waiting waiting+start", "playing timeupdate > > playing @100"),
    (Clock(Running(1e9)), "playing+seek", "timeupdate seeked > > playing @100"),
    (Clock(Running(1e9)), "play+seek waiting+seek", "timeupdate seeked playing > > playing @100"),
    (Clock(Running(f64::NAN)), "others", "> > ="),
    //
    (Clock(Stalled(11.0)), "playing", "timeupdate waiting > > waiting @11"),
    (Clock(Stalled(11.0)), "play+start", "waiting > > waiting+start"),
    (Clock(Stalled(11.0)), "play+seek playing+seek", "waiting > > waiting+seek"),
    (Clock(Stalled(11.0)), "others", "> > ="),
    (Clock(Stalled(f64::NAN)), "playing", "timeupdate waiting > > waiting"),
    (Clock(Stalled(f64::NAN)), "play+start", "waiting > > waiting+start"),
    (Clock(Stalled(f64::NAN)), "play+seek playing+seek", "waiting > > waiting+seek"),
    (Clock(Stalled(f64::NAN)), "others", "> > ="),
    //
    (Clock(Paused(11.0)), "paused ended", "> > ="),
    (Clock(Paused(11.0)), "playing waiting", "timeupdate pause > stop > paused @11"),
    (Clock(Paused(11.0)), "play+start waiting+start", "timeupdate pause > stop > paused"),
    (Clock(Paused(11.0)), "others", "timeupdate seeked pause > stop > paused"),
    (Clock(Paused(f64::NAN)), "paused ended", "> > ="),
    (Clock(Paused(f64::NAN)), "play+start playing waiting waiting+start", "timeupdate pause > stop > paused"),
    (Clock(Paused(f64::NAN)), "others", "timeupdate seeked pause > stop > paused"),
    //
    (Clock(Ended(60.0)), "paused ended", "> > ="),
    (
        Clock(Ended(60.0)),
        "play+start playing waiting waiting+start",
        "timeupdate pause ended > stop > ended @60",
    ),
    (Clock(Ended(60.0)), "others", "timeupdate seeked pause ended > stop > ended @60"),
    (Clock(Ended(f64::NAN)), "paused ended", "> > ="),
    (
        Clock(Ended(f64::NAN)),
        "play+start playing waiting waiting+start",
        "timeupdate pause ended > stop > ended",
    ),
    (Clock(Ended(f64::NAN)), "others", "timeupdate seeked pause ended > stop > ended"),
    //
    (Clock(Failed(ClockFault::Network)), "paused ended", "> > ="),
    (
        Clock(Failed(ClockFault::Network)),
        "play+start playing waiting waiting+start",
        "timeupdate pause error > stop > paused",
    ),
    (Clock(Failed(ClockFault::Network)), "others", "timeupdate seeked pause error > stop > paused"),
    //
    (Adopt(external_use(20.0, 2.0, true)), "paused ended", "ratechange play timeupdate > > play+start @20"),
    (Adopt(external_use(20.0, 2.0, true)), "others", "> > ="),
    (Adopt(external_use(10.0, 1.0, true)), "paused ended", "play > > play+start"),
    (Adopt(external_use(10.0, 1.0, true)), "others", "> > ="),
    (Adopt(external_use(1e9, 1.0, false)), "paused ended", "timeupdate > > paused @100"),
    (Adopt(external_use(1e9, 1.0, false)), "others", "> > ="),
    (Adopt(external_use(f64::NAN, f64::NAN, false)), "others", "> > ="),
    //
    (NewClock { at: 20.0, duration: 80.0 }, "paused ended", "durationchange timeupdate > > = @20"),
    (
        NewClock { at: 20.0, duration: 80.0 },
        "playing",
        "durationchange timeupdate waiting > start 20 > waiting+start @20",
    ),
    (
        NewClock { at: 20.0, duration: 80.0 },
        "playing+seek",
        "durationchange timeupdate waiting > start 20 > waiting+seek @20",
    ),
    (
        NewClock { at: 20.0, duration: 80.0 },
        "waiting",
        "durationchange timeupdate > start 20 > waiting+start @20",
    ),
    (NewClock { at: 20.0, duration: 80.0 }, "others", "durationchange timeupdate > start 20 > = @20"),
    (NewClock { at: f64::NAN, duration: f64::NAN }, "paused ended", "> > ="),
    (NewClock { at: f64::NAN, duration: f64::NAN }, "playing", "waiting > start 10 > waiting+start"),
    (NewClock { at: f64::NAN, duration: f64::NAN }, "playing+seek", "waiting > start 10 > waiting+seek"),
    (NewClock { at: f64::NAN, duration: f64::NAN }, "waiting", "> start 10 > waiting+start"),
    (NewClock { at: f64::NAN, duration: f64::NAN }, "others", "> start 10 > ="),
];

fn outcome(from: State, input: Input) -> String {
    let mut playback = Playback { state: from, time: 10.0, duration: 100.0, rate: 1.0 };
    let step = playback.step(input);
    let events: Vec<_> = step.events.iter().map(|event| event.name()).collect();
    let command = match step.command {
        None => String::new(),
        Some(Command::Stop) => "stop".to_owned(),
        Some(Command::Start { at, .. }) => format!("start {at}"),
        Some(Command::Seek(to)) => format!("seek {to}"),
        Some(Command::SetRate(rate)) => format!("rate {rate}"),
    };
    let events = events.join(" ");
    format!("{events} > {command} > {} @{}", name(playback.state), playback.time)
}

fn name(state: State) -> &'static str {
    STATES.iter().find(|(_, known)| *known == state).map_or("unreachable", |(name, _)| name)
}

fn parts(outcome: &str) -> Vec<&str> {
    outcome.split_whitespace().collect()
}

#[test]
fn every_transition_matches_the_table() {
    let mut covered: Vec<(String, &str)> = Vec::new();
    for (input, froms, expected) in TABLE {
        let kind = format!("{input:?}");
        for (from, state) in STATES {
            let named = froms.split(' ').any(|named| named == from);
            let known = covered.iter().any(|(other, name)| *other == kind && *name == from);
            assert!(!(named && known), "{kind} in {from} is in the table twice");
            if !named && (*froms != "others" || known) {
                continue;
            }
            covered.push((kind.clone(), from));
            let mut expected = expected.replace('=', from);
            if !expected.contains('@') {
                expected.push_str(" @10");
            }
            assert_eq!(parts(&outcome(state, *input)), parts(&expected), "{kind} in {from}");
        }
    }
    for (input, ..) in TABLE {
        let kind = format!("{input:?}");
        let states = covered.iter().filter(|(other, _)| *other == kind).count();
        assert_eq!(states, STATES.len(), "{kind} is missing in some state");
    }
}
