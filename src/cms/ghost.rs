//! [Ghost](https://ghost.org/docs/content-api/posts/): posts and pages of its Content API.
//! `docs/cms/ghost.md` maps its fields to the article.

use super::briefing::embedded_briefing;
use super::context::Context;
use super::item::{name_of, pick};
use super::lead::Picture;
use super::{Content, NotAnArticle};
use crate::article::{Article, Json, Language, Moment};

const GUIDE: &str = "ghost";

/// The members that contain the posts.
const LISTS: [&str; 2] = ["posts", "pages"];

/// Detects the format by posts with HTML and members of this CMS, or by the structure of its errors.
pub(super) fn matches(json: &Json) -> bool {
    LISTS.iter().any(|list| json.get(list).as_list().first().is_some_and(is_post))
        || is_post(json)
        || is_error(json)
}

fn is_post(json: &Json) -> bool {
    let has = |member: &str| json.get(member) != &Json::Null;
    has("title")
        && (has("html") || has("visibility"))
        && (has("uuid") || has("comment_id") || has("published_at"))
}

fn is_error(json: &Json) -> bool {
    let first = json.get("errors").as_list().first().unwrap_or(&Json::Null);
    first.get("type").as_text().is_some_and(|name| name.ends_with("Error"))
        && first.get("message").as_text().is_some()
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    if is_error(json) {
        return Err(error(json));
    }
    let list = LISTS.into_iter().find(|list| matches!(json.get(list), Json::List(_)));
    let (before, post) = match list {
        Some(list) => {
            let (place, post) = pick(json.get(list).as_list(), "id slug url uuid", context)?;
            ([list, "[", &place.to_string(), "]."].concat(), post)
        }
        None => (String::new(), json),
    };
    check_status(post)?;
    if let Some(briefing) = embedded_briefing(post.get("_briefing"), context) {
        return Ok(Content::Embedded(briefing));
    }

    let path = |member: &str| [&before, member].concat();
    let text = |member: &str| post.get(member).as_text();
    let mut article = Article { id: name_of(post.get("id")).map(Into::into), ..Article::default() };
    article.url = text("canonical_url").or(text("url")).and_then(|url| context.url(&path("url"), url));
    context.base = text("url").and_then(|url| context.url(&path("url"), url)).or_else(|| context.base.take());
    article.lang = text("locale").and_then(Language::parse);
    // Ghost's titles are plain text, even if they look like HTML.
    article.title = text("title").unwrap_or_default().trim().into();
    article.published = text("published_at").and_then(Moment::parse);
    article.updated = text("updated_at").and_then(Moment::parse);
    let authors = post.get("authors").as_list().iter().chain([post.get("primary_author")]);
    for name in authors.filter_map(|author| author.get("name").as_text()) {
        if article.authors.iter().all(|known| &**known != name) {
            article.authors.push(name.into());
        }
    }
    article.category = category(post).map(Into::into);
    let none = &Json::Null;
    article.image = Picture {
        url: post.get("feature_image"),
        alt: post.get("feature_image_alt"),
        size: (none, none),
        caption: post.get("feature_image_caption"),
    }
    .read(&path("feature_image"), context);
    context.body(&mut article, &path("html"), text("html").unwrap_or_default());
    // For a post without a custom excerpt, Ghost sends the beginning of its text as `excerpt`.
    let is_own =
        matches!(post, Json::Object(members) if members.iter().any(|(name, _)| name == "custom_excerpt"));
    let summary = text("custom_excerpt").or(text("excerpt").filter(|_| !is_own)).unwrap_or_default();
    article.summary = crate::article::RichText::plain(summary.trim());
    Ok(Content::Converted(Box::new(article)))
}

fn error(json: &Json) -> NotAnArticle {
    let first = json.get("errors").as_list().first().unwrap_or(&Json::Null);
    let messages = ["message", "context"].into_iter().filter_map(|member| first.get(member).as_text());
    NotAnArticle::Refused {
        code: first.get("type").as_text().unwrap_or_default().to_owned(),
        message: messages.collect::<Vec<_>>().join(" "),
        guide: GUIDE,
    }
}

fn check_status(post: &Json) -> Result<(), NotAnArticle> {
    match post.get("status").as_text() {
        None | Some("published" | "sent") => {}
        Some("draft") => return Err(NotAnArticle::Draft),
        Some("scheduled") => {
            let until = post.get("published_at").as_text().unwrap_or_default();
            return Err(NotAnArticle::Embargoed(until.to_owned()));
        }
        Some(status) => return Err(NotAnArticle::Withheld(status.to_owned())),
    }
    // Readers without access get only the beginning of the text from Ghost.
    let is_public = post.get("visibility").as_text().is_none_or(|visibility| visibility == "public");
    let may_read = match post.get("access") {
        Json::Bool(access) => *access,
        _ => is_public,
    };
    if may_read { Ok(()) } else { Err(NotAnArticle::MembersOnly) }
}

/// Returns the first tag that readers see; tags beginning with `#` are internal.
fn category(post: &Json) -> Option<&str> {
    let tags = [post.get("primary_tag")].into_iter().chain(post.get("tags").as_list());
    let is_seen = |tag: &&Json| {
        tag.get("visibility").as_text() != Some("internal")
            && tag.get("name").as_text().is_some_and(|name| !name.starts_with('#'))
    };
    tags.into_iter().find(is_seen).and_then(|tag| tag.get("name").as_text())
}
