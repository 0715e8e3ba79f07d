//! Articles to test with.
#![allow(clippy::unwrap_used)]

use crate::article::{Article, Audio, AudioSource, Block, BlockKind, KeyPoint, Language, RichText, Url};

/// An article with nothing but a title, in no language.
pub(super) fn article(title: &str) -> Article {
    Article {
        id: None,
        url: None,
        lang: None,
        category: None,
        title: title.into(),
        summary: RichText::default(),
        published: None,
        updated: None,
        authors: vec![],
        source_count: None,
        image: None,
        key_points: vec![],
        body: vec![],
        references: vec![],
        audio: None,
        link_mentions: true,
    }
}

pub(super) fn rich(text: &str) -> RichText {
    RichText::plain(text)
}

pub(super) fn key_point(id: &str, text: &str) -> KeyPoint {
    KeyPoint { id: id.into(), text: rich(text), detail: vec![], supports: vec![] }
}

pub(super) fn paragraph(id: &str, text: &str) -> Block {
    Block { id: id.into(), kind: BlockKind::Paragraph { text: rich(text) }, link_mentions: true }
}

/// A recording of which nothing is known.
pub(super) fn audio() -> Audio {
    Audio { sources: vec![], duration: None, segments: vec![], timings_url: None }
}

pub(super) fn source() -> AudioSource {
    AudioSource { url: Url::parse("https://news.example/talks.mp3").unwrap(), media_type: None }
}

pub(super) fn language(tag: &str) -> Option<Language> {
    Language::parse(tag)
}
