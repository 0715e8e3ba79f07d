//! Tools that Cargo builds from source.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Toolbox;
use crate::call::Call;
use crate::failure::Failure;
use crate::file_io;
use crate::progress::Progress;

/// A crate that has a command.
pub(super) struct Package<'a> {
    /// The crate's name.
    pub(super) name: &'a str,
    /// The version to build.
    pub(super) version: &'a str,
    /// Whether to build with the versions of dependencies with which the crate was published.
    pub(super) locked: bool,
    /// The approximate build time on two cores, for messages.
    pub(super) takes: &'a str,
}

/// Returns the folder of the package's commands, and builds them if they are missing.
pub(super) fn provide(toolbox: &Toolbox<'_>, package: &Package<'_>) -> Result<PathBuf> {
    let Package { name, version, locked, takes } = package;
    let install = || {
        let call = Call::new("cargo").args(["install", name, "--version", version]);
        if *locked { call.arg("--locked") } else { call }
    };
    let home = toolbox
        .cache
        .install(name, version, |to| {
            let progress = Progress::start(format!("building {name} {version} (about {takes} on two cores)"));
            let build = to.join("build");
            install()
                .arg("--root")
                .arg(to)
                // Outside of the workspace, whose Cargo settings are not for tools.
                .folder(to)
                .var("CARGO_TARGET_DIR", &build)
                // Shorten the build: the tools' own profiles take up to five times longer.
                .var("CARGO_PROFILE_RELEASE_LTO", "off")
                .var("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .var("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .run_with_progress(&progress)?;
            file_io::remove_folder(&build)?;
            progress.done();
            Ok(())
        })
        .with_context(|| {
            Failure::new(
                format!("{name} {version} is missing and could not be installed"),
                format!("with a network, run `{}`, then try again", install()),
            )
        })?;
    Ok(home.join("bin"))
}
