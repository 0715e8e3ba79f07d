//! The `format` attribute, which states the format of a briefing's JSON.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::opening::article;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("with its format in the page an article need not name it", need_not_name_it),
        scenario("without a format in the page an article has to name it", has_to_name_it),
        scenario("a format in the page changes nothing that is wrong", still_wrong),
        scenario("a format that is not known is told of", an_unknown_format),
        scenario("a format may be set later", a_format_set_later),
    ]
}

/// Returns an article as an in-house API serves it, without a `format` member.
fn home_made() -> Value {
    let mut article = article("From a server of our own", json!(["Text.[^r1]"]));
    article["references"] = json!([{ "id": "r1", "title": "A source", "url": "https://source.example/" }]);
    if let Some(members) = article.as_object_mut() {
        members.remove("format");
        members.remove("version");
    }
    article
}

/// Waits until the briefing reports an error of this kind whose message contains this text.
async fn fails(page: &Page, kind: &str, says: &str) -> Result<()> {
    let event = page.wait_for_event("briefing-error").await?;
    let message = event.detail["message"].as_str().unwrap_or_default();
    ensure!(event.detail["kind"] == kind && message.contains(says), "{event:?}");
    Ok(())
}

async fn need_not_name_it(page: &Page) -> Result<()> {
    let briefing = page.open_with("format=briefing", &home_made()).await?;
    briefing.part("title").await?.text_becomes("From a server of our own").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(briefing.property("problems").await? == json!([]), "{}", briefing.property("problems").await?);
    ensure!(!briefing.parts("citation").await?.is_empty());
    // The same applies to an inline article.
    page.open_made(&format!(
        "<news-briefing id=made format=briefing><script type=\"application/json\">{}</script></news-briefing>",
        home_made()
    ))
    .await?;
    page.briefing().part("title").await?.text_becomes("From a server of our own").await?;
    // The attribute takes precedence over the article's own `format`.
    let mut other = home_made();
    other["format"] = json!("our-own");
    other["version"] = json!("1.7");
    let briefing = page.open_with("format=briefing", &other).await?;
    briefing.part("title").await?.text_becomes("From a server of our own").await
}

async fn has_to_name_it(page: &Page) -> Result<()> {
    page.open_with("", &home_made()).await?;
    fails(page, "article", "format: is missing; expected \"briefing\"").await
}

async fn still_wrong(page: &Page) -> Result<()> {
    let mut later = home_made();
    later["version"] = json!("2.0");
    page.open_with("format=briefing", &later).await?;
    fails(page, "article", "version: this briefing reads version \"1.0\"").await?;
    for (json, says) in [
        (json!({}), "title: is missing"),
        (json!([home_made()]), "expected an object with \"format\": \"briefing\", found a list"),
        (json!(null), "expected an object with \"format\": \"briefing\", found null"),
        (json!("text"), "expected an object with \"format\": \"briefing\", found text"),
    ] {
        page.open_with("format=briefing", &json).await?;
        fails(page, "article", says).await?;
    }
    Ok(())
}

async fn an_unknown_format(page: &Page) -> Result<()> {
    for (format, says) in [("wordpres", "\"wordpres\""), ("", "\"\""), ("constructor", "\"constructor\"")] {
        page.open_with(&format!("format=\"{format}\""), &home_made()).await?;
        fails(page, "format", says).await?;
        fails(page, "format", "known are \"briefing\"").await?;
        page.briefing().named("Try again").await?;
    }
    Ok(())
}

async fn a_format_set_later(page: &Page) -> Result<()> {
    let briefing = page.open_with("", &home_made()).await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    page.script("document.querySelector('#made').setAttribute('format', 'briefing')", vec![]).await?;
    briefing.part("title").await?.text_becomes("From a server of our own").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}
