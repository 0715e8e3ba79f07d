//! Test articles.
#![allow(clippy::unwrap_used)]

use crate::article::{Article, AudioSource, Block, BlockKind, KeyPoint, Language, RichText, Url};

/// Returns an article with nothing but a title, in no language.
pub(super) fn article(title: &str) -> Article {
    Article { title: title.into(), ..Article::default() }
}

pub(super) fn rich(text: &str) -> RichText {
    RichText::plain(text)
}

pub(super) fn key_point(id: &str, text: &str) -> KeyPoint {
    KeyPoint { id: id.into(), text: rich(text), ..KeyPoint::default() }
}

pub(super) fn paragraph(id: &str, text: &str) -> Block {
    Block { id: id.into(), kind: BlockKind::paragraph(rich(text)), ..Block::default() }
}

pub(super) fn source() -> AudioSource {
    AudioSource { url: Url::parse("https://news.example/talks.mp3").unwrap(), media_type: None }
}

pub(super) fn language(tag: &str) -> Option<Language> {
    Language::parse(tag)
}
