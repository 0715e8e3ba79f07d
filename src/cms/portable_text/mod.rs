//! Sanity: the answer to a query, a document, or Portable Text on its own.
//!
//! Each site names the fields of its documents, so they are found by usual names.
//!
//! `docs/cms/portable-text.md` maps its fields to the article.

mod blocks;

pub(super) use blocks::{is_portable_text, read as read_blocks};

use super::context::Context;
use super::converter::Converter;
use super::item::pick;
use super::members::{Members, Prose, embedded_briefing, identifier};
use super::values::words;
use super::{Content, NotAnArticle};
use crate::article::{BlockKind, Json, Path};

const GUIDE: &str = "portable-text";

/// Detects the format by Portable Text in it: a list of objects whose `_type` is a name, one of them a block
/// with spans. An answer has a `query` beside its `result`, and an error has a `description`.
pub(super) fn matches(json: &Json) -> bool {
    let result = json.get("result");
    let is_answer = json.get("query").as_text().is_some() && json.get("ms").as_number().is_some();
    let error = json.get("error");
    let is_error = error.get("description").as_text().is_some() && error.get("type").as_text().is_some();
    is_answer || is_error || is_portable_text(json) || has_document(result) || has_document(json)
}

fn has_document(list: &Json) -> bool {
    is_document(list) || list.as_list().first().is_some_and(is_document)
}

/// Returns whether a value is a document with Portable Text in one of its fields.
fn is_document(json: &Json) -> bool {
    let Json::Object(fields) = json else { return false };
    fields.iter().any(|(_, value)| is_portable_text(value))
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let error = json.get("error");
    if error.is_object() {
        return Err(NotAnArticle::Refused {
            code: words(error.get("type")).to_owned(),
            message: words(error.get("description")).to_owned(),
            guide: GUIDE,
        });
    }
    let is_answer = matches!(json, Json::Object(entries) if entries.iter().any(|(key, _)| key == "result"));
    let (result, root) =
        if is_answer { (json.get("result"), Path::Root.key("result")) } else { (json, Path::Root) };
    if is_portable_text(result) {
        return Ok(blocks_only(result, &root, context));
    }
    let (document, path) = match result {
        Json::List(documents) => {
            let (place, document) = pick(documents, "_id slug title", context)?;
            (document, root.index(place))
        }
        Json::Null => return Err(NotAnArticle::NoItems),
        document => (document, root),
    };
    let id = document.get("_id");
    // A document with the changes of a draft or release applied has an id of its own, and the id of the draft
    // or release in `_originalId`.
    let is_unpublished = |id: &Json| words(id).starts_with("drafts.") || words(id).starts_with("versions.");
    if is_unpublished(id) || is_unpublished(document.get("_originalId")) {
        return Err(NotAnArticle::Draft);
    }
    let briefing = embedded_briefing(document, context);
    let mut converter = match Converter::with_briefing(context, briefing) {
        Ok(converter) => converter,
        Err(embedded) => return Ok(embedded),
    };
    converter.article.id = identifier(id);
    Members::by_name(document, &path).read(Prose::HtmlOrPlain, &mut converter);
    Ok(converter.finish())
}

/// Reads Portable Text on its own; a heading at its beginning is the title.
fn blocks_only(blocks: &Json, path: &Path, context: &mut Context<'_>) -> Content {
    let mut converter = Converter::new(context);
    read_blocks(blocks, path, &mut converter);
    if let Some(BlockKind::Heading(heading)) = converter.article.body.first().map(|block| &block.kind) {
        converter.article.title = heading.text.plain_text().into();
    }
    converter.finish()
}
