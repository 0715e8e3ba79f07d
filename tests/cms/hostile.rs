//! HTML attacks, for the native tests and for those in browsers: text with `XSS` must not arrive in an article,
//! and text with `kept` must arrive or be reported.

use serde::Deserialize;
use serde_json::{Value, json};

/// The attacks, `hostile.json`.
const CASES: &str = include_str!("hostile.json");

/// An attack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    html: String,
    /// A piece that is repeated before the rest, for long and deeply nested HTML.
    #[serde(default)]
    piece: String,
    /// How often the piece is repeated.
    #[serde(default)]
    times: usize,
}

impl Case {
    pub(crate) fn all() -> Vec<Self> {
        serde_json::from_str(CASES).expect("the cases are valid")
    }

    /// Returns the HTML.
    pub(crate) fn html(&self) -> String {
        [self.piece.repeat(self.times).as_str(), &self.html].concat()
    }

    /// Returns JSON that carries the HTML whole: JSON Feed.
    pub(crate) fn whole(&self) -> Value {
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{ "id": "1", "title": "A title", "content_html": self.html() }],
        })
    }
}

/// Returns JSON that carries each HTML in pieces of its own: the text, quotations and lists of Arc ANS.
pub(crate) fn in_pieces(cases: &[Case]) -> Value {
    let texts = cases.iter().map(|case| json!({ "type": "text", "content": case.html() }));
    let elements = texts.flat_map(|text| {
        let quote = json!({ "type": "quote", "content_elements": [text] });
        let list = json!({ "type": "list", "list_type": "ordered", "items": [text] });
        [text, quote, list]
    });
    json!({
        "type": "story",
        "version": "0.10.11",
        "headlines": { "basic": "A title" },
        "content_elements": elements.collect::<Value>(),
    })
}

/// Returns JSON that carries each HTML after Markdown: components of Strapi.
pub(crate) fn after_markdown(cases: &[Case]) -> Value {
    let components = cases.iter().map(|case| {
        let body = format!("Some **words**.\n\n{}", case.html());
        json!({ "__component": "shared.rich-text", "body": body })
    });
    json!({
        "data": {
            "documentId": "d",
            "title": "A title",
            "publishedAt": "2026-01-01",
            "blocks": components.collect::<Value>(),
        },
        "meta": {},
    })
}
