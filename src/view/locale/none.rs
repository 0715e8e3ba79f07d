//! Used without `Intl` and without ICU4X: the callers fall back to forms that need no language.

use super::{Language, Moment, PluralCategory};

#[derive(Debug)]
pub(super) struct Formats;

#[allow(clippy::unused_self, reason = "the same face as in a browser")]
impl Formats {
    pub(super) fn of(_language: &str) -> Self {
        Self
    }

    pub(super) fn plural(&self, _number: usize) -> Option<PluralCategory> {
        None
    }

    pub(super) fn date(&self, _moment: &Moment, _with_time: bool) -> Option<String> {
        None
    }

    pub(super) fn list(&self, _items: &[&str]) -> Option<String> {
        None
    }

    pub(super) fn grapheme_start(&self, _text: &str, _at: usize) -> Option<usize> {
        None
    }

    pub(super) fn language_name(&self, _language: &Language) -> Option<String> {
        None
    }
}
