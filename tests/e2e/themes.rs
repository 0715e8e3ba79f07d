//! The newsroom's ready-made themes, and custom properties that a site sets.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::opening::article;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("every ready-made theme is accessible", themes_are_accessible)
            .with_every_font_set()
            .in_window(800, 1200),
        scenario("every ready-made theme is accessible, dark", themes_are_accessible)
            .with_every_font_set()
            .in_window(800, 1200)
            .in_dark(),
        scenario("the newsroom switches themes while open", themes_can_be_switched).with_every_font_set(),
        scenario("the page's font family can be inherited", font_family_is_inherited).with_every_font_set(),
    ]
}

const THEMES: [&str; 4] = ["broadsheet", "magazine", "minimal", "night"];

/// Waits until the page has the stylesheet of this theme, and no other.
async fn has_theme(page: &Page, look: &str) -> Result<()> {
    until(&format!("the page has the theme {look}"), async || {
        let loaded =
            "return [...document.styleSheets].map(({ href }) => href?.match(/themes\\/(.*)\\.css$/)?.[1])
            .filter(Boolean)";
        let loaded = page.script(loaded, vec![]).await?;
        ensure!(loaded == json!([look]), "{loaded}");
        Ok(())
    })
    .await
}

async fn themes_are_accessible(page: &Page) -> Result<()> {
    for look in THEMES {
        page.open(&format!("/?only=seed&look={look}")).await?;
        has_theme(page, look).await?;
        let briefing = page.briefing();
        briefing.shows_its_article().await?;
        page.is_accessible().await?;
        page.picture(look).await?;

        briefing.named("Expand all").await?.press(Key::Enter).await?;
        briefing.named("Synthesized from 2 sources").await?.press(Key::Enter).await?;
        briefing.part("reference").await?.becomes_shown().await?;
        briefing.call("play", vec![]).await?;
        briefing.plays().await?;
        briefing.part("citation").await?.press(Key::Enter).await?;
        briefing.popover().await?;
        page.is_accessible().await?;
        page.picture(&format!("{look} open")).await?;
    }
    Ok(())
}

async fn themes_can_be_switched(page: &Page) -> Result<()> {
    page.open("/").await?;
    let briefing = page.briefing_at("#seed");
    briefing.shows_its_article().await?;
    let paper = async || briefing.part("briefing").await?.style("background-color").await;
    let own = paper().await?;
    let choose = async |look: &str| {
        // Simulates the choice of an option; the list of a select is not part of the page.
        let script = "const select = document.querySelector('#look');
            select.value = arguments[0];
            select.dispatchEvent(new Event('change', { bubbles: true }))";
        page.script(script, vec![json!(look)]).await
    };
    choose("night").await?;
    has_theme(page, "night").await?;
    ensure!(paper().await? == "rgb(0, 0, 0)", "{}", paper().await?);
    ensure!(page.address().await? == "/?look=night");
    choose("magazine").await?;
    has_theme(page, "magazine").await?;
    page.reload().await?;
    has_theme(page, "magazine").await?;
    ensure!(page.element("#look").await?.property("value").await? == json!("magazine"));
    choose("").await?;
    briefing.shows_its_article().await?;
    ensure!(paper().await? == own && page.address().await? == "/");
    page.wait_for_event_count(1, "briefing-load", "seed").await
}

async fn font_family_is_inherited(page: &Page) -> Result<()> {
    page.site().add(
        "/fonts.css",
        "text/css",
        "main { font: italic 900 3rem/4 'The Page', monospace }
        .both { --briefing-serif: inherit, serif; --briefing-sans: inherit, sans-serif }
        .text { --briefing-serif: inherit, serif; --briefing-sans: 'Labels' }",
    );
    let mut made = article("A title", json!(["Text.[^a]", { "type": "quote", "text": "Quoted." }]));
    made["category"] = json!("Category");
    made["summary"] = json!("A summary.");
    made["key_points"] = json!([{ "text": "A point.", "detail": ["Detail."] }]);
    made["references"] =
        json!([{ "id": "a", "title": "A source", "url": "https://www.example.org/", "excerpt": "Said." }]);
    page.site().add("/made.json", "application/json", &made.to_string());
    page.open_page(
        "<link rel=stylesheet href=/fonts.css>
        <news-briefing id=own loading=eager src=/made.json></news-briefing>
        <news-briefing id=both loading=eager class=both src=/made.json></news-briefing>
        <news-briefing id=text loading=eager class=text src=/made.json></news-briefing>",
    )
    .await?;
    let font_of = async |id: &str, css: &str| -> Result<[String; 4]> {
        let briefing = page.briefing_at(id);
        briefing.shows_its_article().await?;
        let part = briefing.find(css).await?;
        Ok([
            part.style("font-family").await?.replace(['"', '\''], ""),
            part.style("font-size").await?,
            part.style("font-weight").await?,
            part.style("line-height").await?,
        ])
    };
    let text = [
        "[part~=title]",
        "[part~=summary]",
        "[part~=block]",
        "blockquote",
        "[part~=key-point] > p",
        "[part~=key-point] details p",
        "[part~=popover] .source-title",
        ".excerpt",
        "[part~=reference] .source-title",
    ];
    let labels = ["[part~=category]", "[part~=citation]", "[part~=player]", "[part~=rate]", ".key-points h3"];
    for css in text.iter().chain(&labels) {
        let [own_family, own @ ..] = font_of("#own", css).await?;
        ensure!(!own_family.contains("The Page"), "{css} has the page's font family by default");
        let [family, others @ ..] = font_of("#both", css).await?;
        ensure!(family == "The Page, monospace", "{css} has {family}");
        ensure!(others == own, "{css} inherits more than the font family: {others:?} for {own:?}");
        let [family, others @ ..] = font_of("#text", css).await?;
        let expected = if labels.contains(css) { "Labels" } else { "The Page, monospace" };
        ensure!(family == expected, "{css} has {family}, not {expected}");
        ensure!(others == own, "{css} inherits more than the font family: {others:?} for {own:?}");
    }
    Ok(())
}
