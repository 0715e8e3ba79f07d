//! From an article's object to its laid-out DOM, compared with the browser parsing the same markup.

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

/// The maximum ratio to the floor.
const MAX_RATIO: f64 = 1.6;

/// The ratio between each size and the previous one.
const SIZE_FACTOR: f64 = 10.0;

/// The tolerated excess over linear growth: caches fill up, and clocks are coarse.
const TOLERANCE: f64 = 1.1;

/// One rendering, by the widget or by the browser without it; in milliseconds.
struct Run {
    /// The time from the start to the laid-out page.
    total: f64,
    /// The time that the main thread worked until the first frame was drawn.
    work: f64,
    /// The part of that work spent on styles and layout.
    layout: f64,
}

impl Run {
    fn of(tab: &mut Tab, script: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Times {
            script: f64,
            layout: f64,
        }
        let before = Metrics::of(tab)?;
        let times: Times = serde_json::from_value(tab.evaluate(script)?)?;
        let spent = Metrics::of(tab)?.since(&before);
        Ok(Self { total: times.script + times.layout, work: spent.work(), layout: spent.layout() })
    }
}

/// The size of the rendered markup.
#[derive(Deserialize)]
struct Markup {
    elements: f64,
    characters: f64,
}

/// The measurements of one size.
struct Renderings {
    /// By the widget.
    briefing: Vec<Run>,
    /// By the browser without the widget.
    floor: Vec<Run>,
    /// By the widget, hydrating prerendered markup.
    prerendered: Vec<Run>,
    markup: Markup,
}

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let browser = Browser::start(&[])?;
    let mut tab = browser.tab()?;
    tab.go(&bench.url("/bench/testbed.html"))?;
    let mut section = Section::new(
        "From JSON object to laid-out briefing",
        "the same browser parsing and laying out the finished markup in one go",
    );
    let mut before: Option<(f64, f64)> = None;
    for blocks in SIZES {
        let Renderings { briefing, floor, prerendered, markup } = renderings(bench, &mut tab, blocks)?;
        let middle = |runs: &[Run], get: fn(&Run) -> f64| median(runs.iter().map(get));
        let (total, floor_total) = (middle(&briefing, |run| run.total), middle(&floor, |run| run.total));
        section.add(
            Figure::milliseconds(format!("{blocks} blocks"), total)
                .against(floor_total)
                .target(Target::RatioAtMost(MAX_RATIO))
                .note(format!(
                    "{} elements, {:.0} KB of markup",
                    markup.elements,
                    markup.characters / 1_000.0
                )),
        );
        section.add(
            Figure::milliseconds(
                format!("{blocks} blocks: work, until drawn"),
                middle(&briefing, |run| run.work),
            )
            .against(middle(&floor, |run| run.work)),
        );
        section.add(
            Figure::milliseconds(
                format!("{blocks} blocks: style and layout"),
                middle(&briefing, |run| run.layout),
            )
            .against(middle(&floor, |run| run.layout)),
        );
        let rest = |run: &Run| run.work - run.layout;
        section.add(
            Figure::milliseconds(format!("{blocks} blocks: the rest of the work"), middle(&briefing, rest))
                .against(middle(&floor, rest))
                .note("script, or parsing; paint"),
        );
        section.add(
            Figure::milliseconds(format!("{blocks} blocks: hydrated"), middle(&prerendered, |run| run.total))
                .against(floor_total)
                .target(Target::RatioAtMost(MAX_RATIO))
                .note("the same elements; the floor parses them besides"),
        );
        if let Some((total_before, floor_before)) = before {
            let (growth, floor_growth) = (total / total_before, floor_total / floor_before);
            section.add(
                Figure::plain(format!("{blocks} blocks: growth from the size before"), growth, "×")
                    .against(floor_growth)
                    .target(Target::AtMost(max_linear_growth(floor_growth))),
            );
        }
        before = Some((total, floor_total));
    }
    Ok(section)
}

/// Renders one size in each way, alternately.
fn renderings(bench: &Bench, tab: &mut Tab, blocks: usize) -> Result<Renderings> {
    // Warm up the compiler for both sides.
    let warm_up = if blocks < 1_000 { 10 } else { 1 };
    for _ in 0..warm_up {
        tab.evaluate(&format!("testbed.showBriefing({blocks}).then(() => testbed.showFloor())"))?;
    }
    let (mut briefing, mut floor, mut prerendered) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.runs(blocks) {
        tab.evaluate(&format!("testbed.prepare({blocks})"))?;
        briefing.push(Run::of(tab, "testbed.showPrepared()")?);
        tab.evaluate("testbed.saveMarkup()")?;
        tab.evaluate("testbed.clear()")?;
        floor.push(Run::of(tab, "testbed.showParsed()")?);
        tab.evaluate(&format!("testbed.preparePrerendered({blocks})"))?;
        prerendered.push(Run::of(tab, "testbed.showPrerendered()")?);
    }
    let markup = tab.evaluate(&format!(
        "testbed.prepare({blocks}).then(() => testbed.showPrepared()).then(() => testbed.saveMarkup())"
    ))?;
    Ok(Renderings { briefing, floor, prerendered, markup: serde_json::from_value(markup)? })
}

/// Returns the maximum growth that counts as linear. Where the browser itself grows faster than the
/// text, so may the widget.
fn max_linear_growth(floor_growth: f64) -> f64 {
    SIZE_FACTOR.max(floor_growth) * TOLERANCE
}
