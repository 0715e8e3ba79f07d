//! Runs the examples in the documentation.

use super::Step;

pub(super) const STEP: Step = Step {
    name: "doc",
    title: "Documentation tests",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| run.cargo_test(&["--features", "native", "--doc"]).run(),
};
