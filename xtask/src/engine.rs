//! The browser engines that the tests run in.

use clap::ValueEnum;

/// A browser engine, named by the browser and its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Chromium or Chrome, through ChromeDriver
    Chromium,
    /// Firefox, through geckodriver
    Firefox,
    /// WebKitGTK, through WebKitWebDriver
    #[value(name = "webkit")]
    WebKit,
}

impl Engine {
    /// Returns the name that people and the tests use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}
