//! Articles of [schema.org](https://schema.org/NewsArticle) as JSON-LD, as web pages embed them for search
//! engines.
//!
//! Any value may be a text, an object, or a list of either, and an object may be elsewhere in the graph.
//! `docs/cms/json-ld.md` maps its fields to the article.

use super::allowance::Allowance;
use super::briefing::embedded_briefing;
use super::context::{Context, block, excerpt};
use super::index_by_name::IndexByName;
use super::item::pick;
use super::lead::Picture;
use super::values::{first_text, is_among};
use super::{Content, NotAnArticle, duration, html};
use crate::article::{
    Article, Audio, AudioSource, BlockKind, Heading, Json, Language, Moment, Reference, ReferenceKind,
    RichText, Text,
};

/// The types of articles.
const ARTICLES: &str = "AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle \
    BlogPosting LiveBlogPosting NewsArticle OpinionNewsArticle Report ReportageNewsArticle ReviewNewsArticle \
    SatiricalArticle ScholarlyArticle SocialMediaPosting TechArticle";

/// Detects the format by the type of an article, alone, in a list or in a graph.
pub(super) fn matches(json: &Json) -> bool {
    nodes(json).iter().any(is_article)
}

/// Returns the objects at the top level.
fn nodes(json: &Json) -> &[Json] {
    match json {
        Json::List(nodes) => nodes,
        _ => match json.get("@graph") {
            Json::List(nodes) => nodes,
            _ => std::slice::from_ref(json),
        },
    }
}

fn is_article(node: &Json) -> bool {
    types(node).iter().any(|name| is_among(name, ARTICLES))
}

/// Returns the types of an object, without the address or prefix of their vocabulary.
fn types(node: &Json) -> Vec<&str> {
    match node.get("@type") {
        Json::List(names) => names.iter().filter_map(short).collect(),
        name => short(name).into_iter().collect(),
    }
}

/// Returns a name without its address or prefix.
fn short(name: &Json) -> Option<&str> {
    match name {
        Json::Text(name) => name.rsplit(['/', ':', '#']).next(),
        _ => None,
    }
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let graph = Graph::new(json);
    let articles: Vec<Json> = graph.nodes.iter().filter(|node| is_article(node)).cloned().collect();
    let (_, node) = pick(&articles, "@id url identifier headline", context)?;
    if let Some(briefing) = embedded_briefing(node.get("_briefing"), context) {
        return Ok(Content::Embedded(briefing));
    }
    check_status(node)?;

    let address = |member: &str| {
        let page = graph.list(node.get(member)).into_iter().next()?;
        page.as_text().or_else(|| first_text(page, "url @id"))
    };
    let url = address("url").or_else(|| address("mainEntityOfPage"));
    let mut article = Article {
        id: node.get("identifier").as_text().or(node.get("@id").as_text()).map(Into::into),
        url: url.and_then(|url| context.url("url", url)),
        ..Article::default()
    };
    context.base = article.url.clone().or_else(|| context.base.take());
    article.lang = language(&graph, node.get("inLanguage"));
    if let (None, Some(name)) = (&article.lang, first(&graph, node.get("inLanguage"))) {
        context.warn("inLanguage", &["is not the tag of a language, such as `en`: ", &excerpt(name)]);
    }
    let title = first(&graph, node.get("headline")).or_else(|| first(&graph, node.get("name")));
    article.title = context.plain("headline", title.unwrap_or_default());
    article.category =
        first(&graph, node.get("articleSection")).map(|name| context.plain("articleSection", name));
    article.published = node.get("datePublished").as_text().and_then(Moment::parse);
    article.updated = node.get("dateModified").as_text().and_then(Moment::parse);
    article.authors = names(&graph, node.get("author"));
    article.image = image(&graph, node.get("image"), "image", context);
    article.references = references(&graph, node, context);
    article.audio = audio(&graph, node, context);
    body(&mut article, node, context);
    for one in graph.list(node.get("liveBlogUpdate")) {
        update(&mut article, &graph, one, context);
    }
    let summary = ["abstract", "description"]
        .into_iter()
        .find_map(|member| Some((member, node.get(member).as_text()?)));
    if let Some((member, summary)) = summary {
        article.summary = context.rich(member, summary);
    }
    graph.allowance.report("@graph", context);
    Ok(Content::Converted(Box::new(article)))
}

