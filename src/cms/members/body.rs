//! Reads a body. Its structure determines its kind: Contentful's tree, Portable Text, Strapi's blocks,
//! canonical blocks, or text.

use crate::article::{Block, BlockKind, Json, ListItem, Path, RichText};
use crate::cms::converter::{Converter, EDITORIAL_MARKDOWN, looks_like_html};
use crate::cms::loaded::{CONTENTFUL_BLOCKS, PORTABLE_TEXT_BLOCKS, STRAPI_BLOCKS};
use crate::cms::markdown::is_all_html;
use crate::cms::values::{first_text, words};
use crate::cms::{contentful, html, portable_text, strapi};

/// How to read a body that is a single text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cms) enum Prose {
    /// Markdown, as in Strapi and Contentful.
    Markdown,
    /// HTML if it looks like HTML, otherwise plain paragraphs.
    HtmlOrPlain,
}

/// Reads a body into the article.
pub(in crate::cms) fn read(json: &Json, path: &Path, prose: Prose, converter: &mut Converter<'_, '_>) {
    if let Json::Text(text) = json {
        match prose {
            Prose::Markdown if is_all_html(text) => converter.html(path, text),
            Prose::Markdown => converter.markdown(path, text, EDITORIAL_MARKDOWN),
            Prose::HtmlOrPlain if looks_like_html(text) => converter.html(path, text),
            Prose::HtmlOrPlain => converter.article.body.extend(html::paragraphs(text)),
        }
    } else if contentful::is_document(json) {
        converter.blocks(converter.context.loaded.contentful_blocks, CONTENTFUL_BLOCKS, json, path);
    } else if portable_text::is_portable_text(json) {
        converter.blocks(converter.context.loaded.portable_text_blocks, PORTABLE_TEXT_BLOCKS, json, path);
    } else if strapi::is_blocks(json) || strapi::is_dynamic_zone(json) {
        converter.blocks(converter.context.loaded.strapi_blocks, STRAPI_BLOCKS, json, path);
    } else if let Json::List(items) = json {
        if items.iter().all(|item| item.as_text().is_some_and(looks_like_html)) {
            items.iter().for_each(|item| read(item, path, prose, converter));
        } else {
            converter.canonical_body(items);
        }
    } else if json.is_object() {
        object(json, path, prose, converter);
    }
}

/// Reads the body inside an object: Drupal's `processed`, WordPress's `rendered`, the `json` of GraphQL.
fn object(json: &Json, path: &Path, prose: Prose, converter: &mut Converter<'_, '_>) {
    for key in ["processed", "rendered", "html"] {
        if let Some(text) = json.get(key).as_text() {
            return converter.html(&path.key(key), text);
        }
    }
    for key in ["json", "document", "blocks", "content", "markdown", "value", "text"] {
        let inner = json.get(key);
        if !matches!(inner, Json::Null) {
            let prose = if key == "markdown" { Prose::Markdown } else { prose };
            return read(inner, &path.key(key), prose, converter);
        }
    }
    converter.warn(path, &["is an object that cannot be read as a body"]);
}

/// Returns the key points in a value: a list of texts or of objects with a text, or one text with a key point
/// per line.
pub(in crate::cms) fn points(json: &Json, path: &Path, converter: &mut Converter<'_, '_>) -> Vec<RichText> {
    let texts: Vec<RichText> = match json {
        Json::Text(text) if looks_like_html(text) => {
            let fragment = converter.context.fragment(&path.write(), text, &html::WalkOptions::default());
            fragment.blocks.into_iter().flat_map(texts_of).collect()
        }
        Json::Text(text) => {
            let lines = text.lines().map(|line| line.trim_start_matches(['-', '*', '•', ' ', '\t']).trim());
            lines.filter(|line| !line.is_empty()).map(RichText::plain).collect()
        }
        Json::List(_) if portable_text::is_portable_text(json) => {
            let words = portable_text::plain(json);
            words.lines().map(|line| RichText::plain(line.trim())).collect()
        }
        Json::List(items) => {
            items.iter().filter_map(words_of).map(|text| converter.rich(path, text)).collect()
        }
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

/// Returns the text of a key point.
fn words_of(item: &Json) -> Option<&str> {
    match item {
        Json::Text(_) => Some(words(item)).filter(|words| !words.trim().is_empty()),
        item => first_text(item, "text point title content value"),
    }
}

fn texts_of(block: Block) -> Vec<RichText> {
    match block.kind {
        BlockKind::List(list) => list.items.into_iter().flat_map(items_of).collect(),
        BlockKind::Paragraph(paragraph) => vec![paragraph.text],
        _ => Vec::new(),
    }
}

/// Returns the texts of an item and of the items nested in it.
fn items_of(item: ListItem) -> Vec<RichText> {
    [item.text].into_iter().chain(item.items.into_iter().flat_map(items_of)).collect()
}
