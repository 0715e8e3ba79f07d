//! A CPU profile of one rendering, for the browser's DevTools. In a build that keeps names, it
//! distinguishes Rust functions.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::trace::Trace;

/// The sampling interval, in microseconds.
const INTERVAL: u32 = 100;

/// The shortest time to report, in milliseconds.
const MIN_TIME: f64 = 0.2;

/// Renders an article of this number of blocks a few times, then once under the profiler.
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
        .with_context(|| format!("cannot write {}", path.display()))?;
    kinds_of_work(&mut tab, blocks)
}

/// Prints the browser's work by kind, beside its work for the finished markup.
fn kinds_of_work(tab: &mut Tab, blocks: usize) -> Result<()> {
    tab.evaluate(&format!("testbed.showBriefing({blocks}).then(() => testbed.showFloor())"))?;
    let mut traced = |script: &str| {
        tab.evaluate(&format!("testbed.prepare({blocks})"))?;
        let (trace, ()) = Trace::of(tab, |tab| tab.evaluate(script).map(drop))?;
        trace.between("load-start", "load-end")
    };
    let ours = traced(&format!("testbed.load({blocks}, 'object')"))?;
    let floor = traced("testbed.loadParsed()")?;
    let (ours, floor) = (ours.by_itself(), floor.by_itself());
    let names = ours.keys().chain(floor.keys()).collect::<HashSet<_>>();
    let time = |of: &HashMap<&str, f64>, name| of.get(name).copied().unwrap_or_default();
    let mut rows: Vec<_> =
        names.into_iter().map(|name| (time(&ours, name), time(&floor, name), name)).collect();
    rows.retain(|(ours, floor, _)| ours.max(*floor) >= MIN_TIME);
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    eprintln!("{:>10} {:>10}  work of the page's main thread, in ms", "widget", "markup");
    for (ours, floor, name) in rows {
        eprintln!("{ours:>10.2} {floor:>10.2}  {name}");
    }
    Ok(())
}
