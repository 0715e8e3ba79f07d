/// What tells the time while playing.
///
/// A clock is asked, it does not call: after [`start`](Self::start), its time is read until it is
/// stopped. It may be as slow, wrong or unable as it is; what follows is all it has to keep:
///
/// - `start` and `seek` return at once. Until the clock really runs from the new place, it reads
///   [`ClockState::Stalled`], never a time from before.
/// - It may land elsewhere than asked, as speech does that can only begin with a sentence; its
///   first [`ClockState::Running`] tells where.
/// - What it finds out later, such as a browser's refusal to play, it tells with the next reading.
/// - One that cannot notice that it fell silent on its own must guard against that and read
///   [`ClockFault::Interrupted`].
pub trait Clock {
    /// Begins to run at this place and rate, also when it is running already.
    ///
    /// # Errors
    ///
    /// When it is clear at once that it cannot run.
    fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault>;

    /// Stops. Called too when it has ended, failed, been paused from outside, or never started.
    fn stop(&mut self);

    /// Jumps while running.
    ///
    /// # Errors
    ///
    /// When it cannot run on from there.
    fn seek(&mut self, to: f64) -> Result<(), ClockFault>;

    /// Changes the rate while running.
    ///
    /// # Errors
    ///
    /// When it cannot run on at this rate.
    fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault>;

    /// What it shows now. Only asked between `start` and `stop`.
    fn read(&mut self) -> ClockState;

    /// The duration as the clock knows it, once it does; it may change.
    fn duration(&self) -> Option<f64> {
        None
    }

    /// Whether it can be asked to begin or go on at this place.
    fn can_seek(&self, _to: f64) -> bool {
        true
    }

    /// Whether it can run at other rates than 1.
    fn can_set_rate(&self) -> bool {
        true
    }

    /// What it does, or has done, though nobody has started it here: before this player had it, or
    /// since it was last stopped. It is told once. Nothing where all it does is what it was asked for.
    fn found(&mut self) -> Option<Found> {
        None
    }

    /// The parts that need not be loaded any more, each with its start and its end.
    fn loaded(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }
}

/// How a clock was found that others have used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Where it is, in seconds.
    pub at: f64,
    /// The rate it is set to.
    pub rate: f64,
    /// Whether it runs.
    pub is_running: bool,
}

/// What a clock shows. All times are in seconds, and may be wrong in any way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClockState {
    /// It runs and is here.
    Running(f64),
    /// It shall run, but is kept here: starting, seeking, loading, asleep.
    Stalled(f64),
    /// It was paused here by someone else: the system, a headset, another page.
    Paused(f64),
    /// It came to its end, here.
    Ended(f64),
    /// It cannot go on.
    Failed(ClockFault),
}

/// Why a clock cannot run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockFault {
    /// The browser wants the reader to ask for it first: `NotAllowedError`. Playing again after a
    /// click will do.
    NotAllowed,
    /// There is nothing it can play: no file, no known encoding, no voice.
    NotSupported,
    /// Loading broke off.
    Network,
    /// What was loaded cannot be played.
    Decode,
    /// It fell silent without a reason given.
    Interrupted,
}

impl ClockFault {
    /// A short name, for the detail of an event and for logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAllowed => "not-allowed",
            Self::NotSupported => "not-supported",
            Self::Network => "network",
            Self::Decode => "decode",
            Self::Interrupted => "interrupted",
        }
    }
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

    fn found(&mut self) -> Option<Found> {
        (**self).found()
    }

    fn loaded(&self) -> Vec<[f64; 2]> {
        (**self).loaded()
    }
}
