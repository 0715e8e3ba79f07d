//! A tick of the player: what it runs, writes, reads and allocates.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::report::{Figure, Section, Target};
use crate::statistics::{mean, most};
use crate::trace::{Span, Trace};

/// The sizes, in segments.
const SIZES: [usize; 2] = [100, 10_000];

/// The most script that a tick may run, in milliseconds.
const MOST_SCRIPT: f64 = 0.1;

/// The most a tick may write to the page.
const MOST_WRITES: f64 = 4.0;

/// For how long it plays while it is looked at, in milliseconds: some fifty ticks, and a new segment
/// once in four.
const PLAYED: u32 = 12_000;

/// How many ticks are made without the waiting between them: no more than the shortest lasts.
const AT_ONCE: usize = 380;

/// What begins a tick, in the words of a trace.
const TICKS: [&str; 2] = ["TimerFire", "FireAnimationFrame"];

/// What makes the page wait for its styles and layout.
const LAYOUT: [&str; 2] = ["UpdateLayoutTree", "Layout"];

/// What the browser does for a frame after a tick.
const DRAWING: [&str; 5] = ["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize"];

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let mut section = Section::new("A tick of the player", "a ticker in plain script with the same writes");
    for segments in SIZES {
        // A browser for each: what one left on the page would be counted with the other.
        let browser = Browser::start(&[])?;
        let mut tab = browser.tab()?;
        tab.go(&bench.url("/bench/testbed.html"))?;
        let name = |what: &str| format!("{segments} segments: {what}");

        tab.evaluate(&format!("testbed.showBriefing({segments})"))?;
        // Until what is done once is done.
        tab.evaluate("testbed.play(3000)")?;
        let played = ticks(&mut tab, &format!("testbed.play({PLAYED})"), is_widgets)?;
        let writes: Vec<f64> = serde_json::from_value(tab.evaluate(&format!("testbed.writes({PLAYED})"))?)?;
        ensure!(!writes.is_empty(), "nothing was written while it played");
        let (heap, module) = allocations(&mut tab)?;
        let at_once = at_once(&mut tab, "testbed.ticksAtOnce")?;

        tab.evaluate("testbed.showFloor()")?;
        tab.evaluate("testbed.playFloor(3000)")?;
        let floor = ticks(&mut tab, &format!("testbed.playFloor({PLAYED})"), is_floors)?;
        let floor_at_once = self::at_once(&mut tab, "testbed.floorTicksAtOnce")?;

        section.add(
            Figure::milliseconds(name("script, at once"), mean(&at_once))
                .against(mean(&floor_at_once))
                .target(Target::AtMost(MOST_SCRIPT))
                .note(format!("mean of {AT_ONCE} ticks without the waiting between them")),
        );
        section.add(
            Figure::milliseconds(name("script, in its time"), mean_of(&played, |tick| tick.script))
                .against(mean_of(&floor, |tick| tick.script))
                .note(format!(
                    "mean of {} ticks, when the processor has long done other things",
                    played.len()
                )),
        );
        section.add(
            Figure::milliseconds(
                name("script, slowest in its time"),
                most(played.iter().map(|tick| tick.script)),
            )
            .against(most(floor.iter().map(|tick| tick.script))),
        );
        section.add(
            Figure::plain(name("forced layouts, most"), most(played.iter().map(|tick| tick.forced)), "")
                .target(Target::AtMost(0.0)),
        );
        section.add(
            Figure::milliseconds(name("style to paint"), mean_of(&played, |tick| tick.drawing))
                .against(mean_of(&floor, |tick| tick.drawing))
                .note("mean"),
        );
        section.add(
            Figure::plain(name("DOM writes, most"), most(writes.iter().copied()), "")
                .target(Target::AtMost(MOST_WRITES))
                .note(format!("mean {:.1}", mean(&writes))),
        );
        section.add(Figure::plain(name("JavaScript heap allocated"), heap, "bytes"));
        section.add(
            Figure::plain(name("growth of the module's memory"), module, "bytes").target(Target::AtMost(0.0)),
        );
    }
    Ok(section)
}

