use super::anchors::same_tokens;
use super::span::Span;
use super::tokens::{Token, each_token};
use crate::article::{Normalize, TimedWord};

/// A word of a passage as it stands in its text, with the moment it is said.
#[derive(Debug, Clone, PartialEq)]
pub struct WordRange {
    /// When it begins, in seconds.
    pub start: f64,
    /// Where it stands in the text, in bytes.
    pub place: Span,
}

/// Lays words over the text of their passage, which may have more, fewer and other ones, such as marks of citations
/// between them. What is not in the text has no place. The words come in the order of the text.
#[must_use]
pub fn lay_words(text: &str, words: &[TimedWord], normalize: Normalize) -> Vec<WordRange> {
    let mut written: Vec<Token> = Vec::new();
    each_token(text, normalize, &mut |token| written.push(token));
    let (mut said, mut word_of): (Vec<Token>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, word) in words.iter().enumerate() {
        each_token(&word.text, normalize, &mut |token| {
            said.push(token);
            word_of.push(index);
        });
    }
    let same = same_tokens(&written, &said, false);
    let mut ranges: Vec<WordRange> = Vec::with_capacity(words.len());
    let mut last = None;
    for (token, same) in written.into_iter().zip(same) {
        let Some(index) = same.and_then(|same| word_of.get(same)).copied() else { continue };
        match ranges.last_mut().filter(|_| last == Some(index)) {
            Some(range) => range.place.end = token.place.end,
            None => ranges
                .extend(words.get(index).map(|word| WordRange { start: word.start, place: token.place })),
        }
        last = Some(index);
    }
    ranges
}

/// The same places, counted in the UTF-16 units that JavaScript has.
#[must_use]
pub fn to_utf16(text: &str, ranges: Vec<WordRange>) -> Vec<WordRange> {
    let (mut at, mut units) = (0, 0);
    let mut count = |place: usize| {
        units += text.get(at..place).map_or(0, |between| between.encode_utf16().count());
        at = place;
        units
    };
    ranges
        .into_iter()
        .map(|range| WordRange {
            place: Span { start: count(range.place.start), end: count(range.place.end) },
            ..range
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(text: &str, words: &[&str]) -> Vec<(f64, String)> {
        let words: Vec<TimedWord> = words
            .iter()
            .zip(0..)
            .map(|(text, n)| TimedWord { start: n.into(), text: (*text).into() })
            .collect();
        let ranges = lay_words(text, &words, str::to_owned);
        ranges.into_iter().map(|range| (range.start, range.place.of_text(text).to_owned())).collect()
    }

    fn expected(words: &[(f64, &str)]) -> Vec<(f64, String)> {
        words.iter().map(|(start, text)| (*start, (*text).to_owned())).collect()
    }

    #[test]
    fn words_find_their_place_in_the_text() {
        assert_eq!(
            laid("Talks resume12 on “Monday”.", &["Talks", "resume", "on", "Monday"]),
            expected(&[(0.0, "Talks"), (2.0, "on"), (3.0, "Monday")])
        );
        assert_eq!(
            laid(
                "the cat and the dog and the end",
                &["the", "cat", "and", "the", "dog", "and", "the", "end"]
            ),
            expected(&[
                (0.0, "the"),
                (1.0, "cat"),
                (2.0, "and"),
                (3.0, "the"),
                (4.0, "dog"),
                (5.0, "and"),
                (6.0, "the"),
                (7.0, "end")
            ])
        );
    }

    #[test]
    fn a_word_of_several_tokens_is_one_range() {
        assert_eq!(
            laid(
                "据路透社报道，A state-of-the-art deal",
                &["据", "路透社", "报道", "A", "state-of-the-art", "deal"]
            ),
            expected(&[
                (0.0, "据"),
                (1.0, "路透社"),
                (2.0, "报道"),
                (3.0, "A"),
                (4.0, "state-of-the-art"),
                (5.0, "deal")
            ])
        );
    }

    #[test]
    fn what_is_not_in_the_text_has_no_place() {
        assert_eq!(
            laid("Talks resume", &["Music", "Talks", "will", "resume"]),
            expected(&[(1.0, "Talks"), (3.0, "resume")])
        );
        assert_eq!(laid("", &["a"]), []);
        assert_eq!(laid("a", &[]), []);
    }

    #[test]
    fn places_are_counted_in_utf16() {
        let text = "😀 Ärger 中 𠮷 end";
        let words: Vec<TimedWord> =
            ["Ärger", "中", "𠮷", "end"].map(|text| TimedWord { start: 0.0, text: text.into() }).into();
        let ranges = to_utf16(text, lay_words(text, &words, str::to_owned));
        let places: Vec<_> = ranges.iter().map(|range| (range.place.start, range.place.end)).collect();
        assert_eq!(places, [(3, 8), (9, 10), (11, 13), (14, 17)]);
    }
}
