//! Tools from Debian packages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Provided;
use crate::call::{Call, Environment};
use crate::failure::{self, Failure};
use crate::progress::Progress;

/// Installs packages with `apt-get`, if it exists and needs no password.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    apt_install(packages).with_context(|| {
        Failure::new(
            format!("{names}: missing, and installing failed"),
            format!(
                "run `sudo apt-get install {names}`, or install the same with your system's package manager"
            ),
        )
    })
}

/// Provides packages that only some tests need: never fails, but adds `note` to the name if they are missing.
pub(super) fn provide_if_possible(name: &str, missing: &[&str], note: &str) -> Provided {
    let installed = if missing.is_empty() { Ok(()) } else { install(missing) };
    let name = match installed {
        Ok(()) => name.to_owned(),
        Err(error) => {
            failure::print(&error);
            format!("{name}, {note}")
        }
    };
    Provided { name, environment: Environment::default() }
}

/// Unpacks packages into a folder without installing them on the system. A package may have a version:
/// `wordpress=6.1.*`.
pub(super) fn unpack(packages: &[&str], to: &Path) -> Result<()> {
    ensure_apt_get()?;
    let progress = Progress::start(format!("fetching the Debian packages {}", packages.join(" ")));
    let fetch = || Call::new("apt-get").arg("download").args(packages).folder(to);
    // `apt-get update` requires the right to install, and is needless if the package lists are recent.
    if fetch().run_with_progress(&progress).is_err() {
        apt_get().arg("update").run_with_progress(&progress)?;
        fetch().run_with_progress(&progress)?;
    }
    for entry in fs::read_dir(to)? {
        let package = entry?.path();
        if package.extension().is_some_and(|extension| extension == "deb") {
            Call::new("dpkg-deb").arg("-x").arg(&package).arg(to).run_with_progress(&progress)?;
            fs::remove_file(package)?;
        }
    }
    progress.done();
    Ok(())
}

fn ensure_apt_get() -> Result<()> {
    if which::which("apt-get").is_err() {
        bail!("apt-get is not installed");
    }
    Ok(())
}

/// Returns a call of `apt-get` with the right to change the system.
fn apt_get() -> Call {
    let call = if is_root() {
        Call::new("apt-get")
    } else {
        Call::new("sudo").args(["--non-interactive", "apt-get"])
    };
    call.var("DEBIAN_FRONTEND", "noninteractive")
}

fn apt_install(packages: &[&str]) -> Result<()> {
    ensure_apt_get()?;
    let progress = Progress::start(format!("installing the Debian packages {}", packages.join(" ")));
    apt_get().arg("update").run_with_progress(&progress)?;
    apt_get()
        // Nothing installed may be removed: conflicts are for the owner of the machine to resolve.
        .args(["install", "--yes", "--no-install-recommends", "--no-remove"])
        .args(packages)
        .run_with_progress(&progress)?;
    progress.done();
    Ok(())
}

fn is_root() -> bool {
    Call::new("id").arg("-u").read().is_ok_and(|id| id.trim() == "0")
}
