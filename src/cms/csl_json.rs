//! CSL-JSON, the format in which reference managers keep citations: an item becomes a reference.
//!
//! `type` and `id` are required, and the id may be a number. `container-title` is the periodical or site in
//! which a work appeared, which readers know as its publisher.

use super::converter::Converter;
use super::members::{is_id, names};
use super::values::{first, first_text, is_among, item, whole_number};
use crate::article::{Json, Language, Moment, Path, Reference, ReferenceKind, Text, Url};

/// Returns whether a value has the members of an item of CSL-JSON. It is one if its type is one of CSL.
pub(super) fn may_be_item(json: &Json) -> bool {
    let has_id = matches!(json.get("id"), Json::Text(_) | Json::Number(_));
    let has_name = json.get("author").as_list().first().is_some_and(|author| {
        !matches!((author.get("family"), author.get("literal")), (Json::Null, Json::Null))
    });
    has_id
        && json.get("type").as_text().is_some()
        && (json.get("issued").is_object() || has_name || first(json, "container-title URL DOI").is_some())
}

/// Reads what [`may_be_item`]; returns `None` if it is none.
pub(super) fn read(json: &Json, path: &Path, converter: &mut Converter<'_, '_>) -> Option<Reference> {
    let name = json.get("type").as_text()?;
    (kind_of(name).is_some() || is_among(name, OTHERS)).then(|| reference(json, path, converter))
}

/// Reads an item.
fn reference(item: &Json, path: &Path, converter: &mut Converter<'_, '_>) -> Reference {
    if item.get("URL").as_text().is_some_and(|url| Url::parse(url).is_err()) {
        let found = super::context::excerpt(super::values::words(item.get("URL")));
        converter.warn(path, &["has an address that is not http or https; it was left out: ", &found]);
    }
    let url = item
        .get("URL")
        .as_text()
        .and_then(|url| Url::parse(url).ok())
        .or_else(|| doi(item.get("DOI").as_text()?));
    let publisher = first(item, "container-title publisher");
    let title = item
        .get("title")
        .as_text()
        .map(|title| converter.plain(path, title))
        .filter(|title| !title.is_empty());
    let title = title.or_else(|| url.as_ref().map(Url::to_text)).or_else(|| publisher.clone());
    Reference {
        id: id(item.get("id")),
        title: title.unwrap_or_else(|| "—".into()),
        publisher,
        url,
        authors: names(item.get("author")),
        published: date(item.get("issued")),
        lang: item.get("language").as_text().and_then(Language::parse),
        kind: item.get("type").as_text().and_then(kind_of),
        excerpt: None,
        ..Reference::default()
    }
}

/// Returns the id by which a text cites the item; empty where a marker could not contain it.
fn id(json: &Json) -> Text {
    match json {
        Json::Text(id) if is_id(id) => id.as_str().into(),
        Json::Number(_) => whole_number(json).map(|number| number.to_string().into()).unwrap_or_default(),
        _ => Text::default(),
    }
}

/// Returns the address of a DOI, which may be written with its resolver or without.
fn doi(doi: &str) -> Option<Url> {
    let doi = doi.trim();
    let name = doi.find("10.").and_then(|at| doi.get(at..))?;
    Url::parse(&["https://doi.org/", name].concat()).ok()
}

/// Reads a date in any of its forms: `date-parts` of numbers or texts, `raw`, or `literal`.
fn date(issued: &Json) -> Option<Moment> {
    let parts = item(issued.get("date-parts"), 0);
    let part = |place: usize| whole_number(item(parts, place));
    if let Some(year) = part(0) {
        // Missing parts are not made up.
        let mut written = padded(year, 4);
        for number in [part(1), part(2)].into_iter().map_while(|part| part) {
            written += "-";
            written += &padded(number, 2);
        }
        return Moment::parse(&written);
    }
    let written = first_text(issued, "raw literal").or_else(|| issued.as_text());
    written.and_then(Moment::parse)
}

fn padded(number: u64, digits: usize) -> String {
    let number = number.to_string();
    ["0".repeat(digits.saturating_sub(number.len())), number].concat()
}

/// Types of CSL that correspond to no [`ReferenceKind`].
const OTHERS: &str = "event figure graphic map performance";

/// The kinds of source, each with its types of CSL.
const KINDS: [(ReferenceKind, &str); 10] = [
    (ReferenceKind::Article, "article article-magazine article-newspaper interview review review-book"),
    (ReferenceKind::Paper, "article-journal paper-conference thesis manuscript entry"),
    (ReferenceKind::Report, "report standard pamphlet"),
    (ReferenceKind::Book, "book chapter entry-dictionary entry-encyclopedia classic collection periodical"),
    (ReferenceKind::Document, "bill legal_case legislation patent treaty regulation hearing document"),
    (ReferenceKind::Dataset, "dataset software"),
    (ReferenceKind::Video, "motion_picture broadcast"),
    (ReferenceKind::Audio, "song speech musical_score"),
    (ReferenceKind::Post, "post post-weblog personal_communication"),
    (ReferenceKind::Website, "webpage"),
];

/// Returns the kind of source for a type of CSL.
fn kind_of(name: &str) -> Option<ReferenceKind> {
    KINDS.iter().find(|(_, types)| is_among(name, types)).map(|(kind, _)| *kind)
}
