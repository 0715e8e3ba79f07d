//! Drupal's [JSON:API](https://www.drupal.org/docs/core-modules-and-themes/core-modules/jsonapi-module): a
//! node or a list of nodes, with the resources they relate to.
//!
//! Each site names the fields of its nodes, so they are found by usual names. Formatted text is read from
//! `processed`, never from `value`, which has not passed the site's text filters.
//!
//! `docs/cms/drupal.md` maps its fields to the article.

use super::allowance::Allowance;
use super::context::Context;
use super::converter::{Converter, quoted};
use super::index_by_name::{IndexByName, joined};
use super::item::pick;
use super::members::{Member, Members, Prose, embedded_briefing, identifier, picture, read_html_or_plain};
use super::values::{first_text, item, words};
use super::{Content, NotAnArticle};
use crate::article::{BlockKind, Heading, Inline, Json, Path, Quote, RichText, Url};

const GUIDE: &str = "drupal";

/// How many relations deep resources are followed: from a node to a media item, and on to its file.
const MAX_DEPTH: usize = 3;

/// Detects the format by the types of its resources, which contain two hyphens, as `node--article`. Errors
/// and empty lists have a `jsonapi` member beside them.
pub(super) fn matches(json: &Json) -> bool {
    let data = json.get("data");
    let is_error = json.get("jsonapi").is_object() && !json.get("errors").as_list().is_empty();
    let is_empty = json.get("jsonapi").is_object() && matches!(data, Json::List(items) if items.is_empty());
    is_error || is_empty || is_resource(data) || is_resource(item(data, 0))
}

fn is_resource(json: &Json) -> bool {
    words(json.get("type")).contains("--") && json.get("attributes").is_object()
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    if let Some(error) = json.get("errors").as_list().first() {
        return Err(refused(error));
    }
    let root = Path::Root.key("data");
    let (node, path) = match json.get("data") {
        Json::List(nodes) => {
            let named: Vec<Json> = nodes.iter().map(names_of).collect();
            let (place, _) = pick(&named, "id alias nid title", context)?;
            (item(json.get("data"), place), root.index(place))
        }
        node => (node, root),
    };
    let attributes = node.get("attributes");
    if matches!(attributes.get("status"), Json::Bool(false))
        || super::values::whole_number(attributes.get("status")) == Some(0)
    {
        return Err(NotAnArticle::Draft);
    }
    let briefing = embedded_briefing(attributes, context);
    // Addresses of files are relative to the site that sent them.
    if context.base.is_none() {
        context.base = json.at(&["links", "self", "href"]).as_text().and_then(|href| Url::parse(href).ok());
    }
    let included = Included::new(json);
    let fields = included.fields(node, 0);
    included.allowance.report("included", context);
    let mut converter = match Converter::with_briefing(context, briefing) {
        Ok(converter) => converter,
        Err(embedded) => return Ok(embedded),
    };
    converter.article.id = identifier(node.get("id"));
    if let Some(alias) = attributes.at(&["path", "alias"]).as_text() {
        converter.article.url = converter.context.url(&path.key("attributes").write(), alias);
    }
    let path = path.key("attributes");
    let mut members = Members::by_name(&fields, &path);
    let body = fields.get("body");
    if !members.has(Member::Authors) && !matches!(fields.get("uid"), Json::Null) {
        members.set(Member::Authors, "relationships.uid".to_owned(), fields.get("uid"));
    }
    if !members.has(Member::Summary) && body.get("summary").as_text().is_some() {
        members.set(Member::Summary, path.key("body").key("summary").write(), body.get("summary"));
    }
    if is_text(body) {
        members.set(Member::Body, path.key("body").write(), body);
    } else {
        members.remove(Member::Body);
    }
    members.read_with(read_body, Prose::HtmlOrPlain, &mut converter);
    let is_alone = converter.article.body.is_empty();
    texts(&fields, &members, &path, is_alone, &mut converter);
    Ok(converter.finish())
}

