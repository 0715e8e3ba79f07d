use super::span::Span;
use crate::article::Normalize;
use crate::timeline::script::Kind;

/// A unit of comparison: a word of a script with spaces, or a character of a script without.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// A hash that is equal for words that differ only in case, apostrophes and Unicode representation.
    pub(super) hash: u64,
    /// The range in the text, in bytes.
    pub(super) place: Span,
    /// The approximate time that the word takes to speak: one unit for each letter, and one for the word.
    pub(super) weight: f64,
}

/// Returns a hash of tokens in this order.
pub(super) fn combined(tokens: &[Token]) -> u64 {
    combined_hashes(tokens.iter().map(|token| token.hash))
}

/// Returns the same of the hashes of the tokens.
pub(super) fn combined_hashes(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0, |mixed: u64, hash| (mixed.rotate_left(23) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Visits the tokens of a text.
pub(super) fn each_token(text: &str, normalize: Normalize, visit: &mut dyn FnMut(Token)) {
    let mut word = Span { start: 0, end: 0 };
    let mut chars = text.char_indices().peekable();
    let mut emit = |word: &mut Span| {
        let token = word.of_text(text);
        if !token.is_empty() {
            visit(Token { hash: hash(token, normalize), place: *word, weight: weight(token) });
        }
        word.start = word.end;
    };
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        match Kind::of(c) {
            Kind::Letter | Kind::Hangul | Kind::Digit(_) => {
                if word.start == word.end {
                    word.start = at;
                }
                word.end = end;
            }
            // An apostrophe or accent belongs to the word around it.
            Kind::Mark if word.end == at && word.start < at => word.end = end,
            Kind::Han | Kind::Kana | Kind::Unspaced => {
                emit(&mut word);
                word = Span { start: at, end };
                // Vowel signs and other marks stay with their letter.
                while let Some((at, c)) = chars.next_if(|(_, c)| Kind::of(*c) == Kind::Mark) {
                    word.end = at + c.len_utf8();
                }
                emit(&mut word);
            }
            // The comma of 2,000 is not spoken.
            Kind::Break if is_between_digits(text, at, c) => {}
            _ => emit(&mut word),
        }
    }
    emit(&mut word);
}

fn is_between_digits(text: &str, at: usize, c: char) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| matches!(Kind::of(c), Kind::Digit(_)));
    matches!(c, ',' | '.' | '\u{A0}' | '\u{202F}')
        && is_digit(text.get(..at).and_then(|before| before.chars().next_back()))
        && is_digit(text.get(at + c.len_utf8()..).and_then(|after| after.chars().next()))
}

/// Returns the weight of a token. A Chinese character takes a syllable, which is about three letters of other
/// scripts; a digit takes a word.
fn weight(token: &str) -> f64 {
    let weights = token.chars().map(|c| match Kind::of(c) {
        Kind::Han | Kind::Hangul | Kind::Digit(_) => 3.0,
        Kind::Kana => 2.0,
        Kind::Mark => 0.0,
        _ => 1.0,
    });
    weights.sum::<f64>() + 1.0
}

/// Returns the FNV-1a hash of a token without case and apostrophes.
fn hash(token: &str, normalize: Normalize) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut add = |c: char| {
        for byte in u32::from(c).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    };
    if token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        token.bytes().for_each(|byte| add(byte.to_ascii_lowercase().into()));
        return hash;
    }
    let normalized;
    let token = if token.chars().all(is_composed) {
        token
    } else {
        normalized = normalize(token);
        &normalized
    };
    for c in token.chars() {
        match Kind::of(c) {
            Kind::Digit(value) => add(char::from(b'0' + value.min(9))),
            Kind::Mark if !c.is_alphanumeric() => {}
            Kind::Break => {}
            _ => c.to_lowercase().for_each(&mut add),
        }
    }
    hash
}

/// Returns whether Unicode has only one representation of a character. Characters missing here only cost
/// time.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{A9}' | '\u{AB}'..='\u{B1}' | '\u{B7}' | '\u{C0}'..='\u{131}' | '\u{134}'..='\u{17E}'
        | '\u{388}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{5D0}'..='\u{5EA}' | '\u{621}'..='\u{64A}'
        | '\u{2018}'..='\u{2019}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}' | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        each_token(text, str::to_owned, &mut |token| tokens.push(token));
        tokens
    }

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.place.of_text(text).to_owned()).collect()
    }

    #[test]
    fn tokens_are_words_or_characters_of_unspaced_scripts() {
        assert_eq!(
            words("“Talks—don't” resume, 2,000 of 3.5% …"),
            ["Talks", "don't", "resume", "2,000", "of", "3.5"]
        );
        assert_eq!(
            words("据TechCrunch报道,ニュース。"),
            ["据", "TechCrunch", "报", "道", "ニ", "ュ", "ー", "ス"]
        );
        assert_eq!(words("한국 뉴스 ข่าว"), ["한국", "뉴스", "ข", "\u{E48}", "า", "ว"]);
        assert_eq!(words("  \n …—!"), [""; 0]);
        assert_eq!(words("’s rock ’n’ roll"), ["s", "rock", "n’", "roll"]);
    }

    #[test]
    fn spelling_variants_of_a_word_have_the_same_hash() {
        let hash = |text: &str| tokens(text).first().map(|token| token.hash);
        for (one, other) in [
            ("Talks", "talks"),
            ("don't", "DON’T"),
            ("2,000", "2000"),
            ("ÄRGER", "ärger"),
            ("٢٠٢٦", "2026"),
            ("Ｔ", "ｔ"),
        ] {
            assert_eq!(hash(one), hash(other), "{one} {other}");
        }
        assert_ne!(hash("talk"), hash("talks"));
        assert_ne!(hash("中"), hash("文"));
    }
}
