//! Mouse and touch input through WebDriver actions.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::common::command::{Actions, Command};

use crate::browser::Browser;

/// The kind of pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pointer {
    /// A mouse, which can hover.
    Mouse,
    /// A finger on a touch screen.
    Touch,
}

/// The next action of a finger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Finger {
    /// The finger moves here.
    To(f64, f64),
    /// The finger touches the screen.
    Down,
    /// The finger lifts.
    Up,
    /// The finger does nothing while other fingers act.
    Rest,
}

/// The duration of a move in milliseconds: long enough for the page to recognise a move.
const MOVE: u32 = 15;

/// Moves a pointer along points of the viewport, pressed from the first to the last if `pressed`.
pub(crate) async fn follow(
    browser: &Browser,
    pointer: Pointer,
    path: &[(f64, f64)],
    pressed: bool,
) -> Result<()> {
    let mut actions = Vec::new();
    for (index, (x, y)) in path.iter().enumerate() {
        actions.push(json!({
            "type": "pointerMove", "duration": MOVE, "origin": "viewport", "x": x.round(), "y": y.round(),
        }));
        if pressed && index == 0 {
            actions.push(json!({ "type": "pointerDown", "button": 0 }));
        }
    }
    if pressed {
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
    }
    let kind = match pointer {
        Pointer::Mouse => "mouse",
        Pointer::Touch => "touch",
    };
    let source = json!({
        "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions,
    });
    perform(browser, json!([source])).await
}

/// Performs a multi-touch gesture at points of the viewport: all fingers act simultaneously, step by step.
/// A finger that has not lifted at the end is still down for the next call.
pub(crate) async fn gesture(browser: &Browser, fingers: &[Vec<Finger>]) -> Result<()> {
    let action = |finger: &Finger| match finger {
        Finger::To(x, y) => json!({
            "type": "pointerMove", "duration": MOVE, "origin": "viewport", "x": x.round(), "y": y.round(),
        }),
        Finger::Down => json!({ "type": "pointerDown", "button": 0 }),
        Finger::Up => json!({ "type": "pointerUp", "button": 0 }),
        Finger::Rest => json!({ "type": "pause", "duration": MOVE }),
    };
    let sources: Vec<Value> = fingers
        .iter()
        .enumerate()
        .map(|(index, finger)| {
            let actions: Vec<Value> = finger.iter().map(action).collect();
            json!({
                "type": "pointer", "id": format!("finger {index}"), "parameters": { "pointerType": "touch" },
                "actions": actions,
            })
        })
        .collect();
    perform(browser, json!(sources)).await
}

/// Turns the mouse wheel at a point of the viewport, down by this number of pixels.
pub(crate) async fn turn_wheel(browser: &Browser, (x, y): (f64, f64), down: i32) -> Result<()> {
    // Each turn uses a new wheel: WebKit's driver subtracts what the same wheel has turned before, so a
    // repeated turn would scroll by nothing.
    static WHEELS: AtomicU32 = AtomicU32::new(0);
    let wheel = format!("wheel {}", WHEELS.fetch_add(1, Ordering::Relaxed));
    // Wheel actions require integers, unlike pointer actions.
    let turn = json!({
        "type": "scroll", "duration": MOVE, "origin": "viewport",
        "x": x as i64, "y": y as i64, "deltaX": 0, "deltaY": down,
    });
    perform(browser, json!([{ "type": "wheel", "id": wheel, "actions": [turn] }])).await
}

async fn perform(browser: &Browser, sources: Value) -> Result<()> {
    browser.driver.handle().cmd(Command::PerformActions(Actions::from(sources))).await?;
    Ok(())
}
