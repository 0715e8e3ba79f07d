//! Memory: how much a page of briefings holds, and whether it is released.

use anyhow::Result;
use serde_json::json;

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::metrics::Metrics;
use crate::report::{Figure, Section, Target};

/// The size of each article, in blocks.
const BLOCKS: usize = 10;

/// The number of briefings on one page.
const BRIEFINGS: usize = 100;

/// The number of briefings that have been created and removed at the first and at the second look. During the
/// first hundreds, browsers compile hot code and keep it: 0.2 MB between 100 and 1,000, 25 KB between 1,000
/// and 1,900, 6 KB in 900 more.
const CYCLES: [usize; 2] = [1_000, 2_000];

/// The tolerated ratio between two moments at which the browser should hold the same amount: the browser
/// compiles code and keeps it.
const TOLERANCE: f64 = 1.05;

/// The memory held at one moment after a garbage collection, in bytes and counts.
struct MemoryUse {
    module: f64,
    heap: f64,
    nodes: f64,
    listeners: f64,
}

impl MemoryUse {
    fn of(tab: &mut Tab) -> Result<Self> {
        tab.evaluate("testbed.idle()")?;
        // Collect twice: objects released in the first collection make more objects collectable in the
        // second.
        for _ in 0..2 {
            tab.send("HeapProfiler.collectGarbage", json!({}))?;
        }
        let metrics = Metrics::of(tab)?;
        Ok(Self {
            module: tab.evaluate("testbed.moduleMemory()")?.as_f64().unwrap_or(f64::NAN),
            heap: metrics.get("JSHeapUsedSize"),
            nodes: metrics.get("Nodes"),
            listeners: metrics.get("JSEventListeners"),
        })
    }
}

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let browser = Browser::start(&[])?;
    let mut tab = browser.tab()?;
    tab.go(&bench.url("/bench/testbed.html"))?;
    let mut section = Section::new(
        "Memory",
        format!("the same page after {} briefings have been added and removed", CYCLES[0]),
    );

    // Measure growth first: later it would fit into the space that many briefings have left behind.
    tab.evaluate(&format!("testbed.addAndRemove({BLOCKS}, {})", CYCLES[0]))?;
    let before = MemoryUse::of(&mut tab)?;
    tab.evaluate(&format!("testbed.addAndRemove({BLOCKS}, {})", CYCLES[1] - CYCLES[0]))?;
    let after = MemoryUse::of(&mut tab)?;
    let name = |what: &str| format!("{} briefings have been added and removed: {what}", CYCLES[1]);
    let module = Figure::bytes(name("the module's memory"), after.module);
    section.add(module.against(before.module).target(Target::RatioAtMost(1.0)));
    let heap = Figure::bytes(name("JavaScript heap"), after.heap);
    section.add(heap.against(before.heap).target(Target::RatioAtMost(TOLERANCE)));
    let nodes = Figure::plain(name("DOM nodes"), after.nodes, "");
    section.add(nodes.against(before.nodes).target(Target::RatioAtMost(TOLERANCE)));
    let listeners = Figure::plain(name("listeners"), after.listeners, "");
    section.add(listeners.target(Target::AtMost(before.listeners)));

    for briefings in [1, BRIEFINGS] {
        tab.evaluate(&format!("testbed.showMany({BLOCKS}, {briefings})"))?;
        let memory = MemoryUse::of(&mut tab)?;
        let name = |what: &str| format!("{briefings} on one page: {what}");
        section.add(Figure::bytes(name("the module's memory"), memory.module));
        section.add(Figure::bytes(name("JavaScript heap"), memory.heap));
        section.add(Figure::plain(name("DOM nodes"), memory.nodes, ""));
        section.add(Figure::plain(name("listeners"), memory.listeners, ""));
    }
    Ok(section)
}
