//! Builds the applications in which the end-to-end tests put briefings: one in each of the
//! frameworks of other sites, and one in Yew.

use anyhow::{Context, Result};

use super::{Run, Step};
use crate::call::Call;
use crate::file_io;
use crate::tools::{FRAMEWORKS, TARGET, Tool};

/// The name of the step, on which the end-to-end tests depend.
pub(super) const NAME: &str = "applications";

/// The folder of their sources.
const SOURCE: &str = "tests/e2e/applications";
/// The Yew application, by its name in Cargo.
const YEW: &str = "application";

pub(super) const STEP: Step = Step {
    name: NAME,
    title: "Build the host applications",
    needs: &[Tool::Frameworks, Tool::WasmTarget, Tool::WasmBindgen],
    in_browser: false,
    after: &[],
    run: |run| {
        let folder = run.workspace.applications();
        file_io::remove_folder(&folder)?;
        bundle(run)?;
        build_yew(run)
    },
};

/// Bundles the applications in other frameworks.
fn bundle(run: &Run<'_>) -> Result<()> {
    let modules = run.environment.get(FRAMEWORKS).context("the frameworks are not installed")?;
    Call::new("node")
        .arg(run.workspace.root.join(SOURCE).join("build.mjs"))
        .arg(modules)
        .arg(run.workspace.applications())
        .run()
}

/// Builds the Yew application, a second module with Yew next to that of the briefings.
fn build_yew(run: &Run<'_>) -> Result<()> {
    run.cargo(&["build", "--example", YEW, "--target", TARGET]).run()?;
    Call::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-name", "yew", "--out-dir"])
        .arg(run.workspace.applications())
        .arg(run.workspace.target.join(TARGET).join("debug/examples").join(YEW).with_extension("wasm"))
        .within(run.environment)
        .run_quietly()
}
