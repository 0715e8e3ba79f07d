//! An interactive news briefing that any page can embed.
//!
//! One JSON article with its references goes in; a briefing with key points that unfold, citations
//! that show their source, and a player comes out. Each module knows only those before it:
//!
//! - [`article`]: the data, the canonical JSON and its problems;
//! - [`timeline`]: the article as timed segments;
//! - [`playback`]: a state machine over a clock;
//! - `view` (feature `view`): the Yew components;
//! - `embed` (feature `browser`): the custom element;
//! - `cli` (feature `cli`): the native command.

pub mod article;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "browser")]
pub mod embed;
pub mod playback;
pub mod timeline;
#[cfg(feature = "view")]
pub mod view;
