use super::html::Tree;
use crate::article::Json;

/// The platform's text functions: a browser uses its own parsers and tables, the native command uses
/// crates.
pub trait Parsers {
    /// Parses HTML behind [`super::html::DOCUMENT_START`]. This cannot fail: every text is valid HTML
    /// input.
    fn html(&self, html: &str) -> Tree;

    /// Parses a text as JSON, if it is JSON: some systems store JSON in text fields.
    fn json(&self, text: &str) -> Option<Json>;

    /// Returns the text in lower case, in all scripts that have case.
    fn lowercase(&self, text: &str) -> String;
}

/// The parsers of the native command and of tests.
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
