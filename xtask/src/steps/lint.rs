//! What Clippy says of each way the code is built, warnings denied.

use anyhow::Result;

use super::{Run, Step};
use crate::tools::Tool;

/// The data, the timeline and the playback, which know of no web crate.
pub(super) const PURE: Step = Step {
    name: "lint-pure",
    title: "Clippy, native, without the view",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| {
        const NATIVE: [&str; 3] = ["--no-default-features", "--features", "native"];
        clippy(run, &[NATIVE.as_slice(), &["--all-targets"]].concat())?;
        // All targets are those that `cargo test` runs without being asked to.
        clippy(run, &[NATIVE.as_slice(), &["--test", "e2e"]].concat())
    },
};

/// Everything, as it is built for the native command.
pub(super) const VIEW: Step = Step {
    name: "lint-view",
    title: "Clippy, native, everything",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| clippy(run, &["--features", "cli", "--all-targets"]),
};

/// This program.
pub(super) const XTASK: Step = Step {
    name: "lint-xtask",
    title: "Clippy, xtask",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| clippy(run, &["--package", "xtask", "--all-targets"]),
};

/// What a page loads, and the tests that run in one.
pub(super) const WASM: Step = Step {
    name: "lint-wasm",
    title: "Clippy, WebAssembly",
    needs: &[Tool::WasmTarget],
    in_browser: false,
    after: &[],
    run: |run| {
        clippy(
            run,
            &[
                "--target",
                "wasm32-unknown-unknown",
                "--features",
                "adapters,formats-blog,formats-headless,formats-news,timings",
                "--lib",
                "--test",
                "browser",
            ],
        )
    },
};

fn clippy(run: &Run<'_>, args: &[&str]) -> Result<()> {
    run.cargo(&["clippy"]).args(args).args(["--", "--deny", "warnings"]).run()
}
