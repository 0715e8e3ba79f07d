use super::{Text, Url};

/// A recording of the article.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Audio {
    /// The same recording in several encodings; the browser takes the first it can play.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, length(min = 1))
    )]
    pub sources: Vec<AudioSource>,
    /// Its length in seconds.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 0)))]
    pub duration: Option<f64>,
    /// When each passage is spoken. Without timings, they are estimated from the text.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, length(min = 1))
    )]
    pub segments: Vec<Timing>,
    /// Where timings can be fetched if they are not here.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub timings_url: Option<Url>,
}

/// One encoding of a recording.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct AudioSource {
    /// Where the file is.
    pub url: Url,
    /// Its media type, such as `audio/mpeg`.
    #[cfg_attr(feature = "native", serde(rename = "type", skip_serializing_if = "Option::is_none"))]
    pub media_type: Option<Text>,
}

/// When a passage is spoken. Timings may be in any order and leave gaps.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Timing {
    /// `title`, `summary`, or the id of a key point or block.
    #[cfg_attr(feature = "native", schemars(with = "super::schema::Id"))]
    pub target: Text,
    /// When it begins, in seconds; finite and not negative.
    #[cfg_attr(feature = "native", schemars(range(min = 0)))]
    pub start: f64,
    /// When it ends, in seconds, after the start; without this, when the next passage begins.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 0)))]
    pub end: Option<f64>,
    /// Whether the time is interpolated from its neighbours, because the passage was not found in the
    /// recording.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "std::ops::Not::not"), schemars(default))]
    pub estimated: bool,
    /// When each word begins: pairs of a time in seconds and the word. They are aligned with the words of the
    /// passage; there may be more or fewer of them.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<super::schema::TimedWord>", length(min = 1))
    )]
    pub words: Vec<TimedWord>,
}

/// When a word is spoken.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize), serde(into = "(f64, Text)"))]
pub struct TimedWord {
    /// When it begins, in seconds; finite, and within the time of its passage.
    pub start: f64,
    /// The word as it is written.
    pub text: Text,
}

#[cfg(feature = "native")]
impl From<TimedWord> for (f64, Text) {
    fn from(word: TimedWord) -> Self {
        (word.start, word.text)
    }
}
