//! Unicode normalization, which the browser brings along.

use js_sys::JsString;

/// Brings a text into the Unicode normalization form NFKC.
pub(super) fn normalize(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFKC"))
}
