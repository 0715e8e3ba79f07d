//! News agencies: IPTC [ninjs](https://iptc.org/standards/ninjs/) 1, 2 and 3, and the dialect of Superdesk.
//!
//! The versions differ mainly in names, and all spellings are read: `pubstatus` is also `pubStatus`,
//! `headline` is also one of several `headlines`, and `associations` are an object or a list.
//!
//! `docs/cms/ninjs.md` maps its fields to the article.

use super::context::Context;
use super::converter::Converter;
use super::duration;
use super::embargo;
use super::html::paragraphs;
use super::item::pick;
use super::members::{self, embedded_briefing, identifier, image, names, pixels};
use super::values::{first, first_filled, first_text, is_among, item, words};
use super::{Content, NotAnArticle};
use crate::article::{Audio, AudioSource, Image, Json, Language, Moment, Path, Reference, Text, Url};

const GUIDE: &str = "ninjs";

/// Detects the format by `uri` or Superdesk's `guid`, beside members that only news items have: the time of
/// this version or whether it may be used, and a headline or a body. The headlines of ninjs are a list, those
/// of ANS an object.
pub(super) fn matches(json: &Json) -> bool {
    is_item(json) || is_item(item(item_list(json), 0)) || is_error(json)
}

fn is_item(json: &Json) -> bool {
    let has_id = first_text(json, "uri guid").is_some();
    let has_state = first_text(json, "versioncreated versionCreated pubstatus pubStatus").is_some();
    let has_lists = [json.get("headlines"), json.get("bodies")].iter().any(|list| !list.as_list().is_empty());
    let has_texts = first_text(json, "headline body_html body_xhtml body_text").is_some();
    has_id && has_state && (has_lists || has_texts)
}

fn is_error(json: &Json) -> bool {
    words(json.get("_status")) == "ERR" && json.get("_error").is_object()
}

/// Returns the list that contains the items: the list of Superdesk's content API, or the JSON itself.
fn item_list(json: &Json) -> &Json {
    match json {
        Json::List(_) => json,
        json => json.get("_items"),
    }
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    if is_error(json) {
        let error = json.get("_error");
        return Err(NotAnArticle::Refused {
            code: super::item::name_of(error.get("code")).unwrap_or_default(),
            message: words(error.get("message")).to_owned(),
            guide: GUIDE,
        });
    }
    let root = match json {
        Json::List(_) => Path::Root,
        _ => Path::Root.key("_items"),
    };
    let (news, path) = match item_list(json) {
        Json::List(items) => {
            let (place, news) = pick(items, "guid uri slugline", context)?;
            (news, root.index(place))
        }
        _ => (json, Path::Root),
    };
    check_status(news, context)?;
    let own = embedded_briefing(news, context).or_else(|| embedded_briefing(news.get("extra"), context));
    let bodies = news.get("bodies").as_list().iter();
    let own = own.or_else(|| {
        bodies.into_iter().find_map(|body| super::briefing::embedded_briefing(body.get("value"), context))
    });
    let own = own.or_else(|| super::briefing::embedded_briefing(news.get("body_text"), context));
    let converter = match Converter::with_briefing(context, own) {
        Ok(converter) => converter,
        Err(embedded) => return Ok(embedded),
    };
    let mut reader = Reader { news, path: &path, converter };
    reader.head();
    reader.associations();
    reader.body();
    let own = reader.recording(news);
    let article = &mut reader.converter.article;
    article.audio = article.audio.take().or(own);
    Ok(reader.converter.finish())
}

fn check_status(news: &Json, context: &Context<'_>) -> Result<(), NotAnArticle> {
    let status = first_text(news, "pubstatus pubStatus");
    if let Some(status) = status.filter(|status| !status.eq_ignore_ascii_case("usable")) {
        return Err(NotAnArticle::Withheld(status.to_owned()));
    }
    for member in ["embargoed", "embargoedUntil", "embargoeduntil"] {
        embargo::check(news.get(member), context)?;
    }
    Ok(())
}

struct Reader<'j, 'p, 'c, 'a> {
    news: &'j Json,
    path: &'p Path<'p>,
    converter: Converter<'c, 'a>,
}

