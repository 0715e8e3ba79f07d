use super::ClockFault;

/// What happens in playing, named as by `HTMLMediaElement` and in its order.
///
/// - Playing begins with `Play`, then `Playing` as soon as the clock runs, or `Waiting` first.
/// - `Waiting` comes when the clock halts to load, and `Playing` when it runs on.
/// - `Pause` comes whenever playing stops, also right before `Ended` and `Error`.
/// - `Seeking` is followed by `TimeUpdate` and `Seeked` once the new place is reached, unless
///   another `Seeking` comes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It shall play; nothing may be heard yet.
    Play,
    /// It does play.
    Playing,
    /// It would play but for a clock that is not ready.
    Waiting,
    /// It no longer plays.
    Pause,
    /// The current time has changed.
    TimeUpdate,
    /// The current time is about to jump.
    Seeking,
    /// It has jumped.
    Seeked,
    /// The rate has changed.
    RateChange,
    /// The duration has changed.
    DurationChange,
    /// It came to its end.
    Ended,
    /// The clock failed; by now it is paused where it was, ready to play with another clock.
    Error(ClockFault),
}

impl Event {
    /// The name `HTMLMediaElement` gives to the event.
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
