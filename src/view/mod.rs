//! Renders a briefing: view functions write its text, and Yew components render its controls.
//!
//! Playing never changes the text: it is drawn once for each view model, so no virtual DOM is kept to
//! compare it with. View functions write it as [`markup`], which one call to JavaScript turns into
//! elements. The same writer produces the prerendered HTML and hydrates it. Measured, drawing the same
//! text with Yew's own nodes takes 1.8 / 1.6 / 1.9 / 2.1 times as long as the browser's own parsing at 10
//! / 100 / 1,000 / 10,000 blocks; this approach takes 1.4 / 1.3 / 1.4 / 1.5 times as long. Written in
//! `html!`, the text weighs 10 KB more. Whatever changes all the time is ordinary Yew: [`player`] and
//! [`states`]; the player's components fill slots of the text.
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
//! On the way to the reader, an article becomes an immutable [`ViewModel`], from which its text is drawn.
//! When the [`Controller`](controller::Controller) notifies its observers of a change, their components
//! render again. On the way back, the reader's actions reach the controller from the components and from
//! [`behaviour`], which listens at the root of the text. The controller reports the outcome to the host
//! page as an [`Event`].
//!
//! The HTML works without script: folds are `details` elements, and citations open popovers.
//!
//! Speed measurements and rejected alternatives: `docs/performance.md`.

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
#[cfg(not(target_arch = "wasm32"))]
mod prerender;
mod root;
mod sections;
mod sound;
mod states;
mod style;
mod text;
mod view_model;
mod words;

pub use briefing::{Briefing, Props as BriefingProps};
#[cfg(feature = "browser")]
pub(crate) use controller::Controller;
pub use event::Event;
pub use locale::{Locale, PluralCategory};
pub use markup::{Markup, Tag};
#[cfg(feature = "cli")]
pub(crate) use prerender::slot_html;
#[cfg(feature = "browser")]
pub(crate) use root::{LoadState, Props as RootProps, Root};
pub use sections::Sections;
pub use sound::Sound;
#[cfg(not(target_arch = "wasm32"))]
pub use style::prerendered_styles;
pub use style::{PARTS, PROPERTIES, STYLES};
#[cfg(feature = "cli")]
pub(crate) use text::article_markup;
#[cfg(feature = "browser")]
pub(crate) use text::{drawn::DrawnText, first_screen::FirstScreen, first_screen::Remainder};
pub use view_model::{Cited, CitedAt, ViewModel};
#[cfg(feature = "cli")]
pub(crate) use words::languages;
pub use words::{Word, Words};
