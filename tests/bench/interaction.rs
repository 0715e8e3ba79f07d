//! The time from a reader's press to the next frame: opening a citation, seeking, unfolding.

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::report::{Figure, Section};
use crate::statistics::median;
use crate::trace::Trace;

/// The sizes, in blocks.
const SIZES: [usize; 2] = [100, 10_000];

/// What is pressed, as `testbed.js` names it, and a description of the action.
const PRESSES: [(&str, &str); 3] = [
    ("citation", "open a citation"),
    ("seek", "seek on the progress bar"),
    ("fold", "unfold the references"),
];

/// The trace events that count as the main thread's work for a press.
const WORK: [&str; 11] = [
    "EventDispatch",
    "FunctionCall",
    "TimerFire",
    "FireAnimationFrame",
    "HitTest",
    "UpdateLayoutTree",
    "Layout",
    "PrePaint",
    "Paint",
    "Layerize",
    "Commit",
];

/// How many times to retry a press that missed its target.
const TRIES: usize = 5;

/// The point to press, in CSS pixels.
#[derive(Deserialize)]
struct Point {
    x: f64,
    y: f64,
}

/// The result of one press, in milliseconds.
struct Answer {
    /// The time from the press to the frame.
    waited: f64,
    /// The part of that time during which the main thread worked.
    work: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    // Without the limit of sixty frames per second, which would hide much of the difference.
    let browser = Browser::start(&["--disable-frame-rate-limit", "--disable-gpu-vsync"])?;
    let mut section = Section::new(
        "From a press to the next picture",
        "the same markup without script: popovertarget, details; for seeking, a bare range input",
    );
    for blocks in SIZES {
        let mut tab = browser.tab()?;
        tab.go(&bench.url("/bench/testbed.html"))?;
        for (press, what) in PRESSES {
            tab.evaluate(&format!("testbed.showBriefing({blocks})"))?;
            let ours = answers(&mut tab, press, bench.runs(blocks))?;
            tab.evaluate("testbed.showFloor()")?;
            let floor = answers(&mut tab, press, bench.runs(blocks))?;
            let middle = |answers: &[Answer], get: fn(&Answer) -> f64| median(answers.iter().map(get));
            section.add(
                Figure::milliseconds(
                    format!("{blocks} blocks: {what}"),
                    middle(&ours, |answer| answer.waited),
                )
                .against(middle(&floor, |answer| answer.waited)),
            );
            section.add(
                Figure::milliseconds(
                    format!("{blocks} blocks: {what}: work"),
                    middle(&ours, |answer| answer.work),
                )
                .against(middle(&floor, |answer| answer.work))
                .note("script, styles, layout and paint on the page's thread"),
            );
        }
        tab.close()?;
    }
    Ok(section)
}

fn answers(tab: &mut Tab, press: &str, runs: usize) -> Result<Vec<Answer>> {
    // The first press is a warm-up: it creates what is created only once.
    (0..=runs).map(|_| answer(tab, press)).skip(1).collect()
}

fn answer(tab: &mut Tab, press: &str) -> Result<Answer> {
    for _ in 0..TRIES {
        if let Some(answer) = answer_to_one_press(tab, press)? {
            return Ok(answer);
        }
    }
    bail!("{TRIES} times something else was hit than what was aimed at")
}

/// Aims and presses. Returns `None` if the page scrolled in between and the press missed its
/// target.
fn answer_to_one_press(tab: &mut Tab, press: &str) -> Result<Option<Answer>> {
    let point: Point = serde_json::from_value(tab.evaluate(&format!("testbed.aim('{press}')"))?)?;
    let (trace, waited) = Trace::of(tab, |tab| {
        tab.evaluate(&format!("testbed.expect('{press}')"))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({
                "type": kind, "x": point.x, "y": point.y, "button": "left", "clickCount": 1,
            });
            tab.send("Input.dispatchMouseEvent", event)?;
        }
        tab.evaluate("testbed.answered")
    })?;
    let Some(waited) = waited.as_f64() else { return Ok(None) };
    tab.evaluate(&format!("testbed.undo('{press}')"))?;
    let work =
        trace.between("pressed", "answered")?.outermost(&WORK).iter().map(|span| span.milliseconds).sum();
    Ok(Some(Answer { waited, work }))
}
