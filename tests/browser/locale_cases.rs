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
