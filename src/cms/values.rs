//! What formats ask of single values of JSON, beyond what [`Json`] tells itself.

use crate::article::{Json, Text};

/// The text of a value as it stands, white space alone among them; empty where it is none.
pub(super) fn words(json: &Json) -> &str {
    match json {
        Json::Text(text) => text,
        _ => "",
    }
}

/// The item of a list at this place; `null` where there is none.
pub(super) fn item(json: &Json, place: usize) -> &Json {
    json.as_list().get(place).unwrap_or(&Json::Null)
}

/// Whether a word is one of these, which have a space between them: a list of words weighs less as one text than as
/// an array of many.
pub(super) fn is_among(word: &str, words: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// The value under the first of these keys that has a text, as the others with a space between them; `null` where none
/// has.
pub(super) fn first_filled<'j>(json: &'j Json, keys: &str) -> &'j Json {
    for key in keys.split(' ') {
        let value = json.get(key);
        if value.as_text().is_some() {
            return value;
        }
    }
    &Json::Null
}

/// The text under the first of these keys that has one.
pub(super) fn first_text<'j>(json: &'j Json, keys: &str) -> Option<&'j str> {
    first_filled(json, keys).as_text().map(str::trim)
}

/// The same, to be kept.
pub(super) fn first(json: &Json, keys: &str) -> Option<Text> {
    first_text(json, keys).map(Text::from)
}

/// The whole number that a text is, not negative. One for all, as each kind of number brings a reader of its own.
pub(super) fn number(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// The value as a whole number, not negative; also where it is written as a text.
pub(super) fn whole(json: &Json) -> Option<u64> {
    match json {
        Json::Text(text) => number(text.trim()),
        // Beyond that, JavaScript knows no whole numbers.
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