fn mean_of(ticks: &[Tick], get: fn(&Tick) -> f64) -> f64 {
    mean(&ticks.iter().map(get).collect::<Vec<_>>())
}

fn at_once(tab: &mut Tab, function: &str) -> Result<Vec<f64>> {
    // The first let the compiler see what is much used.
    tab.evaluate(&format!("{function}({AT_ONCE})"))?;
    Ok(serde_json::from_value(tab.evaluate(&format!("{function}({AT_ONCE})"))?)?)
}

/// One tick, as it was traced; times in milliseconds.
struct Tick {
    script: f64,
    /// Styles or layout worked out because script asked.
    forced: f64,
    /// From styles to paint, up to the next tick.
    drawing: f64,
}

/// Traces what a script of the page plays. What is a tick is told by the function that it calls.
fn ticks(tab: &mut Tab, script: &str, is_tick: fn(&Span) -> bool) -> Result<Vec<Tick>> {
    let (trace, ()) = Trace::of(tab, |tab| tab.evaluate(script).map(drop))?;
    let calls = trace.outermost(&["FunctionCall"]);
    let starts: Vec<&Span> = trace
        .outermost(&TICKS)
        .into_iter()
        .filter(|span| calls.iter().find(|call| span.contains(call)).is_some_and(|call| is_tick(call)))
        .collect();
    ensure!(!starts.is_empty(), "no tick was seen in the trace");
    let drawings = trace.outermost(&DRAWING);
    let tick = |(index, span): (usize, &&Span)| Tick {
        script: span.milliseconds,
        forced: trace.named(&LAYOUT).filter(|layout| span.contains(layout)).map(|_| 1.0).sum(),
        drawing: drawings
            .iter()
            .filter(|drawing| {
                span.is_before(drawing) && starts.get(index + 1).is_none_or(|next| drawing.is_before(next))
            })
            .map(|drawing| drawing.milliseconds)
            .sum(),
    };
    Ok(starts.iter().enumerate().map(tick).collect())
}

fn is_widgets(call: &Span) -> bool {
    call.details["data"]["url"].as_str().is_some_and(|url| !url.contains("/bench/"))
}

fn is_floors(call: &Span) -> bool {
    call.details["data"]["functionName"] == "floorTick"
}

/// What the JavaScript heap is given and how much the module's memory grows, in bytes per tick.
fn allocations(tab: &mut Tab) -> Result<(f64, f64)> {
    tab.evaluate("testbed.rest().then(() => gc())")?;
    tab.send(
        "HeapProfiler.startSampling",
        json!({
            "samplingInterval": 64,
            "includeObjectsCollectedByMajorGC": true,
            "includeObjectsCollectedByMinorGC": true,
        }),
    )?;
    let before = tab.evaluate("testbed.moduleMemory()")?;
    let ticks = tab.evaluate(&format!("testbed.play({PLAYED})"))?;
    let after = tab.evaluate("testbed.moduleMemory()")?;
    let profile = tab.send("HeapProfiler.stopSampling", json!({}))?;
    let ticks = ticks.as_f64().unwrap_or(f64::NAN);
    let grown = after.as_f64().unwrap_or(f64::NAN) - before.as_f64().unwrap_or(f64::NAN);
    Ok((allocated(&profile["profile"]["head"]) / ticks, grown / ticks))
}

/// What was allocated in a function of the widget and in all it calls.
fn allocated(node: &Value) -> f64 {
    let own = if node["callFrame"]["url"]
        .as_str()
        .is_some_and(|url| url.starts_with("http") && !url.contains("/bench/") || url.starts_with("wasm:"))
    {
        node["selfSize"].as_f64().unwrap_or_default()
    } else {
        0.0
    };
    own + node["children"].as_array().into_iter().flatten().map(allocated).sum::<f64>()
}
