//! The two ways in which the WebAssembly is built.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::{Part, paths};
use crate::call::{Call, Environment};
use crate::tools::{TARGET, rust_src};
use crate::workspace::Workspace;

/// How the WebAssembly is built for publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Recipe {
    /// With a standard library rebuilt for size, and panics that say nothing. Rust calls what it
    /// needs for that unstable; it is held to the toolchain by the tests that run on what it built.
    Small,
    /// With stable Rust as it comes.
    Plain,
}

impl Recipe {
    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Plain => "plain",
        }
    }

    /// What to know of it.
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

    /// The small one where it can be made.
    pub(crate) fn best(environment: &Environment) -> Result<Self> {
        if !rust_src::is_there(environment)? {
            println!("  making the plain build: the small one needs `rustup component add rust-src`");
            return Ok(Self::Plain);
        }
        let knows_them = Call::new("rustc")
            .args(SMALL_FLAGS)
            .args(["--print", "cfg", "--target", TARGET])
            .var("RUSTC_BOOTSTRAP", "1")
            .within(environment)
            .read();
        if knows_them.is_err() {
            println!(
                "  making the plain build: the small one needs a newer Rust; try `rustup update stable`"
            );
            return Ok(Self::Plain);
        }
        Ok(Self::Small)
    }

    /// The call of Cargo that builds the library.
    pub(super) fn cargo(self, part: Part, workspace: &Workspace, environment: &Environment) -> Result<Call> {
        let mut flags = paths::remapped(workspace, environment)?;
        let mut call = Call::new("cargo")
            // As a `cdylib` alone: of a package that is a `rlib` too, Cargo optimises nothing across crates,
            // whatever the profile says (https://github.com/rust-lang/cargo/issues/4611).
            .args(["rustc", "--release", "--locked", "--lib", "--crate-type", "cdylib", "--target", TARGET])
            .args(part.features())
            .folder(&workspace.root)
            .within(environment)
            // A folder of its own: in that of other builds, each would undo what the other built.
            .var("CARGO_TARGET_DIR", workspace.dist_target(self.name()));
        match self {
            Self::Small => {
                call = call
                    .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
                    .var("RUSTC_BOOTSTRAP", "1");
                flags.extend(SMALL_FLAGS.map(str::to_owned));
            }
            // Where the library for the target is not beside the compiler, these say where it is.
            Self::Plain => flags.extend(flags_for_the_target(environment)),
        }
        // Not RUSTFLAGS: a folder's name may have spaces.
        Ok(call.var("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))
    }
}

/// What the tools that provided the target say of it, such as where its library stands.
fn flags_for_the_target(environment: &Environment) -> Option<String> {
    let flags = environment.get("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS")?;
    Some(flags.to_string_lossy().into_owned())
}

/// A panic ends the module without a word, no place in the source is told, and `{:?}` prints nothing.
pub(super) const SMALL_FLAGS: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];
