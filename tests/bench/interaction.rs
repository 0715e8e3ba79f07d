//! From a reader's press to the next picture: opening a citation, seeking, unfolding.

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

/// What is pressed, as `testbed.js` calls it, and what that does.
const PRESSES: [(&str, &str); 3] = [
    ("citation", "open a citation"),
    ("seek", "seek on the progress bar"),
    ("fold", "unfold the references"),
];

/// What the page's thread does for an answer to a press.
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

/// How often to press until what was aimed at is hit.
const TRIES: usize = 5;

/// Where to press, in CSS pixels.
#[derive(Deserialize)]
struct Point {
    x: f64,
    y: f64,
}

/// What came of one press, in milliseconds.
struct Answer {
    /// From the press to the picture.
    waited: f64,
    /// Of that, what the page's thread was at work.
    work: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    // Frames come when they are ready, not sixty times a second: a coarser clock would hide much.
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
    // The first is not counted: it brings what is made only once.
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

/// Aims and presses. Pages may still scroll in between, and then something else is hit.
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
