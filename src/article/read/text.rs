use std::borrow::Cow;

use serde::Deserialize;

use super::super::Json;
use super::{ReadResult, limits, read};

/// Reads an article from JSON text.
///
/// # Errors
/// None: text that is no JSON ends in a problem that tells line and column.
#[must_use]
pub fn read_text(text: &str) -> ReadResult {
    match parse_text(text) {
        Ok(json) => read(&json),
        Err(message) => ReadResult::failed(message),
    }
}

/// Reads JSON from text as browsers do, whatever stands in it.
///
/// # Errors
/// Tells in an editor's words why it is none, with line and column, or that it is too large.
pub fn parse_text(text: &str) -> Result<Json, String> {
    // Escapes and structure may triple what the texts of an article weigh.
    if text.len() > 3 * limits::MAX_ARTICLE {
        return Err("is larger than 24 MB; a briefing cannot show so much".to_owned());
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let text = mend_half_characters(text);
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    // Depth is limited by `Json` itself, which skips what is too deep without recursion.
    deserializer.disable_recursion_limit();
    let json = Json::deserialize(&mut deserializer).and_then(|json| deserializer.end().map(|()| json));
    json.map_err(|error| format!("this is not JSON: {error}"))
}

/// Replaces `\uD83D` and its like, when the other half of the character is missing, by `\uFFFD`:
/// browsers read such texts, and so must we.
fn mend_half_characters(text: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match escaped_unit(text, at) {
            Some(0xD800..=0xDBFF) if matches!(escaped_unit(text, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(text.get(copied..at).unwrap_or_default());
                mended.push_str("\\uFFFD");
                at += 6;
                copied = at;
            }
            Some(_) => at += 6,
            // Any other escape: the backslash and what it escapes.
            None => {
                at += 1 + text.get(at + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
            }
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    mended.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(mended)
}

/// The UTF-16 unit that an escape such as `\u00E9` stands for.
fn escaped_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}
