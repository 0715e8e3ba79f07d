//! Tools that come as npm packages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Toolbox, debian};
use crate::call::Call;
use crate::failure::Failure;
use crate::progress::Progress;

/// The `node_modules` folder that holds one package, fetched when it is missing.
pub(super) fn provide(toolbox: &Toolbox<'_>, package: &str, version: &str) -> Result<PathBuf> {
    let install = |to: &Path| {
        // No scripts of the package run: what is used is plain files.
        Call::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"])
            .arg(to)
            .arg(format!("{package}@{version}"))
    };
    let home = toolbox
        .cache
        .install(package, version, |to| {
            node()?;
            let progress = Progress::start(format!("fetching {package} {version} from npm"));
            install(to).run_behind(&progress)?;
            progress.done();
            Ok(())
        })
        .with_context(|| {
            let by_hand = install(&toolbox.cache.home(package, version));
            Failure::new(
                format!("{package} {version} is missing and could not be fetched"),
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
