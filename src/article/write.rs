//! Serializes an article as canonical JSON, which can be read back.

use serde::Serialize;

use super::Article;

/// An article with the members that identify its format.
#[derive(Serialize)]
struct Canonical<'a> {
    format: &'static str,
    version: &'static str,
    #[serde(flatten)]
    article: &'a Article,
}

impl Article {
    /// Returns the article as canonical JSON, pretty-printed.
    #[must_use]
    pub fn to_json(&self) -> String {
        let canonical = Canonical { format: "briefing", version: "1.0", article: self };
        // This cannot fail: every key is a string, and writing to memory always succeeds.
        serde_json::to_string_pretty(&canonical).unwrap_or_default()
    }
}