/// Returns the reason that Drupal gives for an error.
fn refused(error: &Json) -> NotAnArticle {
    let code = super::item::name_of(error.get("status")).unwrap_or_default();
    if matches!(code.as_str(), "401" | "403") {
        return NotAnArticle::NotPublic { code, guide: GUIDE };
    }
    let message = first_text(error, "detail title").unwrap_or_default().to_owned();
    NotAnArticle::Refused { code, message, guide: GUIDE }
}

/// Returns the members that may identify a node.
fn names_of(node: &Json) -> Json {
    let attributes = node.get("attributes");
    let names = [
        ("id", node.get("id")),
        ("alias", attributes.at(&["path", "alias"])),
        ("nid", attributes.get("drupal_internal__nid")),
        ("title", attributes.get("title")),
    ];
    Json::Object(names.map(|(key, value)| (key.to_owned(), value.clone())).into())
}

/// Returns whether a field is a text, formatted or plain.
fn is_text(field: &Json) -> bool {
    field.as_text().is_some() || field.get("processed").as_text().is_some()
}

/// Reads a body that [`is_text`].
fn read_body(body: &Json, path: &Path, _: Prose, converter: &mut Converter<'_, '_>) {
    if let Some(html) = body.get("processed").as_text() {
        converter.html(&path.key("processed"), html);
    } else if let Some(text) = body.as_text() {
        read_html_or_plain(text, path, converter);
    }
}

/// Adds the paragraphs of a node in order. If the node has no other body (`is_alone`), its formatted
/// fields become the body.
fn texts(
    fields: &Json,
    members: &Members<'_>,
    path: &Path,
    is_alone: bool,
    converter: &mut Converter<'_, '_>,
) {
    let Json::Object(entries) = fields else { return };
    for (field, value) in entries.iter().filter(|(_, value)| !members.contains(value)) {
        let path = path.key(field);
        if let Some(html) = value.get("processed").as_text() {
            if is_alone {
                converter.html(&path.key("processed"), html);
            } else if field != "body" && !html.trim().is_empty() {
                converter.warn(
                    &path,
                    &["is text outside the body and was left out: ", &quoted(value.get("value"))],
                );
            }
        }
        paragraphs(value, &path, converter);
    }
}

/// Adds those values that are paragraphs.
fn paragraphs(values: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    let is_part = |value: &Json| words(value.get("type")).starts_with("paragraph--");
    if is_part(values) {
        paragraph(values, path, converter);
    }
    for (place, part) in values.as_list().iter().enumerate().filter(|(_, part)| is_part(part)) {
        paragraph(part, &path.index(place), converter);
    }
}

/// Adds a paragraph of a node: its texts, links and pictures, and the paragraphs nested in it. The names of its
/// fields determine their kind.
fn paragraph(part: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    let Json::Object(entries) = part else { return };
    if entries.len() <= 2 {
        return converter.warn(path, &["was not included in the response: add it to include="]);
    }
    for (field, value) in entries.iter().filter(|(field, _)| field.starts_with("field_")) {
        let path = path.key(field);
        if let Some(html) = value.get("processed").as_text() {
            converter.html(&path.key("processed"), html);
        } else if let Some(text) = value.as_text() {
            plain_field(field, text, &path, converter);
        } else if value.get("uri").as_text().is_some() && value.get("url").as_text().is_none() {
            link(value, &path, converter);
        } else if let Some(image) = picture(value, converter).filter(|_| value.is_object()) {
            converter.push(BlockKind::Image(image));
        } else {
            paragraphs(value, &path, converter);
        }
    }
}

/// Adds a plain text of a part. One word of lower-case letters, digits and symbols is a display setting, not
/// text.
fn plain_field(field: &str, text: &str, path: &Path, converter: &mut Converter<'_, '_>) {
    let is_setting = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-#.:/".contains(c);
    if text.trim().is_empty() || text.chars().all(is_setting) {
        return;
    }
    let is_called = |names: &str| names.split(' ').any(|name| field.contains(name));
    let rich = converter.rich(path, text);
    if is_called("heading title headline") {
        converter.push(BlockKind::Heading(Heading { level: 2, text: rich }));
    } else if is_called("quote") {
        converter.push(BlockKind::Quote(Quote { text: rich, ..Quote::default() }));
    } else {
        converter.push(BlockKind::paragraph(rich));
    }
}

