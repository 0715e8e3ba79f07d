//! Where the time goes: a CPU profile of one rendering, to be opened in the browser's DevTools. With
//! a build that keeps names it tells functions of Rust apart.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::Browser;
use crate::measure::Bench;

/// The time between two looks at what runs, in microseconds.
const INTERVAL: u32 = 100;

/// Renders an article of so many blocks a few times, then once under the eyes of the profiler.
pub(crate) fn write(bench: &Bench, blocks: usize, path: &Path) -> Result<()> {
    let browser = Browser::start(&[])?;
    let mut tab = browser.tab()?;
    tab.go(&bench.url("/bench/testbed.html"))?;
    for _ in 0..3 {
        tab.evaluate(&format!("testbed.showBriefing({blocks})"))?;
    }
    tab.evaluate("testbed.clear()")?;
    tab.send("Profiler.enable", json!({}))?;
    tab.send("Profiler.setSamplingInterval", json!({ "interval": INTERVAL }))?;
    tab.send("Profiler.start", json!({}))?;
    tab.evaluate(&format!("testbed.mount(testbed.articles.get({blocks})).then(() => {{}})"))?;
    let answer = tab.send("Profiler.stop", json!({}))?;
    std::fs::write(path, answer["profile"].to_string())
        .with_context(|| format!("cannot write {}", path.display()))
}
