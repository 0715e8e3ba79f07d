//! The counterpart of the browser's `Intl` for prerendering, by ICU4X.

use icu_datetime::fieldsets::{Y, YM, YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::options::TimePrecision;
use icu_datetime::pattern::DateTimeNames;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_experimental::displaynames::DisplayNamesOptions;
use icu_experimental::displaynames::multi::{LanguageDisplayNames, LocaleDisplayNamesFormatter};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::preferences::extensions::unicode::keywords::CalendarAlgorithm;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralRuleType, PluralRules};
use unicode_segmentation::UnicodeSegmentation;

use super::{Language, Moment, PluralCategory};

/// The formats of one language. Formatters are created where they are used: a page needs few of
/// each.
#[derive(Debug)]
pub(super) struct Formats {
    locale: Locale,
}

impl Formats {
    pub(super) fn of(language: &str) -> Self {
        let latin = |language: &str| Locale::try_from_str(&[language, "-u-nu-latn"].concat());
        Self { locale: latin(language).unwrap_or(locale!("en")) }
    }

    pub(super) fn plural(&self, number: usize) -> Option<PluralCategory> {
        let rules = PluralRules::try_new((&self.locale).into(), PluralRuleType::Cardinal.into()).ok()?;
        Some(match rules.category_for(number) {
            icu_plurals::PluralCategory::Zero => PluralCategory::Zero,
            icu_plurals::PluralCategory::One => PluralCategory::One,
            icu_plurals::PluralCategory::Two => PluralCategory::Two,
            icu_plurals::PluralCategory::Few => PluralCategory::Few,
            icu_plurals::PluralCategory::Many => PluralCategory::Many,
            icu_plurals::PluralCategory::Other => PluralCategory::Other,
        })
    }

    pub(super) fn date(&self, moment: &Moment, with_time: bool) -> Option<String> {
        let mut preferences = DateTimeFormatterPreferences::from(&self.locale);
        if !moment.has_day() && self.locale.id.language.as_str() != "th" {
            // In a calendar with other months it would be parts of two. The Thai one merely counts other years.
            preferences.calendar_algorithm = Some(CalendarAlgorithm::Gregory);
        }
        let (year, month, day) = day(moment)?;
        let date = Date::try_new_iso(year, month, day).ok()?;
        let written = if with_time {
            let fields = YMDT::long().with_time_precision(TimePrecision::Minute);
            let format = DateTimeFormatter::try_new(preferences, fields).ok()?;
            format.format(&DateTime { date, time: time(moment)? }).to_string()
        } else if moment.has_day() {
            DateTimeFormatter::try_new(preferences, YMD::long()).ok()?.format(&date).to_string()
        } else if moment.has_month() {
            // In Portuguese, ICU4X loads no digits by itself.
            let format = DateTimeFormatter::try_new(preferences, YM::long()).ok()?;
            let mut names = DateTimeNames::from_formatter(preferences, format);
            names.as_mut().include_decimal_formatter().ok()?;
            names.try_into_formatter(YM::long()).ok()?.format(&date).to_string()
        } else {
            DateTimeFormatter::try_new(preferences, Y::long()).ok()?.format(&date).to_string()
        };
        // As all three browser engines do, since too many scripts on the web expect a plain space.
        Some(written.replace('\u{202f}', " "))
    }

    pub(super) fn list(&self, items: &[&str]) -> Option<String> {
        let format =
            ListFormatter::try_new_and((&self.locale).into(), ListFormatterOptions::default()).ok()?;
        Some(format.format(items.iter()).to_string())
    }

    #[allow(clippy::unused_self, reason = "the same face as in a browser")]
    pub(super) fn grapheme_start(&self, text: &str, at: usize) -> Option<usize> {
        text.grapheme_indices(true).map(|(start, _)| start).take_while(|start| *start <= at).last()
    }

    pub(super) fn language_name(&self, language: &Language) -> Option<String> {
        let wanted = Locale::try_from_str(language.without_extensions()).ok()?;
        let known = LanguageDisplayNames::try_new((&self.locale).into(), DisplayNamesOptions::default());
        let alone = known.ok()?.of(wanted.id.language)?.to_owned();
        if wanted.id.script.is_none() && wanted.id.region.is_none() {
            return Some(alone);
        }
        // Urdu has names of languages, but none for the scripts and regions that set their variants
        // apart.
        let names =
            LocaleDisplayNamesFormatter::try_new((&self.locale).into(), DisplayNamesOptions::default());
        Some(names.map_or(alone, |names| names.of(&wanted).into_owned()))
    }
}

/// Returns the day of a moment, in the time zone that the moment was given in; the first day of a month or
/// year.
fn day(moment: &Moment) -> Option<(i32, u8, u8)> {
    let mut parts = moment.date().split('-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(1), |part| part.parse().ok());
    Some((year, part()?, part()?))
}

/// Returns the time of day, in the same zone.
fn time(moment: &Moment) -> Option<Time> {
    let (hour, minute) = moment.as_str().get(11..16)?.split_once(':')?;
    Time::try_new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}
