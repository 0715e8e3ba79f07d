//! Properties of writing systems on which inline markup and the recognition of names depend.

/// Whether the letter belongs to a script that puts no spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    is_han(c)
        || matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{0F00}'..='\u{0FFF}' // Tibetan
        | '\u{1000}'..='\u{109F}' // Myanmar
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}') // Kana
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a run of this many asterisks can begin emphasis between these two characters. It cannot inside a
/// word, as in `Bürger*innen`, `f**k` and `5*3*2`, nor right after a word that ends there, as in
/// `Bürger*, Leser*` and `Leser*(innen)`.
///
/// In Korean, two asterisks can begin emphasis anywhere: Korean particles follow a word without a space, as
/// in `**한겨레**는`.
pub(super) fn can_begin(before: char, after: char, asterisks: usize) -> bool {
    let follows_word = matches!(
        after,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '-'
            | '/'
            | '\''
            | '"'
            | '('
            | ')'
            | '['
            | ']'
            | '<'
            | '［'
            | '【'
            | '〔'
            | '\u{2010}'..='\u{201F}' | '…' | '»' | '،'
    );
    let is_free = asterisks > 1 && (is_hangul(before) || is_hangul(after));
    is_free || !is_in_word(before) || !(follows_word || is_in_word(after))
}

/// Whether a run of this many asterisks can end emphasis there. It cannot inside a word, nor right before a
/// word that begins there, as in `(*in) Leser(*innen)`.
pub(super) fn can_end(before: char, after: char, asterisks: usize) -> bool {
    let precedes_word = matches!(before, '(' | '[' | '-' | '/' | '\u{2010}'..='\u{2015}');
    let is_free = asterisks > 1 && (is_hangul(before) || is_hangul(after));
    is_free || !is_in_word(after) || !(precedes_word || is_in_word(before))
}

/// Whether a text ends in particles that Arabic and Hebrew write together with the next word, as in
/// `و*الغيلي*`, `بـ*الكامل*` and `ה*עיתון*`. Emphasis can begin after them.
pub(in crate::article) fn ends_in_particle(text: &str) -> bool {
    let text = text.trim_end_matches('ـ');
    let word = text.trim_end_matches(['و', 'ف', 'ب', 'ل', 'ك', 'ו', 'ה', 'ב', 'ל', 'מ', 'ש', 'כ']);
    let particles = text.get(word.len()..).unwrap_or_default().chars().count();
    (1..=2).contains(&particles) && !word.ends_with(is_in_word)
}

/// Whether it is a letter, digit or combining mark of a script with spaces between words.
fn is_in_word(c: char) -> bool {
    (c.is_alphanumeric() && !is_unspaced(c)) || is_mark(c)
}

/// Whether it is a mark or joiner inside a word that `char::is_alphanumeric` does not count.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' // Latin, Greek and Cyrillic accents
        | '\u{591}'..='\u{5C7}' // Hebrew points
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' // Arabic points
        | '\u{200C}' | '\u{200D}')
        // The signs without a vowel of Devanagari and the neighbouring scripts, and their dots, are at the
        // same offsets of each block, except in Sinhala.
        || (matches!(c, '\u{900}'..='\u{DFF}') && matches!(u32::from(c) & 0x7F, 0x3C | 0x4D))
        || c == '\u{DCA}'
}

/// Whether the character is invisible and belongs to the word around it, if there is one.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{640}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0100}'..='\u{E01EF}')
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Returns the value of a decimal digit, in any script in which news is written.
pub(super) fn digit(c: char) -> Option<usize> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}', // Arabic
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}', // Persian, Urdu
        // Devanagari, Bengali and the neighbouring scripts have their digits at the same offset of each
        // block.
        '\u{0966}'..='\u{0DEF}' => {
            return (u32::from(c) as usize & 0x7F).checked_sub(0x66).filter(|value| *value < 10);
        }
        '\u{0E50}'..='\u{0E59}' => '\u{0E50}', // Thai
        '\u{0ED0}'..='\u{0ED9}' => '\u{0ED0}', // Lao
        '\u{0F20}'..='\u{0F29}' => '\u{0F20}', // Tibetan
        '\u{1040}'..='\u{1049}' => '\u{1040}', // Myanmar
        '\u{17E0}'..='\u{17E9}' => '\u{17E0}', // Khmer
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}', // Fullwidth
        _ => return None,
    };
    Some((u32::from(c) - u32::from(zero)) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_their_value() {
        for nine in "9٩۹९৯੯૯୯௯౯೯൯෯๙໙༩၉៩９".chars() {
            assert_eq!(digit(nine), Some(9), "{nine}");
        }
        for other in "a९़/:\u{0965}\u{0970}一²".chars().filter(|c| *c != '९') {
            assert_eq!(digit(other), None, "{other}");
        }
    }

    #[test]
    fn particles_are_recognized_only_at_the_start_of_a_word() {
        for text in ["و", "قال و", "«ب", "بـ", "ول", "ה", "הוא אמר ש", "-וב"] {
            assert!(ends_in_particle(text), "{text}");
        }
        for text in ["", "قال", "و ", "كتب", "הכול", "חבר", "a", "5", "ـ"] {
            assert!(!ends_in_particle(text), "{text}");
        }
    }

    #[test]
    fn emphasis_inside_a_word_depends_on_the_script() {
        for (before, after) in
            [('r', 'i'), ('5', '3'), ('е', 'л'), ('ك', 'ب'), ('ש', '\u{05B8}'), ('김', '수')]
        {
            assert!(!can_begin(before, after, 1) && !can_end(before, after, 1), "{before}*{after}");
        }
        for (before, after) in [('从', '中'), ('と', '日'), ('ไ', 'ท'), ('r', '中'), ('“', '“')]
        {
            assert!(can_begin(before, after, 1) && can_end(before, after, 1), "{before}*{after}");
        }
        assert!(!can_begin('f', 'k', 2) && can_begin('레', '는', 2) && can_end('S', '는', 2));
    }
}
