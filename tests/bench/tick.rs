//! A tick of the player: its script time, writes, forced layouts and allocations.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::report::{Figure, Section, Target};
use crate::statistics::{max, mean};
use crate::trace::{Span, Trace};

/// The sizes, in segments.
const SIZES: [usize; 2] = [100, 10_000];

/// The maximum script time of a tick, in milliseconds.
const MAX_SCRIPT: f64 = 0.1;

/// The maximum number of writes to the page per tick.
const MAX_WRITES: f64 = 4.0;

/// The duration of the observed playback, in milliseconds: some fifty ticks, and a new segment every
/// four ticks.
const PLAYED: u32 = 12_000;

/// The number of ticks without waiting between them: no more than the shortest article lasts.
const AT_ONCE: usize = 380;

/// The trace events that start a tick.
const TICKS: [&str; 2] = ["TimerFire", "FireAnimationFrame"];

/// The trace events that make the page wait for its styles and layout.
const LAYOUT: [&str; 2] = ["UpdateLayoutTree", "Layout"];

/// The trace events of the frame after a tick.
const DRAWING: [&str; 5] = ["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize"];

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let mut section = Section::new("A tick of the player", "a ticker in plain script with the same writes");
    for segments in SIZES {
        // A new browser for each size: leftovers of one would be counted for the other.
        let browser = Browser::start(&[])?;
        let mut tab = browser.tab()?;
        tab.go(&bench.url("/bench/testbed.html"))?;
        let name = |what: &str| format!("{segments} segments: {what}");

        tab.evaluate(&format!("testbed.showBriefing({segments})"))?;
        // Let one-time work finish first.
        tab.evaluate("testbed.play(3000)")?;
        let played = ticks(&mut tab, &format!("testbed.play({PLAYED})"), is_widget_tick)?;
        let writes: Vec<f64> = serde_json::from_value(tab.evaluate(&format!("testbed.writes({PLAYED})"))?)?;
        ensure!(!writes.is_empty(), "nothing was written while it played");
        let (heap, module) = allocations(&mut tab)?;
        let at_once = at_once(&mut tab, "testbed.ticksAtOnce")?;

        tab.evaluate("testbed.showFloor()")?;
        tab.evaluate("testbed.playFloor(3000)")?;
        let floor = ticks(&mut tab, &format!("testbed.playFloor({PLAYED})"), is_floor_tick)?;
        let floor_at_once = self::at_once(&mut tab, "testbed.floorTicksAtOnce")?;

        section.add(
            Figure::milliseconds(name("script, at once"), mean(&at_once))
                .against(mean(&floor_at_once))
                .target(Target::AtMost(MAX_SCRIPT))
                .note(format!("mean of {AT_ONCE} ticks without the waiting between them")),
        );
        section.add(
            Figure::milliseconds(name("script, in real time"), mean_of(&played, |tick| tick.script))
                .against(mean_of(&floor, |tick| tick.script))
                .note(format!(
                    "mean of {} ticks, when the processor has done other work in between",
                    played.len()
                )),
        );
        section.add(
            Figure::milliseconds(
                name("script, slowest in real time"),
                max(played.iter().map(|tick| tick.script)),
            )
            .against(max(floor.iter().map(|tick| tick.script))),
        );
        section.add(
            Figure::plain(name("forced layouts, maximum"), max(played.iter().map(|tick| tick.forced)), "")
                .target(Target::AtMost(0.0)),
        );
        section.add(
            Figure::milliseconds(name("style to paint"), mean_of(&played, |tick| tick.drawing))
                .against(mean_of(&floor, |tick| tick.drawing))
                .note("mean"),
        );
        section.add(
            Figure::plain(name("DOM writes, maximum"), max(writes.iter().copied()), "")
                .target(Target::AtMost(MAX_WRITES))
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
    // The first call warms up the compiler.
    tab.evaluate(&format!("{function}({AT_ONCE})"))?;
    Ok(serde_json::from_value(tab.evaluate(&format!("{function}({AT_ONCE})"))?)?)
}

/// One tick in a trace; times in milliseconds.
struct Tick {
    script: f64,
    /// Styles or layout that a script forced.
    forced: f64,
    /// From styles to paint, until the next tick.
    drawing: f64,
}

/// Traces the playback that a script starts. A tick is recognised by the function that it calls.
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

fn is_widget_tick(call: &Span) -> bool {
    call.details["data"]["url"].as_str().is_some_and(|url| !url.contains("/bench/"))
}

fn is_floor_tick(call: &Span) -> bool {
    call.details["data"]["functionName"] == "floorTick"
}

/// Returns the JavaScript heap allocations and the growth of the module's memory, in bytes per tick.
fn allocations(tab: &mut Tab) -> Result<(f64, f64)> {
    tab.evaluate("testbed.idle().then(() => gc())")?;
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

/// Returns the bytes allocated in functions of the widget and in the functions that they call.
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
