//! The Yew components, one per file, each with its own CSS beside it.
//!
//! The HTML works by itself: folds are `details`, citations open popovers, all without script.
//! A briefing is drawn once, from an [`Edition`]; [`behaviour`] then adds hovering, paging, playing
//! and the links inside the shadow root, and [`display`] writes the state of the player straight to
//! the page, as attributes that style and assistive technology read.

mod behaviour;
mod blocks;
mod body;
mod briefing;
mod citation;
mod display;
mod dom;
mod edition;
mod event;
mod glance;
mod header;
mod icon;
mod image;
mod inline;
mod key_points;
mod locale;
mod markup;
mod minify;
mod player;
mod popover;
mod references;
mod sections;
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
pub use glance::Glance;
pub use locale::{Locale, PluralCategory};
#[cfg(feature = "cli")]
pub(crate) use markup::Markup;
pub use sections::Sections;
pub use session::Session;
#[cfg(feature = "cli")]
pub(crate) use sheet::write;
pub use shell::{Props as ShellProps, Shell, Stage};
#[cfg(not(target_arch = "wasm32"))]
pub use styles::styles_ahead;
pub use styles::{PARTS, PROPERTIES, STYLES};
pub use words::{Word, Words};
