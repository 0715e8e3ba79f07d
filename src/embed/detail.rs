//! The details of events, as JavaScript objects.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::article::Problem;
use crate::view::Event;

/// The format of articles that need no conversion. If `adapters.js` converted the article, it replaces this
/// name in the event.
const CANONICAL: &str = "briefing";

/// The detail of `briefing-load`.
#[derive(Serialize)]
struct Load<'a> {
    format: &'static str,
    problems: &'a [Problem],
}

/// The detail of `briefing-error`, for an article that cannot be shown.
#[derive(Serialize)]
struct Rejection<'a> {
    format: &'static str,
    kind: &'static str,
    message: &'a str,
    problems: &'a [Problem],
}

/// The detail of `briefing-progress`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Progress<'a> {
    passage: Option<&'a str>,
    current_time: f64,
    duration: f64,
}

/// The detail of `briefing-reference`.
#[derive(Serialize)]
struct Reference<'a> {
    id: &'a str,
    number: usize,
}

/// The detail of `briefing-key-point`.
#[derive(Serialize)]
struct KeyPoint<'a> {
    id: &'a str,
    open: bool,
}

/// Returns the name and the detail of an event; `problems` are those of the article.
pub(super) fn of(event: &Event, problems: &[Problem]) -> (&'static str, JsValue) {
    match event {
        Event::Ready => ("briefing-load", value(&Load { format: CANONICAL, problems })),
        Event::Playback(event) => (event.name(), JsValue::NULL),
        Event::Progress { passage, time, duration } => {
            let passage = passage.as_deref();
            let progress = Progress { passage, current_time: *time, duration: *duration };
            ("briefing-progress", value(&progress))
        }
        Event::Reference { id, number } => ("briefing-reference", value(&Reference { id, number: *number })),
        Event::KeyPoint { id, open } => ("briefing-key-point", value(&KeyPoint { id, open: *open })),
    }
}

/// Returns the detail of `briefing-error` for an article that cannot be shown: its problems as one text, and
/// as a list.
pub(super) fn rejection(problems: &[Problem]) -> JsValue {
    let mut message = String::new();
    for problem in problems {
        for part in [&*problem.path, if problem.path.is_empty() { "" } else { ": " }, &problem.message, "\n"]
        {
            message.push_str(part);
        }
    }
    value(&Rejection { format: CANONICAL, kind: "article", message: message.trim_end(), problems })
}

/// Converts a detail to a plain object, in which missing values are `null`.
fn value(detail: &impl Serialize) -> JsValue {
    let serializer = Serializer::new().serialize_missing_as_null(true);
    // Strings, booleans and numbers of this size always serialize.
    detail.serialize(&serializer).unwrap_or(JsValue::NULL)
}
