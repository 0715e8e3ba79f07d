//! What the page complained of, and which of its events were heard.
//!
//! The test server puts `watch.js` at the head of every page it answers with. That works alike in
//! every engine, in frames too, and needs no leave from the page's Content-Security-Policy that a
//! file of its own would not have.

use serde_json::Value;

/// The script, and where the server has it.
pub(crate) const SCRIPT: &str = include_str!("watch.js");
/// Where pages find the script.
pub(crate) const SCRIPT_PATH: &str = "/e2e/watch.js";
/// Where pages send complaints that they could not keep.
pub(crate) const COMPLAINTS_PATH: &str = "/e2e/complaints";

/// An event of a briefing that reached the window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heard {
    /// Its type, such as `briefing-load`.
    pub(crate) name: String,
    /// The `id` of the briefing.
    pub(crate) target: String,
    /// Its `detail`.
    pub(crate) detail: Value,
}

impl Heard {
    /// From the form that `watch.js` keeps it in.
    pub(crate) fn from_json(value: &Value) -> Self {
        let text = |key| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            target: text("target"),
            detail: value.get("detail").cloned().unwrap_or_default(),
        }
    }
}

/// Puts the script before all others in a page.
pub(crate) fn with_script(html: &str) -> String {
    let script = format!("<script src=\"{SCRIPT_PATH}\"></script>");
    let lower = html.to_ascii_lowercase();
    // After <head …>, else after the doctype, which must stay first.
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
