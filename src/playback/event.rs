use super::ClockFault;

/// An event of playback. Names and order are those of `HTMLMediaElement`.
///
/// - `Play` begins playback. `Playing` follows as soon as the clock runs, with `Waiting` before it
///   if necessary.
/// - `Waiting` is reported when the clock halts to load, and `Playing` when it runs on.
/// - `Pause` is reported whenever playback stops, also right before `Ended` and `Error`.
/// - `Seeking` is followed by `TimeUpdate` and `Seeked` once the new time is reached, unless
///   another `Seeking` is reported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Playback was requested; nothing may be audible yet.
    Play,
    /// Playback runs.
    Playing,
    /// Playback was requested, but the clock is not ready.
    Waiting,
    /// Playback was stopped.
    Pause,
    /// The current time has changed.
    TimeUpdate,
    /// The current time is about to jump.
    Seeking,
    /// The current time has jumped.
    Seeked,
    /// The rate has changed.
    RateChange,
    /// The duration has changed.
    DurationChange,
    /// Playback has reached the end.
    Ended,
    /// The clock failed. Playback is already paused at its current time, and can go on with another
    /// clock.
    Error(ClockFault),
}

impl Event {
    /// Returns the name of the event in `HTMLMediaElement`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Play => "play",
            Self::Playing => "playing",
            Self::Waiting => "waiting",
            Self::Pause => "pause",
            Self::TimeUpdate => "timeupdate",
            Self::Seeking => "seeking",
            Self::Seeked => "seeked",
            Self::RateChange => "ratechange",
            Self::DurationChange => "durationchange",
            Self::Ended => "ended",
            Self::Error(_) => "error",
        }
    }
}
