//! Tests of single parts that need a real browser around them.

use super::Step;
use crate::engine::Engine;
use crate::tools::{Screen, Tool, WEBKIT_DRIVER};

/// Seconds that all tests of the one program may take together. The runner's own limit is 20, which
/// a slow machine with a cold browser can miss.
const TIMEOUT: &str = "300";

pub(super) const STEP: Step = Step {
    name: "browser",
    title: "In-browser tests",
    needs: &[Tool::WasmTarget, Tool::WasmBindgen],
    in_browser: true,
    after: &[],
    run: |run| {
        let call = run
            .cargo_test(&[
                "--target",
                "wasm32-unknown-unknown",
                "--features",
                "adapters,formats-blog,formats-headless,formats-news,timings",
                "--lib",
                "--test",
                "browser",
            ])
            .var("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT);
        match run.engine()? {
            // The runner takes the driver that the environment names.
            Engine::Chromium | Engine::Firefox => call.run(),
            Engine::WebKit => {
                let screen = Screen::start()?;
                // It knows of one browser with this engine. Their drivers speak alike.
                let driver = run.environment.get(WEBKIT_DRIVER).unwrap_or_default();
                call.var("SAFARIDRIVER", driver).var("DISPLAY", &screen.display).run()
            }
        }
    },
};
