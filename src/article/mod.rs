//! The data: an [`Article`] and what it is made of, the canonical JSON it is read from, and the
//! [`Problem`]s found on the way. What editors write is in `docs/editors.md`.
//!
//! Nothing here knows of a browser, of Yew, or of any CMS. Everything an article contains is
//! hostile until it has come through [`read`]: every URL has passed [`Url::parse`], every text is
//! plain text, and every citation points at a reference that exists.

mod audio;
mod bare_address;
mod block;
#[cfg(any(feature = "native", feature = "adapters", feature = "timings"))]
mod canonical;
mod json;
mod key_point;
mod language;
#[cfg(feature = "native")]
mod lint;
mod moment;
mod next;
mod passage_names;
mod problem;
mod read;
mod reference;
mod rich_text;
#[cfg(feature = "native")]
mod schema;
mod spoken;
mod text;
mod url;
#[cfg(feature = "native")]
mod write;

pub use audio::{Audio, AudioSource, TimedWord, Timing};
pub use block::{Block, BlockKind, Code, EmbedLink, Heading, Image, List, ListItem, Paragraph, Quote, Table};
pub use json::Json;
pub use key_point::KeyPoint;
pub use language::Language;
#[cfg(feature = "view")]
pub(crate) use language::without_extensions;
pub use moment::Moment;
pub use next::Next;
pub(crate) use passage_names::PassageNames;
pub use problem::{Problem, Severity};
#[cfg(any(feature = "native", feature = "adapters"))]
pub(crate) use read::Path;
#[cfg(feature = "cli")]
pub(crate) use read::clip;
#[cfg(feature = "native")]
pub(crate) use read::nfkc;
pub use read::{ReadResult, limits, read, read_with};
#[cfg(feature = "native")]
pub use read::{parse_text, read_text};
pub use reference::{Mention, Reference, ReferenceKind};
pub use rich_text::{Citation, Inline, Normalize, RichText};
#[cfg(any(feature = "native", feature = "adapters"))]
pub(crate) use rich_text::{Markers, parse};
#[cfg(feature = "native")]
pub use schema::schema;
pub use spoken::{Spoken, SpokenPassage};
pub use text::Text;
pub use url::{Url, UrlRefused};

/// A news article with its references, ready to be shown.
///
/// Absent things are `None` or empty. `references` is in the order of their numbers: the
/// reference at index 0 is number 1.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Article {
    /// The publisher's own identifier.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Option::is_none"),
        schemars(with = "Option<schema::Id>")
    )]
    pub id: Option<Text>,
    /// Where the article stands on the web.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<Url>,
    /// The language of the article, as a BCP 47 tag such as `en` or `zh-Hans`.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub lang: Option<Language>,
    /// The section it belongs to, shown as a kicker above the title.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub category: Option<Text>,
    /// The headline. Plain text.
    #[cfg_attr(feature = "native", schemars(length(min = 1)))]
    pub title: Text,
    /// One or two sentences under the headline. Inline text.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
    pub summary: RichText,
    /// When it was first published.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub published: Option<Moment>,
    /// When it was last changed.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub updated: Option<Moment>,
    /// Who wrote it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Vec::is_empty"), schemars(default))]
    pub authors: Vec<Text>,
    /// How many sources it was made from, where that is more than its references show.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 1)))]
    pub source_count: Option<u32>,
    /// The lead image.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub image: Option<Image>,
    /// The points a reader should take away, each in a sentence. A plain string will do; an object
    /// can have more, which unfolds under it.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<schema::PlainOr<KeyPoint>>", length(min = 1))
    )]
    pub key_points: Vec<KeyPoint>,
    /// The text, block by block. A plain string is a paragraph.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<schema::PlainOr<Block>>", length(min = 1))
    )]
    pub body: Vec<Block>,
    /// The sources, in the order of their numbers: `[1]` cites the first.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Vec::is_empty"), schemars(default))]
    pub references: Vec<Reference>,
    /// A recording of the article.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub audio: Option<Audio>,
    /// The article that is offered once this one has been played to its end.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub next: Option<Next>,
    /// Whether the first mention of a reference's publisher becomes a citation of it, in blocks
    /// without a marker.
    #[cfg_attr(feature = "native", schemars(default = "schema::yes"))]
    pub link_mentions: bool,
}

/// An article of which nothing is known.
impl Default for Article {
    fn default() -> Self {
        Self {
            id: None,
            url: None,
            lang: None,
            category: None,
            title: Text::default(),
            summary: RichText::default(),
            published: None,
            updated: None,
            authors: Vec::new(),
            source_count: None,
            image: None,
            key_points: Vec::new(),
            body: Vec::new(),
            references: Vec::new(),
            audio: None,
            next: None,
            link_mentions: true,
        }
    }
}

/// A part of an article that can be read, cited from and played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passage {
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// The key point at this index.
    KeyPoint(usize),
    /// The block at this index.
    Block(usize),
}

/// A citation with the passage it stands in: what the back-links of a reference lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitationInPassage<'article> {
    /// The passage the citation stands in.
    pub passage: Passage,
    /// The citation itself.
    pub citation: &'article Citation,
}

impl Article {
    /// Every citation with the passage it stands in, in the order of reading, which is the order
    /// of [`Citation::ordinal`].
    #[must_use]
    pub fn citations(&self) -> Vec<CitationInPassage<'_>> {
        let mut citations = Vec::new();
        self.each_text(&mut |passage, text| {
            text.each_citation(&mut |citation| citations.push(CitationInPassage { passage, citation }));
        });
        citations
    }

    /// Visits every inline text in the order of reading.
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(Passage, &'a RichText)) {
        visit(Passage::Summary, &self.summary);
        // The lead image belongs to the head of the article, as the title does.
        self.image.iter().for_each(|image| visit(Passage::Title, &image.caption));
        for (index, point) in self.key_points.iter().enumerate() {
            visit(Passage::KeyPoint(index), &point.text);
            point.detail.iter().for_each(|text| visit(Passage::KeyPoint(index), text));
        }
        for (index, block) in self.body.iter().enumerate() {
            block.each_text(&mut |text| visit(Passage::Block(index), text));
        }
    }

    /// The passage that goes by this name in the JSON: `title`, `summary`, or the id of a key
    /// point or block.
    #[must_use]
    pub fn passage(&self, name: &str) -> Option<Passage> {
        match name {
            "title" => return Some(Passage::Title),
            "summary" => return Some(Passage::Summary),
            _ => {}
        }
        let key_point = self.key_points.iter().position(|point| &*point.id == name);
        let block = || self.body.iter().position(|block| &*block.id == name);
        key_point.map(Passage::KeyPoint).or_else(|| block().map(Passage::Block))
    }
}
