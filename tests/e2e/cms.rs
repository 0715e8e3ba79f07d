//! JSON as a CMS serves it: chunks of the engine convert it to canonical JSON, under the same policy.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use news_briefing::cms::Format;
use serde_json::json;

use crate::opening::article;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a WordPress post is shown from its URL", a_post),
        scenario("JSON in no known format reports the formats tried", no_format),
        scenario("the item attribute selects from a list", an_item),
        scenario("restricted posts are not shown", restricted_posts),
        scenario("a format loads only what it needs", one_format),
        scenario("each kind of text loads only what it needs", kinds_of_text),
        scenario("canonical JSON loads no adapter", canonical_json),
    ]
}

const POST: &str = include_str!("../cms/wordpress/post.json");

/// Returns how often the page has requested a file of the adapters.
fn adapter_requests(page: &Page) -> usize {
    page.site().requests().iter().filter(|path| path.contains("adapters")).count()
}

async fn open(page: &Page, attributes: &str, json: &str) -> Result<()> {
    page.site().add("/post.json", "application/json", json);
    page.open_page(&format!("<news-briefing id=made src=/post.json {attributes}></news-briefing>")).await
}

async fn a_post(page: &Page) -> Result<()> {
    // The page's policy forbids the hosts of the post's images and recording.
    page.expect_complaint("img-src forbids https://paper.example/");
    page.expect_complaint("media-src forbids https://paper.example/");
    open(page, "", POST).await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("The ‘new’ bridge & what it\u{a0}costs").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(briefing.parts("key-point").await?.len() == 2);
    ensure!(!briefing.parts("citation").await?.is_empty());
    let problems = briefing.property("problems").await?.to_string();
    ensure!(problems.contains("the shortcode [chart]"), "{problems}");
    let load = page.wait_for_event("briefing-load").await?;
    ensure!(load.detail["format"] == "wordpress", "{load:?}");
    // The `article` property returns canonical JSON.
    let format = page.script("return document.querySelector('#made').article.format", vec![]).await?;
    ensure!(format == json!("briefing"), "{format}");
    // The script, and the chunk of the format.
    ensure!(adapter_requests(page) == 2, "{:?}", page.site().requests());
    Ok(())
}

async fn fails(page: &Page, kind: &str, fragments: &[&str]) -> Result<()> {
    let event = page.wait_for_event("briefing-error").await?;
    let message = event.detail["message"].as_str().unwrap_or_default();
    ensure!(
        event.detail["kind"] == kind && fragments.iter().all(|fragment| message.contains(fragment)),
        "{event:?}"
    );
    Ok(())
}

async fn no_format(page: &Page) -> Result<()> {
    open(page, "", r#"{ "headline": "A title", "paragraphs": ["Text."] }"#).await?;
    fails(page, "format", &["no known format", "briefing", "wordpress", "ghost", "json-feed"]).await
}

async fn an_item(page: &Page) -> Result<()> {
    let list = include_str!("../cms/wordpress/list-of-several.json");
    open(page, "item=second", list).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    open(page, "", list).await?;
    fails(page, "item", &["a list of several", "first or last"]).await
}

async fn restricted_posts(page: &Page) -> Result<()> {
    open(page, "", include_str!("../cms/ghost/members.json")).await?;
    fails(page, "members", &["for members only"]).await?;
    ensure!(page.briefing().parts("body").await?.is_empty());
    Ok(())
}

/// Adds every fixture of a format to the server, and returns an element for each. Those of errors are left out: they
/// say little about their format.
fn elements_of(page: &Page, format: Format, attribute: &str) -> Result<Vec<String>> {
    let name = format.name();
    let mut elements = Vec::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cms").join(name))? {
        let file = file?.path();
        let is_error = file.file_stem().is_some_and(|name| name == "error");
        if file.extension().is_some_and(|end| end == "json") && !is_error {
            let src = format!("/{name}/{}", elements.len());
            page.site().add(&src, "application/json", &fs::read_to_string(&file)?);
            elements.push(format!("<news-briefing loading=eager src={src} {attribute}></news-briefing>"));
        }
    }
    Ok(elements)
}

/// Returns the names of the chunks that the page has fetched to convert JSON, from its cache or not.
async fn fetched_chunks(page: &Page) -> Result<BTreeSet<String>> {
    let look = "return performance.getEntriesByType('resource')
        .map(({ name }) => /wasm\\/adapters_(.*)\\.wasm/.exec(name)?.[1]).filter(Boolean)";
    Ok(serde_json::from_value(page.script(look, vec![]).await?)?)
}

