use super::bare_address::by_host;
use super::{Article, KeyPoint, Passage, RichText, Text};

/// What of a part of an article is read aloud.
///
/// All that takes time follows from it: the estimated timeline counts these words, the times of
/// reading and listening are their sums, and a voice says them. What is not spoken, such as the
/// detail of a key point, which is folded away, has no time.
pub trait Spoken {
    /// Adds what is spoken to `words`.
    fn push_spoken(&self, words: &mut String);

    /// What is spoken: no markup, no markers, no addresses. Empty where nothing is.
    #[must_use]
    fn spoken(&self) -> String {
        let mut words = String::new();
        self.push_spoken(&mut words);
        words
    }
}

/// Its words without markup or citation markers; mentions keep their words.
impl Spoken for RichText {
    fn push_spoken(&self, words: &mut String) {
        self.push_plain_text(words);
    }
}

/// The point itself, without what unfolds under it.
impl Spoken for KeyPoint {
    fn push_spoken(&self, words: &mut String) {
        self.text.push_spoken(words);
    }
}

impl Article {
    /// What is spoken of a passage; empty where there is no such passage. An address that stands in it as it is
    /// is spoken by its host alone.
    #[must_use]
    pub fn spoken(&self, passage: Passage) -> String {
        by_host(match passage {
            Passage::Title => String::from(&*self.title),
            Passage::Summary => self.summary.spoken(),
            Passage::KeyPoint(index) => self.key_points.get(index).map(Spoken::spoken).unwrap_or_default(),
            Passage::Block(index) => self.body.get(index).map(Spoken::spoken).unwrap_or_default(),
        })
    }
}

/// A passage by the name that timings use, with what is spoken of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenPassage {
    /// Which one it is.
    pub passage: Passage,
    /// `title`, `summary`, or the id of a key point or block.
    pub name: Text,
    /// Its words; empty where nothing is spoken.
    pub text: String,
}

impl Article {
    /// All its passages, in the order in which they are read.
    pub fn spoken_passages(&self) -> impl Iterator<Item = SpokenPassage> {
        self.named_passages().map(|(name, passage)| SpokenPassage {
            passage,
            name: name.into(),
            text: self.spoken(passage),
        })
    }
}

/// Adds a text on a line of its own.
pub(super) fn push_line(text: &RichText, words: &mut String) {
    if !words.is_empty() && !text.is_empty() {
        words.push('\n');
    }
    text.push_spoken(words);
}
