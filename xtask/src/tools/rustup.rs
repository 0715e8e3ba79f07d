//! Parts of a Rust toolchain that rustup installs.

use anyhow::{Context, Result};

use crate::call::Call;
use crate::failure::Failure;
use crate::progress::Progress;

/// Adds a part to the toolchain; `kind` is a command of rustup, such as `target` or `component`.
pub(super) fn add(kind: &str, name: &str) -> Result<()> {
    let call = || Call::new("rustup").args([kind, "add", name]);
    let progress = Progress::start(format!("adding the {name} {kind}"));
    call().run_with_progress(&progress).with_context(|| {
        Failure::new(
            format!("Rust's {name} {kind} is missing and could not be added"),
            format!("with a network, run `{}`, then try again", call()),
        )
    })?;
    progress.done();
    Ok(())
}
