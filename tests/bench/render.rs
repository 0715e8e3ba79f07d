//! From the object of an article to its laid-out DOM, against the browser parsing the same markup.

use anyhow::Result;
use serde::Deserialize;

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::metrics::Metrics;
use crate::report::{Figure, Section, Target};
use crate::statistics::median;

/// The sizes, in blocks.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// How many times as long as the floor it may take.
const MOST: f64 = 2.0;

/// Each size is so many times the one before.
const STEP: f64 = 10.0;

/// What growth may exceed by and still be called linear: caches fill up, clocks are coarse.
const TOLERANCE: f64 = 1.1;

/// What the page tells of one rendering, in milliseconds.
#[derive(Deserialize)]
struct Times {
    script: f64,
    layout: f64,
    #[serde(default)]
    elements: f64,
    #[serde(default)]
    characters: f64,
}

/// One rendering, by the widget or by the browser alone.
struct Run {
    times: Times,
    /// Of all the time, that for styles and layout, whenever they were worked out.
    layout: f64,
}

impl Run {
    fn of(tab: &mut Tab, script: &str) -> Result<Self> {
        let before = Metrics::of(tab)?;
        let times: Times = serde_json::from_value(tab.evaluate(script)?)?;
        let spent = Metrics::of(tab)?.since(&before);
        Ok(Self { times, layout: spent.layout() })
    }

    /// From the start to the laid-out page.
    fn total(&self) -> f64 {
        self.times.script + self.times.layout
    }

    /// The same without styles and layout: script, or parsing.
    fn making(&self) -> f64 {
        self.total() - self.layout
    }
}

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let browser = Browser::start(&[])?;
    let mut tab = browser.tab()?;
    tab.go(&bench.url("/bench/stage.html"))?;
    let mut section = Section::new(
        "From JSON object to laid-out briefing",
        "the same browser parsing and laying out the finished markup in one go",
    );
    let mut before: Option<(f64, f64)> = None;
    for blocks in SIZES {
        let (briefing, floor) = renderings(bench, &mut tab, blocks)?;
        let middle = |runs: &[Run], get: fn(&Run) -> f64| median(runs.iter().map(get));
        let (total, floor_total) = (middle(&briefing, Run::total), middle(&floor, Run::total));
        let elements = middle(&briefing, |run| run.times.elements);
        let characters = middle(&briefing, |run| run.times.characters);
        section.add(
            Figure::milliseconds(format!("{blocks} blocks"), total)
                .against(floor_total)
                .target(Target::RatioAtMost(MOST))
                .note(format!("{elements} elements, {:.0} KB of markup", characters / 1_000.0)),
        );
        section.add(
            Figure::milliseconds(format!("{blocks} blocks: script, parsing"), middle(&briefing, Run::making))
                .against(middle(&floor, Run::making)),
        );
        section.add(
            Figure::milliseconds(
                format!("{blocks} blocks: style and layout"),
                middle(&briefing, |run| run.layout),
            )
            .against(middle(&floor, |run| run.layout)),
        );
        if let Some((total_before, floor_before)) = before {
            let (growth, floor_growth) = (total / total_before, floor_total / floor_before);
            section.add(
                Figure::plain(format!("{blocks} blocks: growth from the size before"), growth, "×")
                    .against(floor_growth)
                    .target(Target::AtMost(linear(floor_growth))),
            );
        }
        before = Some((total, floor_total));
    }
    Ok(section)
}

/// Renderings of one size by the widget and by the browser alone, in turn.
fn renderings(bench: &Bench, tab: &mut Tab, blocks: usize) -> Result<(Vec<Run>, Vec<Run>)> {
    let runs = bench.runs(blocks);
    // Code is compiled well before it counts, on both sides.
    let warm_up = if blocks < 1_000 { 10 } else { 1 };
    let (mut briefing, mut floor) = (Vec::new(), Vec::new());
    for run in 0..warm_up + runs {
        let ours = Run::of(tab, &format!("stage.showBriefing({blocks})"))?;
        let theirs = Run::of(tab, "stage.showFloor()")?;
        if run >= warm_up {
            briefing.push(ours);
            floor.push(theirs);
        }
    }
    Ok((briefing, floor))
}

/// The most that is still linear. Where the browser itself grows faster than the text, so may we.
fn linear(floor_growth: f64) -> f64 {
    STEP.max(floor_growth) * TOLERANCE
}
