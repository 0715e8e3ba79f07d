/// A source of time while playing.
///
/// A clock is polled: after [`start`](Self::start), its time is read until it is stopped. No method here calls
/// back, but an implementation may ask its owner to poll. It may be slow, inexact or limited, but must keep
/// this contract:
///
/// - `start` and `seek` return at once. Until the clock really runs from the new time, it reads
///   [`ClockState::Stalled`], never a time from before.
/// - It may land at another time than requested, as speech does, which can only begin with a sentence. Its
///   first [`ClockState::Running`] reports where.
/// - What it finds out later, such as a browser's refusal to play, it reports with the next reading.
/// - A clock that gets no notice when it falls silent on its own must guard against that and read
///   [`ClockFault::Interrupted`].
pub trait Clock {
    /// Starts to run at this time and rate, also if it is already running.
    ///
    /// # Errors
    ///
    /// If it is clear at once that the clock cannot run.
    fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault>;

    /// Stops the clock. Also called after it has ended, failed, been paused from outside, or was never
    /// started.
    fn stop(&mut self);

    /// Jumps to a time while running.
    ///
    /// # Errors
    ///
    /// If the clock cannot run on from there.
    fn seek(&mut self, to: f64) -> Result<(), ClockFault>;

    /// Changes the rate while running.
    ///
    /// # Errors
    ///
    /// If the clock cannot run on at this rate.
    fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault>;

    /// Returns the current state. Only called after `start`, or after [`Self::take_external_use`] has found the
    /// clock running, and before `stop`.
    fn read(&mut self) -> ClockState;

    /// Returns the duration as the clock knows it, once it does; it may change.
    fn duration(&self) -> Option<f64> {
        None
    }

    /// Whether the clock can start or go on at this time.
    fn can_seek(&self, _to: f64) -> bool {
        true
    }

    /// Whether the clock can run at other rates than 1.
    fn can_set_rate(&self) -> bool {
        true
    }

    /// Returns what the clock does or has done without having been started here: before this player had it,
    /// or since it was last stopped. Each finding is returned once. `None` if the clock only did what it was
    /// asked for.
    fn take_external_use(&mut self) -> Option<ExternalUse> {
        None
    }

    /// Returns the parts that are loaded, each with its start and its end.
    fn loaded(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }
}

/// The state of a clock that others have used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExternalUse {
    /// The current time, in seconds.
    pub at: f64,
    /// The rate it is set to.
    pub rate: f64,
    /// Whether it runs.
    pub is_running: bool,
}

/// The state of a clock. All times are in seconds, and may be wrong in any way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClockState {
    /// It runs, and is at this time.
    Running(f64),
    /// It was started, but is held at this time: starting, seeking, loading, asleep.
    Stalled(f64),
    /// It was paused at this time from outside: by the system, a headset, another page.
    Paused(f64),
    /// It reached its end at this time.
    Ended(f64),
    /// It cannot go on.
    Failed(ClockFault),
}

/// Why a clock cannot run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockFault {
    /// The browser requires a user gesture first: `NotAllowedError`. Playing again after a click works.
    NotAllowed,
    /// The clock can play nothing here: no file, no known encoding, no voice.
    NotSupported,
    /// Loading was interrupted.
    Network,
    /// The loaded data cannot be played.
    Decode,
    /// The clock fell silent without a reason given.
    Interrupted,
}

/// A clock chosen at run time.
impl<C: Clock + ?Sized> Clock for Box<C> {
    fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault> {
        (**self).start(at, rate)
    }

    fn stop(&mut self) {
        (**self).stop();
    }

    fn seek(&mut self, to: f64) -> Result<(), ClockFault> {
        (**self).seek(to)
    }

    fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault> {
        (**self).set_rate(rate)
    }

    fn read(&mut self) -> ClockState {
        (**self).read()
    }

    fn duration(&self) -> Option<f64> {
        (**self).duration()
    }

    fn can_seek(&self, to: f64) -> bool {
        (**self).can_seek(to)
    }

    fn can_set_rate(&self) -> bool {
        (**self).can_set_rate()
    }

    fn take_external_use(&mut self) -> Option<ExternalUse> {
        (**self).take_external_use()
    }

    fn loaded(&self) -> Vec<[f64; 2]> {
        (**self).loaded()
    }
}
