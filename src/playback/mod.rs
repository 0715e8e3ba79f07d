//! Playback: a state machine with the vocabulary of `HTMLMediaElement`, and the clocks it can
//! follow.
//!
//! [`Playback`] is the state machine. It knows no clock: each [`Input`] makes a transition, and
//! yields [`Event`]s for listeners and at most one [`Command`] for a clock. A [`Clock`] is any
//! source of time while playing: an audio file, the browser's speech, or, in this module, the pace
//! of silent reading ([`ReadingClock`]). A [`Player`] connects the two. Nothing here depends on a
//! browser; the owner of a `Player` calls [`Player::tick`] as often as the time is to be updated.
//! Times are in seconds.

mod clock;
mod event;
mod machine;
mod player;
mod rate;
mod reading_clock;

pub use clock::{Clock, ClockFault, ClockState, ExternalUse};
pub use event::Event;
pub use machine::{Command, Input, Playback, Step};
pub use player::Player;
pub use rate::{FASTEST, RATES, SLOWEST};
pub use reading_clock::ReadingClock;
