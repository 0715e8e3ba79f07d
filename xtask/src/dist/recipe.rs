//! The two ways to build the WebAssembly.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::{Part, paths};
use crate::call::{Call, Environment};
use crate::tools::{TARGET, rust_src};
use crate::workspace::Workspace;

/// How to build the WebAssembly for publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Recipe {
    /// With a standard library rebuilt for size, and panics without messages. The flags for this are unstable
    /// in Rust; the tests that run on the built files verify that they work with the toolchain.
    Small,
    /// With stable Rust as it is installed.
    Plain,
}

impl Recipe {
    /// Returns the name that people use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Plain => "plain",
        }
    }

    /// Returns a remark for people who build.
    pub(crate) fn remark(self) -> &'static str {
        match self {
            Self::Small => {
                "the small build, its standard library rebuilt for size. `--plain` makes the plain one."
            }
            Self::Plain => {
                "the plain build, with stable Rust and its own standard library. For the small one, run \
                 `rustup component add rust-src` and omit `--plain`."
            }
        }
    }

    /// Returns the small recipe if it is possible.
    pub(crate) fn best(environment: &Environment) -> Result<Self> {
        if !rust_src::is_installed(environment)? {
            println!("  making the plain build: the small one needs `rustup component add rust-src`");
            return Ok(Self::Plain);
        }
        let supports_flags = Call::new("rustc")
            .args(SMALL_FLAGS)
            .args(["--print", "cfg", "--target", TARGET])
            .var("RUSTC_BOOTSTRAP", "1")
            .within(environment)
            .read();
        if supports_flags.is_err() {
            println!(
                "  making the plain build: the small one needs a newer Rust; try `rustup update stable`"
            );
            return Ok(Self::Plain);
        }
        Ok(Self::Small)
    }

    /// Returns the call of Cargo that builds the library.
    pub(super) fn cargo(self, part: Part, workspace: &Workspace, environment: &Environment) -> Result<Call> {
        let mut flags = paths::remap_flags(workspace, environment)?;
        let mut call = Call::new("cargo")
            // As a `cdylib` alone: if a package is an `rlib` too, Cargo optimises nothing across crates,
            // whatever the profile says (https://github.com/rust-lang/cargo/issues/4611).
            .args(["rustc", "--release", "--locked", "--lib", "--crate-type", "cdylib", "--target", TARGET])
            .args(part.features())
            .folder(&workspace.root)
            .within(environment)
            // A folder of its own: in a shared one, each build would undo what the other built.
            .var("CARGO_TARGET_DIR", workspace.dist_target(self.name()));
        match self {
            Self::Small => {
                call = call
                    .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
                    .var("RUSTC_BOOTSTRAP", "1");
                flags.extend(SMALL_FLAGS.map(str::to_owned));
            }
            // If the library for the target is not in the compiler's own folder, these flags name its folder.
            Self::Plain => flags.extend(flags_for_the_target(environment)),
        }
        if part == Part::Widget {
            // For `linked.rs`.
            call = call.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        // Not RUSTFLAGS, since the name of a folder may contain spaces.
        Ok(call.var("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))
    }
}

/// Returns the flags of the tool that provided the target, such as the folder of its library.
fn flags_for_the_target(environment: &Environment) -> Option<String> {
    let flags = environment.get("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS")?;
    Some(flags.to_string_lossy().into_owned())
}

/// A panic ends the module without a message, no source locations are kept, and `{:?}` prints nothing.
pub(super) const SMALL_FLAGS: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];
