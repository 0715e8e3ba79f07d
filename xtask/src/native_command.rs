//! The command `news-briefing` itself, which renders briefings ahead of their pages.

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
