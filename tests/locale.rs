//! Dates, lists, plurals and language names in prerendered briefings. A browser writes the same, except
//! for the odd space or comma if it uses another release of Unicode CLDR.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a failing test panics")]

use news_briefing::article::{Language, Moment};
use news_briefing::view::{Locale, PluralCategory, Words};

#[path = "browser/locale_cases.rs"]
mod locale_cases;

use locale_cases::{EXTENSIONS, GRAPHEMES, MONTHS_AND_YEARS};

/// For each interface language: a date, a list, and the name of Chinese.
const LANGUAGES: &[(&str, &str, &str, &str)] = &[
    ("en", "March 4, 2026", "A, B, and C", "Chinese"),
    ("ar", "4 مارس 2026", "A وB وC", "الصينية"),
    ("bn", "4 মার্চ, 2026", "A, B এবং C", "চীনা"),
    ("cs", "4. března 2026", "A, B a\u{a0}C", "čínština"),
    ("de", "4. März 2026", "A, B und C", "Chinesisch"),
    ("el", "4 Μαρτίου 2026", "A, B και C", "Κινεζικά"),
    ("es", "4 de marzo de 2026", "A, B y C", "chino"),
    ("fa", "13 اسفند 1404", "A،\u{200f} B، و C", "چینی"),
    ("fr", "4 mars 2026", "A, B et C", "chinois"),
    ("he", "4 במרץ 2026", "A, B ו\u{2011}C", "סינית"),
    ("hi", "4 मार्च, 2026", "A, B और C", "चीनी"),
    ("id", "4 Maret 2026", "A, B, dan C", "Tionghoa"),
    ("it", "4 marzo 2026", "A, B e C", "cinese"),
    ("ja", "2026年3月4日", "A、B、C", "中国語"),
    ("ko", "2026년 3월 4일", "A, B 및 C", "중국어"),
    ("nl", "4 maart 2026", "A, B en C", "Chinees"),
    ("pl", "4 marca 2026", "A, B i C", "chiński"),
    ("pt", "4 de março de 2026", "A, B e C", "chinês"),
    ("ru", "4 марта 2026 г.", "A, B и C", "китайский"),
    ("sv", "4 mars 2026", "A, B och C", "kinesiska"),
    ("th", "4 มีนาคม 2569", "A B และC", "จีน"),
    ("tr", "4 Mart 2026", "A, B ve C", "Çince"),
    ("uk", "4 березня 2026 р.", "A, B і C", "китайська"),
    ("ur", "4 مارچ، 2026", "A، B، اور C", "چینی"),
    ("vi", "4 tháng 3 2026", "A, B và C", "Tiếng Trung"),
    ("zh-Hans", "2026年3月4日", "A、B和C", "中文"),
    ("zh-Hant", "2026年3月4日", "A、B和C", "中文"),
];

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn name(locale: &str, language: &str) -> String {
    Locale::of(locale).language_name(&Language::parse(language).unwrap()).to_string()
}

#[test]
fn dates_lists_and_names_follow_each_language() {
    for &(language, day, list, chinese) in LANGUAGES {
        let locale = Locale::of(language);
        assert_eq!(&*locale.date(&moment("2026-03-04"), false), day, "{language}");
        assert_eq!(locale.list(&["A", "B", "C"]), list, "{language}");
        assert_eq!(name(language, "zh"), chinese, "{language}");
    }
    for language in Words::LANGUAGES.split(' ').chain(["en"]) {
        let count = LANGUAGES.iter().filter(|(known, ..)| *known == language).count();
        assert_eq!(count, 1, "{language} must be in LANGUAGES of tests/locale.rs once");
    }
    assert_eq!(LANGUAGES.len(), Words::LANGUAGES.split(' ').count() + 1, "LANGUAGES has no other language");
}

