//! Chromium with ChromeDriver, which finds its browser by itself.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Provided, debian, on_path};
use crate::call::{Call, Environment};

/// The variable that names the driver for the in-browser and the end-to-end tests.
const DRIVER: &str = "CHROMEDRIVER";

pub(super) fn provide() -> Result<Provided> {
    let driver = match driver() {
        Some(driver) => driver,
        None => {
            debian::install(&["chromium", "chromium-driver"])?;
            driver().context("chromium-driver was installed, but there is no chromedriver on PATH")?
        }
    };
    let printed = Call::new(&driver).arg("--version").read()?;
    let version = printed.split_whitespace().nth(1).unwrap_or("of an unknown version");
    let name = format!("chromium, chromedriver {version}");
    let mut environment = Environment::default();
    environment.set(DRIVER, driver);
    Ok(Provided { name, environment })
}

/// Returns the driver that `$CHROMEDRIVER` names, or the one on `PATH` if there is a browser, too.
fn driver() -> Option<PathBuf> {
    let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    std::env::var_os(DRIVER)
        .map(PathBuf::from)
        .or_else(|| on_path::first_of(&browsers).and_then(|_| on_path::first_of(&["chromedriver"])))
}
