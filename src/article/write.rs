//! Writes an article as the canonical JSON it can be read from.

use serde::Serialize;

use super::Article;

/// An article with what tells readers that it is one.
#[derive(Serialize)]
struct Canonical<'a> {
    format: &'static str,
    version: &'static str,
    #[serde(flatten)]
    article: &'a Article,
}

impl Article {
    /// The article as canonical JSON, on several lines.
    #[must_use]
    pub fn to_json(&self) -> String {
        let canonical = Canonical { format: "briefing", version: "1.0", article: self };
        // It cannot fail: every key is a string, and writing to memory always succeeds.
        serde_json::to_string_pretty(&canonical).unwrap_or_default()
    }
}
