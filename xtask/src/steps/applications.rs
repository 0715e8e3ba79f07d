//! Builds the applications that the end-to-end tests put briefings into: one in each of the
//! frameworks of other sites, and one in Yew.

use std::fs;

use anyhow::{Context, Result};

use super::{Run, Step};
use crate::call::Call;
use crate::tools::{FRAMEWORKS, TARGET, Tool};

/// What the end-to-end tests come after.
pub(super) const NAME: &str = "applications";

/// Where they are written.
const SOURCE: &str = "tests/e2e/applications";
/// The one in Yew, as Cargo knows it.
const YEW: &str = "application";

pub(super) const STEP: Step = Step {
    name: NAME,
    title: "Build applications around briefings",
    needs: &[Tool::Frameworks, Tool::WasmTarget, Tool::WasmBindgen],
    in_browser: false,
    after: &[],
    run: |run| {
        let folder = run.workspace.applications();
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        bundle(run)?;
        build_yew(run)
    },
};

/// Those of other frameworks.
fn bundle(run: &Run<'_>) -> Result<()> {
    let modules = run.environment.get(FRAMEWORKS).context("the frameworks are not installed")?;
    Call::new("node")
        .arg(run.workspace.root.join(SOURCE).join("build.mjs"))
        .arg(modules)
        .arg(run.workspace.applications())
        .run()
}

/// A second module of Yew beside that of the briefings.
fn build_yew(run: &Run<'_>) -> Result<()> {
    run.cargo(&["build", "--example", YEW, "--target", TARGET]).run()?;
    Call::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-name", "yew", "--out-dir"])
        .arg(run.workspace.applications())
        .arg(run.workspace.target.join(TARGET).join("debug/examples").join(YEW).with_extension("wasm"))
        .within(run.environment)
        .run_unseen()
}