/// Adds a link of a part as a paragraph, with its title or, without one, its address.
fn link(value: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    let address = words(value.get("uri"));
    let address = address.strip_prefix("internal:").unwrap_or(address);
    let title = first_text(value, "title").unwrap_or(address);
    let words = RichText::plain(title).0;
    let url = converter.link(path, &Json::Text(address.to_owned()));
    let words = match url {
        Some(url) => vec![Inline::Link { text: words, url }],
        None => words,
    };
    converter.push(BlockKind::paragraph(RichText(words)));
}

/// Returns the key that identifies a resource, or a link to one.
fn name_of(json: &Json) -> Option<String> {
    Some(joined(json.get("type").as_text()?, json.get("id").as_text()?))
}

/// The resources sent along with a node, by type and id.
struct Included<'j> {
    resources: &'j Json,
    index: IndexByName,
    /// Limits how many relations are followed: resources may relate to one another in cycles.
    allowance: Allowance,
}

impl<'j> Included<'j> {
    fn new(json: &'j Json) -> Self {
        let resources = json.get("included");
        let mut index = IndexByName::default();
        for (place, resource) in resources.as_list().iter().enumerate() {
            if let Some(name) = name_of(resource) {
                index.set(&name, place);
            }
        }
        Self { resources, index, allowance: Allowance::new(json) }
    }

    /// Returns the fields of a resource: its attributes, and its relations with the related resources in
    /// their place.
    fn fields(&self, resource: &'j Json, depth: usize) -> Json {
        let mut fields = Vec::new();
        if let Json::Object(attributes) = resource.get("attributes") {
            fields.extend(attributes.iter().cloned());
        }
        if let Json::Object(relations) = resource.get("relationships") {
            for (name, relation) in relations {
                let related = match relation.get("data") {
                    Json::List(links) => {
                        Json::List(links.iter().map(|link| self.related(link, depth)).collect())
                    }
                    Json::Null => continue,
                    link => self.related(link, depth),
                };
                fields.push((name.clone(), related));
            }
        }
        Json::Object(fields)
    }

    /// Returns the resource that a link refers to, or the link itself if the resource was not sent along.
    fn related(&self, link: &'j Json, depth: usize) -> Json {
        let place = name_of(link).and_then(|name| self.index.get(&name));
        let resource = place.map(|place| item(self.resources, place));
        let resource = resource.filter(|resource| depth < MAX_DEPTH && self.allowance.permits(resource));
        let mut entries =
            vec![("type".to_owned(), link.get("type").clone()), ("id".to_owned(), link.get("id").clone())];
        let Some(resource) = resource else { return Json::Object(entries) };
        if let Json::Object(fields) = self.fields(resource, depth + 1) {
            entries.extend(fields);
        }
        let mut json = Json::Object(entries);
        // A file's address is in its `uri`. A media item gets the fields of its file, and the `meta` of the
        // link, such as the alternative text.
        let url = json.at(&["uri", "url"]).clone();
        let file = match &json {
            Json::Object(entries) if matches!(url, Json::Null) => {
                entries.iter().map(|(_, value)| value).find(|value| value.get("url").as_text().is_some())
            }
            _ => None,
        };
        let file = file.filter(|_| words(json.get("type")).starts_with("media--")).cloned();
        if let Json::Object(entries) = &mut json {
            if let Some(Json::Object(file_fields)) = file {
                entries.extend(
                    file_fields.into_iter().filter(|(key, _)| !matches!(key.as_str(), "type" | "id")),
                );
            }
            if !matches!(url, Json::Null) {
                entries.push(("url".to_owned(), url));
            }
            if let Json::Object(meta) = link.get("meta") {
                entries.extend(meta.iter().cloned());
            }
        }
        json
    }
}
