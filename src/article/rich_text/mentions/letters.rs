//! Classifies characters for the recognition of names.

pub(super) use super::super::script::{is_han, is_hangul, is_mark, is_unspaced};

/// Whether two characters belong to one word. Letters of scripts that put no space between words never join,
/// nor does Korean with another script.
pub(super) fn joins(a: char, b: char) -> bool {
    is_in_word(a) && (is_in_word(b) || is_mark(b)) && is_hangul(a) == is_hangul(b)
}

fn is_in_word(c: char) -> bool {
    (c.is_alphanumeric() || c == '_' || is_mark(c)) && !is_unspaced(c)
}

/// Whether the character can be part of a word that is looked up.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || matches!(c, '\'' | '-')
}

/// Whether the character is Hiragana, in which Japanese writes its endings and particles.
pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}')
}

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

/// Whether it is a capital letter of a script in news use.
pub(super) fn is_capital(c: char) -> bool {
    lower(c) != c
}

/// Returns the lower-case letter of a capital, in Latin, Greek and Cyrillic. The standard library's tables
/// for all scripts are larger than the rest of this module.
pub(super) fn lower(c: char) -> char {
    let further = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӑ'..='ԯ' | 'Ḁ'..='ỿ' if u32::from(c) % 2 == 0 => {
            1
        }
        'Ĺ'..='ň' | 'Ź'..='ž' if u32::from(c) % 2 == 1 => 1,
        _ => 0,
    };
    char::from_u32(u32::from(c) + further).unwrap_or(c)
}

/// The particles that Korean appends to a word.
const PARTICLES: [&str; 15] =
    ["은", "는", "이", "가", "을", "를", "의", "에", "도", "와", "과", "로", "에서", "에게", "에는"];

/// Returns the text after a Korean particle at the beginning of `tail`, if the word ends with it. The word
/// for an agency may be before the particle: `로이터통신은`.
pub(super) fn without_particle(tail: &str) -> Option<&str> {
    let length = tail.find(|c| !is_hangul(c)).unwrap_or(tail.len());
    let (run, rest) = tail.split_at_checked(length)?;
    let particle = run.strip_prefix("통신").unwrap_or(run);
    let is_all = PARTICLES.contains(&particle) || (particle.is_empty() && !run.is_empty());
    is_all.then_some(rest)
}
