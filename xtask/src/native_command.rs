//! Builds the native command `news-briefing`, which prerenders briefings.

use std::path::PathBuf;

use anyhow::Result;

use crate::call::{Call, Environment};
use crate::workspace::Workspace;

/// Builds the command at [`Workspace::command`].
pub(crate) fn build(workspace: &Workspace, environment: &Environment) -> Result<()> {
    Call::new("cargo")
        .args(["build", "--no-default-features", "--features", "cli", "--bin", "news-briefing"])
        .folder(&workspace.root)
        .within(environment)
        .run()
}

/// Builds the command in the profile in which it is installed, and returns its path.
pub(crate) fn build_to_install(workspace: &Workspace, environment: &Environment) -> Result<PathBuf> {
    Call::new("cargo")
        .args(["build", "--profile", "command", "--no-default-features", "--features", "cli"])
        .args(["--bin", "news-briefing"])
        .folder(&workspace.root)
        .within(environment)
        .run()?;
    Ok(workspace.target.join("command/news-briefing"))
}
