//! Rust's standard library for `wasm32-unknown-unknown`.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Provided, Toolbox, debian_rust, rustup};
use crate::call::{Call, Environment};
use crate::failure;

/// Rust's name of the target for WebAssembly in a browser.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let name = format!("the {TARGET} target");
    if is_installed()? {
        return Ok(Provided { name, environment: Environment::default() });
    }
    if let Some(environment) = debian_rust::built(toolbox) {
        return Ok(Provided { name: format!("{name}, from Debian"), environment });
    }
    let Err(error) = rustup::add("target", TARGET) else {
        return Ok(Provided { name, environment: Environment::default() });
    };
    if which::which("apt-get").is_err() {
        return Err(error);
    }
    failure::print(&error);
    println!("  trying Debian's packages instead:");
    let environment = debian_rust::provide(toolbox).context("Debian's packages cannot replace it either")?;
    Ok(Provided { name: format!("{name}, from Debian"), environment })
}

fn is_installed() -> Result<bool> {
    let folder = Call::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).read()?;
    Ok(PathBuf::from(folder.trim()).is_dir())
}
