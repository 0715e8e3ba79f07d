//! Many briefings on one page: their total time, and that they share one engine.

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::measure::Bench;
use crate::report::{Figure, Section, Target};
use crate::statistics::median;

/// The size of each article, in blocks.
const BLOCKS: usize = 10;

/// The number of briefings on the page.
const BRIEFINGS: usize = 100;

/// The maximum ratio to the floor's time.
const MAX_RATIO: f64 = 2.0;

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let browser = Browser::start(&[])?;
    let mut tab = browser.tab()?;
    tab.go(&bench.url("/bench/testbed.html"))?;
    let mut section = Section::new(
        format!("{BRIEFINGS} briefings of {BLOCKS} blocks at once"),
        format!("the browser parsing the finished markup {BRIEFINGS} times, and laying it out"),
    );
    tab.evaluate(&format!("testbed.showBriefing({BLOCKS})"))?;
    let (mut briefings, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..bench.runs(BRIEFINGS * BLOCKS) {
        for (script, times) in [("manyAtOnce", &mut briefings), ("floorManyTimes", &mut floor)] {
            let script = format!("testbed.{script}({BLOCKS}, {BRIEFINGS})");
            times.push(tab.evaluate(&script)?.as_f64().context("no time")?);
        }
    }
    section.add(
        Figure::milliseconds("until all are laid out", median(briefings))
            .against(median(floor))
            .target(Target::RatioAtMost(MAX_RATIO)),
    );
    let engines = tab.evaluate("testbed.engines()")?.as_f64().context("no number")?;
    section.add(Figure::plain("engines that were started", engines, "").target(Target::AtMost(1.0)));
    Ok(section)
}
