//! Rust for WebAssembly from Debian's packages, for machines where rustup has no network.
//!
//! Debian provides the compiler and the source of the standard library, but not the library built
//! for WebAssembly. So it is built once, and the compiler receives its path. Everything that is
//! compiled must come from the same compiler, so Debian's Cargo, rustc and Clippy replace all
//! others.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::wasm_target::TARGET;
use super::{Toolbox, debian};
use crate::call::{Call, Environment};
use crate::progress::Progress;

const PACKAGES: [&str; 6] =
    ["cargo-web", "rustc-web", "rust-web-src", "rust-web-clippy", "rustfmt-web", "lld-22"];
const LINKER: &str = "wasm-ld-22";
/// The programs of these packages that the project uses.
const PROGRAMS: [&str; 7] =
    ["cargo", "cargo-clippy", "cargo-fmt", "clippy-driver", "rustc", "rustdoc", "rustfmt"];
const LIBRARY_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// Returns the environment if an earlier call has built the library.
pub(super) fn built(toolbox: &Toolbox<'_>) -> Option<Environment> {
    let home = toolbox.cache.home("debian-rust", &version().ok()?);
    (are_installed() && home.is_dir()).then(|| environment(&home))
}

/// Installs the packages and builds the standard library.
pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Environment> {
    if !are_installed() {
        debian::install(&PACKAGES)?;
    }
    let home = toolbox.cache.install("debian-rust", &version()?, build)?;
    Ok(environment(&home))
}

fn are_installed() -> bool {
    PROGRAMS.iter().chain([&LINKER]).all(|name| program(name).exists()) && Path::new(LIBRARY_SOURCE).exists()
}

fn program(name: &str) -> PathBuf {
    Path::new("/usr/bin").join(name)
}

fn version() -> Result<String> {
    let printed = Call::new(program("rustc")).arg("--version").read()?;
    printed.split_whitespace().nth(1).map(str::to_owned).context("Debian's rustc did not print its version")
}

/// `bin` has links to Debian's programs, which precede those of rustup; `sysroot` has what is built
/// for WebAssembly.
fn environment(home: &Path) -> Environment {
    let mut environment = Environment::default();
    environment.put_on_path(home.join("bin"));
    environment.set("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER);
    environment.set(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        format!("--sysroot={}", home.join("sysroot").display()),
    );
    environment
}

fn build(to: &Path) -> Result<()> {
    let programs = to.join("bin");
    fs::create_dir_all(&programs)?;
    for name in PROGRAMS {
        link(&program(name), &programs.join(name))?;
    }

    // Cargo builds a standard library only together with a crate that uses it.
    let progress = Progress::start(format!("building Rust's standard library for {TARGET}"));
    let user = to.join("user");
    fs::create_dir_all(user.join("src"))?;
    fs::write(user.join("Cargo.toml"), "[package]\nname = \"user\"\nedition = \"2021\"\n\n[workspace]\n")?;
    fs::write(user.join("src/lib.rs"), "")?;
    Call::new(programs.join("cargo"))
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,proc_macro,test"])
        .folder(&user)
        .within(&build_environment(to, &user))
        .run_with_progress(&progress)?;

    let library = to.join("sysroot/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&library)?;
    let built = user.join("target").join(TARGET).join("release/deps");
    for file in fs::read_dir(&built).with_context(|| format!("cannot read {}", built.display()))? {
        let file = file?.path();
        let name = file.file_name().unwrap_or_default();
        let is_ours = name.to_string_lossy().starts_with("libuser-");
        if file.extension().is_some_and(|extension| extension == "rlib") && !is_ours {
            fs::copy(&file, library.join(name))?;
        }
    }
    fs::remove_dir_all(&user)?;
    progress.done();
    Ok(())
}

fn build_environment(to: &Path, user: &Path) -> Environment {
    let mut environment = Environment::default();
    environment.put_on_path(to.join("bin"));
    environment.set("CARGO_TARGET_DIR", user.join("target"));
    // Building the standard library is unstable.
    environment.set("RUSTC_BOOTSTRAP", "1");
    environment
}

#[cfg(unix)]
fn link(program: &Path, at: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink(program, at)?)
}

#[cfg(not(unix))]
fn link(_program: &Path, _at: &Path) -> Result<()> {
    anyhow::bail!("this is not Debian")
}
