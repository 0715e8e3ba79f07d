//! Tools that are Debian packages.

use anyhow::{Context, Result, bail};

use super::Provided;
use crate::call::{Call, Environment};
use crate::failure::{self, Failure};
use crate::progress::Progress;

/// Installs packages with `apt-get`, where it is there and may be used without a password.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    attempt(packages).with_context(|| {
        Failure::new(
            format!("{names}: missing, and could not be installed"),
            format!("run `sudo apt-get install {names}`, or install the same by your system's means"),
        )
    })
}

/// What packages bring that all but some tests can be without: never fails, but says what is `lacking`.
pub(super) fn provide_if_possible(name: &str, missing: &[&str], lacking: &str) -> Provided {
    let installed = if missing.is_empty() { Ok(()) } else { install(missing) };
    let name = match installed {
        Ok(()) => name.to_owned(),
        Err(error) => {
            failure::print(&error);
            format!("{name}, {lacking}")
        }
    };
    Provided { name, environment: Environment::default() }
}

fn attempt(packages: &[&str]) -> Result<()> {
    if which::which("apt-get").is_err() {
        bail!("there is no apt-get here");
    }
    let apt_get = || {
        let call = if is_root() {
            Call::new("apt-get")
        } else {
            Call::new("sudo").args(["--non-interactive", "apt-get"])
        };
        call.var("DEBIAN_FRONTEND", "noninteractive")
    };
    let progress = Progress::start(format!("installing the Debian packages {}", packages.join(" ")));
    apt_get().arg("update").run_behind(&progress)?;
    apt_get()
        // Nothing that is there may go: a package in conflict is for its owner to decide on.
        .args(["install", "--yes", "--no-install-recommends", "--no-remove"])
        .args(packages)
        .run_behind(&progress)?;
    progress.done();
    Ok(())
}

fn is_root() -> bool {
    Call::new("id").arg("-u").read().is_ok_and(|id| id.trim() == "0")
}
