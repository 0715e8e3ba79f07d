//! `cargo deny`, which checks the dependencies against deny.toml.

use anyhow::Result;

use super::{Provided, Toolbox, cargo_install, on_path};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = &toolbox.workspace.pinned("cargo-deny")?;
    let mut environment = Environment::default();
    if on_path::with_version("cargo-deny", version).is_none() {
        environment.put_on_path(cargo_install::provide(
            toolbox,
            &cargo_install::Package { name: "cargo-deny", version, locked: true, takes: "1.5 minutes" },
        )?);
    }
    Ok(Provided { name: format!("cargo-deny {version}"), environment })
}
