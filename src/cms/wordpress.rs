//! [WordPress](https://developer.wordpress.org/rest-api/reference/posts/): `wp/v2/posts` and similar
//! endpoints, a single post, a list, or either in an envelope.
//! `docs/cms/wordpress.md` maps its fields to the article.

use super::briefing::{embedded_briefing, has_body};
use super::context::Context;
use super::html::{Shortcodes, WalkOptions, footnotes};
use super::item::{name_of, pick};
use super::lead::Picture;
use super::values::whole_number;
use super::{Content, NotAnArticle, takeaways};
use crate::article::{Article, BlockKind, Image, Json, KeyPoint, Language, Moment, Text};

const GUIDE: &str = "wordpress";

/// Detects the format by `rendered` texts, which only this CMS has, or by the structure of its errors.
pub(super) fn matches(json: &Json) -> bool {
    let json = without_envelope(json);
    is_post(json) || json.as_list().first().is_some_and(is_post) || is_error(json)
}

fn is_post(json: &Json) -> bool {
    ["title", "content", "excerpt"]
        .iter()
        .any(|member| matches!(json.at(&[member, "rendered"]), Json::Text(_)))
}

fn is_error(json: &Json) -> bool {
    json.get("code").as_text().is_some()
        && matches!(json.get("message"), Json::Text(_))
        && whole_number(json.at(&["data", "status"])).is_some()
}

/// Returns the content of an envelope (`?_envelope`), or the JSON itself.
fn without_envelope(json: &Json) -> &Json {
    let is_envelope = json.get("headers") != &Json::Null && json.get("status").as_number().is_some();
    if is_envelope { json.get("body") } else { json }
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let json = without_envelope(json);
    let (place, post) = match json {
        Json::List(posts) => pick(posts, "id slug link", context)?,
        post => (0, post),
    };
    let before =
        if matches!(json, Json::List(_)) { ["[", &place.to_string(), "]."].concat() } else { String::new() };
    if is_error(post) {
        return Err(error(post));
    }
    let meta = post.get("meta");
    let own = meta.get("news_briefing");
    check_status(post)?;
    let briefing = embedded_briefing(own, context);
    let briefing = match briefing {
        Some(briefing) if has_body(&briefing) => return Ok(Content::Embedded(briefing)),
        briefing => briefing,
    };

    let path = |member: &str| [&before, member].concat();
    let rendered = |member: &str| post.at(&[member, "rendered"]).as_text();
    let mut article = Article { id: name_of(post.get("id")).map(Into::into), ..Article::default() };
    article.url = post.get("link").as_text().and_then(|link| context.url(&path("link"), link));
    context.base = article.url.clone().or_else(|| context.base.take());
    article.title = context.plain(&path("title.rendered"), rendered("title").unwrap_or_default());
    article.published = moment(post, "date_gmt", "date");
    let updated = moment(post, "modified_gmt", "modified");
    article.updated = updated.filter(|updated| {
        article.published.as_ref().is_none_or(|published| updated.as_str() > published.as_str())
    });
    let graph = post.at(&["yoast_head_json", "schema", "@graph"]).as_list();
    article.lang = language(post, graph);
    article.authors = authors(post, graph);
    article.category = category(post).map(|name| context.plain(&path("_embedded"), name));
    article.image = image(post, &before, context);
    if let Some(html) = meta.get("newspack_article_summary").as_text() {
        article.key_points = key_points(&mut article, &path("meta.newspack_article_summary"), html, context);
    }
    let html = rendered("content").unwrap_or_default();
    let path_of_notes = path("meta.footnotes");
    let notes = notes(&mut article, &path_of_notes, meta.get("footnotes"), html, context);
    let options = WalkOptions {
        title: &article.title,
        shortcodes: Some(Shortcodes::WORDPRESS),
        references: article.references.len(),
        notes: &notes,
        base: None,
    };
    let fragment = context.fragment(&path("content.rendered"), html, &options);
    context.add(&mut article, &path("content.rendered"), fragment);
    let subtitle = meta.get("newspack_post_subtitle").as_text();
    let (member, summary) = match subtitle {
        Some(subtitle) => ("meta.newspack_post_subtitle", Some(subtitle)),
        None => {
            ("excerpt.rendered", rendered("excerpt").filter(|excerpt| !is_generated_excerpt(excerpt, html)))
        }
    };
    article.summary = context.rich(&path(member), summary.unwrap_or_default());
    let article = Box::new(article);
    Ok(match briefing {
        Some(briefing) => Content::Extended(article, briefing),
        None => Content::Converted(article),
    })
}

