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
        scenario("every ready look can be read by all", looks_can_be_read)
            .with_every_font_set()
            .in_window(800, 1200),
        scenario("every ready look can be read by all in the dark", looks_can_be_read)
            .with_every_font_set()
            .in_window(800, 1200)
            .in_dark(),
        scenario("the newsroom changes its look under the reader", the_look_changes).with_every_font_set(),
        scenario("a page's own face is inherited where it asks for that", the_face_is_inherited)
            .with_every_font_set(),
    ]
}

const LOOKS: [&str; 4] = ["broadsheet", "magazine", "minimal", "night"];

/// Waits until the page has the stylesheet of this theme, and no other.
async fn wears(page: &Page, look: &str) -> Result<()> {
    until(&format!("the page wears {look}"), async || {
        let worn =
            "return [...document.styleSheets].map(({ href }) => href?.match(/themes\\/(.*)\\.css$/)?.[1])
            .filter(Boolean)";
        let worn = page.script(worn, vec![]).await?;
        ensure!(worn == json!([look]), "{worn}");
        Ok(())
    })
    .await
}

async fn looks_can_be_read(page: &Page) -> Result<()> {
    for look in LOOKS {
        page.open(&format!("/?only=seed&look={look}")).await?;
        wears(page, look).await?;
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

async fn the_look_changes(page: &Page) -> Result<()> {
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
    wears(page, "night").await?;
    ensure!(paper().await? == "rgb(0, 0, 0)", "{}", paper().await?);
    ensure!(page.address().await? == "/?look=night");
    choose("magazine").await?;
    wears(page, "magazine").await?;
    page.reload().await?;
    wears(page, "magazine").await?;
    ensure!(page.element("#look").await?.property("value").await? == json!("magazine"));
    choose("").await?;
    briefing.shows_its_article().await?;
    ensure!(paper().await? == own && page.address().await? == "/");
    page.wait_for_event_count(1, "briefing-load", "seed").await
}

async fn the_face_is_inherited(page: &Page) -> Result<()> {
    page.site().add(
        "/faces.css",
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
    page.open_made(
        "<link rel=stylesheet href=/faces.css>
        <news-briefing id=own loading=eager src=/made.json></news-briefing>
        <news-briefing id=both loading=eager class=both src=/made.json></news-briefing>
        <news-briefing id=text loading=eager class=text src=/made.json></news-briefing>",
    )
    .await?;
    let face_of = async |id: &str, css: &str| -> Result<[String; 4]> {
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
        let [own_face, own @ ..] = face_of("#own", css).await?;
        ensure!(!own_face.contains("The Page"), "{css} has the page's face unasked");
        let [face, others @ ..] = face_of("#both", css).await?;
        ensure!(face == "The Page, monospace", "{css} has {face}");
        ensure!(others == own, "{css} takes more than the face: {others:?} for {own:?}");
        let [face, others @ ..] = face_of("#text", css).await?;
        let expected = if labels.contains(css) { "Labels" } else { "The Page, monospace" };
        ensure!(face == expected, "{css} has {face}, not {expected}");
        ensure!(others == own, "{css} takes more than the face: {others:?} for {own:?}");
    }
    Ok(())
}
