//! Collects the page's complaints and the events of its briefings.
//!
//! The test server inserts `watch.js` at the start of every page that it serves. This works the
//! same way in every engine, inside frames too, and needs no permission in the page's
//! Content-Security-Policy beyond that for a script file.

use serde_json::Value;

/// The source of the script.
pub(crate) const SCRIPT: &str = include_str!("watch.js");
/// The path at which pages load the script.
pub(crate) const SCRIPT_PATH: &str = "/e2e/watch.js";
/// The path to which pages send their complaints before they unload.
pub(crate) const COMPLAINTS_PATH: &str = "/e2e/complaints";

/// An event of a briefing that reached the window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RecordedEvent {
    /// The event type, such as `briefing-load`.
    pub(crate) name: String,
    /// The `id` of the briefing.
    pub(crate) target: String,
    /// The event's `detail`.
    pub(crate) detail: Value,
}

impl RecordedEvent {
    /// Reads the form in which `watch.js` keeps an event.
    pub(crate) fn from_json(value: &Value) -> Self {
        let text = |key| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            target: text("target"),
            detail: value.get("detail").cloned().unwrap_or_default(),
        }
    }
}

/// Inserts the script before all others in a page.
pub(crate) fn with_script(html: &str) -> String {
    let script = format!("<script src=\"{SCRIPT_PATH}\"></script>");
    let lower = html.to_ascii_lowercase();
    // After `<head …>`, or else after the doctype, which must stay first.
    let at = ["<head", "<!doctype"]
        .iter()
        .find_map(|opening| {
            let start = lower.find(opening)?;
            Some(start + lower.get(start..)?.find('>')? + 1)
        })
        .unwrap_or(0);
    let (before, after) = html.split_at(at);
    format!("{before}{script}{after}")
}
