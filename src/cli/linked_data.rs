//! An article as `NewsArticle` of schema.org, for search engines and other programs.

use serde::Serialize;

use crate::article::{Article, Audio, Image, Reference, ReferenceKind, Text};

/// Returns the article as JSON-LD.
pub(super) fn linked_data(article: &Article) -> String {
    let description = article.summary.plain_text();
    let author: Vec<Named<'_>> = article.authors.iter().map(|name| Named { kind: "Person", name }).collect();
    let data = NewsArticle {
        context: "https://schema.org",
        kind: "NewsArticle",
        main_entity_of_page: article.url.as_ref().map(|url| url.as_str()),
        headline: &article.title,
        description: (!description.is_empty()).then_some(&*description),
        article_section: article.category.as_deref(),
        in_language: article.lang.as_ref().map(|lang| lang.as_str()),
        date_published: article.published.as_ref().map(|moment| moment.as_str()),
        date_modified: article.updated.as_ref().map(|moment| moment.as_str()),
        author,
        image: article.image.as_ref().map(image),
        audio: article.audio.as_ref().and_then(audio),
        citation: article.references.iter().map(citation).collect(),
    };
    // Serializing cannot fail: every key is a string, and writing to memory always succeeds.
    serde_json::to_string(&data).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity_of_page: Option<&'a str>,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<AudioObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<CreativeWork<'a>>,
}

/// A person or an organisation.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AudioObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    content_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding_format: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreativeWork<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived_at: Option<&'a str>,
}

fn image(image: &Image) -> ImageObject<'_> {
    ImageObject {
        kind: "ImageObject",
        url: image.url.as_str(),
        width: image.width,
        height: image.height,
        credit_text: image.credit.as_deref(),
    }
}

fn audio(audio: &Audio) -> Option<AudioObject<'_>> {
    let source = audio.sources.first()?;
    Some(AudioObject {
        kind: "AudioObject",
        content_url: source.url.as_str(),
        encoding_format: source.media_type.as_deref(),
        duration: audio.duration.map(|seconds| format!("PT{seconds}S")),
    })
}

fn citation(reference: &Reference) -> CreativeWork<'_> {
    let person = |name| Named { kind: "Person", name };
    CreativeWork {
        kind: schema_type(reference.kind),
        name: &reference.title,
        url: reference.url.as_ref().map(|url| url.as_str()),
        author: reference.authors.iter().map(Text::as_ref).map(person).collect(),
        publisher: reference.publisher.as_deref().map(|name| Named { kind: "Organization", name }),
        date_published: reference.published.as_ref().map(|moment| moment.as_str()),
        in_language: reference.lang.as_ref().map(|lang| lang.as_str()),
        archived_at: reference.archive_url.as_ref().map(|url| url.as_str()),
    }
}

/// Returns the schema.org type of a kind of source.
fn schema_type(kind: Option<ReferenceKind>) -> &'static str {
    match kind {
        Some(ReferenceKind::Article) => "Article",
        Some(ReferenceKind::Paper) => "ScholarlyArticle",
        Some(ReferenceKind::Report) => "Report",
        Some(ReferenceKind::Book) => "Book",
        Some(ReferenceKind::Document) => "DigitalDocument",
        Some(ReferenceKind::Dataset) => "Dataset",
        Some(ReferenceKind::Video) => "VideoObject",
        Some(ReferenceKind::Audio) => "AudioObject",
        Some(ReferenceKind::Post) => "SocialMediaPosting",
        Some(ReferenceKind::Website) => "WebPage",
        None => "CreativeWork",
    }
}
