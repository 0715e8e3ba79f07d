use super::html::Tree;
use crate::article::Json;

/// What a platform has to read text with: a browser its own parsers and tables, the native command crates.
pub trait Parsers {
    /// The document that HTML is, parsed behind [`super::html::DOCUMENT_START`]. There is no wrong HTML.
    fn html(&self, html: &str) -> Tree;

    /// The value that a text is as JSON, if it is that: some systems have JSON inside of texts.
    fn json(&self, text: &str) -> Option<Json>;

    /// The text in small letters, of all scripts that have them.
    fn lowercase(&self, text: &str) -> String;
}

/// Those of the native command and of tests.
#[cfg(feature = "native")]
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeParsers;

#[cfg(feature = "native")]
impl Parsers for NativeParsers {
    fn html(&self, html: &str) -> Tree {
        super::html::parse(html)
    }

    fn json(&self, text: &str) -> Option<Json> {
        crate::article::parse_text(text).ok()
    }

    fn lowercase(&self, text: &str) -> String {
        text.to_lowercase()
    }
}
