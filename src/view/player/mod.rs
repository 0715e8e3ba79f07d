//! The player: Yew components, one per file. They observe the [`Controller`] and show its state: what
//! changes rarely through [`use_player_state`], what changes with every tick in [`progress_bar`]
//! alone.
//!
//! They attach their own listeners, by [`use_listener()`]. Listeners that Yew delegates are never
//! dropped, so memory would grow with every briefing that is added and removed.
//!
//! [`Controller`]: super::controller::Controller

mod button;
mod drag;
mod interrupted;
mod loaded;
mod marks;
mod play_link;
#[allow(clippy::module_inception, reason = "the component has the name of its room")]
mod player;
mod progress;
mod progress_bar;
mod slider;
mod speed;
mod svg_icon;
mod transport;
mod use_listener;
mod use_player_state;
mod use_words;

#[cfg(feature = "cli")]
pub(crate) use button::KeptPress;
pub(crate) use play_link::PlayLink;
pub(crate) use player::Player;
pub(crate) use use_listener::use_listener;
