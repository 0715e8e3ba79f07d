//! Reads a body. Its structure determines its kind: Contentful's tree, Portable Text, Strapi's blocks,
//! canonical blocks, or text.

use crate::article::{Block, Json, Path};
use crate::cms::converter::{Converter, EDITORIAL_MARKDOWN, looks_like_html};
use crate::cms::loaded::{CONTENTFUL_BLOCKS, PORTABLE_TEXT_BLOCKS, STRAPI_BLOCKS};
use crate::cms::markdown::is_all_html;
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
pub(in crate::cms) type ReadBody = fn(&Json, &Path<'_>, Prose, &mut Converter<'_, '_>);

/// Returns the blocks of a body.
pub(super) fn captured_body(
    read_body: ReadBody,
    json: &Json,
    path: &Path<'_>,
    prose: Prose,
    converter: &mut Converter<'_, '_>,
) -> Vec<Block> {
    converter.captured(|converter| read_body(json, path, prose, converter))
}

/// Reads a body of any kind into the article.
pub(in crate::cms) fn read(json: &Json, path: &Path, prose: Prose, converter: &mut Converter<'_, '_>) {
    if let Json::Text(text) = json {
        match prose {
            Prose::Markdown if is_all_html(text) => converter.html(path, text),
            Prose::Markdown => converter.markdown(path, text, EDITORIAL_MARKDOWN),
            Prose::HtmlOrPlain => read_html_or_plain(text, path, converter),
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

/// Reads a body that is a text.
pub(in crate::cms) fn read_html_or_plain(text: &str, path: &Path, converter: &mut Converter<'_, '_>) {
    if looks_like_html(text) {
        converter.html(path, text);
    } else {
        converter.article.body.extend(html::paragraphs(text));
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
