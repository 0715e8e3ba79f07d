//! Builds the newsroom as it would be published.

use super::Step;
use crate::call::Call;
use crate::tools::Tool;

/// What the end-to-end tests come after.
pub(super) const NAME: &str = "site";

pub(super) const STEP: Step = Step {
    name: NAME,
    title: "Build the newsroom",
    needs: &[Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::WasmOpt],
    in_browser: false,
    after: None,
    run: |run| {
        Call::new("trunk")
            // Every tool was provided: Trunk has nothing to fetch.
            .args(["build", "--release", "--offline", "--dist"])
            .arg(run.workspace.tested_site())
            .folder(&run.workspace.root)
            .within(run.environment)
            .run()
    },
};
