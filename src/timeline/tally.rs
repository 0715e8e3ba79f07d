use super::{
    number_words::{Digits, number_words},
    script::Kind,
};
use std::{cell::LazyCell, iter::Peekable, str::Chars};

/// The longest run of capitals that counts as initials; longer ones are words set in capitals.
const LONGEST_INITIALISM: u32 = 5;

/// The spoken amount of a text, counted in the units of its scripts.
///
/// Each character counts by its own script, so mixed text counts right. Numbers, signs and initials
/// count as the words they are spoken as, in any script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// Spoken words of scripts with spaces, numbers and signs.
    pub(super) words: u32,
    /// Chinese characters.
    pub(super) han: u32,
    /// Hiragana and katakana.
    pub(super) kana: u32,
    /// Syllables of Korean.
    pub(super) hangul: u32,
    /// Letters of other scripts without spaces.
    pub(super) letters: u32,
}

impl Tally {
    pub(super) fn of(text: &str) -> Self {
        let mut tally = Self::default();
        let mut chars = text.chars().peekable();
        let mut after_digits = false;
        // Computed when first needed, and only once: the text may be long.
        let set_in_capitals = LazyCell::new(|| is_set_in_capitals(text));
        while let Some(&c) = chars.peek() {
            let kind = Kind::of(c);
            let words = match kind {
                Kind::Letter => {
                    let word = Word::take(&mut chars);
                    if after_digits && word.is_number_ending() {
                        0
                    } else if word.may_be_initials() && !*set_in_capitals {
                        // Initials are spoken letter by letter, or as a word by speakers who know
                        // them: a letter is about one syllable and an English word one and a half,
                        // so two letters make a word.
                        word.letters.div_ceil(2)
                    } else {
                        1
                    }
                }
                Kind::Digit(_) => number_words(&take_number(&mut chars)),
                _ => {
                    chars.next();
                    tally.count(kind)
                }
            };
            tally.words = tally.words.saturating_add(words);
            after_digits = matches!(kind, Kind::Digit(_));
        }
        tally
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Counts a single character, and returns the number of words that it is spoken as.
    fn count(&mut self, kind: Kind) -> u32 {
        let unit = match kind {
            Kind::Han => &mut self.han,
            Kind::Kana => &mut self.kana,
            Kind::Hangul => &mut self.hangul,
            Kind::Unspaced => &mut self.letters,
            Kind::Sign => return 1,
            Kind::Letter | Kind::Mark | Kind::Digit(_) | Kind::Break => return 0,
        };
        *unit = unit.saturating_add(1);
        0
    }
}

/// A run of letters.
struct Word {
    letters: u32,
    all_capitals: bool,
    /// The first two letters, in lower case if they are ASCII.
    beginning: [char; 2],
}

impl Word {
    fn take(chars: &mut Peekable<Chars<'_>>) -> Self {
        let mut word = Self { letters: 0, all_capitals: true, beginning: ['\0'; 2] };
        while let Some(&c) = chars.peek() {
            match Kind::of(c) {
                Kind::Letter => {
                    let place = usize::try_from(word.letters).unwrap_or(usize::MAX);
                    if let Some(place) = word.beginning.get_mut(place) {
                        *place = c.to_ascii_lowercase();
                    }
                    word.letters = word.letters.saturating_add(1);
                    word.all_capitals = word.all_capitals && c.is_uppercase();
                }
                Kind::Mark => {}
                _ => break,
            }
            chars.next();
        }
        word
    }

    fn may_be_initials(&self) -> bool {
        self.all_capitals && (2..=LONGEST_INITIALISM).contains(&self.letters)
    }

    /// Returns whether the word is the ending of `1st`, `2nd`, `3rd`, `4th` or `1990s`, and no word
    /// of its own.
    fn is_number_ending(&self) -> bool {
        match self.letters {
            1 => self.beginning == ['s', '\0'],
            2 => matches!(self.beginning, ['s', 't'] | ['n', 'd'] | ['r', 'd'] | ['t', 'h']),
            _ => false,
        }
    }
}

/// Returns whether capitals carry no information in a text, because nearly all of it is in
/// capitals.
fn is_set_in_capitals(text: &str) -> bool {
    let (mut capitals, mut others) = (0_usize, 0_usize);
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        if c.is_uppercase() {
            capitals += 1;
        } else if c.is_alphabetic() {
            others += 1;
        }
    }
    capitals > others
}

