//! Accessors for single JSON values that several formats need, beyond those of [`Json`].

use crate::article::{Json, Text};

/// Returns a text value as is, even if it is only white space; empty for any other value.
pub(super) fn words(json: &Json) -> &str {
    match json {
        Json::Text(text) => text,
        _ => "",
    }
}

/// Returns the item of a list at this index; `null` where there is none.
pub(super) fn item(json: &Json, place: usize) -> &Json {
    json.as_list().get(place).unwrap_or(&Json::Null)
}

/// Returns whether a word is in a space-separated list: one text takes fewer bytes than an array of words.
pub(super) fn is_among(word: &str, words: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Returns the value under the first of these space-separated keys that has a text; `null` where none has.
pub(super) fn first_filled<'j>(json: &'j Json, keys: &str) -> &'j Json {
    for key in keys.split(' ') {
        let value = json.get(key);
        if value.as_text().is_some() {
            return value;
        }
    }
    &Json::Null
}

/// Returns the trimmed text under the first of these keys that has one.
pub(super) fn first_text<'j>(json: &'j Json, keys: &str) -> Option<&'j str> {
    first_filled(json, keys).as_text().map(str::trim)
}

/// Like `first_text`, but owned.
pub(super) fn first(json: &Json, keys: &str) -> Option<Text> {
    first_text(json, keys).map(Text::from)
}

/// Parses a non-negative whole number. All callers share this one, as each integer type would add a parser of
/// its own.
pub(super) fn number(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// Returns the value as a non-negative whole number; the number may be written as a text.
pub(super) fn whole_number(json: &Json) -> Option<u64> {
    match json {
        Json::Text(text) => number(text.trim()),
        // Beyond this, JavaScript has no exact whole numbers.
        Json::Number(number) if (0.0..9e15).contains(number) && number.trunc() == *number =>
        {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is whole and in range"
            )]
            Some(*number as u64)
        }
        _ => None,
    }
}
