//! The Yew components, one per file, each with its own CSS beside it.
//!
//! The HTML works by itself: folds are `details`, citations open popovers, all without script.
//! Script adds hovering, paging, playing and the links inside the shadow root. What is drawn once
//! stays: a tick of the player writes straight to the page, through the progress of a [`Session`].

mod blocks;
mod body;
mod briefing;
mod citation;
mod citations;
mod dom;
mod edition;
mod event;
mod header;
mod icon;
mod image;
mod inline;
mod jump;
mod key_points;
mod locale;
mod placement;
mod play_button;
mod player;
mod popover;
mod progress;
mod progress_bar;
mod references;
mod session;
mod sheet;
mod shell;
mod source;
mod states;
mod styles;
mod words;

pub use briefing::{Briefing, Props as BriefingProps};
pub use edition::{CitedAt, Edition};
pub use event::Event;
pub use locale::{Locale, PluralCategory};
pub use session::Session;
pub use shell::{Props as ShellProps, Shell, Stage};
pub use styles::STYLES;
pub use words::{Word, Words};
