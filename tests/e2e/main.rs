//! The newsroom as a reader meets it: a real browser, driven from outside, over the built site.
//!
//! `cargo xtask test --only e2e` builds the site, brings the tools and runs all of it;
//! `cargo xtask test --only e2e -- loading` runs what has `loading` in its name.
//!
//! A scenario is an `async fn(&Page) -> Result<()>` in the file of its group, listed in that file's
//! `scenarios()`. It reads like what a person does, and waits for what it expects instead of
//! sleeping. Every scenario has a browser, a profile and a server of its own, and fails at its end
//! if the page complained of anything (see [`watch`]) that the scenario did not expect.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod accessibility;
mod aloud;
mod answers;
mod applications;
mod arriving;
mod axe;
mod browser;
mod chromium;
mod citations;
mod clock;
mod element;
mod embedding;
mod engine;
mod exceptions;
mod fetching;
mod firefox;
mod folding;
mod formats;
mod frames;
mod gallery;
mod harness;
mod keeping;
mod languages;
mod layout;
mod listening;
mod loading;
mod long;
mod looks;
mod mentions;
mod opening;
mod origins;
mod page;
mod part;
mod playing;
mod pointer;
mod prerendered;
mod printing;
mod process;
mod references;
mod scenario;
mod seeking;
mod server;
mod setup;
mod sources;
mod speaking;
mod speech;
mod states;
mod trap;
mod wait;
mod watch;
mod webkit;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::engine::Engine;

/// Scenarios at a time: each keeps a browser busy.
const AT_A_TIME: usize = 2;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_A_TIME);

    let engine = Engine::chosen();
    let groups = [
        ("harness", harness::scenarios()),
        ("loading", loading::scenarios()),
        ("long", long::scenarios()),
        ("arriving", arriving::scenarios()),
        ("fetching", fetching::scenarios()),
        ("formats", formats::scenarios()),
        ("states", states::scenarios()),
        ("folding", folding::scenarios()),
        ("citations", citations::scenarios()),
        ("mentions", mentions::scenarios()),
        ("references", references::scenarios()),
        ("playing", playing::scenarios()),
        ("seeking", seeking::scenarios()),
        ("aloud", aloud::scenarios()),
        ("embedding", embedding::scenarios()),
        ("element", element::scenarios()),
        ("keeping", keeping::scenarios()),
        ("origins", origins::scenarios()),
        ("applications", applications::scenarios()),
        ("looks", looks::scenarios()),
        ("prerendered", prerendered::scenarios()),
        ("frames", frames::scenarios()),
        ("languages", languages::scenarios()),
        ("accessibility", accessibility::scenarios()),
        ("layout", layout::scenarios()),
        ("printing", printing::scenarios()),
        ("speaking", speaking::scenarios()),
        ("gallery", gallery::scenarios()),
    ];
    let trials: Vec<Trial> = groups
        .into_iter()
        .flat_map(|(group, scenarios)| {
            scenarios.into_iter().map(move |scenario| scenario.trial(group, engine))
        })
        .collect();
    exceptions::check(&trials);
    let _speech = if arguments.list { None } else { speech::make_ready() };
    // Where this fails, each scenario tells why.
    let _ready = (engine == Engine::Firefox && !arguments.list).then(firefox::make_ready);
    libtest_mimic::run(&arguments, trials).exit_code()
}
