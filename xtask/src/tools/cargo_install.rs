//! Tools that Cargo builds from source.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Toolbox;
use crate::call::Call;
use crate::failure::Failure;
use crate::progress::Progress;

/// A command of a crate.
pub(super) struct Package<'a> {
    /// The crate's name.
    pub(super) name: &'a str,
    /// The version to build.
    pub(super) version: &'a str,
    /// Whether to build with the versions the crate was published with.
    pub(super) locked: bool,
    /// About how long it takes on two cores, for people.
    pub(super) takes: &'a str,
}

/// The folder with the package's commands, built when it is missing.
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
                // Away from the workspace, whose settings are not for tools.
                .folder(to)
                .var("CARGO_TARGET_DIR", &build)
                // Tools are built to be there soon: their own profiles take up to five times longer.
                .var("CARGO_PROFILE_RELEASE_LTO", "off")
                .var("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .var("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .run_behind(&progress)?;
            std::fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))?;
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
