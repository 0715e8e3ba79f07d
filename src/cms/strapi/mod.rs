//! Strapi 4 and 5: an entry or a list of entries, with its blocks, its Markdown or a dynamic zone.
//!
//! Each site names the fields of its entries, so they are found by usual names.
//!
//! `docs/cms/strapi.md` maps its fields to the article.

mod blocks;
mod dynamic_zone;

pub(super) use blocks::is_blocks;
pub(super) use dynamic_zone::is_dynamic_zone;

use super::context::Context;
use super::converter::Converter;
use super::item::{name_of, pick};
use super::members::{Members, Prose, embedded_briefing, identifier};
use super::values::{item, words};
use super::{Content, NotAnArticle};
use crate::article::{Json, Path};

const GUIDE: &str = "strapi";

/// Detects the format by `data` with `error` or with entries, which have a numeric `id` or a `documentId`,
/// and in version 4 their fields in `attributes`.
pub(super) fn matches(json: &Json) -> bool {
    let Json::Object(entries) = json else { return false };
    let has = |key: &str| entries.iter().any(|(known, _)| known == key);
    if !has("data") {
        return false;
    }
    let error = json.get("error");
    let data = json.get("data");
    let is_error = error.get("status").as_number().is_some() && error.get("name").as_text().is_some();
    let is_empty =
        matches!(data, Json::List(items) if items.is_empty()) && json.at(&["meta", "pagination"]).is_object();
    is_error || is_empty || is_entry(data) || is_entry(item(data, 0))
}

fn is_entry(json: &Json) -> bool {
    let has_id = json.get("id").as_number().is_some() || json.get("documentId").as_text().is_some();
    let is_fourth = json.get("attributes").is_object();
    has_id && (is_fourth || json.get("documentId").as_text().is_some())
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let error = json.get("error");
    if error.is_object() {
        return Err(NotAnArticle::Refused {
            code: name_of(error.get("status")).unwrap_or_default(),
            message: words(error.get("message")).to_owned(),
            guide: GUIDE,
        });
    }
    // In version 4, an entry and each related entry have their fields in `attributes`.
    let data = json.get("data");
    let json = unwrapped(if is_entry(json) || *data == Json::Null { json } else { data });
    let root = Path::Root.key("data");
    let (entry, path) = match &json {
        Json::List(entries) => {
            let (place, entry) = pick(entries, "documentId id slug title", context)?;
            (entry, root.index(place))
        }
        entry => (entry, root),
    };
    if let Json::Object(fields) = entry
        && fields.iter().any(|(key, value)| key == "publishedAt" && matches!(value, Json::Null))
    {
        return Err(NotAnArticle::Draft);
    }
    let briefing = embedded_briefing(entry, context);
    let mut converter = match Converter::with_briefing(context, briefing) {
        Ok(converter) => converter,
        Err(embedded) => return Ok(embedded),
    };
    let ids = [entry.get("documentId"), entry.get("id")];
    converter.article.id = ids.into_iter().find_map(identifier);
    Members::by_name(entry, &path).read(Prose::Markdown, &mut converter);
    Ok(converter.finish())
}

/// Returns the value without the `data` and `attributes` in which version 4 wraps entries.
fn unwrapped(json: &Json) -> Json {
    match json {
        Json::List(items) => Json::List(items.iter().map(unwrapped).collect()),
        Json::Object(entries) => {
            if let [(key, data)] = entries.as_slice()
                && key == "data"
            {
                return unwrapped(data);
            }
            let mut fields: Vec<(String, Json)> = Vec::new();
            for (key, value) in entries {
                match unwrapped(value) {
                    Json::Object(inner) if key == "attributes" => fields.extend(inner),
                    value => fields.push((key.clone(), value)),
                }
            }
            Json::Object(fields)
        }
        other => other.clone(),
    }
}

/// Reads a body of blocks, or of components.
pub(super) fn read_blocks_or_zone(json: &Json, path: &Path<'_>, converter: &mut Converter<'_, '_>) {
    if is_blocks(json) {
        blocks::read(json, path, converter);
    } else {
        dynamic_zone::read(json, path, converter);
    }
}
