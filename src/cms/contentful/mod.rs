//! Contentful's Content Delivery API: an entry, or a list of entries with the entries and assets they link
//! to.
//!
//! Each site names the fields of its entries, so they are found by usual names.
//!
//! `docs/cms/contentful.md` maps its fields to the article.

mod document;
mod links;

pub(super) use document::{is_document, read as read_document};

use super::context::Context;
use super::converter::Converter;
use super::item::pick;
use super::members::{Members, Prose, embedded_briefing, identifier, language};
use super::{Content, NotAnArticle};
use crate::article::{Json, Moment, Path};
use links::Links;

/// The page of the guide about this format.
const GUIDE: &str = "contentful";

/// Detects the format by the type in `sys`, a member of everything that Contentful sends.
pub(super) fn matches(json: &Json) -> bool {
    match json.at(&["sys", "type"]).as_text() {
        Some("Array") => matches!(json.get("items"), Json::List(_)),
        Some("Entry") => json.get("fields").is_object(),
        Some("Error") => json.at(&["sys", "id"]).as_text().is_some(),
        _ => false,
    }
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let sys = json.get("sys");
    if sys.get("type").as_text() == Some("Error") {
        let code = sys.get("id").as_text().unwrap_or_default().to_owned();
        let message = json.get("message").as_text().unwrap_or_default().to_owned();
        return Err(NotAnArticle::Refused { code, message, guide: GUIDE });
    }
    let (entry, place) = match sys.get("type").as_text() {
        Some("Array") => {
            // An entry has its id in `sys` and its slug in `fields`; `names_of` brings both together.
            let entries = json.get("items").as_list();
            let named: Vec<Json> = entries.iter().map(names_of).collect();
            let (place, _) = pick(&named, "id slug title", context)?;
            (super::values::item(json.get("items"), place), Some(place))
        }
        _ => (json, None),
    };
    let root = Path::Root.key("items");
    let root = place.map_or(Path::Root, |place| root.index(place));
    let path = root.key("fields");
    let fields = entry.get("fields");
    let briefing = embedded_briefing(fields, context);
    let links = Links::new(json);
    let fields = links.resolved(fields);
    links.allowance.report("includes", context);
    let mut converter = match Converter::with_briefing(context, briefing) {
        Ok(converter) => converter,
        Err(embedded) => return Ok(embedded),
    };
    let sys = entry.get("sys");
    converter.article.id = identifier(sys.get("id"));
    Members::by_name(&fields, &path).read(Prose::Markdown, &mut converter);
    let article = &mut converter.article;
    let moment = |key: &str| sys.get(key).as_text().and_then(Moment::parse);
    article.lang = article.lang.take().or_else(|| sys.get("locale").as_text().and_then(language));
    article.published = article.published.take().or_else(|| moment("createdAt"));
    article.updated = article.updated.take().or_else(|| moment("updatedAt"));
    Ok(converter.finish())
}

/// Returns the members that may identify an entry.
fn names_of(entry: &Json) -> Json {
    let names = [
        ("id", entry.at(&["sys", "id"])),
        ("slug", entry.at(&["fields", "slug"])),
        ("title", entry.at(&["fields", "title"])),
    ];
    Json::Object(names.map(|(key, value)| (key.to_owned(), value.clone())).into())
}
