use proptest::prelude::*;
use proptest::sample::select;

/// Tokens of the inline syntax, alone and in small groups.
const MARKS: &[&str] = &[
    "*", "**", "***", "****", "`", "``", "```", "[", "]", "(", ")", "^", "\\", "[^", "](", "\\[", "\\*",
    "\\`", "\\\\", "[[", "]]", "*[", "]*", "**[", "]**", "`*", "-", "–", ",", ".", "/", "#", "!", "![", "<",
    ">", "](<", ">)", "［", "］", "【", "】", "〖", "〗", ";", "~", "|",
];

/// Complete constructs, valid and invalid.
const PIECES: &[&str] = &[
    "[1]",
    "[2]",
    "[1,3]",
    "[1, 2]",
    "[2-3]",
    "[2–3]",
    "[9]",
    "[0]",
    "[2024]",
    "[1-900]",
    "[^11]",
    "[^12]",
    "[^nobody]",
    "[^]",
    "*word*",
    "**word**",
    "***word***",
    "`code`",
    "[word](https://a.example/b_(c))",
    "[word](/b)",
    "[](/b)",
    "](https://a.example/)",
    "](javascript:alert(1))",
    "](data:x)",
    "](//user@b.example)",
    "[word](javascript:x)",
    "*[a*](/b)",
    "[1](/one)",
    "[1] (aside)",
    "[word](/b \"title\")",
    "[word]( /b 'title' )",
    "[word](</b c> (title))",
    "](/b \"",
    "![word](/b.png)",
    "<https://a.example/*b*>",
    "<https://[::1]/>",
    "［１］",
    "【１，２】",
    "[١-٢]",
    "［^11］",
    "【4:0†source】",
    "[\u{200F}١]",
    "[1;\u{202F}2]",
    "<https://a.example/|word>",
    "Bürger*innen",
    "தமிழ்*இல்",
    "f**k",
    "中*文*",
    "**한국**의",
];

/// Characters that reorder, break or hide text.
const HOSTILE: &[&str] = &[
    "\u{202E}",
    "\u{202A}",
    "\u{202C}",
    "\u{2066}",
    "\u{2067}",
    "\u{2068}",
    "\u{2069}",
    "\u{200E}",
    "\u{200F}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{FEFF}",
    "\u{FFFD}",
    "\u{FFFE}",
    "\0",
    "\u{1B}",
    "\u{7F}",
    "\u{85}",
    "\r",
    "\u{2028}",
    "\u{E000}",
    "\u{10FFFF}",
    "\u{301}",
];

const WORDS: &[&str] = &[
    "a",
    "word",
    "Talks resume",
    "Reuters",
    "Nikkei",
    "as Reuters said",
    "量子位",
    "据量子位报道",
    "と日経は",
    "وقالت لرويترز أمس",
    "שלום",
    "ไทย",
    "한국",
    "👩\u{200D}🔬",
    "🇩🇪",
    "é",
    "ß",
    "İ",
    "<b>",
    "</script>",
    "&amp;",
    "\"",
    "'",
    "{n}",
];

const SPACES: &[&str] = &[" ", "  ", "\n", "\t", "\u{A0}", "\u{3000}"];

/// Generates texts that use, misuse and nearly use the inline syntax.
pub(crate) fn fuzzed_text() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        8 => select(MARKS).prop_map(str::to_owned),
        4 => select(PIECES).prop_map(str::to_owned),
        4 => select(WORDS).prop_map(str::to_owned),
        2 => select(SPACES).prop_map(str::to_owned),
        1 => select(HOSTILE).prop_map(str::to_owned),
        1 => (0_u32..1_200).prop_map(|number| number.to_string()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat()).boxed()
}

/// Generates valid texts for articles that have a reference with the id `r1`.
pub(crate) fn valid_text() -> BoxedStrategy<String> {
    let piece = select(
        &[
            "Talks resume",
            "on Monday",
            "量子位报道",
            "وقالت",
            "*at last*",
            "**now**",
            "`x = 1`",
            "[the paper](https://a.example/p)",
            "[^r1]",
            "[1]",
            "5 * 6",
            r"\[sic\]",
            "Reuters",
            "👩\u{200D}🔬",
        ][..],
    );
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.join(" ")).boxed()
}
