//! [JSON Feed](https://www.jsonfeed.org/version/1.1/), versions 1 and 1.1.
//! `docs/cms/json-feed.md` maps its fields to the article.

use super::context::Context;
use super::item::{name_of, pick};
use super::lead::Picture;
use super::values::first_filled;
use super::{Content, NotAnArticle};
use crate::article::{Article, Audio, AudioSource, Json, Language, Moment, RichText};

/// Detects the format by the address in `version`, whatever its scheme.
pub(super) fn matches(json: &Json) -> bool {
    let version = json.get("version").as_text().unwrap_or_default();
    let address = version.split_once("://").map_or("", |(_, address)| address);
    address.trim_start_matches("www.").starts_with("jsonfeed.org/version/")
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let items = json.get("items").as_list();
    let (place, item) = pick(items, "id url external_url", context)?;
    let briefing = item.get("_briefing");
    if briefing.is_object() {
        return Ok(Content::Embedded(briefing.clone()));
    }
    let path = |member: &str| ["items[", &place.to_string(), "].", member].concat();
    let mut article = Article { id: name_of(item.get("id")).map(Into::into), ..Article::default() };
    article.url = item.get("url").as_text().and_then(|url| context.url(&path("url"), url));
    context.base = article.url.clone().or_else(|| context.base.take());
    let language = item.get("language").as_text().or_else(|| json.get("language").as_text());
    article.lang = language.and_then(Language::parse);
    article.title = context.plain(&path("title"), item.get("title").as_text().unwrap_or_default());
    article.summary = RichText::plain(item.get("summary").as_text().unwrap_or_default());
    article.published = item.get("date_published").as_text().and_then(Moment::parse);
    article.updated = item.get("date_modified").as_text().and_then(Moment::parse);
    article.category = item.get("tags").as_list().first().and_then(Json::as_text).map(Into::into);
    let authors = [item.get("authors"), json.get("authors")];
    let authors = authors.iter().map(|authors| authors.as_list()).find(|authors| !authors.is_empty());
    let single = [item.get("author"), json.get("author")].into_iter().find(|author| author.is_object());
    let authors = authors.unwrap_or_default().iter().chain(single.filter(|_| authors.is_none()));
    article.authors = authors.filter_map(|author| author.get("name").as_text()).map(Into::into).collect();
    let image = first_filled(item, "image banner_image");
    if image.as_text().is_some() {
        let none = &Json::Null;
        let picture = Picture { url: image, alt: none, size: (none, none), caption: none };
        article.image = picture.read(&path("image"), context);
    }
    match item.get("content_html").as_text() {
        Some(html) => context.body(&mut article, &path("content_html"), html),
        None => {
            let text = item.get("content_text").as_text().unwrap_or_default();
            article.body = super::html::paragraphs(text);
        }
    }
    let recordings = item.get("attachments").as_list().iter().filter(|attachment| {
        attachment.get("mime_type").as_text().is_some_and(|media| media.starts_with("audio/"))
    });
    for recording in recordings {
        let Some(url) = context.url(&path("attachments"), recording.get("url").as_text().unwrap_or_default())
        else {
            continue;
        };
        let audio = article.audio.get_or_insert_with(Audio::default);
        let media_type = recording.get("mime_type").as_text().map(Into::into);
        audio.duration = audio.duration.or_else(|| recording.get("duration_in_seconds").as_number());
        audio.sources.push(AudioSource { url, media_type });
    }
    Ok(Content::Converted(Box::new(article)))
}