async fn one_format(page: &Page) -> Result<()> {
    // The page's policy forbids the hosts of the images and recordings, or the files do not exist. Chromium
    // also reports the violations that an inert parsed document would cause.
    for expected in
        ["forbids https://", "forbids http://images.example/", "forbids inline", "404 (Not Found)"]
    {
        page.expect_complaint(expected);
    }
    let mut wrong = Vec::new();
    for format in Format::ALL.iter().filter(|format| **format != Format::Map) {
        for attribute in [String::new(), format!("format={}", format.name())] {
            let elements = elements_of(page, *format, &attribute)?;
            ensure!(elements.len() > 2);
            page.open_page(&elements.concat()).await?;
            until("each article is shown or fails", async || {
                let events = page.events().await?;
                let ends = ["briefing-load", "briefing-error"];
                let ended = events.iter().filter(|event| ends.contains(&event.name.as_str())).count();
                ensure!(ended == elements.len(), "{ended} of {}", elements.len());
                Ok(())
            })
            .await?;
            let fetched = fetched_chunks(page).await?;
            // Of some formats there is a chunk for each kind of text, and texts may need other readers.
            let format_of = |chunk: &String| chunk.split('_').next().map(str::to_owned);
            let formats: BTreeSet<String> = fetched
                .iter()
                .filter_map(format_of)
                .filter(|name| Format::from_name(name).is_some() || name == "detection")
                .collect();
            if formats != [format.name().to_owned()].into() {
                wrong.push(format!("{} {attribute}: {fetched:?}", format.name()));
            }
        }
    }
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

/// JSON of a format with a text of one kind: the attributes of the element, the JSON, a word that its readers see, and the
/// chunks that it needs.
const TEXTS: [(&str, &str, &str, &[&str]); 9] = [
    (
        "",
        r#"{"@type": "NewsArticle", "headline": "Title", "articleBody": "Plain text."}"#,
        "Plain",
        &["json-ld"],
    ),
    (
        "",
        r#"{"@type": "NewsArticle", "headline": "Title", "articleBody": "<p>Marked <b>text</b>.</p>"}"#,
        "Marked",
        &["json-ld_html"],
    ),
    ("", include_str!("../cms/contentful/markdown-entry.json"), "premier", &["contentful_markdown"]),
    (
        "",
        r#"{"sys": {"type": "Entry", "id": "a"}, "fields": {"title": "Title", "body": {"nodeType": "document",
        "content": [{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "A leaf"}]}]}}}"#,
        "leaf",
        &["contentful"],
    ),
    (
        "",
        r#"{"data": {"id": 1, "documentId": "a", "title": "Title", "content": "Some **words**."}}"#,
        "words",
        &["strapi_markdown"],
    ),
    (
        "",
        r#"{"data": {"id": 1, "documentId": "a", "title": "Title", "content": "<p>Some words.</p>"}}"#,
        "words",
        &["strapi_html"],
    ),
    (
        "",
        r#"{"data": {"id": 1, "documentId": "a", "title": "Title", "content": [{"type": "paragraph", "children":
        [{"type": "text", "text": "Some words"}]}]}}"#,
        "words",
        &["strapi"],
    ),
    (
        "",
        r#"{"data": {"id": 1, "documentId": "a", "title": "Title", "content": "Some **words**.\n\n<figure><p>In HTML</p></figure>"}}"#,
        "HTML",
        &["markdown", "strapi_html"],
    ),
    (
        r#"map='{"title": "name", "body": "text", "references": "literature"}'"#,
        include_str!("../cms/map/csl-references.json"),
        "Quill",
        &["csl-json", "map_html"],
    ),
];

async fn kinds_of_text(page: &Page) -> Result<()> {
    for (attributes, json, word, chunks) in TEXTS {
        open(page, attributes, json).await?;
        until("the text is shown", async || {
            let shown = "return document.querySelector('news-briefing').shadowRoot?.textContent ?? ''";
            let shown = page.script(shown, vec![]).await?;
            ensure!(shown.as_str().is_some_and(|shown| shown.contains(word)), "{word} is not in {shown}");
            Ok(())
        })
        .await?;
        let fetched = fetched_chunks(page).await?;
        ensure!(fetched.iter().eq(chunks), "{fetched:?} instead of {chunks:?} for {json}");
    }
    Ok(())
}

async fn canonical_json(page: &Page) -> Result<()> {
    open(page, "", &article("Canonical", json!(["Text."])).to_string()).await?;
    page.briefing().part("title").await?.text_becomes("Canonical").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(adapter_requests(page) == 0, "{:?}", page.site().requests());
    Ok(())
}
