//! Keeps the folders of the building machine out of what it builds: readers have no use for them, and the
//! same source must yield the same bytes wherever it is built.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::call::{Call, Environment};
use crate::workspace::Workspace;

/// Returns flags with which the compiler writes other names for the folders of the sources.
pub(super) fn remap_flags(workspace: &Workspace, environment: &Environment) -> Result<Vec<String>> {
    let names = names(workspace, environment)?;
    Ok(names
        .iter()
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect())
}

/// Returns the folders, each with its replacement. Of several that match a path, the compiler uses the last,
/// so narrower folders come after wider ones.
fn names(workspace: &Workspace, environment: &Environment) -> Result<Vec<(PathBuf, String)>> {
    let compiler = Compiler::query(environment)?;
    let cargo = cargo_home()?;
    let mut names = vec![
        (cargo.clone(), "/cargo".to_owned()),
        (workspace.root.clone(), "/news-briefing".to_owned()),
        (workspace.target.clone(), "/target".to_owned()),
        // The name that the compiler uses if this source is not installed.
        (compiler.sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{}", compiler.commit)),
    ];
    // The name of the folder of a registry depends on how this machine accesses the registry.
    names.extend(folders(&cargo.join("registry/src")).map(|registry| (registry, "/cargo".to_owned())));
    Ok(names)
}

/// The folder and the version of a compiler.
struct Compiler {
    sysroot: PathBuf,
    commit: String,
}

impl Compiler {
    fn query(environment: &Environment) -> Result<Self> {
        let print = |args: &[&str]| Call::new("rustc").args(args).within(environment).read();
        let sysroot = PathBuf::from(print(&["--print", "sysroot"])?.trim());
        let version = print(&["--version", "--verbose"])?;
        let field = |label: &str| version.lines().find_map(|line| line.strip_prefix(label)).map(str::trim);
        let commit = match field("commit-hash:") {
            Some(commit) if commit != "unknown" => commit,
            _ => field("release:").context("rustc did not print its version")?,
        };
        Ok(Self { sysroot, commit: commit.to_owned() })
    }
}

/// Returns the folder in which Cargo keeps the sources of dependencies.
fn cargo_home() -> Result<PathBuf> {
    let home = || std::env::home_dir().map(|home| home.join(".cargo"));
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home);
    cargo.context("cannot find your home folder: set $CARGO_HOME to where Cargo keeps its files")
}

fn folders(of: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(of).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// Returns the folders of this machine whose names occur in a file.
pub(super) fn leaked(file: &[u8], workspace: &Workspace, environment: &Environment) -> Result<Vec<PathBuf>> {
    let folders = names(workspace, environment)?.into_iter().map(|(folder, _)| folder);
    let mut leaked: Vec<PathBuf> = folders.chain(std::env::home_dir()).collect();
    leaked.retain(|folder| contains(file, format!("{}/", folder.display()).as_bytes()));
    Ok(leaked)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::{leaked, names};
    use crate::call::Environment;
    use crate::workspace::Workspace;

    #[test]
    fn a_leaked_local_path_is_found() {
        let (workspace, environment) = (Workspace::find().unwrap(), Environment::default());
        let file = format!("\0panicked at {}/src/lib.rs\0", workspace.root.display());
        assert!(leaked(file.as_bytes(), &workspace, &environment).unwrap().contains(&workspace.root));
        assert!(
            leaked(b"\0panicked at /news-briefing/src/lib.rs\0", &workspace, &environment)
                .unwrap()
                .is_empty()
        );
    }

    /// The compiler uses the last match: the folder of a registry is inside Cargo's folder, and the build
    /// folder usually inside the workspace.
    #[test]
    fn narrower_folders_come_after_wider_ones() {
        let names = names(&Workspace::find().unwrap(), &Environment::default()).unwrap();
        for (index, (folder, _)) in names.iter().enumerate() {
            assert!(names[..index].iter().all(|(before, _)| !before.starts_with(folder) || before == folder));
        }
    }
}
