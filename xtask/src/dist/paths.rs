//! The folders of the machine that builds, kept out of what it builds.

use std::path::PathBuf;

use anyhow::Result;

use crate::call::{Call, Environment};
use crate::workspace::Workspace;

/// Flags that make the compiler write other names for this machine's folders.
pub(super) fn remapped(workspace: &Workspace, environment: &Environment) -> Result<Vec<String>> {
    Ok(folders(workspace, environment)?
        .into_iter()
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect())
}

/// The folders that a compiler reads sources from, with what stands for each. Of several that fit a
/// path the compiler takes the last, so the narrower comes after the wider.
pub(super) fn folders(
    workspace: &Workspace,
    environment: &Environment,
) -> Result<Vec<(PathBuf, &'static str)>> {
    let sysroot = Call::new("rustc").args(["--print", "sysroot"]).within(environment).read()?;
    Ok(vec![
        (PathBuf::from(sysroot.trim()), "/rust"),
        (cargo_home()?, "/cargo"),
        (workspace.root.clone(), "/news-briefing"),
        (workspace.target.clone(), "/target"),
    ])
}

/// Where Cargo keeps the sources of dependencies.
fn cargo_home() -> Result<PathBuf> {
    use anyhow::Context;
    match std::env::var_os("CARGO_HOME") {
        Some(home) => Ok(PathBuf::from(home)),
        None => {
            Ok(std::env::home_dir().context("cannot tell your home folder: set $CARGO_HOME")?.join(".cargo"))
        }
    }
}
