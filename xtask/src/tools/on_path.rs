//! Tools that the machine already has.

use std::path::PathBuf;

use crate::call::Call;

/// Returns a program on `PATH`, if its `--version` prints this version.
pub(super) fn with_version(program: &str, version: &str) -> Option<PathBuf> {
    let path = which::which(program).ok()?;
    let printed = Call::new(&path).arg("--version").read().ok()?;
    printed.split_whitespace().any(|word| word == version).then_some(path)
}

/// Returns the packages of the programs that are not on `PATH`, given as pairs of a program and its package.
pub(super) fn missing(programs: &[(&str, &'static str)]) -> Vec<&'static str> {
    programs
        .iter()
        .filter(|(program, _)| which::which(program).is_err())
        .map(|(_, package)| *package)
        .collect()
}

/// Returns the first of several programs that is on `PATH`.
pub(super) fn first_of(programs: &[&str]) -> Option<PathBuf> {
    programs.iter().find_map(|program| which::which(program).ok())
}