fn error(json: &Json) -> NotAnArticle {
    let status = json.at(&["data", "status"]).as_number().unwrap_or_default();
    let code = json.get("code").as_text().unwrap_or_default();
    // The CMS refuses drafts, scheduled posts and private posts with the same status.
    if status == 401.0 || status == 403.0 {
        return NotAnArticle::NotPublic { code: code.to_owned(), guide: GUIDE };
    }
    let message = json.get("message").as_text().unwrap_or_default().to_owned();
    NotAnArticle::Refused { code: code.to_owned(), message, guide: GUIDE }
}

fn check_status(post: &Json) -> Result<(), NotAnArticle> {
    match post.get("status").as_text() {
        None | Some("publish" | "inherit") => {}
        Some("future") => {
            let until = moment(post, "date_gmt", "date").map(|moment| moment.as_str().to_owned());
            return Err(NotAnArticle::Embargoed(until.unwrap_or_default()));
        }
        Some("draft" | "auto-draft" | "pending") => return Err(NotAnArticle::Draft),
        Some(status) => return Err(NotAnArticle::Withheld(status.to_owned())),
    }
    let content = post.get("content");
    if *content.get("protected") == Json::Bool(true) && content.get("rendered").as_text().is_none() {
        return Err(NotAnArticle::Protected);
    }
    Ok(())
}

/// Reads a moment in UTC, which is written without its zone, or one in the site's own zone, which the API
/// does not report.
fn moment(post: &Json, utc: &str, local: &str) -> Option<Moment> {
    let in_utc = post.get(utc).as_text().and_then(|text| {
        let moment = Moment::parse(text)?;
        if moment.has_zone() { Some(moment) } else { Moment::parse(&[text.trim(), "Z"].concat()) }
    });
    in_utc.or_else(|| Moment::parse(post.get(local).as_text()?))
}

/// Returns the language. WordPress core does not report one, but plugins do.
fn language(post: &Json, graph: &[Json]) -> Option<Language> {
    let in_graph = graph.iter().filter_map(|node| node.get("inLanguage").as_text());
    let own = ["lang", "language"].into_iter().filter_map(|member| post.get(member).as_text());
    own.chain(post.at(&["yoast_head_json", "og_locale"]).as_text()).chain(in_graph).find_map(Language::parse)
}