#[test]
fn months_and_years_follow_each_language() {
    for (language, month, year) in MONTHS_AND_YEARS {
        let locale = Locale::of(language);
        for with_time in [false, true] {
            assert_eq!(&*locale.date(&moment("2026-03"), with_time), month, "{language}");
            assert_eq!(&*locale.date(&moment("2026"), with_time), year, "{language}");
        }
    }
    for language in Words::LANGUAGES.split(' ').chain(["en"]) {
        let count = MONTHS_AND_YEARS.iter().filter(|(known, ..)| *known == language).count();
        assert_eq!(count, 1, "{language} must be in MONTHS_AND_YEARS of tests/browser/locale_cases.rs once");
    }
}

#[test]
fn grapheme_clusters_are_not_split() {
    let english = Locale::of("en");
    // Browsers disagree about grapheme clusters in Devanagari.
    for (text, at, start) in GRAPHEMES.into_iter().chain([("नमस्ते", 12, 6)]) {
        assert_eq!(english.grapheme_start(text, at), start, "{text}");
    }
}

#[test]
fn language_tag_extensions_are_ignored() {
    for (tag, plain) in EXTENSIONS {
        let (locale, expected) = (Locale::of(tag), Locale::of(plain));
        assert_eq!(
            locale.date(&moment("2026-03-04"), false),
            expected.date(&moment("2026-03-04"), false),
            "{tag}"
        );
        assert_eq!(name(tag, "zh-x-private"), name(plain, "zh"), "{tag}");
    }
}

#[test]
fn times_keep_their_original_zone() {
    for (language, given, written) in [
        ("en", "2026-03-04T14:15:00Z", "March 4, 2026 at 2:15 PM"),
        ("en-GB", "2026-03-04T23:15:00+05:30", "4 March 2026 at 23:15"),
        ("de", "2026-03-04T09:05:00-08:00", "4. März 2026 um 09:05"),
        ("ja", "2026-03-04T14:15:00+09:00", "2026年3月4日 14:15"),
        ("ar", "2026-03-04T14:15:00Z", "4 مارس 2026 في 2:15 م"),
        // A time without a zone is shown as written.
        ("en", "2026-03-04T23:59", "March 4, 2026 at 11:59 PM"),
        ("en", "2026-03-04T24:00", "March 4, 2026 at 11:59 PM"),
        ("en-GB", "20260304T000500", "4 March 2026 at 00:05"),
    ] {
        assert_eq!(&*Locale::of(language).date(&moment(given), true), written, "{language}");
    }
    // If no time is requested or known, only the date is shown.
    assert_eq!(&*Locale::of("en").date(&moment("2026-03-04T23:15:00+05:30"), false), "March 4, 2026");
    assert_eq!(&*Locale::of("en").date(&moment("2026-03-04"), true), "March 4, 2026");
}

#[test]
fn plural_categories_follow_the_language() {
    use PluralCategory::{Few, Many, One, Other, Two, Zero};
    for (language, numbers) in [
        ("en", [(0, Other), (1, One), (2, Other), (21, Other)]),
        ("ru", [(0, Many), (1, One), (2, Few), (21, One)]),
        ("pl", [(1, One), (3, Few), (5, Many), (22, Few)]),
        ("ar", [(0, Zero), (2, Two), (3, Few), (11, Many)]),
        ("fr", [(0, One), (1, One), (2, Other), (21, Other)]),
        ("ja", [(0, Other), (1, Other), (2, Other), (21, Other)]),
    ] {
        for (number, category) in numbers {
            assert_eq!(Locale::of(language).plural(number), category, "{language} {number}");
        }
    }
}

#[test]
fn language_names_distinguish_script_and_region() {
    assert_eq!(name("en", "zh-Hans"), "Simplified Chinese");
    assert_eq!(name("de", "pt-BR"), "Portugiesisch (Brasilien)");
    assert_eq!(name("fr", "sr-Latn"), "serbe (latin)");
    assert_eq!(name("ur", "pt-BR"), name("ur", "pt"));
    // An unknown language tag is shown unchanged.
    assert_eq!(name("en", "xx"), "xx");
}

#[test]
fn invalid_language_tags_fall_back_to_english() {
    for language in ["", "not a language", "*", "x"] {
        assert_eq!(&*Locale::of(language).date(&moment("2026-03-04"), false), "March 4, 2026", "{language}");
    }
}
