//! Tests the newsroom in a real browser, as a reader would use it.

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

/// Runs the scenarios of the groups whose names begin with `groups`, with these arguments for the test
/// program.
pub(super) fn scenarios(run: &Run<'_>, groups: &str, chosen: &[&str]) -> Result<()> {
    // The command prerenders briefings for the tests.
    native_command::build(run.workspace, run.environment)?;
    // Without the view: the tests run outside of the page, so they need not wait for Yew to be built.
    run.cargo(&["test", "--no-default-features", "--features", "native", "--test", "e2e", "--"])
        .args(chosen)
        .args(run.extra)
        // With a backtrace, a failure can name the line of the scenario.
        .var("RUST_LIB_BACKTRACE", "1")
        // The test program accepts one filter for names, which is left to the developer.
        .var("NEWS_BRIEFING_GROUPS", groups)
        .var("NEWS_BRIEFING_ENGINE", run.engine()?.name())
        .var("NEWS_BRIEFING_COMMAND", run.workspace.command())
        .var("NEWS_BRIEFING_SITE", run.workspace.tested_site())
        .var("NEWS_BRIEFING_APPLICATIONS", run.workspace.applications())
        .var("NEWS_BRIEFING_SCREENSHOTS", run.workspace.target.join("screenshots"))
        .run()
}
