//! `wasm-opt`, which makes WebAssembly smaller. It is installed from npm's `binaryen`, since the
//! version in distributions is often too old.

use anyhow::{Context, Result};

use super::{Provided, Toolbox, npm, on_path};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = toolbox.workspace.pinned("binaryen")?;
    let major = version.split('.').next().context("binaryen's version is empty")?;
    let mut environment = Environment::default();
    if on_path::with_version("wasm-opt", major).is_none() {
        // The package's wasm-opt is a script for Node.js.
        npm::node()?;
        environment.put_on_path(npm::provide(toolbox, "binaryen", &version)?.join(".bin"));
    }
    Ok(Provided { name: format!("wasm-opt {major}"), environment })
}
