/// The kind of a character, for counting words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter of a script that puts spaces between words.
    Letter,
    /// A character that belongs to the word around it but makes none: an apostrophe, an accent, a
    /// vowel sign.
    Mark,
    /// A decimal digit, with its value.
    Digit(u8),
    /// A sign that is spoken as a word, such as `%` and `$`.
    Sign,
    /// A Chinese character, also in Japanese.
    Han,
    /// Hiragana or katakana.
    Kana,
    /// A syllable of Korean.
    Hangul,
    /// A letter of a script that writes sounds without spaces: Thai, Lao, Tibetan, Burmese, Khmer.
    Unspaced,
    /// A space or mark that ends a word.
    Break,
}

/// The digit 0 of each script whose digits appear in news.
const ZEROS: [u32; 10] = [0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10];

impl Kind {
    pub(super) fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '0'..='9' => Self::Digit(c as u8 - b'0'),
            '\'' | '’' | '\u{AD}' | '\u{200C}' | '\u{200D}' => Self::Mark,
            '%'
            | '$'
            | '&'
            | '+'
            | '='
            | '@'
            | '¢'..='¥'
            | '§'
            | '°'
            | '±'
            | '×'
            | '÷'
            | '‰'
            | '\u{20A0}'..='\u{20CF}'
            | '％'
            | '＄'
            | '＆'
            | '￥' => Self::Sign,
            '\0'..='\x7F' | '\u{A0}' | '\u{2000}'..='\u{206F}' => Self::Break,
            '\u{80}'..='\u{65F}' => Self::letter_or_mark(c),
            _ => digit(c).map_or_else(|| Self::beyond_latin(c), Self::Digit),
        }
    }

    fn beyond_latin(c: char) -> Self {
        match c {
            '々'
            | '〆'
            | '〇'
            | '\u{3100}'..='\u{312F}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Self::Han,
            // The middle dot separates the words of a foreign name and is not spoken.
            '・' => Self::Break,
            '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Self::Kana,
            // A syllable written in parts counts by its first part.
            '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{115F}' => Self::Hangul,
            '\u{1160}'..='\u{11FF}' => Self::Mark,
            '\u{E00}'..='\u{FFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{A9E0}'..='\u{A9FF}'
            | '\u{AA60}'..='\u{AA7F}' => Self::Unspaced,
            '\u{3000}'..='\u{303F}' => Self::Break,
            '\u{FF00}'..='\u{FFEF}' if !c.is_alphabetic() => Self::Break,
            _ => Self::letter_or_mark(c),
        }
    }

    fn letter_or_mark(c: char) -> Self {
        if c.is_alphabetic() {
            Self::Letter
        } else if c.is_whitespace() {
            Self::Break
        } else {
            Self::Mark
        }
    }
}

fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10)).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_classified() {
        let expected = [
            ("azAZéÄßжאعहა", Kind::Letter),
            ("'’\u{301}\u{94D}\u{AD}\u{200D}😀", Kind::Mark),
            ("%$€£¥₹&+°", Kind::Sign),
            ("新聞々〇𠮷", Kind::Han),
            ("あアーｱ", Kind::Kana),
            ("한글", Kind::Hangul),
            ("กຂཀကក្", Kind::Unspaced),
            (" \n\u{A0}\u{3000}.,:;!?-–—/\"“”()。,、・「」!", Kind::Break),
        ];
        for (text, kind) in expected {
            for c in text.chars() {
                assert_eq!(Kind::of(c), kind, "{c:?}");
            }
        }
    }

    #[test]
    fn digits_of_many_scripts_have_their_value() {
        for nines in ["9", "٩", "۹", "९", "৯", "๙", "໙", "༩", "၉", "៩", "９"] {
            assert!(nines.chars().all(|c| Kind::of(c) == Kind::Digit(9)), "{nines}");
        }
    }
}
