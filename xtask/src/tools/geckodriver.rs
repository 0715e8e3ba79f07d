//! geckodriver, which drives Firefox. Debian has no package of it.

use std::path::PathBuf;

use anyhow::Result;

use super::{Provided, Toolbox, cargo_install, on_path};
use crate::call::Environment;

/// The variable that names the driver for the in-browser and the end-to-end tests.
pub(crate) const DRIVER: &str = "GECKODRIVER";

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let mut environment = Environment::default();
    if let Some(driver) = std::env::var_os(DRIVER) {
        let name = format!("geckodriver at {}", PathBuf::from(&driver).display());
        environment.set(DRIVER, driver);
        return Ok(Provided { name, environment });
    }
    let version = &toolbox.workspace.pinned("geckodriver")?;
    let driver = match on_path::with_version("geckodriver", version) {
        Some(driver) => driver,
        None => cargo_install::provide(
            toolbox,
            &cargo_install::Package { name: "geckodriver", version, locked: true, takes: "1.5 minutes" },
        )?
        .join("geckodriver"),
    };
    environment.set(DRIVER, driver);
    Ok(Provided { name: format!("geckodriver {version}"), environment })
}
