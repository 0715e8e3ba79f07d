//! Trunk, which builds and serves the newsroom.

use anyhow::Result;

use super::{Provided, Toolbox, cargo_install, on_path};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = &toolbox.workspace.pinned("trunk")?;
    let mut environment = Environment::default();
    if on_path::with_version("trunk", version).is_none() {
        environment.put_on_path(cargo_install::provide(
            toolbox,
            &cargo_install::Package { name: "trunk", version, locked: true, takes: "4 minutes" },
        )?);
    }
    Ok(Provided { name: format!("trunk {version}"), environment })
}
