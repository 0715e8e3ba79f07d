use super::{ClockFault, ClockState, Event, ExternalUse, FASTEST, SLOWEST};

#[cfg(test)]
mod transitions;
#[cfg(test)]
mod walk;

/// The state of playback and its transitions: the state behind the properties of a media element.
///
/// It has no clock and no time of its own; each [`step`](Self::step) makes one transition. While paused no
/// clock runs, so a seek takes effect at once, and the clock receives the time when it is next started.
/// Invariants: `0 <= current_time <= duration`, nothing is NaN, and whatever has ended is paused.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Playback {
    state: State,
    time: f64,
    duration: f64,
    rate: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Paused,
    Ended,
    /// A clock runs, started here or found running, and has not been stopped.
    Active {
        announced: Announced,
        awaiting: Awaiting,
    },
}

/// The last event that reported whether playback runs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Announced {
    Play,
    Waiting,
    Playing,
}

/// What the clock's next time will settle, as the clock may land at another time than requested.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Awaiting {
    Nothing,
    Start,
    Seek,
}

/// An input of [`Playback`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input {
    /// Play, from the beginning if it is at the end.
    Play,
    /// Pause.
    Pause,
    /// Jump to this time, clamped to the range from 0 to the duration.
    Seek(f64),
    /// Play at this rate, clamped to the range from [`SLOWEST`] to [`FASTEST`].
    SetRate(f64),
    /// The duration turns out to be this.
    SetDuration(f64),
    /// The clock reads this. Ignored while paused.
    Clock(ClockState),
    /// The clock was found to have been used by others, and may run already. Ignored unless paused.
    Adopt(ExternalUse),
    /// Another clock has replaced the old one. On it, the current passage is at `at` and the whole lasts
    /// `duration`.
    NewClock {
        /// The current time on the new clock.
        at: f64,
        /// The duration on the new clock.
        duration: f64,
    },
}

/// A command for a clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Run from this time at this rate.
    Start {
        /// The time to run from.
        at: f64,
        /// The rate to run at.
        rate: f64,
    },
    /// Stop.
    Stop,
    /// Jump to this time and run on.
    Seek(f64),
    /// Run on at this rate.
    SetRate(f64),
}

/// The result of an [`Input`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// The events to report, in this order.
    pub events: Vec<Event>,
    /// The command for the clock.
    pub command: Option<Command>,
}

impl Step {
    fn new(events: Vec<Event>, command: impl Into<Option<Command>>) -> Self {
        Self { events, command: command.into() }
    }
}

impl Playback {
    /// How far a clock may go back of its own accord, in seconds, before that counts as a jump.
    ///
    /// Audio clocks correct themselves by some milliseconds after starting. Shown, this would make the slider
    /// jitter, so the time stands still until the clock has caught up. A larger step back is real: someone
    /// used the system's own controls. The limit is the longest time that the HTML Standard allows between
    /// two `timeupdate` events.
    pub const BACKWARD_JITTER: f64 = 0.25;

    /// Creates a playback that is paused at the beginning and lasts `duration` seconds, or 0 if this is not a
    /// finite positive number.
    #[must_use]
    pub fn new(duration: f64) -> Self {
        let duration = valid_duration(duration).unwrap_or(0.0);
        Self { state: State::Paused, time: 0.0, duration, rate: 1.0 }
    }

    /// Returns the current time in seconds; while seeking, the target of the seek.
    #[must_use]
    pub fn current_time(&self) -> f64 {
        self.time
    }

