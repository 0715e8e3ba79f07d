//! Scenarios that an engine cannot pass, and why. This list is short, and it is the only place
//! where a scenario is skipped for an engine.

use libtest_mimic::Trial;

use crate::engine::Engine;

/// A scenario that an engine cannot pass.
pub(crate) struct Exception {
    /// The engine.
    pub(crate) engine: Engine,
    /// The scenario with its group, such as `loading::the newsroom opens`.
    pub(crate) scenario: &'static str,
    /// The engine's limitation, with the affected versions if known.
    pub(crate) reason: &'static str,
}

const NO_TOUCH_INPUT: &str = "WebKitWebDriver 2.50 has no touch input";
const NO_FORCED_COLORS: &str = "WebKitGTK 2.50 has no forced colours";
const ENGLISH_ONLY: &str = "WebKitGTK 2.50 has voices for English only";

const EXCEPTIONS: &[Exception] = &[
    Exception {
        engine: Engine::WebKit,
        scenario: "harness::a finger taps and drags",
        reason: NO_TOUCH_INPUT,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::a finger can drag the bar",
        reason: NO_TOUCH_INPUT,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::a swipe that scrolls from the bar does not seek",
        reason: NO_TOUCH_INPUT,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::a cancelled drag restores the position",
        reason: NO_TOUCH_INPUT,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::a second finger does not move the thumb",
        reason: NO_TOUCH_INPUT,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "harness::forced colours are emulated",
        reason: NO_FORCED_COLORS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "layout::in forced colours no state is shown by colour alone",
        reason: NO_FORCED_COLORS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "engine_voices::there are voices for other languages",
        reason: ENGLISH_ONLY,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "read_aloud::each language is read by a matching voice",
        reason: ENGLISH_ONLY,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "printing::the newsroom can be printed",
        reason: "WebKitWebDriver 2.50 cannot print",
    },
];

/// Returns the reason why a scenario is skipped in an engine, if it is.
pub(crate) fn reason(scenario: &str, engine: Engine) -> Option<&'static str> {
    EXCEPTIONS
        .iter()
        .find(|exception| exception.engine == engine && belongs_to(scenario, exception.scenario))
        .map(|exception| exception.reason)
}

/// Returns whether a trial belongs to a scenario, whatever its fonts.
fn belongs_to(test: &str, scenario: &str) -> bool {
    test.strip_prefix(scenario).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// Panics if the list names a scenario that does not exist (any more).
pub(crate) fn check(trials: &[Trial]) {
    for exception in EXCEPTIONS {
        let there = trials.iter().any(|trial| trial.name() == exception.scenario);
        assert!(there, "tests/e2e/exceptions.rs names `{}`, which does not exist", exception.scenario);
    }
}
