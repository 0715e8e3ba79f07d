use super::bare_url::shorten_urls_to_hosts;
use super::{Article, KeyPoint, Passage, RichText, Text};

/// A part of an article that is read aloud.
///
/// Everything that takes time is derived from the spoken words: the estimated timeline counts them, the
/// reading and listening times are their sums, and a voice says them. Text that is not spoken, such as the
/// folded detail of a key point, takes no time.
pub trait Spoken {
    /// Appends the spoken words to `words`.
    fn push_spoken(&self, words: &mut String);

    /// Returns the spoken words: no markup, no markers, no addresses. Empty if nothing is spoken.
    #[must_use]
    fn spoken(&self) -> String {
        let mut words = String::new();
        self.push_spoken(&mut words);
        words
    }
}

/// The words without markup or citation markers; mentions keep their words.
impl Spoken for RichText {
    fn push_spoken(&self, words: &mut String) {
        self.push_plain_text(words);
    }
}

/// The point itself, without the detail that unfolds under it.
impl Spoken for KeyPoint {
    fn push_spoken(&self, words: &mut String) {
        self.text.push_spoken(words);
    }
}

impl Article {
    /// Returns the spoken words of a passage; empty if there is no such passage. Of a bare URL, only the
    /// host is spoken.
    #[must_use]
    pub fn spoken(&self, passage: Passage) -> String {
        shorten_urls_to_hosts(match passage {
            Passage::Title => String::from(&*self.title),
            Passage::Summary => self.summary.spoken(),
            Passage::KeyPoint(index) => self.key_points.get(index).map(Spoken::spoken).unwrap_or_default(),
            Passage::Block(index) => self.body.get(index).map(Spoken::spoken).unwrap_or_default(),
        })
    }
}

/// A passage with its name in timings and its spoken words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenPassage {
    /// The passage.
    pub passage: Passage,
    /// `title`, `summary`, or the id of a key point or block.
    pub name: Text,
    /// Its spoken words; empty if nothing is spoken.
    pub text: String,
}

impl Article {
    /// Returns all passages in reading order.
    pub fn spoken_passages(&self) -> impl Iterator<Item = SpokenPassage> {
        self.named_passages().map(|(name, passage)| SpokenPassage {
            passage,
            name: name.into(),
            text: self.spoken(passage),
        })
    }
}

/// Appends a text on a line of its own.
pub(super) fn push_line(text: &RichText, words: &mut String) {
    if !words.is_empty() && !text.is_empty() {
        words.push('\n');
    }
    text.push_spoken(words);
}
