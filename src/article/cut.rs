//! Cuts texts between the characters that readers see.

/// Returns the beginning of a text, of at most this many characters. It ends where a character ends that
/// readers see as one, such as a letter with its accents or vowel signs, or an emoji made of several.
///
/// The rule is smaller than that of Unicode, since readers download it. Where it is wrong, the beginning is a
/// few characters shorter than it could be, or a rare character is cut.
pub(crate) fn cut(text: &str, chars: usize) -> &str {
    /// Longer than any sensible character; other texts are cut anywhere.
    const LONGEST: usize = 32;
    if text.len() <= chars {
        // Without counting: most texts are far shorter than what may be kept.
        return text;
    }
    let end = text.char_indices().nth(chars);
    let Some((mut next, near)) = end.and_then(|(end, next)| Some((next, text.get(..end)?))) else {
        return text;
    };
    let mut before = near.chars();
    for _ in 0..LONGEST {
        let shorter = before.as_str();
        let Some(last) = before.next_back() else { break };
        if !is_one(before.as_str(), last, next) {
            return shorter;
        }
        next = last;
    }
    near
}

/// Whether two characters after this text belong together.
fn is_one(before: &str, one: char, other: char) -> bool {
    let is_pair_of_flag =
        || is_half_flag(other) && before.chars().rev().take_while(|c| is_half_flag(*c)).count() % 2 == 0;
    continues(other) || joins(one) || (one, other) == ('\r', '\n') || (is_half_flag(one) && is_pair_of_flag())
}

/// Whether the character belongs to the one before it.
fn continues(c: char) -> bool {
    match u32::from(c) {
        0..0x300 => false,
        // Devanagari and the neighbouring scripts have their signs at the same offsets of each block.
        code @ 0x900..0xD80 => {
            matches!(code & 0x7F, 0..=3 | 0x3A..=0x3C | 0x3E..=0x4F | 0x51..=0x57 | 0x62 | 0x63)
        }
        code => matches!(code,
            0x300..=0x36F | 0x483..=0x489 // Latin, Greek, Cyrillic
            | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x6D6..=0x6ED // Hebrew, Arabic
            | 0x730..=0x74A | 0x7A6..=0x7B0 | 0x8CA..=0x8FF // Syriac, Thaana, Arabic
            | 0xD81..=0xD83 | 0xDCA..=0xDDF // Sinhala
            | 0xE31 | 0xE33..=0xE3A | 0xE47..=0xE4E | 0xEB1 | 0xEB3..=0xEBC | 0xEC8..=0xECE // Thai, Lao
            | 0xF71..=0xF87 | 0xF8D..=0xFBC // Tibetan
            | 0x102B..=0x103E | 0x1056..=0x1059 | 0x17B4..=0x17D3 // Myanmar, Khmer
            | 0x1160..=0x11FF // Korean letters in parts
            | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0x3099 | 0x309A | 0xFE20..=0xFE2F
            | 0x180B..=0x180F | 0x200C | 0x200D | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF // variants, joiners
            | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F), // emoji
    }
}

/// Whether the character joins those around it.
fn joins(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{1039}' | '\u{17D2}')
        || (matches!(c, '\u{900}'..='\u{D7F}') && u32::from(c) & 0x7F == 0x4D)
}

/// Whether two such characters are a flag.
fn is_half_flag(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut_in_two() {
        for whole in [
            "ที่",
            "กำ",
            "e\u{301}",
            "👩‍👩‍👧‍👦",
            "👍🏽",
            "❤\u{FE0F}",
            "🇩🇪",
            "1\u{FE0F}\u{20E3}",
            "नि",
            "கி",
            "ක්",
            "က်",
            "ក្ត",
            "שָׁ",
            "بّ",
            "か\u{3099}",
            "क्ष",
            "각",
            "\r\n",
        ] {
            let length = whole.chars().count();
            let text = whole.repeat(9);
            for chars in length..9 * length {
                assert_eq!(cut(&text, chars), whole.repeat(chars / length), "{whole} {chars}");
            }
            assert_eq!(cut(&text, 9 * length), text);
        }
    }

    #[test]
    fn other_texts_are_cut_after_so_many_characters() {
        for text in ["abcdef", "中文文字文字", "한국어한국어", "абвгде", "अकखगघङ"]
        {
            assert_eq!(cut(text, 100), text);
        }
        assert_eq!(cut("abcdef", 4), "abcd");
        assert_eq!(cut("中文文字文字", 5), "中文文字文");
        assert_eq!(cut("අකගටතප", 3), "අකග");
        assert_eq!(cut("abcdef", 0), "");
    }

    #[test]
    fn a_character_without_end_is_cut_anywhere() {
        let text = "e".to_owned() + &"\u{301}".repeat(1000);
        assert_eq!(cut(&text, 500).chars().count(), 500);
        assert_eq!(cut(&text, 5).chars().count(), 5);
    }
}
