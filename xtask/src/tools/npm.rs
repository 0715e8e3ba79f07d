//! Tools from npm packages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Toolbox, debian, on_path};
use crate::call::Call;
use crate::failure::Failure;
use crate::progress::Progress;

/// Returns the `node_modules` folder with one package, and fetches the package if it is missing.
pub(super) fn provide(toolbox: &Toolbox<'_>, package: &str, version: &str) -> Result<PathBuf> {
    provide_all(toolbox, package, version, &[format!("{package}@{version}")])
}

/// Returns the `node_modules` folder with several packages, under a common name and version.
pub(super) fn provide_all(
    toolbox: &Toolbox<'_>,
    name: &str,
    version: &str,
    packages: &[String],
) -> Result<PathBuf> {
    let install = |to: &Path| {
        // Scripts of packages do not run, since only plain files are used.
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
            install(to).run_with_progress(&progress)?;
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

/// Provides Node.js, which includes npm and runs the programs of npm packages.
pub(super) fn node() -> Result<()> {
    let missing = on_path::missing(&[("node", "nodejs"), ("npm", "npm")]);
    if missing.is_empty() { Ok(()) } else { debian::install(&missing) }
}
