//! Finds the members of an article in JSON whose fields the site names: by usual field names or by a field
//! map. Contentful, Sanity, Strapi, Drupal and the field map all share it.

mod body;
mod key_points;
mod names;
mod people;
mod picture;
mod recording;
mod source;

use super::context::Context;
use super::converter::Converter;
use super::html::Fragment;
use super::item::name_of;
use super::seconds;
use super::values::{first_text, whole_number};
use crate::article::{Json, Language, Moment, Path, Text};

use body::captured_body;
pub(super) use body::{Prose, ReadBody, read as read_body, read_html_or_plain};
use key_points::{KeyPoints, has_marks};
pub(super) use names::{Member, NAMES, is_named};
pub(super) use people::{attribution, name, names};
pub(super) use picture::{image, is_picture, picture, pictures, pixels};
pub(super) use recording::recording;
pub(super) use source::{address, is_id, reference};

/// The values found for the members of an article, each with its path.
#[derive(Default)]
pub(super) struct Members<'j> {
    found: Vec<(Member, String, &'j Json)>,
}

/// Returns the briefing in a field named `briefing` or `newsbriefing`.
pub(super) fn embedded_briefing(fields: &Json, context: &Context<'_>) -> Option<Json> {
    let Json::Object(entries) = fields else { return None };
    let named =
        entries.iter().filter(|(field, _)| is_named(field, "briefing") || is_named(field, "newsbriefing"));
    named.into_iter().find_map(|(_, value)| super::briefing::embedded_briefing(value, context))
}

impl<'j> Members<'j> {
    /// Finds members among the fields of an object by their usual names. `path` is the path of the object.
    pub(super) fn by_name(fields: &'j Json, path: &Path) -> Self {
        let mut members = Self::default();
        let Json::Object(entries) = fields else { return members };
        for (member, _, known) in NAMES {
            let named = known.split(' ').find_map(|name| {
                entries.iter().find(|(field, value)| is_named(field, name) && can_be(member, value))
            });
            // An author field without any name is kept, so that a problem reports the missing authors.
            let unsent = |(field, value): &&(String, Json)| {
                member == Member::Authors && *value != Json::Null && is_named(field, "author")
            };
            let named = named.or_else(|| entries.iter().find(unsent));
            if let Some((field, value)) = named {
                members.found.push((member, path.key(field).write(), value));
            }
        }
        members
    }

    /// Sets the value of a member, replacing an earlier one.
    pub(super) fn set(&mut self, member: Member, path: String, value: &'j Json) {
        self.found.retain(|(known, ..)| *known != member);
        self.found.push((member, path, value));
    }

    /// Returns whether a member was found.
    pub(super) fn has(&self, member: Member) -> bool {
        self.get(member).is_some()
    }

    /// Removes a member.
    pub(super) fn remove(&mut self, member: Member) {
        self.found.retain(|(known, ..)| *known != member);
    }

    /// Returns whether a value (compared by address) belongs to a member.
    pub(super) fn contains(&self, value: &Json) -> bool {
        self.found.iter().any(|(_, _, known)| std::ptr::eq(*known, value))
    }

    /// Returns the value for a member, with its path.
    fn get(&self, wanted: Member) -> Option<(Path<'_>, &'j Json)> {
        let found = self.found.iter().find(|(member, ..)| *member == wanted);
        found.map(|(_, path, value)| (Path::Key(&Path::Root, path), *value))
    }

    /// Reads all values that were found into the article.
    pub(super) fn read(&self, prose: Prose, converter: &mut Converter<'_, '_>) {
        self.read_with(read_body, prose, converter);
    }

