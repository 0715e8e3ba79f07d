//! The `format` attribute, which states the format of a briefing's JSON.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::opening::article;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the format attribute replaces the article's own format", format_attribute_suffices),
        scenario("without the attribute an article must state its format", format_is_required),
        scenario("the format attribute hides no other error", other_errors_remain),
        scenario("an unknown format is reported", an_unknown_format),
        scenario("the format attribute can be set later", a_format_set_later),
    ]
}

/// Returns an article as an in-house API serves it, without a `format` member.
fn article_without_format() -> Value {
    let mut article = article("From a server of our own", json!(["Text.[^r1]"]));
    article["references"] = json!([{ "id": "r1", "title": "A source", "url": "https://source.example/" }]);
    if let Some(members) = article.as_object_mut() {
        members.remove("format");
        members.remove("version");
    }
    article
}

/// Waits until the briefing reports an error of this kind whose message contains this text.
async fn fails(page: &Page, kind: &str, fragment: &str) -> Result<()> {
    let event = page.wait_for_event("briefing-error").await?;
    let message = event.detail["message"].as_str().unwrap_or_default();
    ensure!(event.detail["kind"] == kind && message.contains(fragment), "{event:?}");
    Ok(())
}

async fn format_attribute_suffices(page: &Page) -> Result<()> {
    let briefing = page.open_with("format=briefing", &article_without_format()).await?;
    briefing.part("title").await?.text_becomes("From a server of our own").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(briefing.property("problems").await? == json!([]), "{}", briefing.property("problems").await?);
    ensure!(!briefing.parts("citation").await?.is_empty());
    // The same applies to an inline article.
    page.open_page(&format!(
        "<news-briefing id=made format=briefing><script type=\"application/json\">{}</script></news-briefing>",
        article_without_format()
    ))
    .await?;
    page.briefing().part("title").await?.text_becomes("From a server of our own").await?;
    // The attribute takes precedence over the article's own `format`.
    let mut other = article_without_format();
    other["format"] = json!("our-own");
    other["version"] = json!("1.7");
    let briefing = page.open_with("format=briefing", &other).await?;
    briefing.part("title").await?.text_becomes("From a server of our own").await
}

async fn format_is_required(page: &Page) -> Result<()> {
    page.open_with("", &article_without_format()).await?;
    fails(page, "article", "format: is missing; expected \"briefing\"").await
}

async fn other_errors_remain(page: &Page) -> Result<()> {
    let mut later = article_without_format();
    later["version"] = json!("2.0");
    page.open_with("format=briefing", &later).await?;
    fails(page, "article", "version: this briefing reads version \"1.0\"").await?;
    for (json, fragment) in [
        (json!({}), "title: is missing"),
        (json!([article_without_format()]), "expected an object with \"format\": \"briefing\", found a list"),
        (json!(null), "expected an object with \"format\": \"briefing\", found null"),
        (json!("text"), "expected an object with \"format\": \"briefing\", found text"),
    ] {
        page.open_with("format=briefing", &json).await?;
        fails(page, "article", fragment).await?;
    }
    Ok(())
}

async fn an_unknown_format(page: &Page) -> Result<()> {
    for (format, fragment) in [("wordpres", "\"wordpres\""), ("", "\"\""), ("constructor", "\"constructor\"")]
    {
        page.open_with(&format!("format=\"{format}\""), &article_without_format()).await?;
        fails(page, "format", fragment).await?;
        fails(page, "format", "known formats are briefing, ").await?;
        page.briefing().named("Try again").await?;
    }
    Ok(())
}

async fn a_format_set_later(page: &Page) -> Result<()> {
    let briefing = page.open_with("", &article_without_format()).await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    page.script("document.querySelector('#made').setAttribute('format', 'briefing')", vec![]).await?;
    briefing.part("title").await?.text_becomes("From a server of our own").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}