fn check_status(node: &Json) -> Result<(), NotAnArticle> {
    // Text behind a paywall is in the page for search engines only.
    let is_free = node.get("isAccessibleForFree");
    let is_false =
        |text: &str| text.rsplit('/').next().is_some_and(|word| word.eq_ignore_ascii_case("false"));
    if *is_free == Json::Bool(false) || is_free.as_text().is_some_and(is_false) {
        return Err(NotAnArticle::MembersOnly);
    }
    match node.get("creativeWorkStatus").as_text() {
        Some(status) if status.eq_ignore_ascii_case("draft") => Err(NotAnArticle::Draft),
        _ => Ok(()),
    }
}

/// Adds an update of a live blog: under its headline, or under its time if it has none.
fn update(article: &mut Article, graph: &Graph<'_>, update: &Json, context: &mut Context<'_>) {
    const PATH: &str = "liveBlogUpdate";
    let mut text = context.rich(PATH, update.get("headline").as_text().unwrap_or_default());
    match update.get("datePublished").as_text().and_then(Moment::parse) {
        Some(time) if text.is_empty() => text = RichText::plain(display_time(&time).trim()),
        Some(_) => context.warn(PATH, &["the times of updates that have headlines were left out"]),
        None if text.is_empty() => {
            context.warn(PATH, &["an update without headline and time continues the text before it"]);
        }
        None => {}
    }
    if !text.is_empty() {
        article.body.push(block(BlockKind::Heading(Heading { level: 2, text })));
    }
    let authors = names(graph, update.get("author"));
    // Most updates are by the authors of the article.
    if authors != article.authors {
        for author in authors {
            context.warn(PATH, &["an author of updates was left out: ", &author]);
        }
    }
    body(article, update, context);
    if let Some(image) = image(graph, update.get("image"), PATH, context) {
        article.body.push(block(BlockKind::Image(image)));
    }
}

/// Returns a moment as people write it, to the minute: `2026-03-04 18:00 UTC`, `2026-03-04 18:00 +01:00`.
fn display_time(moment: &Moment) -> String {
    let moment = moment.as_str();
    let time = moment.get(11..).unwrap_or_default();
    let offset = time.find(['+', '-']).and_then(|place| time.get(place..)).unwrap_or_default();
    let zone = if time.ends_with('Z') { "UTC" } else { offset };
    let minute = moment.get(..16).unwrap_or(moment).replace('T', " ");
    [&minute, " ", zone].concat()
}

/// Adds the text, which is plain unless it has tags.
fn body(article: &mut Article, node: &Json, context: &mut Context<'_>) {
    let texts: Vec<&str> = match node.get("articleBody") {
        Json::List(texts) => texts.iter().filter_map(Json::as_text).collect(),
        text => text.as_text().into_iter().collect(),
    };
    for text in texts {
        if !text.contains(['&', '<']) {
            article.body.extend(html::paragraphs(text));
        } else if ["</p>", "<p>", "</div>", "</h2>"].iter().any(|tag| text.contains(tag)) {
            context.body(article, "articleBody", text);
        } else {
            context.body(article, "articleBody", &with_line_breaks(text));
        }
    }
}

/// Returns a text with single tags or character references as HTML with a `<br>` for each line break.
fn with_line_breaks(text: &str) -> String {
    let mut html = String::new();
    let mut in_tag = false;
    for line in text.lines() {
        html.push_str(line);
        if let Some(place) = line.rfind(['<', '>']) {
            let rest = line.get(place..).unwrap_or_default();
            in_tag = rest.starts_with('<') && rest.get(1..).is_some_and(begins_tag);
        }
        let tag = line.trim_end().strip_suffix('>').map(|line| line.trim_end_matches(['/', ' ']));
        let has_own = tag.is_some_and(|tag| tag.ends_with("<br") || tag.ends_with("<BR"));
        html.push_str(if in_tag || has_own { "\n" } else { "<br>" });
    }
    html
}

fn begins_tag(text: &str) -> bool {
    text.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic())
}

