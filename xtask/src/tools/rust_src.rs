//! The source of Rust's standard library, which the small build compiles anew.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Provided, Toolbox, wasm_target};
use crate::call::{Call, Environment};
use crate::failure::{self, Failure};
use crate::progress::Progress;

const COMPONENT: &str = "rust-src";

/// Never fails: without it, the plain build remains.
pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    // For the compiler that builds WebAssembly, which may not be the one on PATH.
    let compiler = wasm_target::provide(toolbox)?.environment;
    let name = if is_there(&compiler)? {
        COMPONENT.to_owned()
    } else {
        match add() {
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
pub(crate) fn is_there(environment: &Environment) -> Result<bool> {
    let sysroot = Call::new("rustc").args(["--print", "sysroot"]).within(environment).read()?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}

fn add() -> Result<()> {
    let call = || Call::new("rustup").args(["component", "add", COMPONENT]);
    let progress = Progress::start(format!("adding the {COMPONENT} component"));
    call().run_behind(&progress).with_context(|| {
        Failure::new(
            format!("Rust's {COMPONENT} component is missing and could not be added"),
            format!("with a network, run `{}`, then try again", call()),
        )
    })?;
    progress.done();
    Ok(())
}
