//! Biome, which finds mistakes in scripts.

use anyhow::Result;

use super::{Provided, Toolbox, npm};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = toolbox.workspace.pinned("biome")?;
    let mut environment = Environment::default();
    // Its command is a script for Node.js, also where the cache already has it.
    npm::node()?;
    let modules = npm::provide_all(toolbox, "biome", &version, &[format!("@biomejs/biome@{version}")])?;
    environment.put_on_path(modules.join(".bin"));
    Ok(Provided { name: format!("biome {version}"), environment })
}