    /// Returns the duration in seconds.
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.duration
    }

    /// Returns the rate; 1 is as recorded.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Whether playback is stopped and has not been requested.
    #[must_use]
    pub fn paused(&self) -> bool {
        matches!(self.state, State::Paused | State::Ended)
    }

    /// Whether playback has reached the end and has not been moved since. Unlike a media element's `ended`,
    /// this does not become true by seeking to the end while paused.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.state == State::Ended
    }

    /// Whether a seek is in progress.
    #[must_use]
    pub fn seeking(&self) -> bool {
        matches!(self.state, State::Active { awaiting: Awaiting::Seek, .. })
    }

    /// Whether playback was requested, but the clock does not run, or not yet.
    #[must_use]
    pub fn waiting(&self) -> bool {
        matches!(self.state, State::Active { announced: Announced::Play | Announced::Waiting, .. })
    }

    /// Makes the transition for one input.
    pub fn step(&mut self, input: Input) -> Step {
        match input {
            Input::Play => self.play(),
            Input::Pause => self.halt(State::Paused, None),
            Input::Seek(to) => self.seek(to),
            Input::SetRate(rate) => self.set_rate(rate),
            Input::SetDuration(duration) => self.set_duration(duration),
            Input::Clock(state) => self.read(state),
            Input::Adopt(external_use) => self.adopt(external_use),
            Input::NewClock { at, duration } => self.change_clock(at, duration),
        }
    }

    fn play(&mut self) -> Step {
        if !self.paused() {
            return Step::default();
        }
        let at_end = self.ended() || (self.duration > 0.0 && self.time >= self.duration);
        let (awaiting, events) = if at_end {
            self.time = 0.0;
            (Awaiting::Seek, vec![Event::Seeking, Event::Play])
        } else {
            (Awaiting::Start, vec![Event::Play])
        };
        self.state = State::Active { announced: Announced::Play, awaiting };
        Step::new(events, self.start())
    }

    fn start(&self) -> Command {
        Command::Start { at: self.time, rate: self.rate }
    }

    /// Stops playback if it is active, and finishes a pending seek, which no clock will finish now.
    fn halt(&mut self, state: State, reason: Option<Event>) -> Step {
        let State::Active { awaiting, .. } = self.state else {
            return Step::default();
        };
        self.state = state;
        let mut events = vec![Event::TimeUpdate];
        events.extend((awaiting == Awaiting::Seek).then_some(Event::Seeked));
        events.push(Event::Pause);
        events.extend(reason);
        Step::new(events, Command::Stop)
    }

    fn seek(&mut self, to: f64) -> Step {
        if !to.is_finite() {
            return Step::default();
        }
        self.time = self.clamped(to);
        if let State::Active { announced, .. } = self.state {
            self.state = State::Active { announced, awaiting: Awaiting::Seek };
            Step::new(vec![Event::Seeking], Command::Seek(self.time))
        } else {
            self.state = State::Paused;
            Step::new(vec![Event::Seeking, Event::TimeUpdate, Event::Seeked], None)
        }
    }

    fn set_rate(&mut self, rate: f64) -> Step {
        let rate = rate.clamp(SLOWEST, FASTEST);
        if rate.is_nan() || rate == self.rate {
            return Step::default();
        }
        self.rate = rate;
        Step::new(vec![Event::RateChange], (!self.paused()).then_some(Command::SetRate(rate)))
    }

    fn set_duration(&mut self, duration: f64) -> Step {
        let Some(duration) = valid_duration(duration).filter(|duration| *duration != self.duration) else {
            return Step::default();
        };
        self.duration = duration;
        let mut events = vec![Event::DurationChange];
        if self.time > duration {
            self.time = duration;
            events.push(Event::TimeUpdate);
        }
        Step::new(events, None)
    }

    /// Adopts the state of a clock that others have used. A running clock is left running: no command
    /// follows.
    fn adopt(&mut self, ExternalUse { at, rate, is_running }: ExternalUse) -> Step {
        if !self.paused() {
            return Step::default();
        }
        let mut events = self.set_rate(rate).events;
        events.extend(is_running.then_some(Event::Play));
        let time = self.time;
        if at.is_finite() {
            self.time = self.clamped(at);
        }
        let has_moved = self.time != time;
        events.extend(has_moved.then_some(Event::TimeUpdate));
        if is_running {
            self.state = State::Active { announced: Announced::Play, awaiting: Awaiting::Start };
        } else if has_moved {
            self.state = State::Paused;
        }
        Step::new(events, None)
    }

    fn change_clock(&mut self, at: f64, duration: f64) -> Step {
        let mut events = Vec::new();
        let mut command = None;
        let time = self.time;
        if let Some(duration) = valid_duration(duration).filter(|duration| *duration != self.duration) {
            self.duration = duration;
            events.push(Event::DurationChange);
        }
        self.time = self.clamped(if at.is_finite() { at } else { time });
        if self.time != time {
            events.push(Event::TimeUpdate);
        }
        if let State::Active { announced, awaiting } = self.state {
            let halted = announced == Announced::Playing;
            events.extend(halted.then_some(Event::Waiting));
            self.state = State::Active {
                announced: if halted { Announced::Waiting } else { announced },
                awaiting: if awaiting == Awaiting::Nothing { Awaiting::Start } else { awaiting },
            };
            command = Some(self.start());
        }
        Step::new(events, command)
    }

    fn read(&mut self, state: ClockState) -> Step {
        let State::Active { announced, awaiting } = self.state else {
            return Step::default();
        };
        match state {
            ClockState::Running(at) if at.is_finite() => self.run(self.clamped(at), announced, awaiting),
            ClockState::Running(_) => Step::default(),
            ClockState::Stalled(at) => self.stall(at, announced, awaiting),
            ClockState::Paused(at) => {
                if awaiting == Awaiting::Nothing && at.is_finite() {
                    self.time = self.without_jitter(self.clamped(at));
                }
                self.halt(State::Paused, None)
            }
            ClockState::Ended(at) => {
                if at.is_finite() {
                    self.time = self.clamped(at);
                }
                self.halt(State::Ended, Some(Event::Ended))
            }
            ClockState::Failed(fault) => self.fail(fault),
        }
    }

    fn run(&mut self, at: f64, announced: Announced, awaiting: Awaiting) -> Step {
        let before = self.time;
        self.time = if awaiting == Awaiting::Nothing { self.without_jitter(at) } else { at };
        self.state = State::Active { announced: Announced::Playing, awaiting: Awaiting::Nothing };

        let jumped_back = awaiting == Awaiting::Nothing && self.time < before;
        let resumes = (announced != Announced::Playing).then_some(Event::Playing);
        let mut events = Vec::new();
        if jumped_back || awaiting == Awaiting::Seek {
            events.extend(jumped_back.then_some(Event::Seeking));
            events.extend([Event::TimeUpdate, Event::Seeked]);
            events.extend(resumes);
        } else {
            events.extend(resumes);
            events.extend((self.time != before).then_some(Event::TimeUpdate));
        }
        Step::new(events, None)
    }

    fn stall(&mut self, at: f64, announced: Announced, awaiting: Awaiting) -> Step {
        if announced == Announced::Waiting {
            return Step::default();
        }
        self.state = State::Active { announced: Announced::Waiting, awaiting };
        if awaiting != Awaiting::Nothing {
            return Step::new(vec![Event::Waiting], None);
        }
        // A step back is reported by the clock when it runs again. `max` ignores NaN.
        self.time = self.clamped(at).max(self.time);
        Step::new(vec![Event::TimeUpdate, Event::Waiting], None)
    }

    fn fail(&mut self, fault: ClockFault) -> Step {
        self.halt(State::Paused, Some(Event::Error(fault)))
    }

    /// Clamps a time to the range from 0 to the duration.
    pub(super) fn clamped(&self, time: f64) -> f64 {
        time.clamp(0.0, self.duration)
    }

    /// Returns the clock's time, or the current one if the clock is less than a jump behind it.
    fn without_jitter(&self, at: f64) -> f64 {
        let behind = self.time - at;
        if behind > 0.0 && behind < Self::BACKWARD_JITTER { self.time } else { at }
    }
}

