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

    /// Returns JSON that carries the HTML: whole (JSON Feed), in pieces (Arc ANS), in a field that may also hold
    /// Markdown (Strapi), after Markdown in it, and in the members around the text (WordPress).
    pub(crate) fn carriers(&self) -> [Value; 5] {
        let html = [self.piece.repeat(self.times).as_str(), &self.html].concat();
        let strapi = |content: &str| {
            json!({
                "data": { "documentId": "d", "title": "A title", "publishedAt": "2026-01-01", "content": content },
                "meta": {},
            })
        };
        let text = json!({ "type": "text", "content": html });
        [
            json!({
                "version": "https://jsonfeed.org/version/1.1",
                "items": [{ "id": "1", "title": "A title", "content_html": html }],
            }),
            json!({
                "type": "story",
                "version": "0.10.11",
                "headlines": { "basic": "A title" },
                "subheadlines": { "basic": html },
                "content_elements": [
                    text,
                    { "type": "quote", "content_elements": [text] },
                    { "type": "list", "list_type": "ordered", "items": [text] },
                ],
            }),
            strapi(&html),
            strapi(&["Some **words**.\n\n", &html].concat()),
            json!({
                "title": { "rendered": html },
                "content": { "rendered": "<p>Text</p>" },
                "excerpt": { "rendered": html },
                "meta": { "newspack_article_summary": html },
                "_embedded": {
                    "wp:featuredmedia": [{
                        "source_url": "https://a.example/p.jpg",
                        "alt_text": "A picture",
                        "caption": { "rendered": html },
                    }],
                },
            }),
        ]
    }
}
