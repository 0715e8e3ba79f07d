//! Plurals, dates, lists and language names: by the browser's own `Intl`, or by ICU4X when prerendering. Both
//! take their data from Unicode CLDR.

use yew::AttrValue;

use self::formats::Formats;
use crate::article::{Language, Moment, without_extensions};

#[cfg(target_arch = "wasm32")]
#[path = "intl.rs"]
mod formats;
#[cfg(all(not(target_arch = "wasm32"), feature = "ssr"))]
#[path = "icu.rs"]
mod formats;
#[cfg(all(not(target_arch = "wasm32"), not(feature = "ssr")))]
#[path = "none.rs"]
mod formats;

/// The form of a word that goes with a number, as named by Unicode CLDR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PluralCategory {
    /// Zero, where a language has a form for it.
    Zero,
    /// One, and what a language treats like it.
    One,
    /// Two, and what a language treats like it.
    Two,
    /// A few.
    Few,
    /// Many.
    Many,
    /// Everything else; every language has it.
    Other,
}

impl PluralCategory {
    const NAMES: [(&'static str, Self); 6] = [
        ("zero", Self::Zero),
        ("one", Self::One),
        ("two", Self::Two),
        ("few", Self::Few),
        ("many", Self::Many),
        ("other", Self::Other),
    ];

    /// Returns the category with this CLDR name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, category)| category)
    }
}

/// How numbers, dates and lists are formatted: as in a language, or as in English if the browser does not
/// know the language. Digits are western everywhere, so that times, markers such as \[1\] and counts agree
/// with one another.
#[derive(Debug)]
pub struct Locale {
    formats: Formats,
}

impl Locale {
    /// Returns the locale of a language. Extensions of its tag, such as another numbering system, are
    /// ignored.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { formats: Formats::of(without_extensions(&language.replace('_', "-"))) }
    }

    /// Returns the plural category of a number.
    #[must_use]
    pub fn plural(&self, number: usize) -> PluralCategory {
        self.formats.plural(number).unwrap_or(match number {
            1 => PluralCategory::One,
            _ => PluralCategory::Other,
        })
    }

    /// Formats a date, with the time of day if there is one and it is wanted. A browser uses the reader's
    /// time zone; prerendering uses the zone that the moment was given in. A moment without a zone has the
    /// same day and time everywhere.
    #[must_use]
    pub fn date(&self, moment: &Moment, with_time: bool) -> AttrValue {
        let with_time = with_time && !moment.is_date_only();
        let date = self.formats.date(moment, with_time);
        date.map_or_else(|| moment.date().to_owned().into(), AttrValue::from)
    }

    /// Joins a list of names into one phrase.
    #[must_use]
    pub fn list(&self, items: &[&str]) -> String {
        match items {
            [one] => (*one).to_owned(),
            _ => self.formats.list(items).unwrap_or_else(|| items.join(", ")),
        }
    }

    /// Returns the start of the grapheme cluster that contains `at`. Readers see a cluster as one character:
    /// a letter with its marks, or an emoji made of several.
    #[must_use]
    pub fn grapheme_start(&self, text: &str, at: usize) -> usize {
        self.formats.grapheme_start(text, at).unwrap_or(at)
    }

    /// Returns the name of a language, in the language of this locale.
    #[must_use]
    pub fn language_name(&self, language: &Language) -> AttrValue {
        self.formats.language_name(language).map_or_else(|| language.to_text().into(), AttrValue::from)
    }
}
