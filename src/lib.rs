//! An interactive news briefing that any page can embed.
//!
//! One JSON article with its references goes in. A briefing comes out: key points that unfold, citations that
//! show their source, and a player. Each module depends only on the modules listed before it:
//!
//! - [`article`]: the data, the canonical JSON and its problems;
//! - [`cms`]: converts the JSON of content management systems to an article;
//! - [`timeline`]: the article as timed segments;
//! - [`playback`]: a state machine over a clock;
//! - `view` (feature `view`): the text as markup, and the interactive parts as Yew components;
//! - `embed` (feature `browser`): the custom element;
//! - `adapters` (features `adapters` and `timings`): what a page loads only where an article needs it
//!   for JSON that is not canonical and for timing files;
//! - `cli` (feature `cli`): the native command.

#[cfg(any(feature = "adapters", feature = "timings"))]
pub mod adapters;
pub mod article;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(any(feature = "native", feature = "adapters"))]
pub mod cms;
#[cfg(feature = "browser")]
pub mod embed;
pub mod playback;
pub mod timeline;
#[cfg(feature = "view")]
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "some of it only the custom element asks for")
)]
pub mod view;