/// The top-level objects, to which others refer by id.
struct Graph<'j> {
    nodes: &'j [Json],
    /// The places of the objects by id; if several have the same id, the first.
    index: IndexByName,
    allowance: Allowance,
}

impl<'j> Graph<'j> {
    fn new(json: &'j Json) -> Self {
        let nodes = nodes(json);
        let mut index = IndexByName::default();
        for (place, node) in nodes.iter().enumerate() {
            if let Some(id) = node.get("@id").as_text() {
                index.get_or_set(id, place);
            }
        }
        Self { nodes, index, allowance: Allowance::new(json) }
    }

    /// Returns the object that a bare `@id` refers to; any other value as it is.
    fn node(&self, json: &'j Json) -> &'j Json {
        let Json::Object(members) = json else { return json };
        match (members.as_slice(), json.get("@id").as_text()) {
            ([_], Some(id)) => {
                let node = self.index.get(id).and_then(|place| self.nodes.get(place));
                node.filter(|node| self.allowance.permits(node)).unwrap_or(json)
            }
            _ => json,
        }
    }

    /// Returns one or several values as a list.
    fn list(&self, json: &'j Json) -> Vec<&'j Json> {
        match json {
            Json::Null => Vec::new(),
            Json::List(list) => list.iter().map(|json| self.node(json)).collect(),
            one => vec![self.node(one)],
        }
    }
}

/// Returns the name or address of a value: the text itself, or a member of the object.
fn name(json: &Json) -> Option<&str> {
    let members = ["name", "headline", "@value", "text", "url", "@id"];
    json.as_text().or_else(|| members.into_iter().find_map(|member| json.get(member).as_text()))
}

fn first<'j>(graph: &Graph<'j>, json: &'j Json) -> Option<&'j str> {
    graph.list(json).into_iter().find_map(name)
}

fn names(graph: &Graph<'_>, json: &Json) -> Vec<Text> {
    let mut names: Vec<Text> = Vec::new();
    for json in graph.list(json) {
        let named = if json.is_object() { graph.list(json.get("name")) } else { vec![json] };
        let known = names.len();
        names.extend(named.into_iter().filter_map(Json::as_text).map(|name| name.trim().into()));
        if names.len() == known {
            let parts = ["givenName", "familyName"].into_iter().filter_map(|part| json.get(part).as_text());
            let parts: Vec<&str> = parts.map(str::trim).collect();
            names.extend((!parts.is_empty()).then(|| parts.join(" ").into()));
        }
    }
    names
}

fn language(graph: &Graph<'_>, json: &Json) -> Option<Language> {
    let tagged = |json: &Json| {
        let names = [json, json.get("alternateName"), json.get("name")];
        names
            .into_iter()
            .filter_map(Json::as_text)
            .find_map(|name| Language::parse(name).or_else(|| language_by_name(name)))
    };
    graph.list(json).into_iter().find_map(tagged)
}

/// Returns the language with an English name, as schema.org's own examples give it.
fn language_by_name(name: &str) -> Option<Language> {
    const NAMES: &str = "ar Arabic bn Bengali cs Czech da Danish de German el Greek en English es Spanish fa Persian fi Finnish \
        fr French he Hebrew hi Hindi id Indonesian it Italian ja Japanese ko Korean nl Dutch no Norwegian pl Polish \
        pt Portuguese ru Russian sv Swedish th Thai tr Turkish uk Ukrainian ur Urdu vi Vietnamese zh Chinese";
    let mut tag = "";
    for word in NAMES.split(' ') {
        if word.eq_ignore_ascii_case(name.trim()) {
            return Language::parse(tag);
        }
        tag = word;
    }
    None
}

fn image(
    graph: &Graph<'_>,
    json: &Json,
    path: &str,
    context: &mut Context<'_>,
) -> Option<crate::article::Image> {
    let one = graph.list(json).into_iter().next()?;
    let url = [one, one.get("url"), one.get("contentUrl"), one.get("@id")];
    let url = url.into_iter().find(|url| url.as_text().is_some())?;
    let caption = [one.get("caption"), one.get("description")];
    let caption = caption.into_iter().find(|caption| caption.as_text().is_some()).unwrap_or(&Json::Null);
    let picture = Picture {
        url,
        alt: one.get("alternateName"),
        size: (measure(one.get("width")), measure(one.get("height"))),
        caption,
    };
    let mut image = picture.read(path, context)?;
    let credit = one.get("creditText").as_text().or_else(|| name(one.get("creator")));
    image.credit = credit.map(|credit| credit.trim().into());
    Some(image)
}

/// Returns a number, which may be wrapped in an object with its unit.
fn measure(json: &Json) -> &Json {
    if json.is_object() { json.get("value") } else { json }
}

fn references(graph: &Graph<'_>, node: &Json, context: &mut Context<'_>) -> Vec<Reference> {
    let mut references = Vec::<Reference>::new();
    let mut known = IndexByName::default();
    for member in ["citation", "isBasedOn"] {
        for cited in graph.list(node.get(member)) {
            let reference = reference(graph, cited, member, context);
            let next = references.len();
            let is_new = match &reference.url {
                Some(url) => known.get_or_set(url.as_str(), next) == next,
                None => !reference.title.is_empty(),
            };
            if is_new {
                references.push(reference);
            }
        }
    }
    references
}

fn reference(graph: &Graph<'_>, cited: &Json, path: &str, context: &mut Context<'_>) -> Reference {
    if let Some(text) = cited.as_text() {
        let url = text.starts_with("http").then(|| context.url(path, text)).flatten();
        let title = if url.is_some() { Text::default() } else { context.plain(path, text) };
        return Reference { title, url, ..Reference::default() };
    }
    let text = |member: &str| cited.get(member).as_text();
    let url = text("url").or_else(|| text("@id").filter(|id| id.starts_with("http")));
    let publisher = ["publisher", "sourceOrganization", "isPartOf"];
    Reference {
        title: text("name").or(text("headline")).map(|title| context.plain(path, title)).unwrap_or_default(),
        url: url.and_then(|url| context.url(path, url)),
        publisher: publisher
            .into_iter()
            .find_map(|member| names(graph, cited.get(member)).into_iter().next()),
        authors: names(graph, cited.get("author")),
        published: text("datePublished").and_then(Moment::parse),
        lang: language(graph, cited.get("inLanguage")),
        kind: types(cited).into_iter().find_map(kind),
        excerpt: text("abstract").or(text("description")).map(|text| context.plain(path, text)),
        ..Reference::default()
    }
}

/// The kinds of source with their types. Articles come last, as `Report` is also a type of article.
const KINDS: [(ReferenceKind, &str); 10] = [
    (ReferenceKind::Paper, "ScholarlyArticle MedicalScholarlyArticle"),
    (ReferenceKind::Report, "Report"),
    (ReferenceKind::Book, "Book Chapter"),
    (ReferenceKind::Document, "Legislation DigitalDocument TextDigitalDocument"),
    (ReferenceKind::Dataset, "Dataset DataDownload"),
    (ReferenceKind::Video, "VideoObject Movie TVEpisode"),
    (ReferenceKind::Audio, "AudioObject PodcastEpisode RadioEpisode"),
    (ReferenceKind::Post, "SocialMediaPosting BlogPosting DiscussionForumPosting"),
    (ReferenceKind::Website, "WebSite WebPage"),
    (ReferenceKind::Article, ARTICLES),
];

fn kind(name: &str) -> Option<ReferenceKind> {
    KINDS.iter().find(|(_, types)| is_among(name, types)).map(|(kind, _)| *kind)
}

fn audio(graph: &Graph<'_>, node: &Json, context: &mut Context<'_>) -> Option<Audio> {
    let mut audio = Audio::default();
    let media = ["audio", "associatedMedia"]
        .into_iter()
        .flat_map(|member| graph.list(node.get(member)).into_iter().map(move |media| (member, media)));
    for (member, media) in media {
        if member != "audio" && !types(media).contains(&"AudioObject") {
            continue;
        }
        let Some(url) = media.as_text().or(media.get("contentUrl").as_text()) else { continue };
        let Some(url) = context.url(member, url) else { continue };
        let media_type =
            media.get("encodingFormat").as_text().filter(|media| media.contains('/')).map(Into::into);
        audio.duration = audio.duration.or_else(|| duration::seconds(media.get("duration")));
        audio.sources.push(AudioSource { url, media_type });
    }
    (!audio.sources.is_empty()).then_some(audio)
}