impl<'j> Reader<'j, '_, '_, '_> {
    fn head(&mut self) {
        let news = self.news;
        let moment = |keys: &str| first_text(news, keys).and_then(Moment::parse);
        let converter = &mut self.converter;
        converter.article.id = identifier(first_filled(news, "uri guid"));
        converter.article.lang = first_text(news, "language").and_then(Language::parse);
        let title = text_of(news, "headline", "headlines", "main headline");
        converter.article.title = converter.plain(&self.path.key("headline"), title.unwrap_or_default());
        let summary = text_of(news, "subheadline", "subheadlines", "");
        let descriptions = "description_html description_xhtml description_text";
        let summary = summary.or_else(|| first_text(news, descriptions));
        let summary = summary.or_else(|| text_of(news, "description", "descriptions", "summary main"));
        converter.article.summary =
            converter.rich(&self.path.key("description"), summary.unwrap_or_default());
        converter.article.category = category(news);
        converter.article.published = moment("firstpublished firstPublished firstcreated firstCreated")
            .or_else(|| moment("versioncreated versionCreated"));
        let updated = moment("versioncreated versionCreated");
        converter.article.updated =
            updated.filter(|moment| Some(moment) != converter.article.published.as_ref());
        converter.article.authors = authors(news);
    }

    /// Reads the associations of an item: the lead picture, a recording, and sources.
    fn associations(&mut self) {
        let path = self.path.key("associations");
        let named: Vec<(&str, &Json)> = match self.news.get("associations") {
            Json::Object(entries) => entries.iter().map(|(name, item)| (name.as_str(), item)).collect(),
            list => list.as_list().iter().map(|item| (words(item.get("name")), item)).collect(),
        };
        // The picture named as the lead, or else the first.
        let is_lead = |name: &str| matches!(name, "featuremedia" | "mainpic" | "main" | "lead");
        let mut lead = named.iter().filter(|(name, _)| is_lead(name)).chain(&named);
        let lead = lead.find_map(|(name, item)| Some((*name, picture(item)?)));
        let (lead, image) = lead.unzip();
        self.converter.article.image = image;
        for (name, item) in named {
            let kind = words(item.get("type"));
            if kind == "audio" && self.converter.article.audio.is_none() {
                self.converter.article.audio = self.recording(item);
            }
            if is_source(name, item) {
                if let Some(reference) = source(item, &path, &mut self.converter) {
                    self.converter.reference(reference);
                }
            } else if is_among(kind, "picture graphic video")
                && lead != Some(name)
                && !name.starts_with("editor_")
            {
                // Pictures of Superdesk's editor (`editor_…`) are in the text.
                self.converter.warn(&path.key(name), &["is not used in the text and was left out: ", kind]);
            }
        }
    }

    /// Returns the recording among the renditions of an item.
    fn recording(&mut self, item: &Json) -> Option<Audio> {
        let mut audio = Audio::default();
        for rendition in renditions(item) {
            let media_type = media_type(rendition);
            let url = rendition.get("href").as_text().and_then(|href| Url::parse(href).ok());
            let (Some(url), true) = (url, media_type.starts_with("audio/")) else { continue };
            audio.duration = audio.duration.or_else(|| self.duration(rendition));
            audio.sources.push(AudioSource { url, media_type: Some(media_type.into()) });
        }
        (!audio.sources.is_empty()).then_some(audio)
    }

    /// Returns the duration of a rendition in seconds. The standard uses seconds, but some senders use
    /// milliseconds. A file with fewer than a thousand bytes per second must be in milliseconds; a duration
    /// of hours may be, if the size is unknown.
    fn duration(&mut self, rendition: &Json) -> Option<f64> {
        const LONGEST: f64 = 7200.0;
        let seconds = duration::seconds(rendition.get("duration"))?;
        let size = ["sizeinbytes", "sizeInBytes"].iter().find_map(|key| rendition.get(key).as_number());
        match size {
            Some(size) if size < seconds * 1000.0 => Some(seconds / 1000.0),
            Some(_) => Some(seconds),
            None if seconds <= LONGEST => Some(seconds),
            None => {
                let path = self.path.key("renditions");
                self.converter.warn(
                    &path,
                    &["lasts for hours if its duration is in seconds; the duration was left out"],
                );
                None
            }
        }
    }

    fn body(&mut self) {
        let news = self.news;
        let path = self.path.key("bodies");
        let given = news.get("bodies").as_list();
        // A teaser may accompany the main body.
        let is_main = |body: &&Json| words(body.get("role")) == "main";
        let is_teaser = |body: &&Json| is_among(words(body.get("role")), "abstract summary teaser");
        let others = given.iter().filter(|body| !is_main(body) && !is_teaser(body));
        let bodies: Vec<(&str, &str)> = given
            .iter()
            .filter(is_main)
            .chain(others)
            .chain(given.iter().filter(is_teaser))
            .map(|body| {
                let kind = first_text(body, "contenttype contentType role").unwrap_or_default();
                (kind, words(body.get("value")))
            })
            .chain(self.named_bodies())
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        let is_xml = |value: &str| value.contains("<nitf") || value.contains("<body.content");
        let is_html = |kind: &str, value: &str| {
            let has_html_type = kind.contains("html");
            (has_html_type || value.trim_start().starts_with('<')) && !kind.contains("xml+") && !is_xml(value)
        };
        let html = bodies.iter().find(|(kind, value)| is_html(kind, value) && !kind.ends_with("/xml"));
        let nitf = bodies.iter().find(|(_, value)| is_xml(value));
        if let Some((_, html)) = html {
            self.converter.html(&path, html);
        } else if let Some((_, xml)) = nitf {
            self.converter.html(&path, &nitf_content(xml));
        } else if let Some((_, text)) = bodies.first() {
            self.converter.article.body.extend(paragraphs(text));
        }
    }

    /// Returns the bodies of version 1 and of Superdesk, each a member of its own; the plain text last.
    fn named_bodies(&self) -> impl Iterator<Item = (&'j str, &'j str)> + use<'j> {
        let members = ["body_html", "body_xhtml", "body_html5", "body_nitf", "body_text"];
        let news = self.news;
        members.into_iter().map(move |member| (member, words(news.get(member))))
    }
}

