//! Tools that the machine already has.

use std::path::PathBuf;

use crate::call::Call;

/// Returns a program on `PATH`, if its `--version` prints this version.
pub(super) fn in_version(program: &str, version: &str) -> Option<PathBuf> {
    let path = which::which(program).ok()?;
    let said = Call::new(&path).arg("--version").read().ok()?;
    said.split_whitespace().any(|word| word == version).then_some(path)
}

/// Returns the first of several programs that is on `PATH`.
pub(super) fn any(programs: &[&str]) -> Option<PathBuf> {
    programs.iter().find_map(|program| which::which(program).ok())
}
