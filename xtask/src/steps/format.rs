//! Checks the format of the code with rustfmt.

use super::Step;

pub(super) const STEP: Step = Step {
    name: "format",
    title: "Formatting",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| run.cargo(&["fmt", "--all", "--check"]).run(),
};
