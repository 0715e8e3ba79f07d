//! Tools that come as npm packages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Toolbox, debian};
use crate::call::Call;
use crate::failure::Failure;
use crate::progress::Progress;

/// The `node_modules` folder that holds one package, fetched when it is missing.
pub(super) fn provide(toolbox: &Toolbox<'_>, package: &str, version: &str) -> Result<PathBuf> {
    provide_all(toolbox, package, version, &[format!("{package}@{version}")])
}

/// The `node_modules` folder that holds several packages, under a name and a version of them all.
pub(super) fn provide_all(
    toolbox: &Toolbox<'_>,
    name: &str,
    version: &str,
    packages: &[String],
) -> Result<PathBuf> {
    let install = |to: &Path| {
        // No scripts of a package run: what is used is plain files.
        Call::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"])
            .arg(to)
            .args(packages)
    };
    let home = toolbox
        .cache
        .install(name, version, |to| {
            node()?;
            let progress = Progress::start(format!("fetching {name} {version} from npm"));
            install(to).run_behind(&progress)?;
            progress.done();
            Ok(())
        })
        .with_context(|| {
            let by_hand = install(&toolbox.cache.home(name, version));
            Failure::new(
                format!("{name} {version} is missing and could not be fetched"),
                format!("with a network, run `{by_hand}`, then try again"),
            )
        })?;
    Ok(home.join("node_modules"))
}

/// Makes sure of Node.js: it brings npm, and runs what npm brings.
pub(super) fn node() -> Result<()> {
    let missing: Vec<&str> = [("node", "nodejs"), ("npm", "npm")]
        .into_iter()
        .filter(|(program, _)| which::which(program).is_err())
        .map(|(_, package)| package)
        .collect();
    if missing.is_empty() { Ok(()) } else { debian::install(&missing) }
}
