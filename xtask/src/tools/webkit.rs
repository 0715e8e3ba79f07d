//! WebKitGTK with its driver, which finds its browser by itself. The browser needs a display.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Provided, debian, on_path, xvfb};
use crate::call::Environment;

/// The variable that names the driver.
pub(crate) const DRIVER: &str = "WEBKITWEBDRIVER";

pub(super) fn provide() -> Result<Provided> {
    let mut missing = xvfb::missing();
    if driver().is_none() {
        missing.push("webkit2gtk-driver");
    }
    if !missing.is_empty() {
        debian::install(&missing)?;
    }
    let driver =
        driver().context("webkit2gtk-driver was installed, but there is no WebKitWebDriver on PATH")?;
    let mut environment = Environment::default();
    environment.set(DRIVER, driver);
    Ok(Provided { name: "webkit, WebKitWebDriver under Xvfb".to_owned(), environment })
}

fn driver() -> Option<PathBuf> {
    std::env::var_os(DRIVER).map(PathBuf::from).or_else(|| on_path::first_of(&["WebKitWebDriver"]))
}
