//! Runs the tests that need no browser.

use super::Step;

/// Builds and tests the pure modules without any web crate.
pub(super) const PURE: Step = Step {
    name: "pure",
    title: "Native tests, without the view",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| {
        run.cargo_test(&["--no-default-features", "--features", "native", "--lib", "--bins", "--tests"]).run()
    },
};

/// All native tests, including those of server-side rendering.
pub(super) const VIEW: Step = Step {
    name: "view",
    title: "Native tests, with the view",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| run.cargo_test(&["--features", "cli", "--lib", "--bins", "--tests"]).run(),
};

/// The tests of xtask.
pub(super) const XTASK: Step = Step {
    name: "xtask",
    title: "Tests of xtask",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| run.cargo_test(&["--package", "xtask"]).run(),
};
