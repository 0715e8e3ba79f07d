//! The newsroom, used as a reader would, in a real browser.

use anyhow::Result;

use super::{Run, Step, applications, cms, site};
use crate::native_command;
use crate::tools::Tool;

pub(super) const STEP: Step = Step {
    name: "e2e",
    title: "End-to-end tests",
    needs: &[Tool::AxeCore, Tool::Fonts, Tool::Speech],
    in_browser: true,
    after: &[site::NAME, applications::NAME],
    run: |run| scenarios(run, "", &["--skip", cms::GROUP]),
};

/// Runs the scenarios of the groups that begin so and that these arguments of the test program choose.
pub(super) fn scenarios(run: &Run<'_>, groups: &str, chosen: &[&str]) -> Result<()> {
    // What renders briefings ahead of their pages.
    native_command::build(run.workspace, run.environment)?;
    // Without the view: the tests are outside of the page, so they need not wait for Yew.
    run.cargo(&["test", "--no-default-features", "--features", "native", "--test", "e2e", "--"])
        .args(chosen)
        .args(run.extra)
        // So that a failure can name the line of the scenario.
        .var("RUST_LIB_BACKTRACE", "1")
        // The test program takes one part of a name, which is the developer's.
        .var("NEWS_BRIEFING_GROUPS", groups)
        .var("NEWS_BRIEFING_ENGINE", run.engine()?.name())
        .var("NEWS_BRIEFING_COMMAND", run.workspace.command())
        .var("NEWS_BRIEFING_SITE", run.workspace.tested_site())
        .var("NEWS_BRIEFING_APPLICATIONS", run.workspace.applications())
        .var("NEWS_BRIEFING_SCREENSHOTS", run.workspace.target.join("screenshots"))
        .run()
}