    /// Like [`Members::read`], with a function that reads the body.
    pub(super) fn read_with(&self, read_body: ReadBody, prose: Prose, converter: &mut Converter<'_, '_>) {
        let text = |member| self.get(member).and_then(|(path, value)| Some((path, text_of(value)?)));
        // The article's address comes first: relative addresses are resolved against it.
        if let Some((path, url)) = text(Member::Url) {
            converter.article.url = converter.context.url(&path.write(), url);
            converter.context.base = converter.article.url.clone().or_else(|| converter.context.base.take());
        }
        if let Some((path, title)) = text(Member::Title) {
            converter.article.title = self.plain(prose, &path, title, converter);
        }
        if let Some((path, summary)) = text(Member::Summary) {
            converter.article.summary = if prose == Prose::Markdown && has_marks(summary) {
                let json = Json::Text(summary.to_owned());
                let blocks = captured_body(read_body, &json, &path, prose, converter);
                Fragment { blocks, ..Fragment::default() }.into_text()
            } else {
                converter.rich(&path, summary)
            };
        }
        if let Some((path, value)) = self.get(Member::Category) {
            let category = match value {
                Json::List(categories) => categories.iter().find_map(name),
                value => name(value),
            };
            converter.article.category =
                category.map(|category| self.plain(prose, &path, &category, converter));
        }
        converter.article.lang = text(Member::Lang).and_then(|(_, tag)| language(tag));
        converter.article.published = self.moment(Member::Published, converter);
        converter.article.updated = self.moment(Member::Updated, converter);
        if let Some((path, people)) = self.get(Member::Authors) {
            converter.article.authors = names(people);
            if converter.article.authors.is_empty() {
                converter.warn(&path, &["was not included in the response, or has no name"]);
            }
        }
        if let Some((path, value)) = self.get(Member::Image) {
            converter.article.image = picture(value, converter);
            if converter.article.image.is_none() {
                converter.warn(&path, &["was not included in the response, or has no picture address"]);
            }
        }
        if let Some((path, sources)) = self.get(Member::References) {
            for (place, source) in sources.as_list().iter().enumerate() {
                let path = path.index(place);
                match reference(source, &path, converter) {
                    Some(reference) => converter.append_reference(reference),
                    None => converter
                        .warn(&path, &["has neither a title nor an address; the source was left out"]),
                }
            }
        }
        if let Some((path, value)) = self.get(Member::Body) {
            read_body(value, &path, prose, converter);
        }
        if let Some((path, value)) = self.get(Member::KeyPoints) {
            let mut reader = KeyPoints { read_body, prose, converter, points: Vec::new() };
            reader.add(value, &path);
            let points = reader.points;
            if points.is_empty() {
                converter.warn(&path, &["has no text for a key point"]);
            }
            converter.article.key_points = points;
        }
        if let Some((_, value)) = self.get(Member::Audio) {
            converter.article.audio = recording(value, converter);
        }
    }

    fn plain(&self, prose: Prose, path: &Path, text: &str, converter: &mut Converter<'_, '_>) -> Text {
        match prose {
            Prose::HtmlOrPlain => converter.plain(path, text),
            Prose::Markdown => text.trim().into(),
        }
    }

    fn moment(&self, member: Member, converter: &mut Converter<'_, '_>) -> Option<Moment> {
        let (path, value) = self.get(member)?;
        let read = moment(value);
        if let (None, Some(text)) = (&read, value.as_text()) {
            let found = super::context::excerpt(text);
            converter.warn(&path, &["is not a readable date and was left out: ", &found]);
        }
        read
    }
}

/// Reads a moment from a text, from a year, or from seconds or milliseconds since 1970.
pub(super) fn moment(json: &Json) -> Option<Moment> {
    // In seconds, this is in the year 5138; in milliseconds, in 1973.
    const MILLISECONDS: u64 = 100_000_000_000;
    if let Some(moment) = json.as_text().and_then(Moment::parse) {
        return Some(moment);
    }
    match whole_number(json)? {
        // In seconds, this is in the first three hours of 1970.
        year @ 1000..=9999 => Moment::parse(&year.to_string()),
        seconds @ ..MILLISECONDS => seconds::to_moment(seconds),
        milliseconds => seconds::to_moment(milliseconds / 1000),
    }
}

/// Reads a language. Drupal uses `und` and `zxx` for none.
pub(super) fn language(tag: &str) -> Option<Language> {
    Language::parse(tag).filter(|language| !matches!(language.as_str(), "und" | "zxx"))
}

/// Returns the text of a value, which some systems wrap in an object: Drupal's `processed`, the `current` of
/// Sanity's slugs.
fn text_of(json: &Json) -> Option<&str> {
    json.as_text().or_else(|| first_text(json, "processed rendered value current url"))
}

/// Returns whether a value can be this member at all: a field with a usual name may contain something else.
fn can_be(member: Member, value: &Json) -> bool {
    match member {
        Member::Title | Member::Summary | Member::Lang | Member::Url => text_of(value).is_some(),
        Member::Published | Member::Updated => value.as_text().is_some() || whole_number(value).is_some(),
        Member::Category | Member::Authors => !names(value).is_empty(),
        Member::Image | Member::Audio => value.as_text().is_some() || value.is_object(),
        Member::KeyPoints => key_points::is_some(value),
        Member::References => !value.as_list().is_empty(),
        Member::Body => value.as_text().is_some() || !value.as_list().is_empty() || value.is_object(),
    }
}

/// Returns the id in a value, if citation markers can refer to it.
pub(super) fn identifier(json: &Json) -> Option<Text> {
    name_of(json).filter(|id| is_id(id)).map(Text::from)
}
