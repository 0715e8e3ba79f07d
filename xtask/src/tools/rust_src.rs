//! The source of Rust's standard library, which the small build compiles anew.

use std::path::Path;

use anyhow::Result;

use super::{Provided, Toolbox, rustup, wasm_target};
use crate::call::{Call, Environment};
use crate::failure;

const COMPONENT: &str = "rust-src";

/// Never fails: without it, the plain build remains.
pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    // For the compiler that builds WebAssembly, which may not be the one on PATH.
    let compiler = wasm_target::provide(toolbox)?.environment;
    let name = if is_installed(&compiler)? {
        COMPONENT.to_owned()
    } else {
        match rustup::add("component", COMPONENT) {
            Ok(()) => COMPONENT.to_owned(),
            Err(error) => {
                failure::print(&error);
                format!("no {COMPONENT}: only the plain build is possible")
            }
        }
    };
    Ok(Provided { name, environment: Environment::default() })
}

/// Returns whether the compiler in `environment` has the source of its library beside it.
pub(crate) fn is_installed(environment: &Environment) -> Result<bool> {
    let sysroot = Call::new("rustc").args(["--print", "sysroot"]).within(environment).read()?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}
