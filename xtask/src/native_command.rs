//! The command `news-briefing` itself, which renders briefings ahead of their pages.

use std::path::PathBuf;

use anyhow::Result;

use crate::call::{Call, Environment};
use crate::workspace::Workspace;

/// Builds it where [`Workspace::command`] says.
pub(crate) fn build(workspace: &Workspace, environment: &Environment) -> Result<()> {
    Call::new("cargo")
        .args(["build", "--no-default-features", "--features", "cli", "--bin", "news-briefing"])
        .folder(&workspace.root)
        .within(environment)
        .run()
}

/// Builds it as it is installed, and says where it is.
pub(crate) fn build_to_install(workspace: &Workspace, environment: &Environment) -> Result<PathBuf> {
    Call::new("cargo")
        .args(["build", "--profile", "command", "--no-default-features", "--features", "cli"])
        .args(["--bin", "news-briefing"])
        .folder(&workspace.root)
        .within(environment)
        .run()?;
    Ok(workspace.target.join("command/news-briefing"))
}
