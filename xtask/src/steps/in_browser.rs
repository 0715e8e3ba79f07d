//! Tests of single parts that need a real browser around them.

use super::Step;
use crate::tools::Tool;

/// Seconds that all tests of the one program may take together. The runner's own limit is 20, which
/// a slow machine with a cold browser can miss.
const TIMEOUT: &str = "300";

pub(super) const STEP: Step = Step {
    name: "browser",
    title: "In-browser tests",
    needs: &[Tool::WasmTarget, Tool::WasmBindgen],
    in_browser: true,
    after: None,
    run: |run| {
        run.cargo_test(&["--target", "wasm32-unknown-unknown", "--test", "browser"])
            .var("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT)
            .run()
    },
};
