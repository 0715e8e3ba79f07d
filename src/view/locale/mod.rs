//! Plurals, dates, lists and names of languages: by the browser's own `Intl`, and by ICU4X where a
//! page is rendered ahead. Both take what they know from Unicode CLDR.

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

/// Which form of a word goes with a number, as Unicode CLDR names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PluralCategory {
    /// Nothing, where a language has a form for it.
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

    /// The category of this CLDR name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, category)| category)
    }
}

/// How numbers, dates and lists are written: those of a language, or English where the browser
/// does not know it. Digits are western everywhere, so that times, marks such as \[1\] and counts
/// agree with one another.
#[derive(Debug)]
pub struct Locale {
    formats: Formats,
}

impl Locale {
    /// The locale of a language. Extensions of its tag, such as another way to write digits, are passed over.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { formats: Formats::of(without_extensions(&language.replace('_', "-"))) }
    }

    /// The plural category of a number.
    #[must_use]
    pub fn plural(&self, number: usize) -> PluralCategory {
        self.formats.plural(number).unwrap_or(match number {
            1 => PluralCategory::One,
            _ => PluralCategory::Other,
        })
    }

    /// A date, with the time of day if there is one and it is wanted. A browser writes it for the
    /// time zone of its reader; ahead of the reader, the zone is the one the moment was given in. A
    /// moment without a zone has the same day and time everywhere.
    #[must_use]
    pub fn date(&self, moment: &Moment, with_time: bool) -> AttrValue {
        let with_time = with_time && !moment.is_date_only();
        let date = self.formats.date(moment, with_time);
        date.map_or_else(|| moment.date().to_owned().into(), AttrValue::from)
    }

    /// A list of names in one phrase.
    #[must_use]
    pub fn list(&self, items: &[&str]) -> String {
        match items {
            [one] => (*one).to_owned(),
            _ => self.formats.list(items).unwrap_or_else(|| items.join(", ")),
        }
    }

    /// Where what readers see as one character, and `at` is within, begins (a *grapheme cluster*): a letter with
    /// its marks, or an emoji of several.
    #[must_use]
    pub fn grapheme_start(&self, text: &str, at: usize) -> usize {
        self.formats.grapheme_start(text, at).unwrap_or(at)
    }

    /// The name of a language in this locale's own.
    #[must_use]
    pub fn language_name(&self, language: &Language) -> AttrValue {
        self.formats.language_name(language).map_or_else(|| language.to_text().into(), AttrValue::from)
    }
}
