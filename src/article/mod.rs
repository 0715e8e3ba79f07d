//! The data model: [`Article`] and its parts, the canonical JSON that articles are read from, and
//! the [`Problem`]s found while reading. The members that editors write are documented in
//! `docs/editors.md`.
//!
//! This module does not depend on a browser, on Yew or on any CMS. All input is untrusted until
//! [`read()`] has checked it: every URL has passed [`Url::parse`], every text is plain text, and
//! every citation points at a reference that exists.

mod audio;
mod bare_url;
mod block;
#[cfg(any(feature = "native", feature = "adapters", feature = "timings"))]
mod canonical;
mod cut;
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
pub(crate) use cut::cut;
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
pub use read::{ReadResult, limits, read, read_markers};
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
pub use url::{Url, UrlError};

/// A news article with its references, ready to be shown.
///
/// Absent members are `None` or empty. `references` is in the order of the reference numbers: the
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
    /// The web address of the article.
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
    /// How many sources the article is based on, if more than its references show.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 1)))]
    pub source_count: Option<u32>,
    /// The lead image.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub image: Option<Image>,
    /// The points a reader should take away, each in a sentence. A plain string is enough; an
    /// object can have detail, which unfolds under it.
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

/// An empty article, in which mentions are linked.
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

/// A part of an article that can be read, can contain citations and can be played.
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

/// A citation and the passage that contains it: the target of a back-link from a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitationInPassage<'article> {
    /// The passage that contains the citation.
    pub passage: Passage,
    /// The citation itself.
    pub citation: &'article Citation,
}

impl Article {
    /// Returns every citation with its passage, in reading order, which is the order of
    /// [`Citation::ordinal`].
    #[must_use]
    pub fn citations(&self) -> Vec<CitationInPassage<'_>> {
        let mut citations = Vec::new();
        self.each_text(&mut |passage, text| {
            text.each_citation(&mut |citation| citations.push(CitationInPassage { passage, citation }));
        });
        citations
    }

    /// Visits every inline text in reading order.
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

    /// Returns the passage with this name in the JSON: `title`, `summary`, or the id of a key point
    /// or block.
    #[must_use]
    pub fn passage(&self, name: &str) -> Option<Passage> {
        self.named_passages().find_map(|(known, passage)| (known == name).then_some(passage))
    }
}
