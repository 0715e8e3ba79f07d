//! Screenshots of every state, for visual review: `target/screenshots`.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::clock::Clock;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::setup::Setup;
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("light", screenshots),
        scenario("dark", screenshots).in_dark(),
        scenario("newsroom", newsroom),
    ]
}

const WIDTHS: [u32; 3] = [320, 480, 800];
/// About the height of a phone.
const HEIGHT: u32 = 740;
/// The height of the tallest screenshot.
const TALLEST: u32 = 6000;

/// Sets the viewport to this size, with the page's current colour scheme.
async fn set_viewport(page: &Page, width: u32, height: u32) -> Result<()> {
    let dark = page.script("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await?;
    page.set_up(&Setup { window: (width, height), dark: dark == json!(true), ..Setup::default() }).await
}

/// Takes a screenshot of the whole page at each width.
async fn capture_page(page: &Page, name: &str) -> Result<()> {
    for width in WIDTHS {
        set_viewport(page, width, HEIGHT).await?;
        let height = page.script("return document.scrollingElement.scrollHeight", vec![]).await?;
        let height = height.as_u64().and_then(|height| u32::try_from(height).ok()).context("no height")?;
        set_viewport(page, width, height.clamp(HEIGHT, TALLEST)).await?;
        page_settles(page).await?;
        page.picture(&format!("{width} {name}")).await?;
    }
    Ok(())
}

/// Takes a screenshot of the viewport at each width.
async fn capture_viewport(page: &Page, name: &str, at: &str, briefing: &Briefing<'_>) -> Result<()> {
    for width in WIDTHS {
        set_viewport(page, width, HEIGHT).await?;
        briefing.find(at).await?.scroll_into_view().await?;
        page_settles(page).await?;
        page.picture(&format!("{width} {name}")).await?;
    }
    Ok(())
}

/// Waits until no animation runs and all images in view have loaded.
async fn page_settles(page: &Page) -> Result<()> {
    until("the page is at rest", async || {
        let moving = "return document.getAnimations().filter(({ playState }) => playState === 'running').length
            + [...document.querySelectorAll('news-briefing')]
                .flatMap(({ shadowRoot }) => [...shadowRoot?.querySelectorAll('img') ?? []])
                .filter((image) => !image.complete && image.getBoundingClientRect().top < innerHeight).length";
        ensure!(page.script(moving, vec![]).await? == json!(0));
        Ok(())
    })
    .await?;
    let drawn =
        "const [answer] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => answer(true)))";
    page.script_later(drawn, vec![]).await.map(drop)
}

async fn screenshots(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    for id in ["minimal", "recording", "dense", "arabic", "chinese", "broken"] {
        page.open_only(id).await?;
        capture_page(page, id).await?;
    }

    let briefing = page.open_only("seed").await?;
    capture_page(page, "loaded").await?;
    briefing.named("Expand all").await?.click().await?;
    briefing.named("Collapse all").await?;
    capture_page(page, "expanded").await?;
    briefing.named("Synthesized from 2 sources").await?.click().await?;
    briefing.part("reference").await?.becomes_shown().await?;
    capture_viewport(page, "references", "[part~='references']", &briefing).await?;
    for width in WIDTHS {
        set_viewport(page, width, HEIGHT).await?;
        let citation = briefing.nth_part("citation", 1).await?;
        citation.scroll_into_view().await?;
        citation.press(Key::Enter).await?;
        briefing.popover().await?;
        page_settles(page).await?;
        page.picture(&format!("{width} popover")).await?;
        page.press(Key::Escape).await?;
        briefing.popover_closes().await?;
    }
    let _stopped = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(75)).await?;
    briefing.plays().await?;
    capture_viewport(page, "playing", "[aria-current]", &briefing).await?;

    let briefing = page.open_only("arabic").await?;
    let _stopped = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(60)).await?;
    capture_viewport(page, "arabic playing", "[aria-current]", &briefing).await?;

    page.open_page(
        "<news-briefing src=/held/articles/seed.json><p>The page’s own words.</p></news-briefing>",
    )
    .await?;
    page.briefing().find("[role='status']").await?;
    capture_page(page, "loading").await?;
    page.open_page("<news-briefing src=/status/404><p>The page’s own words.</p></news-briefing>").await?;
    page.briefing().find("[role='alert']").await?;
    capture_page(page, "error").await
}

async fn newsroom(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    for id in ["#seed", "#minimal", "#recording", "#dense", "#arabic", "#chinese", "#broken"] {
        page.briefing_at(id).shows_its_article().await?;
    }
    for width in [320, 1280] {
        set_viewport(page, width, 5 * HEIGHT).await?;
        page_settles(page).await?;
        page.picture(&width.to_string()).await?;
    }
    Ok(())
}