/// Returns the authors: from a plugin for several authors, from the metadata for search engines, or from
/// WordPress core, which knows one.
fn authors(post: &Json, graph: &[Json]) -> Vec<Text> {
    let named = |author: &Json| -> Option<Text> {
        let name =
            ["display_name", "name", "title"].into_iter().find_map(|member| author.get(member).as_text());
        name.or(author.as_text()).map(|name| name.trim().into())
    };
    let lists = ["authors", "coauthors"].into_iter().map(|member| post.get(member).as_list());
    let articles = graph.iter().filter(|node| node.get("author") != &Json::Null);
    let graph_authors = articles.map(|node| match node.get("author") {
        Json::List(authors) => authors.as_slice(),
        author => std::slice::from_ref(author),
    });
    let embedded = match post.at(&["_embedded", "author"]) {
        Json::List(authors) => authors.as_slice(),
        author => std::slice::from_ref(author),
    };
    let all = lists.chain(graph_authors).chain([embedded]);
    let names = all.map(|authors| authors.iter().filter_map(named).collect::<Vec<Text>>());
    names.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// Returns the first category, except the one for uncategorized posts.
fn category(post: &Json) -> Option<&str> {
    let terms = post.at(&["_embedded", "wp:term"]).as_list().iter().flat_map(Json::as_list);
    let is_category = |term: &&Json| {
        term.get("taxonomy").as_text() == Some("category")
            && term.get("slug").as_text() != Some("uncategorized")
    };
    terms.filter(is_category).find_map(|term| term.get("name").as_text())
}

/// Returns the featured image in a suitable size for an article.
fn image(post: &Json, before: &str, context: &mut Context<'_>) -> Option<Image> {
    let media = post.at(&["_embedded", "wp:featuredmedia"]).as_list().first().unwrap_or(&Json::Null);
    let details = media.get("media_details");
    let path = [before, "_embedded.wp:featuredmedia[0].source_url"].concat();
    let picture = Picture {
        url: media.get("source_url"),
        alt: media.get("alt_text"),
        size: (details.get("width"), details.get("height")),
        caption: media.at(&["caption", "rendered"]),
    };
    let none = &Json::Null;
    let og = post.at(&["yoast_head_json", "og_image"]).as_list().first().unwrap_or(none);
    let shared =
        Picture { url: og.get("url"), alt: none, size: (og.get("width"), og.get("height")), caption: none };
    let path_of_shared = [before, "yoast_head_json.og_image[0].url"].concat();
    let large = ["2048x2048", "1536x1536", "large"].into_iter().map(|size| details.at(&["sizes", size]));
    // The original may be a photograph of 20 MB.
    let is_huge = details.get("width").as_number().is_some_and(|width| width > 2048.0);
    let smaller = large.filter(|_| is_huge).find(|size| size.get("source_url").as_text().is_some());
    let picture = match smaller {
        Some(size) => {
            Picture { url: size.get("source_url"), size: (size.get("width"), size.get("height")), ..picture }
        }
        None => picture,
    };
    picture.read(&path, context).or_else(|| shared.read(&path_of_shared, context))
}

/// Returns the key points in a summary of the Newspack theme: a list, or paragraphs.
fn key_points(article: &mut Article, path: &str, html: &str, context: &mut Context<'_>) -> Vec<KeyPoint> {
    let options = WalkOptions { references: article.references.len(), ..WalkOptions::default() };
    let fragment = context.fragment(path, html, &options);
    article.references.extend(fragment.references);
    let mut points = Vec::new();
    for block in fragment.blocks {
        match block.kind {
            BlockKind::List(list) => points.extend(list.items.into_iter().filter_map(takeaways::key_point)),
            BlockKind::Paragraph(paragraph) => {
                points.push(KeyPoint { text: paragraph.text, ..KeyPoint::default() });
            }
            _ => {}
        }
    }
    points
}

/// Adds the footnotes that WordPress core keeps beside the text as references, and returns their ids with the
/// indices of the references. Their copies at the end of the text are skipped.
fn notes(
    article: &mut Article,
    path: &str,
    meta: &Json,
    html: &str,
    context: &mut Context<'_>,
) -> Vec<(String, usize)> {
    let list = meta.as_text().and_then(|text| context.parsers.json(text));
    let mut notes = Vec::new();
    for note in list.as_ref().map(Json::as_list).unwrap_or_default() {
        let (Some(id), Some(content)) = (note.get("id").as_text(), note.get("content").as_text()) else {
            continue;
        };
        let text = context.rich(path, content);
        if !html.contains(id) {
            context.warn(
                path,
                &["the note ", &super::context::excerpt(&text.plain_text()), " is not cited in the text"],
            );
        }
        notes.push((id.to_owned(), article.references.len()));
        article.references.push(footnotes::reference(id, &text));
    }
    notes
}

/// Returns whether WordPress generated an excerpt because the editors wrote none. It shortens the text, or
/// takes all of a text that is short or divided by a "more" block.
fn is_generated_excerpt(excerpt: &str, text: &str) -> bool {
    /// So many identical letters in a row mean that the excerpt is from the text.
    const LETTERS: usize = 24;
    if ["[&hellip;]", "[…]", "[...]", "more-link"].iter().any(|sign| excerpt.contains(sign)) {
        return true;
    }
    let (excerpt, text) = (letters(excerpt), letters(text));
    match excerpt.char_indices().nth(LETTERS).and_then(|(end, _)| excerpt.get(..end)) {
        // The rest may differ, as WordPress leaves some blocks out of excerpts, such as galleries.
        Some(start) => text.contains(start),
        None => excerpt == text,
    }
}

/// Returns the letters of HTML outside of its tags. Digits are left out, as they may number footnotes.
fn letters(html: &str) -> String {
    let mut in_tag = false;
    let is_letter = |character: &char| {
        in_tag = *character == '<' || in_tag && *character != '>';
        !in_tag && character.is_alphabetic()
    };
    html.chars().filter(is_letter).collect()
}
