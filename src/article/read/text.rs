use std::borrow::Cow;

use serde::Deserialize;

use super::super::Json;
use super::{ReadResult, limits, read};

/// Reads an article from JSON text. Text that is not JSON results in a problem with the line and column.
#[must_use]
pub fn read_text(text: &str) -> ReadResult {
    match parse_text(text) {
        Ok(json) => read(&json),
        Err(message) => ReadResult::failed(message),
    }
}

/// Parses JSON text as browsers do: it may begin with a byte order mark and escape half a surrogate
/// pair.
///
/// # Errors
/// Returns an explanation in an editor's words, with the line and column, if the text is not JSON
/// or is too large.
pub fn parse_text(text: &str) -> Result<Json, String> {
    // Escapes and structure may triple the size of an article's texts.
    if text.len() > 3 * limits::MAX_ARTICLE {
        return Err("is larger than 24 MB; a briefing cannot show that much".to_owned());
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let text = replace_unpaired_surrogates(text);
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    // Depth is limited by `Json` itself, which skips what is too deep without recursion.
    deserializer.disable_recursion_limit();
    let json = Json::deserialize(&mut deserializer).and_then(|json| deserializer.end().map(|()| json));
    json.map_err(|error| ["is not JSON: ", &in_plain_words(&error.to_string())].concat())
}

/// Rewords the commonest error of JSON that people write by hand.
fn in_plain_words(error: &str) -> String {
    error.replacen(
        "control character (\\u0000-\\u001F) found while parsing a string",
        "text contains a line break or control character; write \\n instead",
        1,
    )
}

/// Replaces the escape of an unpaired surrogate, such as `\uD83D` without its second half, by
/// `\uFFFD`: browsers read such texts, so this function must, too.
fn replace_unpaired_surrogates(text: &str) -> Cow<'_, str> {
    let mut replaced = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match escaped_unit(text, at) {
            Some(0xD800..=0xDBFF) if matches!(escaped_unit(text, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                replaced.push_str(text.get(copied..at).unwrap_or_default());
                replaced.push_str("\\uFFFD");
                at += 6;
                copied = at;
            }
            Some(_) => at += 6,
            // Any other escape: skip the backslash and the character after it.
            None => {
                at += 1 + text.get(at + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
            }
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    replaced.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(replaced)
}

/// Returns the UTF-16 code unit of an escape such as `\u00E9`.
fn escaped_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}
