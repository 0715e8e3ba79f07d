//! Tests single parts in a real browser.

use super::Step;
use crate::engine::Engine;
use crate::tools::{Screen, Tool, WEBKIT_DRIVER};

/// The time limit in seconds for all tests of a program together. The runner's default is 20
/// seconds, which a slow machine with a cold browser can exceed.
const TIMEOUT: &str = "300";

/// Returns the time zone of a browser: on both sides of UTC, so that a day that is converted becomes another.
fn time_zone(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium | Engine::WebKit => "America/Los_Angeles",
        Engine::Firefox => "Pacific/Kiritimati",
    }
}

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
                "adapters,timings",
                "--lib",
                "--test",
                "browser",
            ])
            .var("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT)
            .var("TZ", time_zone(run.engine()?));
        match run.engine()? {
            // The runner uses the driver that the environment names.
            Engine::Chromium | Engine::Firefox => call.run(),
            Engine::WebKit => {
                let screen = Screen::start()?;
                // Safari is the only browser with this engine that the runner knows. The drivers of
                // both speak alike.
                let driver = run.environment.get(WEBKIT_DRIVER).unwrap_or_default();
                call.var("SAFARIDRIVER", driver).var("DISPLAY", &screen.display).run()
            }
        }
    },
};