/// Tags and attributes of NITF with their HTML equivalents.
const NITF_TO_HTML: [(&str, &str); 9] = [
    ("<hl2", "<h3"),
    ("</hl2>", "</h3>"),
    ("<media ", "<figure "),
    ("</media>", "</figure>"),
    ("<media-reference ", "<img "),
    ("<media-caption", "<figcaption"),
    ("</media-caption>", "</figcaption>"),
    (" source=", " src="),
    (" alternate-text=", " alt="),
];

/// Returns the content of `body.content` in NITF, whose paragraphs and lists are the same as in HTML.
fn nitf_content(xml: &str) -> String {
    let content = xml.split_once("<body.content").and_then(|(_, rest)| rest.split_once('>'));
    let content = content.map_or(xml, |(_, content)| content);
    let content = content.split_once("</body.content>").map_or(content, |(content, _)| content);
    NITF_TO_HTML.iter().fold(content.to_owned(), |content, (nitf, html)| content.replace(nitf, html))
}

/// Returns a text that is a single member in version 1, and in later versions a list of texts with roles.
fn text_of<'j>(json: &'j Json, single: &str, list: &str, roles: &str) -> Option<&'j str> {
    if let Some(text) = json.get(single).as_text() {
        return Some(text);
    }
    let texts = json.get(list).as_list();
    let in_role = |role: &str| texts.iter().find(|text| words(text.get("role")).eq_ignore_ascii_case(role));
    let found =
        roles.split(' ').filter(|role| !role.is_empty()).find_map(in_role).or_else(|| texts.first())?;
    found.get("value").as_text()
}

/// Returns the category: a subject with the relation `category`, Superdesk's service, or the first subject or
/// genre.
fn category(news: &Json) -> Option<Text> {
    let lists = ["subjects", "subject"].map(|key| news.get(key).as_list());
    let subjects = lists.into_iter().flatten();
    let is_category = |subject: &&Json| words(subject.get("rel")) == "category";
    let named = |json: &Json| first(json, "name");
    subjects
        .clone()
        .find(is_category)
        .and_then(named)
        .or_else(|| named(item(news.get("service"), 0)))
        .or_else(|| subjects.into_iter().find_map(named))
        .or_else(|| ["genres", "genre"].iter().find_map(|key| named(item(news.get(key), 0))))
}

