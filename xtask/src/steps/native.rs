//! Tests that need no browser.

use super::Step;

/// The pure modules build and pass their tests with no web crate in sight.
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

/// All native tests, the view rendered on the server among them.
pub(super) const VIEW: Step = Step {
    name: "view",
    title: "Native tests, everything",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| run.cargo_test(&["--features", "cli", "--lib", "--bins", "--tests"]).run(),
};

/// This program's own.
pub(super) const XTASK: Step = Step {
    name: "xtask",
    title: "Tests of xtask",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| run.cargo_test(&["--package", "xtask"]).run(),
};
