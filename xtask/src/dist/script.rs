//! Minifies scripts.

use std::path::Path;

use anyhow::Result;

use crate::call::{Call, Environment};

/// Removes from a script what only people need: whitespace, comments, long local names.
pub(super) fn minify(from: &Path, to: &Path, more: &[String], environment: &Environment) -> Result<()> {
    Call::new("esbuild")
        .arg(from)
        .args(["--minify", "--format=esm", "--target=es2022", "--charset=utf8", "--legal-comments=none"])
        .args(["--log-level=warning", "--allow-overwrite"])
        .args(more)
        .arg(format!("--outfile={}", to.display()))
        .within(environment)
        .run_quietly()
}