/// Returns the authors: the writers in Superdesk's list, or else everyone in it, or else the byline without
/// its `By`.
fn authors(news: &Json) -> Vec<Text> {
    let people = news.get("authors").as_list();
    let is_writer = |person: &&Json| person.get("role").as_text().is_none_or(|role| role.contains("writer"));
    let writers: Vec<Json> = people.iter().filter(is_writer).cloned().collect();
    let writers = names(&if writers.is_empty() { Json::List(people.to_vec()) } else { Json::List(writers) });
    if !writers.is_empty() {
        return writers;
    }
    let Some(line) = first_text(news, "byline by") else { return Vec::new() };
    const BYLINE_PREFIXES: [&str; 8] = ["By ", "BY ", "by ", "Von ", "Par ", "Por ", "Di ", "Av "];
    let line = BYLINE_PREFIXES.iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line).trim();
    if line.is_empty() { Vec::new() } else { vec![line.into()] }
}

/// Returns the renditions of an item: an object in version 1, a list in later versions.
fn renditions(item: &Json) -> Vec<&Json> {
    match item.get("renditions") {
        Json::Object(entries) => entries.iter().map(|(_, rendition)| rendition).collect(),
        list => list.as_list().iter().collect(),
    }
}

fn media_type(rendition: &Json) -> &str {
    first_text(rendition, "mimetype contenttype contentType").unwrap_or_default()
}

/// Reads a picture in its widest rendition that is not too wide for a page.
fn picture(item: &Json) -> Option<Image> {
    const WIDEST: u32 = 2000;
    if !matches!(words(item.get("type")), "picture" | "graphic") {
        return None;
    }
    const SHOWN: &str = "image/jpeg image/jpg image/png image/webp image/gif image/avif";
    let is_shown = |media_type: &str| media_type.is_empty() || is_among(media_type, SHOWN);
    let all = renditions(item);
    let renditions = all.iter().filter(|rendition| is_shown(media_type(rendition)));
    let sized = renditions.filter_map(|rendition| {
        let url = Url::parse(rendition.get("href").as_text()?).ok()?;
        Some((pixels(rendition.get("width")).unwrap_or_default(), url, *rendition))
    });
    // If all renditions are too wide, the narrowest is taken.
    let (_, url, rendition) =
        sized.min_by_key(|(width, ..)| if *width > WIDEST { (1, *width) } else { (0, WIDEST - width) })?;
    let caption = first_text(item, "description_text caption");
    let caption = caption.or_else(|| text_of(item, "", "descriptions", "caption"));
    let alt = first_text(item, "alt_text body_text");
    let alt = alt.or_else(|| text_of(item, "headline", "headlines", "main"));
    Some(Image {
        alt: alt.unwrap_or_default().trim().into(),
        width: pixels(rendition.get("width")),
        height: pixels(rendition.get("height")),
        caption: crate::article::RichText::plain(caption.unwrap_or_default().trim()),
        credit: first(item, "byline by creditline"),
        ..image(url)
    })
}

/// Returns whether an association is a source of the item, according to its `rel` or its name.
fn is_source(name: &str, item: &Json) -> bool {
    let rel = words(item.get("rel")).to_ascii_lowercase();
    let name = name.to_ascii_lowercase();
    ["source", "citation", "reference"].iter().any(|word| rel.contains(word) || name.starts_with(word))
}

/// Reads a source that is itself a news item.
fn source(item: &Json, path: &Path, converter: &mut Converter<'_, '_>) -> Option<Reference> {
    let url = first_text(item, "uri url href").and_then(|uri| Url::parse(uri).ok());
    let url = url.filter(|url| !url.is_relative());
    let title = text_of(item, "headline", "headlines", "main").or_else(|| first_text(item, "title name"));
    let title = title.map(|title| converter.plain(path, title)).filter(|title| !title.is_empty());
    let parties =
        ["infosources", "infoSources", "infosource"].map(|key| super::values::item(item.get(key), 0));
    let publisher = parties.iter().find_map(|party| members::name(party));
    let publisher = publisher.or_else(|| first(item, "copyrightholder copyrightHolder source"));
    Some(Reference {
        title: title.or_else(|| url.as_ref().map(Url::to_text))?,
        publisher,
        url,
        authors: authors(item),
        published: first_text(item, "versioncreated versionCreated").and_then(Moment::parse),
        lang: first_text(item, "language").and_then(Language::parse),
        ..Reference::default()
    })
}
