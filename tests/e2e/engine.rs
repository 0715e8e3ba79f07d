//! The browser engines that the scenarios run in.

use std::fmt;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK, in the browser that ships with its driver.
    WebKit,
}

impl Engine {
    /// Returns the engine that `$NEWS_BRIEFING_ENGINE` names, or Chromium by default.
    pub(crate) fn chosen() -> Self {
        match std::env::var("NEWS_BRIEFING_ENGINE").as_deref() {
            Ok("chromium") | Err(_) => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("NEWS_BRIEFING_ENGINE={other}: no such engine"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}
