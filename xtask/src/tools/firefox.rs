//! Firefox, with geckodriver.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Provided, Toolbox, debian, geckodriver, on_path};
use crate::call::{Call, Environment};

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let browser = match browser() {
        Some(browser) => browser,
        None => {
            debian::install(&["firefox-esr"])?;
            browser().context("firefox-esr was installed, but there is no firefox on PATH")?
        }
    };
    let printed = Call::new(&browser).arg("--version").read()?;
    let version = printed.split_whitespace().last().unwrap_or("of an unknown version");
    let driver = geckodriver::provide(toolbox)?;
    let name = format!("firefox {version}, {}", driver.name);
    let mut environment = Environment::default();
    environment.extend(driver.environment);
    Ok(Provided { name, environment })
}

fn browser() -> Option<PathBuf> {
    on_path::first_of(&["firefox", "firefox-esr"])
}
