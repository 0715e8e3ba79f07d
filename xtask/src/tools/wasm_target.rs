//! Rust's standard library for `wasm32-unknown-unknown`.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Provided;
use crate::call::{Call, Environment};
use crate::failure::Failure;
use crate::progress::Progress;

const TARGET: &str = "wasm32-unknown-unknown";

pub(super) fn provide() -> Result<Provided> {
    if !is_there()? {
        let add = || Call::new("rustup").args(["target", "add", TARGET]);
        let progress = Progress::start(format!("adding the {TARGET} target"));
        add().run_behind(&progress).with_context(|| {
            Failure::new(
                format!("Rust's {TARGET} target is missing and could not be added"),
                format!("with a network, run `{}`, then try again", add()),
            )
        })?;
        progress.done();
    }
    Ok(Provided { name: format!("the {TARGET} target"), environment: Environment::default() })
}

fn is_there() -> Result<bool> {
    let folder = Call::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).read()?;
    Ok(PathBuf::from(folder.trim()).is_dir())
}
