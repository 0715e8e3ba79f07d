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

const NO_FINGERS: &str = "WebKitWebDriver 2.50 has no fingers";
const NO_FORCED_COLORS: &str = "WebKitGTK 2.50 has no forced colours";
const ENGLISH_ONLY: &str = "WebKitGTK 2.50 has voices for English only";

const EXCEPTIONS: &[Exception] = &[
    Exception { engine: Engine::WebKit, scenario: "harness::a finger taps and drags", reason: NO_FINGERS },
    Exception { engine: Engine::WebKit, scenario: "seeking::a finger drags too", reason: NO_FINGERS },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::a finger that scrolls from the bar goes nowhere in time",
        reason: NO_FINGERS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::what the browser takes a finger away for is taken back",
        reason: NO_FINGERS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "seeking::a second finger leaves the thumb with the first",
        reason: NO_FINGERS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "harness::a reader can have colours of their own",
        reason: NO_FORCED_COLORS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "layout::in forced colours nothing is told by colour alone",
        reason: NO_FORCED_COLORS,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "speaking::there are voices for other languages",
        reason: ENGLISH_ONLY,
    },
    Exception {
        engine: Engine::WebKit,
        scenario: "aloud::every language has a voice of its own",
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
        .find(|exception| exception.engine == engine && is_of(scenario, exception.scenario))
        .map(|exception| exception.reason)
}

/// Returns whether a trial belongs to a scenario, whatever its fonts.
fn is_of(test: &str, scenario: &str) -> bool {
    test.strip_prefix(scenario).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// Panics if the list names a scenario that does not exist (any more).
pub(crate) fn check(trials: &[Trial]) {
    for exception in EXCEPTIONS {
        let there = trials.iter().any(|trial| trial.name() == exception.scenario);
        assert!(there, "tests/e2e/exceptions.rs names `{}`, which is no scenario", exception.scenario);
    }
}
