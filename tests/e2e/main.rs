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
mod applications;
mod axe;
mod browser;
mod chromium;
mod citations;
mod clock;
mod cms;
mod deep_links;
mod desk;
mod durations;
mod element;
mod element_loading;
mod embedding;
mod engine;
mod engine_chunks;
mod engine_voices;
mod exceptions;
mod faulty_responses;
mod fetching;
mod firefox;
mod folding;
mod fonts;
mod formats;
mod frames;
mod gallery;
mod ghost;
mod harness;
mod host_page;
#[path = "../cms/hostile.rs"]
mod hostile;
mod hostile_html;
mod keys;
mod languages;
mod layout;
mod live_updates;
mod loading;
mod long_articles;
mod media;
mod mentions;
mod menu;
mod mini_player;
mod next_article;
mod opening;
mod operation_order;
mod origins;
mod page;
mod part;
mod pending_loads;
mod persistence;
mod player_state;
mod playing;
mod pointer;
mod prerendered;
mod printing;
mod process;
mod read_aloud;
mod recording;
mod references;
mod retry;
mod rewriting;
mod scenario;
mod seeking;
mod server;
mod setup;
mod sources;
mod speech;
mod states;
#[path = "../cms/stringify.rs"]
mod stringify;
mod test_recordings;
mod themes;
mod trap;
mod wait;
mod watch;
mod webkit;
mod wordpress;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::browser::Browser;
use crate::engine::Engine;

/// How many scenarios run in parallel. Each keeps a browser busy, except while it waits.
const MAX_PARALLEL: usize = 3;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(MAX_PARALLEL);

    let engine = Engine::chosen();
    let groups = [
        ("harness", harness::scenarios()),
        ("loading", loading::scenarios()),
        ("long_articles", long_articles::scenarios()),
        ("element_loading", element_loading::scenarios()),
        ("fetching", fetching::scenarios()),
        ("formats", formats::scenarios()),
        ("cms", cms::scenarios()),
        ("hostile_html", hostile_html::scenarios()),
        ("desk", desk::scenarios()),
        ("states", states::scenarios()),
        ("folding", folding::scenarios()),
        ("citations", citations::scenarios()),
        ("mentions", mentions::scenarios()),
        ("references", references::scenarios()),
        ("playing", playing::scenarios()),
        ("seeking", seeking::scenarios()),
        ("recording", recording::scenarios()),
        ("read_aloud", read_aloud::scenarios()),
        ("embedding", embedding::scenarios()),
        ("element", element::scenarios()),
        ("persistence", persistence::scenarios()),
        ("keys", keys::scenarios()),
        ("menu", menu::scenarios()),
        ("mini_player", mini_player::scenarios()),
        ("deep_links", deep_links::scenarios()),
        ("next_article", next_article::scenarios()),
        ("live_updates", live_updates::scenarios()),
        ("operation_order", operation_order::scenarios()),
        ("pending_loads", pending_loads::scenarios()),
        ("engine_chunks", engine_chunks::scenarios()),
        ("origins", origins::scenarios()),
        ("applications", applications::scenarios()),
        ("themes", themes::scenarios()),
        ("prerendered", prerendered::scenarios()),
        ("frames", frames::scenarios()),
        ("languages", languages::scenarios()),
        ("accessibility", accessibility::scenarios()),
        ("layout", layout::scenarios()),
        ("host_page", host_page::scenarios()),
        ("rewriting", rewriting::scenarios()),
        ("printing", printing::scenarios()),
        ("engine_voices", engine_voices::scenarios()),
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
    let _speech = if arguments.list { None } else { speech::prepare() };
    // If this fails, each scenario reports the reason.
    let _ready = (engine == Engine::Firefox && !arguments.list).then(firefox::prepare);
    let conclusion = libtest_mimic::run(&arguments, trials);
    Browser::end_all();
    durations::conclude();
    retry::conclude(&conclusion)
}
