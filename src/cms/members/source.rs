//! Reads a reference from the various structures of CMSs.

use super::people::{name, names};
use crate::article::{Json, Language, Moment, Path, Reference, ReferenceKind, Url};
use crate::cms::converter::Converter;
use crate::cms::csl_json;
use crate::cms::loaded::CSL_JSON;
use crate::cms::values::{first, first_text};

/// Reads a source: an address or a title alone, an item of CSL-JSON, a reference of the canonical JSON, or an
/// object whose fields have usual names.
pub(in crate::cms) fn reference(
    json: &Json,
    path: &Path,
    converter: &mut Converter<'_, '_>,
) -> Option<Reference> {
    if let Some(text) = json.as_text() {
        let text = text.trim();
        return Some(Reference { title: text.into(), url: absolute_url(text), ..Reference::default() });
    }
    if csl_json::may_be_item(json) {
        match converter.context.loaded.csl_json {
            Some(reader) => {
                let reference = (reader.read)(json, path, converter);
                if reference.is_some() {
                    return reference;
                }
            }
            None => converter.context.need(CSL_JSON),
        }
    }
    let url = address(json);
    let publisher = ["publisher", "publication", "siteName", "site", "outlet", "source", "field_publisher"];
    let publisher = publisher.iter().find_map(|key| name(json.get(key)));
    let title = first_text(json, "title headline name label text");
    let title = title.map(|title| converter.plain(path, title)).filter(|title| !title.is_empty());
    let title = title.or_else(|| url.as_ref().map(Url::to_text)).or_else(|| publisher.clone())?;
    let authors = ["authors", "author", "byline", "by"].iter().map(|key| names(json.get(key)));
    let date = first_text(json, "published publishedAt date datePublished");
    let archive = first_text(json, "archive_url archiveUrl");
    Some(Reference {
        id: first(json, "id").filter(|id| is_id(id)).unwrap_or_default(),
        title,
        publisher,
        url,
        authors: authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default(),
        published: date.and_then(Moment::parse),
        lang: first_text(json, "lang language").and_then(Language::parse),
        kind: first_text(json, "kind").and_then(ReferenceKind::from_name),
        excerpt: first(json, "excerpt quote cited_text"),
        archive_url: archive.and_then(absolute_url),
        ..Reference::default()
    })
}

/// Returns the address of a source. Drupal's links are objects with a `uri`.
pub(in crate::cms) fn address(json: &Json) -> Option<Url> {
    const FIELDS: &str =
        "url href link uri sourceUrl externalUrl embedUrl source_url field_url field_link field_source_url";
    FIELDS.split(' ').find_map(|field| {
        let value = json.get(field);
        let text = value.as_text().or_else(|| first_text(value, "uri url"));
        text.and_then(absolute_url)
    })
}

/// Parses an absolute address; relative ones are pages of the site itself, not sources.
fn absolute_url(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| !url.is_relative())
}

/// Returns whether a citation marker can contain this id.
pub(in crate::cms) fn is_id(id: &str) -> bool {
    id.len() <= 200 && !id.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']'))
}
