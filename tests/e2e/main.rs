//! The newsroom as a reader meets it: a real browser, driven from outside, over the built site.
//!
//! `cargo xtask test --only e2e` builds the site, brings the tools and runs all of it;
//! `cargo xtask test --only e2e -- loading` runs what has `loading` in its name.
//!
//! A scenario is an `async fn(&Page) -> Result<()>` in the file of its group, listed in that file's
//! `scenarios()`. It reads like what a person does, and waits for what it expects instead of
//! sleeping. Every scenario has a browser, a profile and a server of its own, and fails at its end
//! if the page complained of anything (see [`watch`]) that the scenario did not expect.

mod axe;
mod browser;
mod chromium;
mod engine;
mod exceptions;
mod harness;
mod loading;
mod page;
mod part;
mod pointer;
mod scenario;
mod server;
mod setup;
mod wait;
mod watch;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::engine::Engine;
use crate::scenario::Scenario;

/// Scenarios at a time: each keeps a browser busy.
const AT_A_TIME: usize = 2;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_A_TIME);

    let engine = Engine::chosen();
    let groups: [(&str, Vec<Scenario>); _] =
        [("harness", harness::scenarios()), ("loading", loading::scenarios())];
    let trials: Vec<Trial> = groups
        .into_iter()
        .flat_map(|(group, scenarios)| {
            scenarios.into_iter().map(move |scenario| scenario.trial(group, engine))
        })
        .collect();
    exceptions::check(&trials);
    libtest_mimic::run(&arguments, trials).exit_code()
}
