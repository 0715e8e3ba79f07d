//! Playing: a state machine in the words of `HTMLMediaElement`, and the clocks it can follow.
//!
//! [`Playback`] is the machine. It knows no clock: each [`Input`] moves it on and yields
//! [`Event`]s for the page and at most one [`Command`] for a clock. A [`Clock`] is whatever tells
//! the time while playing: an audio file, a browser's speech, or, here, the pace of silent reading
//! ([`ReadingClock`]). A [`Player`] couples the two. Nothing here knows of a browser; who owns a
//! `Player` calls [`Player::tick`] as often as it wants to see the time move. Times are in seconds.

mod clock;
mod event;
mod machine;
mod player;
mod rate;
mod reading_clock;

pub use clock::{Clock, ClockFault, ClockState, Found};
pub use event::Event;
pub use machine::{Command, Input, Playback, Step};
pub use player::Player;
pub use rate::{FASTEST, RATES, SLOWEST};
pub use reading_clock::ReadingClock;
