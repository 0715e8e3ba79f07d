//! Numbers, dates and lists come from the browser's own `Intl`.

use news_briefing::article::{Language, Moment};
use news_briefing::view::{Locale, PluralCategory};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::js;
use crate::locale_cases::{EXTENSIONS, GRAPHEMES, MONTHS_AND_YEARS};

const LANGUAGES: &[&str] = &["en", "ar", "zh-Hans", "pl", "fr", "cy", "ja"];

#[wasm_bindgen_test]
fn plural_forms_match_the_browser() {
    for tag in LANGUAGES {
        let locale = Locale::of(tag);
        for number in 0..=120 {
            let expected = PluralCategory::from_name(&js::plural(tag, number));
            assert_eq!(Some(locale.plural(number as usize)), expected, "{tag} {number}");
        }
    }
    let arabic = Locale::of("ar");
    let categories = [0, 1, 2, 3, 11, 100].map(|number| arabic.plural(number));
    use PluralCategory::{Few, Many, One, Other, Two, Zero};
    assert_eq!(categories, [Zero, One, Two, Few, Many, Other]);
}

#[wasm_bindgen_test]
fn days_do_not_depend_on_the_time_zone() {
    // In UTC there is nothing to see.
    assert_ne!(js::zone_offset(), 0, "the runner sets a time zone");
    let english = Locale::of("en-GB");
    for (day, shown) in [
        ("2026-03-04", "4 March 2026"),
        ("2026-01-01", "1 January 2026"),
        ("2024-02-29", "29 February 2024"),
        ("2026-12-31", "31 December 2026"),
    ] {
        let moment = Moment::parse(day).unwrap();
        assert_eq!(english.date(&moment, false), shown);
        assert_eq!(english.date(&moment, true), shown, "a day has no time of day");
        for tag in LANGUAGES {
            let expected = js::long_date(&format!("{tag}-u-nu-latn"), day, "UTC");
            assert_eq!(Locale::of(tag).date(&moment, false), expected, "{tag}");
        }
    }
}

#[wasm_bindgen_test]
fn months_and_years_are_shown_without_a_day() {
    assert_ne!(js::zone_offset(), 0, "the runner sets a time zone");
    let [month, year] = ["2026-03", "2026"].map(|text| Moment::parse(text).unwrap());
    for (tag, shown_month, shown_year) in MONTHS_AND_YEARS {
        let locale = Locale::of(tag);
        assert_eq!(locale.date(&month, true), shown_month, "{tag}");
        assert_eq!(locale.date(&year, true), shown_year, "{tag}");
        // The formats of days are others.
        assert_eq!(locale.date(&month, false), shown_month, "{tag}");
        assert_ne!(locale.date(&Moment::parse("2026-03-01").unwrap(), false), shown_month, "{tag}");
    }
    for (text, shown) in [("2026-01", "January 2026"), ("2026-12", "December 2026"), ("0999", "999")] {
        assert_eq!(Locale::of("en-GB").date(&Moment::parse(text).unwrap(), false), shown);
    }
}

#[wasm_bindgen_test]
fn time_of_day_is_shown_only_on_request() {
    let moment = Moment::parse("2026-03-04T14:15:00Z").unwrap();
    let english = Locale::of("en");
    let (day, time) = (english.date(&moment, false), english.date(&moment, true));
    assert!(day.contains("2026") && !day.contains(':'), "{day}");
    assert!(time.starts_with(&*day) && time.contains(":15"), "{time}");
}

#[wasm_bindgen_test]
fn moments_without_time_zone_are_not_converted() {
    assert_ne!(js::zone_offset(), 0, "the runner sets a time zone");
    let english = Locale::of("en-GB");
    for (text, day, time) in [
        ("2026-03-04T00:00", "4 March 2026", "00:00"),
        ("2026-03-04T23:59:59", "4 March 2026", "23:59"),
        ("2026-03-04T24:00", "4 March 2026", "23:59"),
        ("2011-12-30 12:00", "30 December 2011", "12:00"),
    ] {
        let moment = Moment::parse(text).unwrap();
        assert_eq!(english.date(&moment, false), day, "{text}");
        let shown = english.date(&moment, true);
        assert!(shown.starts_with(day) && shown.ends_with(time), "{text}: {shown}");
    }
}

