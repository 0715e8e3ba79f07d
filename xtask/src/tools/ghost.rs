//! Ghost on SQLite: the tests fill it with posts, and read them as a page does.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Provided, Toolbox, debian, npm, on_path};
use crate::call::{Call, Environment};
use crate::failure::{self, Failure};
use crate::progress::Progress;
use crate::test::in_ci;

/// The variable that names its folder for the tests.
pub(crate) const FOLDER: &str = "NEWS_BRIEFING_GHOST";
/// The package that stores its data in SQLite; npm has only the source.
const SQLITE: &str = "sqlite3";
/// The programs that compile it, and the Debian packages that contain them.
const COMPILERS: [(&str, &str); 3] = [("g++", "g++"), ("make", "make"), ("python3", "python3")];

/// Never fails: only the tests with Ghost need it, and they are skipped if it is missing.
///
/// Fetching and compiling it takes minutes, which is too long for CI: there it is skipped unless it is in
/// the cache.
pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = toolbox.workspace.pinned("ghost")?;
    let mut environment = Environment::default();
    let home = toolbox.cache.home("ghost", &version);
    if in_ci() && !home.is_dir() {
        let name = format!(
            "Ghost {version}, skipped: fetching and compiling it takes too many minutes for CI; \
             elsewhere, `cargo xtask test --only cms` installs it"
        );
        return Ok(Provided { name, environment });
    }
    let name = match install(toolbox, &version) {
        Ok(folder) => {
            environment.set(FOLDER, folder);
            format!("Ghost {version}")
        }
        Err(error) => {
            failure::print(&error);
            format!("Ghost {version}, not on this machine: its tests are skipped")
        }
    };
    Ok(Provided { name, environment })
}

fn install(toolbox: &Toolbox<'_>, version: &str) -> Result<PathBuf> {
    let fill = |to: &Path| {
        npm::node()?;
        let missing = on_path::missing(&COMPILERS);
        if !missing.is_empty() {
            debian::install(&missing)?;
        }
        fetch(version, to)?;
        compile(to)
    };
    toolbox.cache.install("ghost", version, fill).with_context(|| {
        Failure::new(
            format!("Ghost {version} is missing and could not be installed"),
            "with a network, run `cargo xtask test --only cms`",
        )
    })
}

/// Fetches Ghost with its dependencies.
fn fetch(version: &str, to: &Path) -> Result<()> {
    let progress =
        Progress::start(format!("fetching Ghost {version} from npm with what it needs, 850 packages"));
    let packed = format!("ghost-{version}.tgz");
    let npm = || Call::new("npm").folder(to);
    npm().args(["pack", "--silent", &format!("ghost@{version}")]).run_with_progress(&progress)?;
    Call::new("tar")
        .args(["xzf", &packed, "--strip-components=1"])
        .folder(to)
        .run_with_progress(&progress)?;
    fs::remove_file(to.join(packed))?;
    // npm would check even these for conflicts, and one of them is in no registry.
    npm().args(["pkg", "delete", "devDependencies"]).run_with_progress(&progress)?;
    npm()
        .args(["install", "--omit=dev", "--legacy-peer-deps", "--no-audit", "--no-fund", "--ignore-scripts"])
        // Prints each package as it arrives; otherwise npm is silent for minutes.
        .args(["--loglevel", "http"])
        .run_with_progress(&progress)?;
    progress.done();
    Ok(())
}

/// Compiles the package that has no binary for this machine, with the headers of the installed Node.js if
/// there are any.
fn compile(to: &Path) -> Result<()> {
    let progress = Progress::start(format!("compiling {SQLITE} for Ghost: a minute or two"));
    let node = which::which("node").context("Node.js is missing")?;
    let prefix = node.canonicalize()?.ancestors().nth(2).map(Path::to_owned);
    let has_headers = |prefix: &PathBuf| prefix.join("include/node/node_api.h").exists();
    let headers = prefix.filter(has_headers).map(|prefix| format!("--nodedir={}", prefix.display()));
    // Of all packages, only the script of this one runs.
    let rebuild = Call::new("npm").args(["rebuild", SQLITE, "--foreground-scripts"]).args(headers).folder(to);
    rebuild.run_with_progress(&progress)?;
    let check = format!("require('{SQLITE}')");
    Call::new("node").args(["-e", &check]).folder(to).run_with_progress(&progress)?;
    progress.done();
    Ok(())
}
