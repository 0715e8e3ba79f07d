//! The longest task of the main thread while an article loads. During a task, a reader cannot scroll,
//! press or type.

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::report::{Figure, Section, Target};
use crate::statistics::{max, median};
use crate::trace::Trace;

/// The sizes, in blocks, each with the longest allowed task in milliseconds.
const SIZES: [(usize, f64); 2] = [(1_000, 50.0), (10_000, 200.0)];

/// The ways to load an article: the name that the testbed uses, and a description.
const WAYS: [(&str, &str); 2] = [("object", "as an object"), ("address", "by src")];

/// The name of a task in a trace. A frame's styles, layout and paint are part of such a task, too.
const TASK: &[&str] = &["ThreadControllerImpl::RunTask"];

/// The trace categories that contain a thread's tasks.
const CATEGORIES: &[&str] = &["toplevel", "blink.user_timing"];

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let browser = Browser::start(&[])?;
    let mut section = Section::new(
        "Longest task while an article loads",
        "the same browser parsing and laying out the finished markup in one go",
    );
    for (blocks, at_most) in SIZES {
        let mut tab = browser.tab()?;
        tab.go(&bench.url("/bench/testbed.html"))?;
        // Warms up the compiler, and creates the markup for the floor.
        tab.evaluate(&format!("testbed.showBriefing({blocks}).then(() => testbed.showFloor())"))?;
        let (mut ours, mut floor) = ([Vec::new(), Vec::new()], Vec::new());
        for _ in 0..bench.runs(blocks) {
            for ((way, _), longest) in WAYS.into_iter().zip(&mut ours) {
                let load = format!("testbed.load({blocks}, '{way}')");
                longest.push(longest_task(&mut tab, blocks, &load)?);
            }
            floor.push(longest_task(&mut tab, blocks, "testbed.loadParsed()")?);
        }
        for ((_, way), longest) in WAYS.into_iter().zip(ours) {
            section.add(
                Figure::milliseconds(
                    format!("longest task while {blocks} blocks load, {way}"),
                    median(longest.iter().copied()),
                )
                .against(median(floor.iter().copied()))
                .target(Target::AtMost(at_most))
                .note(format!(
                    "{:.0} ms in the slowest of {} runs",
                    max(longest.iter().copied()),
                    longest.len()
                )),
            );
        }
        tab.close()?;
    }
    Ok(section)
}

/// Returns the duration of the longest task between the marks `load-start` and `load-end`, which the script
/// sets, in milliseconds.
fn longest_task(tab: &mut Tab, blocks: usize, script: &str) -> Result<f64> {
    tab.evaluate(&format!("testbed.prepare({blocks})"))?;
    let (trace, ()) = Trace::of_categories(tab, CATEGORIES, |tab| tab.evaluate(script).map(drop))?;
    let load = trace.between("load-start", "load-end")?;
    let tasks = load.outermost(TASK);
    tasks.iter().map(|task| task.milliseconds).max_by(f64::total_cmp).context("no task was seen in the trace")
}
