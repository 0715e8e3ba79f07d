//! A briefing on the page: its text by view functions, its instruments by Yew components.
//!
//! The text is drawn once and never again, so nothing is kept to compare it with: it is written as
//! [`markup`], drawn by one call to JavaScript, and the same writer makes the HTML that is rendered ahead
//! and takes that over (*hydration*). Measured, the same text by Yew's own nodes takes 1.8 / 1.6 / 1.9 /
//! 2.1 times the browser's own parsing at 10 / 100 / 1,000 / 10,000 blocks, instead of 1.4 / 1.3 / 1.4 /
//! 1.5; written in `html!` it weighs 10 KB more. What changes all the time is ordinary Yew: [`player`] and
//! [`states`], which stand in slots of the text.
//!
//! ```text
//!            Article ─▶ ViewModel ─▶ text ──────────────▶ the page
//!                           │          slots ◀─ player ◀─┐    │
//!   page, other players ─▶ Controller ── Change ─────────┘    │ events
//!            ▲              ▲   ▲  └─ CurrentPassage ─▶ text  │
//!            │ Event        │   └──── player (press, drag) ◀──┤
//!            └──────────────┴──────── behaviour ◀─────────────┘
//! ```
//!
//! There: an article becomes a [`ViewModel`] that never changes, its text is drawn, and what the
//! [`Controller`](controller::Controller) tells its observers renders their components anew. And back:
//! what the reader does reaches the controller from the components and from [`behaviour`], which listens
//! at the root of the text; what comes of it is an [`Event`] for the page.
//!
//! The HTML works by itself: folds are `details`, citations open popovers, all without script.
//!
//! How fast it is, and what was tried to make it so: `docs/performance.md`.

#[cfg(not(target_arch = "wasm32"))]
mod ahead;
mod behaviour;
mod briefing;
mod controller;
mod dom;
mod event;
mod icon;
mod locale;
mod markup;
mod names;
mod player;
mod root;
mod sections;
mod sound;
mod states;
mod style;
mod text;
mod view_model;
mod words;

#[cfg(feature = "cli")]
pub(crate) use ahead::slot_html;
pub use briefing::{Briefing, Props as BriefingProps};
#[cfg(feature = "browser")]
pub(crate) use controller::Controller;
pub use event::Event;
pub use locale::{Locale, PluralCategory};
pub use markup::{Markup, Tag};
#[cfg(feature = "browser")]
pub(crate) use root::{LoadState, Props as RootProps, Root};
pub use sections::Sections;
pub use sound::Sound;
#[cfg(not(target_arch = "wasm32"))]
pub use style::styles_ahead;
pub use style::{PARTS, PROPERTIES, STYLES};
#[cfg(feature = "cli")]
pub(crate) use text::article_markup;
#[cfg(feature = "browser")]
pub(crate) use text::{drawn::DrawnText, first_screen::FirstScreen, first_screen::Rest};
pub use view_model::{Cited, CitedAt, ViewModel};
#[cfg(feature = "cli")]
pub(crate) use words::languages;
pub use words::{Word, Words};