fn valid_duration(duration: f64) -> Option<f64> {
    (duration.is_finite() && duration >= 0.0).then_some(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playing_at(time: f64) -> Playback {
        let mut playback = Playback::new(100.0);
        playback.step(Input::Play);
        playback.step(Input::Clock(ClockState::Running(time)));
        playback
    }

    #[test]
    fn playback_begins_paused_at_zero() {
        let playback = Playback::new(100.0);
        assert!(playback.paused() && !playback.ended() && !playback.seeking() && !playback.waiting());
        assert_eq!((playback.current_time(), playback.duration(), playback.rate()), (0.0, 100.0, 1.0));
    }

    #[test]
    fn an_invalid_duration_counts_as_zero() {
        for duration in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(Playback::new(duration).duration(), 0.0);
        }
    }

    #[test]
    fn the_time_of_the_clock_is_adopted_after_a_start_and_a_seek() {
        let mut playback = playing_at(20.0);
        assert_eq!(playback.current_time(), 20.0);
        playback.step(Input::Seek(53.0));
        assert_eq!(playback.current_time(), 53.0);
        let step = playback.step(Input::Clock(ClockState::Running(50.0)));
        assert_eq!(step.events, [Event::TimeUpdate, Event::Seeked]);
        assert_eq!(playback.current_time(), 50.0);
    }

    #[test]
    fn clock_jitter_does_not_move_the_time_back() {
        let mut playback = playing_at(20.0);
        assert_eq!(playback.step(Input::Clock(ClockState::Running(19.9))), Step::default());
        assert_eq!(playback.current_time(), 20.0);
    }

    #[test]
    fn a_clock_that_jumps_back_counts_as_a_seek() {
        let mut playback = playing_at(20.0);
        let step = playback.step(Input::Clock(ClockState::Running(5.0)));
        assert_eq!(step.events, [Event::Seeking, Event::TimeUpdate, Event::Seeked]);
        assert_eq!(playback.current_time(), 5.0);
    }

    #[test]
    fn a_clock_beyond_the_duration_is_clamped_and_does_not_end() {
        let mut playback = playing_at(20.0);
        playback.step(Input::Clock(ClockState::Running(1e9)));
        assert_eq!(playback.current_time(), 100.0);
        assert!(!playback.ended());
    }

    #[test]
    fn an_early_end_keeps_its_time() {
        let mut playback = playing_at(20.0);
        playback.step(Input::Clock(ClockState::Ended(60.0)));
        assert!(playback.ended() && playback.paused());
        assert_eq!(playback.current_time(), 60.0);
    }

    #[test]
    fn rates_are_clamped() {
        let mut playback = Playback::new(100.0);
        for (requested, rate) in [(0.1, 0.5), (9.0, 3.0), (f64::INFINITY, 3.0), (-1.0, 0.5), (1.25, 1.25)] {
            playback.step(Input::SetRate(requested));
            assert_eq!(playback.rate(), rate);
        }
    }

    #[test]
    fn playing_at_the_end_starts_over() {
        let mut playback = Playback::new(100.0);
        playback.step(Input::Seek(1e9));
        assert!(!playback.ended());
        let step = playback.step(Input::Play);
        assert_eq!(step.command, Some(Command::Start { at: 0.0, rate: 1.0 }));
        assert_eq!(step.events, [Event::Seeking, Event::Play]);
    }

    #[test]
    fn playback_without_a_duration_can_end_repeatedly() {
        let mut playback = Playback::new(0.0);
        for _ in 0..3 {
            assert_eq!(playback.step(Input::Play).command, Some(Command::Start { at: 0.0, rate: 1.0 }));
            let step = playback.step(Input::Clock(ClockState::Ended(0.0)));
            assert_eq!(step.events.last(), Some(&Event::Ended));
            assert!(playback.ended());
        }
    }
}