#[wasm_bindgen_test]
fn every_parsed_moment_is_valid_in_the_browser() {
    for text in [
        "2026-03-04 14:15",
        "20260304T093533Z",
        "2026-03-04T09:35:33-0400",
        "20260304T0935+02",
        "2026-12-31T24:00Z",
        "Wed, 04 Mar 2026 09:35:33 GMT",
        "2026-03-04T09:35:33,1234567890123-00:00",
        "2026-03-04t14:15:00.123456789z",
        "2026-03-04T14:15:00-11:30",
        "0000-01-01",
        "9999-12-31",
    ] {
        let moment = Moment::parse(text).unwrap();
        let shown = Locale::of("en").date(&moment, true);
        assert_ne!(shown, moment.date(), "{text} is shown as it was written: the browser did not accept it");
    }
    // Browsers do not support leap seconds: the day is shown, or in WebKit the next second, which the time zone of
    // the runner has in the afternoon.
    let leap = Locale::of("en").date(&Moment::parse("2016-12-31T23:59:60Z").unwrap(), true);
    assert!(leap == "2016-12-31" || leap.starts_with("December 31, 2016 at 4:00"), "{leap}");
}

#[wasm_bindgen_test]
fn lists_match_the_browser() {
    let items = ["1", "2", "5"];
    for tag in LANGUAGES {
        let expected = js::list(tag, items.map(str::to_owned).to_vec());
        assert_eq!(Locale::of(tag).list(&items), expected, "{tag}");
    }
    assert_eq!(Locale::of("en-GB").list(&items), "1, 2 and 5");
    assert_eq!(Locale::of("en").list(&[]), "");
}

#[wasm_bindgen_test]
fn language_names_are_localized() {
    let chinese = Language::parse("zh").unwrap();
    assert_eq!(Locale::of("en").language_name(&chinese), "Chinese");
    assert_eq!(Locale::of("ar").language_name(&chinese), "الصينية");
}

#[wasm_bindgen_test]
fn digits_are_western_everywhere() {
    let moment = Moment::parse("2026-03-04").unwrap();
    for tag in ["ar-EG", "fa", "mr", "my"] {
        let shown = Locale::of(tag).date(&moment, false);
        assert!(shown.chars().any(|c| c.is_ascii_digit()), "{tag}: {shown}");
        assert!(!shown.chars().any(|c| c.is_numeric() && !c.is_ascii()), "{tag}: {shown}");
    }
}

#[wasm_bindgen_test]
fn grapheme_clusters_are_not_split() {
    let english = Locale::of("en");
    for (text, at, start) in GRAPHEMES {
        assert_eq!(english.grapheme_start(text, at), start, "{text}");
    }
}

#[wasm_bindgen_test]
fn tag_extensions_are_ignored() {
    let moment = Moment::parse("2026-03-04").unwrap();
    let chinese = Language::parse("zh-x-private").unwrap();
    for (tag, plain) in EXTENSIONS {
        let (locale, expected) = (Locale::of(tag), Locale::of(plain));
        assert_eq!(locale.date(&moment, false), expected.date(&moment, false), "{tag}");
        assert_eq!(locale.list(&["1", "2"]), expected.list(&["1", "2"]), "{tag}");
        assert_eq!(locale.plural(2), expected.plural(2), "{tag}");
        let name = expected.language_name(&Language::parse("zh").unwrap());
        assert_eq!(locale.language_name(&chinese), name, "{tag}");
    }
}

#[wasm_bindgen_test]
fn unknown_tags_do_not_fail() {
    for tag in ["", "x", "english please", "tlh", "en-GB-oed", "zz-ZZ", "-", "🗝"] {
        let locale = Locale::of(tag);
        assert!(!locale.list(&["1", "2"]).is_empty(), "{tag}");
        assert!(!locale.date(&Moment::parse("2026-03-04").unwrap(), true).is_empty(), "{tag}");
        let _ = locale.plural(1);
    }
}
