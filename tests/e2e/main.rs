//! End-to-end tests of the demo newsroom: a real browser, driven through WebDriver, loads the built
//! site.
//!
//! `cargo xtask test --only e2e` builds the site, installs the tools and runs every scenario; `cargo
//! xtask test --only e2e -- loading` runs the scenarios with `loading` in their names.
//!
//! A scenario is an `async fn(&Page) -> Result<()>` in the file of its group, listed in that file's
//! `scenarios()`. It reads like a sequence of user actions, and waits for conditions instead of
//! sleeping. Every scenario has its own tab and its own server, and therefore an origin that its
//! browser has never seen. A scenario also fails if the page raised a complaint (see [`watch`]) that
//! the scenario did not expect.
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
mod changing;
mod chromium;
mod citations;
mod clock;
mod cms;
mod deep_links;
mod desk;
mod element;
mod embedding;
mod engine;
mod exceptions;
mod fetching;
mod firefox;
mod folding;
mod fonts;
mod formats;
mod frames;
mod gallery;
mod ghost;
mod harness;
mod keeping;
mod keys;
mod languages;
mod layout;
mod listening;
mod loading;
mod long;
mod looks;
mod media;
mod mentions;
mod menu;
mod mini_player;
mod next;
mod opening;
mod orders;
mod origins;
mod page;
mod part;
mod playing;
mod pointer;
mod prerendered;
mod printing;
mod process;
mod recording;
mod references;
mod retry;
mod scenario;
mod seeking;
mod server;
mod setup;
mod sources;
mod speaking;
mod speech;
mod spoken;
mod states;
mod surroundings;
mod trap;
mod wait;
mod waiting;
mod watch;
mod webkit;
mod wordpress;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::browser::Browser;
use crate::engine::Engine;

/// How many scenarios run in parallel. Each keeps a browser busy, except while it waits.
const AT_A_TIME: usize = 3;

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
        ("cms", cms::scenarios()),
        ("desk", desk::scenarios()),
        ("states", states::scenarios()),
        ("folding", folding::scenarios()),
        ("citations", citations::scenarios()),
        ("mentions", mentions::scenarios()),
        ("references", references::scenarios()),
        ("playing", playing::scenarios()),
        ("seeking", seeking::scenarios()),
        ("recording", recording::scenarios()),
        ("aloud", aloud::scenarios()),
        ("embedding", embedding::scenarios()),
        ("element", element::scenarios()),
        ("keeping", keeping::scenarios()),
        ("keys", keys::scenarios()),
        ("menu", menu::scenarios()),
        ("mini_player", mini_player::scenarios()),
        ("deep_links", deep_links::scenarios()),
        ("next", next::scenarios()),
        ("changing", changing::scenarios()),
        ("orders", orders::scenarios()),
        ("waiting", waiting::scenarios()),
        ("origins", origins::scenarios()),
        ("applications", applications::scenarios()),
        ("looks", looks::scenarios()),
        ("prerendered", prerendered::scenarios()),
        ("frames", frames::scenarios()),
        ("languages", languages::scenarios()),
        ("accessibility", accessibility::scenarios()),
        ("layout", layout::scenarios()),
        ("surroundings", surroundings::scenarios()),
        ("printing", printing::scenarios()),
        ("speaking", speaking::scenarios()),
        ("gallery", gallery::scenarios()),
        ("systems::wordpress", wordpress::scenarios(&wordpress::NEWEST)),
        ("systems::wordpress 6.1", wordpress::scenarios(&wordpress::OLDEST)),
        ("systems::ghost", ghost::scenarios()),
    ];
    let mut trials: Vec<Trial> = groups
        .into_iter()
        .flat_map(|(group, scenarios)| {
            scenarios.into_iter().flat_map(move |scenario| scenario.trials(group, engine))
        })
        .collect();
    exceptions::check(&trials);
    // Keep only the groups whose names start with this prefix.
    let groups = std::env::var("NEWS_BRIEFING_GROUPS").unwrap_or_default();
    trials.retain(|trial| trial.name().starts_with(&groups));
    let _speech = if arguments.list { None } else { speech::make_ready() };
    // If this fails, each scenario reports the reason.
    let _ready = (engine == Engine::Firefox && !arguments.list).then(firefox::make_ready);
    let conclusion = libtest_mimic::run(&arguments, trials);
    Browser::end_all();
    retry::conclude(&conclusion)
}