/// Takes the runs of digits of one number, with single points, commas or narrow spaces between
/// them.
fn take_number(chars: &mut Peekable<Chars<'_>>) -> Vec<Digits> {
    let mut runs = Vec::new();
    let mut run = Digits::NONE;
    while let Some(&c) = chars.peek() {
        if let Kind::Digit(digit) = Kind::of(c) {
            run.push(digit);
        } else if is_number_separator(c) && followed_by_digit(chars) {
            runs.push(std::mem::replace(&mut run, Digits::NONE));
        } else {
            break;
        }
        chars.next();
    }
    runs.push(run);
    runs
}

fn is_number_separator(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | '\'' | '’' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\u{66B}' | '\u{66C}' | '，' | '．'
    )
}

fn followed_by_digit(chars: &Peekable<Chars<'_>>) -> bool {
    chars.clone().nth(1).is_some_and(|c| matches!(Kind::of(c), Kind::Digit(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> u32 {
        let tally = Tally::of(text);
        assert_eq!(tally, Tally { words: tally.words, ..Tally::default() }, "{text}");
        tally.words
    }

    #[test]
    fn words_are_counted_between_spaces_hyphens_and_dashes() {
        assert_eq!(words("Talks resume Monday."), 3);
        assert_eq!(words("  state-of-the-art — yes/no\n"), 6);
        assert_eq!(words(""), 0);
        assert_eq!(words(" … — 😀 !? "), 0);
    }

    #[test]
    fn apostrophes_accents_and_vowel_signs_stay_inside_a_word() {
        assert_eq!(words("don't l’article ‘quoted’"), 3);
        assert_eq!(words("cafe\u{301} na\u{308}ive"), 2);
        assert_eq!(words("हिन्दी समाचार"), 2);
        assert_eq!(words("بِسْمِ اللَّهِ"), 2);
        assert_eq!(words("می‌خواهم"), 1);
    }

    #[test]
    fn numbers_and_signs_count_as_spoken() {
        assert_eq!(words("2,000,000"), 2);
        assert_eq!(words("$2B"), 3);
        assert_eq!(words("1.5%"), 4);
        assert_eq!(words("€3.5bn"), 1 + 3 + 1);
        assert_eq!(words("in 1984, 2 of"), 1 + 3 + 1 + 1);
        assert_eq!(words("the 1990s and the 21st"), 1 + 2 + 1 + 1 + 2);
        assert_eq!(words("1999–2001"), 3 + 3);
    }

    #[test]
    fn two_letters_of_initials_count_as_a_word() {
        assert_eq!(words("the NASA"), 3);
        assert_eq!(words("an AI by the EU"), 5);
        assert_eq!(words("a GPT-4"), 1 + 2 + 1);
        assert_eq!(words("die США и"), 4);
        assert_eq!(words("H1N1"), 4);
    }

    #[test]
    fn words_of_an_all_caps_headline_are_not_initials() {
        assert_eq!(words("BREAKING NEWS: DEAL IS DONE"), 5);
    }

    #[test]
    fn scripts_without_spaces_count_by_the_character() {
        assert_eq!(Tally::of("据路透社报道。"), Tally { han: 6, ..Tally::default() });
        assert_eq!(Tally::of("東京のニュース"), Tally { han: 2, kana: 5, ..Tally::default() });
        assert_eq!(Tally::of("한국 뉴스"), Tally { hangul: 4, ..Tally::default() });
        assert_eq!(Tally::of("ข่าว"), Tally { letters: 4, ..Tally::default() });
    }

    #[test]
    fn mixed_text_counts_each_script_by_its_own_measure() {
        assert_eq!(
            Tally::of("据TechCrunch报道,OpenAI融资$2B"),
            Tally { han: 5, words: 2 + 3, ..Tally::default() }
        );
        assert_eq!(Tally::of("美国NASA宣布2026年登月"), Tally { han: 7, words: 2 + 3, ..Tally::default() });
        assert_eq!(Tally::of("GPT-4は"), Tally { kana: 1, words: 1 + 1, ..Tally::default() });
        assert_eq!(Tally::of("２０２６年"), Tally { han: 1, words: 3, ..Tally::default() });
    }

    #[test]
    fn decomposed_korean_counts_by_the_syllable() {
        assert_eq!(Tally::of("\u{1112}\u{1161}\u{11AB}"), Tally { hangul: 1, ..Tally::default() });
    }
}
