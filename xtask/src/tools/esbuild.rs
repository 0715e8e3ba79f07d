//! esbuild, which bundles and minifies scripts.

use anyhow::Result;

use super::{Provided, Toolbox, npm, on_path};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = toolbox.workspace.pinned("esbuild")?;
    let mut environment = Environment::default();
    if on_path::with_version("esbuild", &version).is_none() {
        // Unless the package's install script has run, the command is a script for Node.js.
        npm::node()?;
        environment.put_on_path(npm::provide(toolbox, "esbuild", &version)?.join(".bin"));
    }
    Ok(Provided { name: format!("esbuild {version}"), environment })
}
