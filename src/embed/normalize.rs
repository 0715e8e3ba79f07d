//! Unicode normalization, by the browser's implementation.

use js_sys::JsString;

/// Returns a text in the Unicode normalization form NFKC.
pub(super) fn normalize(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFKC"))
}
