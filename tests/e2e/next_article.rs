//! The next article after one that has ended.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::opening::timed;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the next article is offered at the end and plays on request", offered),
        scenario("the continuous attribute plays the next article", continuous),
        scenario("preventDefault keeps the current article", prevented_by_the_page),
        scenario("a failed next article moves the focus to the error", failed_next_article),
        scenario("a next article without a title is offered", without_a_title),
        scenario("an invalid next article is not offered", invalid_next_is_not_offered),
    ]
}

const HEADLINE: &str = "What comes of it";

/// Opens an article with a `next` member, near its end.
async fn open<'a>(page: &'a Page, attributes: &str, next: Value) -> Result<Briefing<'a>> {
    let mut article = timed(2);
    article["next"] = next;
    let mut second = timed(3);
    second["title"] = json!(HEADLINE);
    page.site().add("/articles/second.json", "application/json", &second.to_string());
    let briefing = page.open_with(attributes, &article).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    briefing.set("currentTime", json!(19.5)).await?;
    briefing.press_play().await?;
    Ok(briefing)
}

/// Waits until the next article has loaded and plays.
async fn plays_the_next(page: &Page) -> Result<()> {
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    page.part_text_becomes("title", HEADLINE).await?;
    page.briefing().plays().await?;
    until("it is at its beginning", async || {
        let time = page.briefing().time().await?;
        ensure!(time < 15.0, "it is at {time} s");
        Ok(())
    })
    .await
}

async fn offered(page: &Page) -> Result<()> {
    let briefing = open(page, "", json!({ "url": "articles/second.json", "title": HEADLINE })).await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    let offer = briefing.find("[part=player] > .interrupted").await?;
    until("it is offered", async || {
        let text = offer.text().await?;
        ensure!(text.contains("Next article") && text.contains(HEADLINE), "{text}");
        Ok(())
    })
    .await?;
    let announced = format!("Next article {HEADLINE}");
    briefing.find("[part=player] > [role=status]").await?.text_becomes(&announced).await?;
    page.is_accessible().await?;
    page.picture("offered").await?;
    // Seeking back cancels the offer.
    briefing.set("currentTime", json!(19)).await?;
    until("it is offered no longer", async || {
        ensure!(briefing.find_all("[part=player] > .interrupted").await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.press_play().await?;
    page.wait_for_event_count(2, "ended", "made").await?;
    ensure!(page.event_count("briefing-next", "made").await? == 0);
    briefing.find("[part=player] > .interrupted button").await?.click().await?;
    plays_the_next(page).await?;
    // The button that the reader pressed is gone; the focus and the view are at the next article's
    // start.
    page.briefing().part("play-button").await?.gets_focus().await?;
    ensure!(page.briefing().part("title").await?.is_in_view().await?);
    let event = page.wait_for_event("briefing-next").await?;
    let url = page.site().url("/articles/second.json");
    ensure!(event.detail == json!({ "url": url, "title": HEADLINE }), "{}", event.detail);
    // The second article names no next one.
    page.briefing().set("currentTime", json!(29.5)).await?;
    page.wait_for_event_count(3, "ended", "made").await?;
    stays("nothing is offered", async || {
        ensure!(page.briefing().find_all("[part=player] > .interrupted").await?.is_empty());
        Ok(())
    })
    .await
}

async fn continuous(page: &Page) -> Result<()> {
    open(page, "continuous", json!({ "url": "/articles/second.json" })).await?;
    plays_the_next(page).await
}

async fn prevented_by_the_page(page: &Page) -> Result<()> {
    let prevent = "addEventListener('briefing-next', (event) => event.preventDefault())";
    let briefing = open(page, "continuous", json!({ "url": "/articles/second.json" })).await?;
    page.script(prevent, vec![]).await?;
    page.wait_for_event_count(1, "briefing-next", "made").await?;
    stays("it is the same article", async || {
        ensure!(briefing.part("title").await?.text().await? != HEADLINE);
        Ok(())
    })
    .await
}

async fn without_a_title(page: &Page) -> Result<()> {
    let briefing = open(page, "lang=de", json!({ "url": "/articles/second.json" })).await?;
    let button = briefing.find("[part=player] > .interrupted button").await?;
    button.text_becomes("Nächster Artikel").await?;
    button.click().await?;
    plays_the_next(page).await
}

async fn invalid_next_is_not_offered(page: &Page) -> Result<()> {
    for next in [json!({ "url": "javascript:alert(1)" }), json!({ "title": "Nowhere" }), json!("second")] {
        let briefing = open(page, "continuous", next.clone()).await?;
        page.wait_for_event_count(1, "ended", "made").await?;
        stays("nothing is offered", async || {
            ensure!(briefing.find_all("[part=player] > .interrupted").await?.is_empty(), "{next}");
            ensure!(page.event_count("briefing-next", "made").await? == 0, "{next}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Shows another article while the focus is elsewhere, and checks that it stays there.
async fn replacement_takes_no_focus(briefing: &Briefing<'_>) -> Result<()> {
    let page = briefing.page();
    page.element("h1").await?.focus().await?;
    briefing.set_attribute("src", "/articles/second.json").await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    stays("the focus is where it was", async || {
        ensure!(page.element("h1").await?.has_focus().await?);
        Ok(())
    })
    .await
}

async fn failed_next_article(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    let briefing = open(page, "", json!({ "url": "/articles/missing.json", "title": HEADLINE })).await?;
    // Something else on the page, which can have the focus.
    let other = "const other = document.querySelector('h1'); other.tabIndex = -1; other.style.marginBottom = '2000px'";
    page.script(other, vec![]).await?;
    let press = "[part=player] > .interrupted button";
    briefing.find(press).await?.click().await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    let again = briefing.find(".failure button").await?;
    again.gets_focus().await?;
    ensure!(again.is_in_view().await?);
    // What the page shows after that does not take the focus.
    replacement_takes_no_focus(&briefing).await?;
    // Neither does an article that the page shows after it has kept the next one from being loaded.
    let briefing = open(page, "", json!({ "url": "/articles/second.json", "title": HEADLINE })).await?;
    page.script(other, vec![]).await?;
    page.script("addEventListener('briefing-next', (event) => event.preventDefault())", vec![]).await?;
    briefing.find(press).await?.click().await?;
    page.wait_for_event_count(1, "briefing-next", "made").await?;
    replacement_takes_no_focus(&briefing).await
}
