//! Runs Clippy on each way of building the code, and Biome on the scripts; denies warnings.

use anyhow::Result;

use super::{Run, Step};
use crate::call::Call;
use crate::tools::{TARGET, Tool};

/// The modules for data, timeline and playback, which do not depend on web crates.
pub(super) const PURE: Step = Step {
    name: "lint-pure",
    title: "Clippy, native, without the view",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| {
        const NATIVE: [&str; 3] = ["--no-default-features", "--features", "native"];
        clippy(run, &[NATIVE.as_slice(), &["--all-targets"]].concat())?;
        // `--all-targets` covers only targets that `cargo test` runs by default.
        clippy(run, &[NATIVE.as_slice(), &["--test", "e2e"]].concat())
    },
};

/// All code, as it is built for the native command.
pub(super) const VIEW: Step = Step {
    name: "lint-view",
    title: "Clippy, native, with the view",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| clippy(run, &["--features", "cli", "--all-targets"]),
};

/// The code of xtask.
pub(super) const XTASK: Step = Step {
    name: "lint-xtask",
    title: "Clippy, xtask",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| clippy(run, &["--package", "xtask", "--package", "unpacker", "--all-targets"]),
};

/// The code that a page loads, and the tests that run in a browser.
pub(super) const WASM: Step = Step {
    name: "lint-wasm",
    title: "Clippy, WebAssembly",
    needs: &[Tool::WasmTarget],
    in_browser: false,
    after: &[],
    run: |run| {
        const WEB: [&str; 3] = ["--target", TARGET, "--lib"];
        let features = "adapters,timings";
        clippy(run, &[WEB.as_slice(), &["--test", "browser", "--features", features]].concat())?;
        clippy(run, &[WEB.as_slice(), &["--package", "unpacker"]].concat())
    },
};

/// The scripts that a page loads: a misspelled name in a branch that no scenario takes would fail in a page only.
pub(super) const SCRIPTS: Step = Step {
    name: "lint-scripts",
    title: "Biome, scripts",
    needs: &[Tool::Biome],
    in_browser: false,
    after: &[],
    run: |run| {
        Call::new("biome")
            .args(["lint", "--error-on-warnings"])
            .folder(&run.workspace.root)
            .within(run.environment)
            .run()
    },
};

fn clippy(run: &Run<'_>, args: &[&str]) -> Result<()> {
    run.cargo(&["clippy"]).args(args).args(["--", "--deny", "warnings"]).run()
}
