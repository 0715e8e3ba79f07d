//! Cases on which `Intl` and ICU4X must agree: `tests/browser/intl.rs` tests the former, `tests/locale.rs`
//! the latter.

/// Texts, a byte offset in each, and the start of the grapheme cluster at that offset.
pub(crate) const GRAPHEMES: [(&str, usize, usize); 6] = [
    ("plain", 3, 3),
    ("cafe\u{301}s", 4, 3),
    ("👩\u{200d}🔬 at work", 7, 0),
    ("🇩🇪🇫🇷", 12, 8),
    ("กำลัง", 3, 0),
    ("다람쥐", 3, 3),
];

/// Tags with extensions or in another spelling, and the equivalent plain tags.
pub(crate) const EXTENSIONS: [(&str, &str); 5] = [
    ("ar-u-nu-arab", "ar"),
    ("de-DE-u-co-phonebk", "de-DE"),
    ("fa-u-ca-persian-x-private", "fa"),
    ("zh-Hant-x-private", "zh-Hant"),
    ("de_AT", "de-AT"),
];

/// For each interface language: the month 2026-03 and the year 2026.
pub(crate) const MONTHS_AND_YEARS: [(&str, &str, &str); 27] = [
    ("en", "March 2026", "2026"),
    ("ar", "مارس 2026", "2026"),
    ("bn", "মার্চ 2026", "2026"),
    ("cs", "březen 2026", "2026"),
    ("de", "März 2026", "2026"),
    ("el", "Μάρτιος 2026", "2026"),
    ("es", "marzo de 2026", "2026"),
    ("fa", "مارس 2026", "2026"),
    ("fr", "mars 2026", "2026"),
    ("he", "מרץ 2026", "2026"),
    ("hi", "मार्च 2026", "2026"),
    ("id", "Maret 2026", "2026"),
    ("it", "marzo 2026", "2026"),
    ("ja", "2026年3月", "2026年"),
    ("ko", "2026년 3월", "2026년"),
    ("nl", "maart 2026", "2026"),
    ("pl", "marzec 2026", "2026"),
    ("pt", "março de 2026", "2026"),
    ("ru", "март 2026 г.", "2026"),
    ("sv", "mars 2026", "2026"),
    ("th", "มีนาคม 2569", "พ.ศ. 2569"),
    ("tr", "Mart 2026", "2026"),
    ("uk", "березень 2026 р.", "2026"),
    ("ur", "مارچ 2026", "2026"),
    ("vi", "tháng 3 năm 2026", "2026"),
    ("zh-Hans", "2026年3月", "2026年"),
    ("zh-Hant", "2026年3月", "2026年"),
];
