//! The loading and error states of a briefing.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::opening::article;
use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a loading article shows a placeholder", loading_state_is_shown),
        scenario("a failed load keeps the fallback content", failure_keeps_the_fallback),
        scenario("retrying shows the article once the server recovers", retrying),
        scenario("an invalid article keeps the fallback content", an_invalid_article),
        scenario("a partly broken article is shown beside its problems", a_broken_article),
        scenario("without the engine the fallback content stays", without_the_engine),
        scenario("every briefing loads or fails exactly once", exactly_once),
        scenario("missing members leave no empty elements", no_empty_elements),
    ]
}

const FALLBACK: &str =
    "<p id=\"fallback\">The page’s own words. <a href=\"/plain.html\">The plain article</a></p>";

/// Opens a page with a briefing of this address, and fallback content inside the element.
async fn open_from<'a>(page: &'a Page, address: &str) -> Result<Briefing<'a>> {
    page.open_page(&format!("<news-briefing id=\"made\" src=\"{address}\">{FALLBACK}</news-briefing>"))
        .await?;
    Ok(page.briefing())
}

/// Waits until the briefing reports the failure, above the page's fallback content.
async fn shows_failure_and_fallback<'a>(
    page: &Page,
    briefing: &Briefing<'a>,
    sentence: &str,
) -> Result<Part<'a>> {
    let alert = briefing.find("[role='alert']").await?;
    until("the failure is reported", async || {
        let text = alert.text().await?;
        ensure!(text.starts_with(sentence), "{text}");
        Ok(())
    })
    .await?;
    let fallback = page.element("#fallback").await?;
    fallback.becomes_shown().await?;
    ensure!(alert.area().await?.bottom() <= fallback.area().await?.top, "the fallback is not below");
    for part in ["title", "player", "references"] {
        briefing.has_no(part).await?;
    }
    Ok(alert)
}

async fn loading_state_is_shown(page: &Page) -> Result<()> {
    let briefing = open_from(page, "/held/articles/seed.json").await?;
    let waiting = briefing.find("[role='status']").await?;
    waiting.becomes_shown().await?;
    ensure!(waiting.text().await?.contains("Loading"), "{}", waiting.text().await?);
    ensure!(waiting.area().await?.height > 150.0, "there is no placeholder");
    ensure!(
        !page.element("#fallback").await?.is_shown().await?,
        "the fallback is shown beside the placeholder"
    );
    let shape = waiting.find("[aria-hidden]").await?;
    ensure!(shape.area().await?.height > 150.0, "there is no placeholder");
    ensure!(shape.style("background-image").await?.contains("gradient"), "the placeholder is invisible");
    page.picture("loading").await?;

    page.site().release();
    briefing.shows_its_article().await?;
    ensure!(briefing.find_all("[role='status']").await?.is_empty());
    ensure!(!page.element("#fallback").await?.is_shown().await?);
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn failure_keeps_the_fallback(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    page.expect_complaint("status of 500");
    page.expect_complaint("ERR_");
    for (address, kind, status) in [
        ("/status/404", "http", json!(404)),
        ("/status/500", "http", json!(500)),
        ("/text/not-json", "json", json!(null)),
        ("/status/loop", "network", json!(null)),
        ("/text/cut-short", "network", json!(null)),
    ] {
        let briefing = open_from(page, address).await?;
        let alert = shows_failure_and_fallback(page, &briefing, "This briefing could not be loaded.")
            .await
            .context(address)?;
        ensure!(alert.find("button").await?.text().await? == "Try again");
        let event = page.wait_for_event("briefing-error").await?;
        ensure!(event.detail["kind"] == kind && event.detail["status"] == status, "{address}: {event:?}");
        ensure!(event.detail["message"].as_str().is_some_and(|message| !message.is_empty()), "{event:?}");
        ensure!(event.detail["problems"] == json!([]), "{event:?}");
        ensure!(page.event_count("briefing-load", "made").await? == 0);
    }
    // There is no source to load from.
    page.open_page(&format!("<news-briefing id=made>{FALLBACK}</news-briefing>")).await?;
    page.element("#fallback").await?.becomes_shown().await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "source", "{event:?}");
    Ok(())
}

async fn retrying(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    let briefing = open_from(page, "/later.json").await?;
    shows_failure_and_fallback(page, &briefing, "This briefing could not be loaded.").await?;
    briefing.named("Try again").await?.click().await?;
    page.wait_for_event_count(2, "briefing-error", "made").await?;
    shows_failure_and_fallback(page, &briefing, "This briefing could not be loaded.").await?;
    // The focus stays with the reader: on the new button after a failure, and on the loaded article
    // after a success.
    briefing.named("Try again").await?.gets_focus().await?;

    page.site().add("/later.json", "application/json", &article("At last", json!(["Text."])).to_string());
    briefing.named("Try again").await?.press(Key::Enter).await?;
    briefing.part("title").await?.text_becomes("At last").await?;
    briefing.part("title").await?.gets_focus().await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(briefing.find_all("[role='alert']").await?.is_empty());
    ensure!(!page.element("#fallback").await?.is_shown().await?);
    Ok(())
}

async fn an_invalid_article(page: &Page) -> Result<()> {
    page.open("/?only=refused").await?;
    let briefing = page.briefing();
    let alert = briefing.find("[role='alert']").await?;
    alert.text_becomes("This briefing cannot be shown just now.").await?;
    ensure!(briefing.all_named("Try again").await?.is_empty(), "trying again would not help");
    let fallback = page.element("#refused p:nth-of-type(2)").await?;
    fallback.becomes_shown().await?;
    ensure!(fallback.text().await?.starts_with("The two pilot services"));
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "article", "{event:?}");
    let problems = event.detail["problems"].as_array().context("no problems")?.clone();
    ensure!(problems.iter().any(|problem| problem["severity"] == "error"), "{problems:?}");
    ensure!(event.detail["message"].as_str().is_some_and(|message| message.contains("version")), "{event:?}");
    ensure!(briefing.property("problems").await? == json!(problems));
    // The page's own link still works.
    ensure!(page.element("#refused a").await?.is_shown().await?);
    Ok(())
}

async fn a_broken_article(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    let briefing = page.briefing_at("#broken");
    briefing.shows_its_article().await?;
    ensure!(briefing.part("title").await?.text().await?.starts_with("Lighthouse lens returns"));
    let panel = page.element("[data-problems-of='broken']").await?;
    until("the problems are listed", async || {
        let text = panel.text().await?;
        ensure!(text.contains("Shown, with"), "{text}");
        Ok(())
    })
    .await?;
    let text = panel.text().await?;
    for path in [
        "published",
        "key_points[0].supports",
        "body[1]",
        "body[3]",
        "body[4]",
        "references[0].kind",
        "references[1].url",
        "references[2].url",
    ] {
        ensure!(text.contains(path), "no {path} in {text}");
    }
    ensure!(!text.contains("letmein"), "a password is revealed");
    ensure!(
        panel.area().await?.left >= briefing.element().await?.area().await?.right(),
        "they are not side by side"
    );
    // The readable parts are shown: an unknown block by its text, and a dangling citation mark
    // unchanged.
    let body = briefing.part("body").await?.text().await?;
    ensure!(body.contains("We cleaned each prism twice") && body.contains("[^nope]"), "{body}");
    let refused = page.element("[data-problems-of='refused']").await?.text().await?;
    ensure!(refused.contains("Not shown") && refused.contains("version"), "{refused}");
    Ok(())
}

async fn without_the_engine(page: &Page) -> Result<()> {
    for expected in ["status of 404", "ompil", "agic", "MIME"] {
        page.expect_complaint(expected);
    }
    page.site().add("/wasm/news-briefing_bg.wasm", "application/wasm", "This is no WebAssembly.");
    open_from(page, "/articles/seed.json").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "engine", "{event:?}");
    stays("the fallback content is shown", async || {
        ensure!(page.element("#fallback").await?.is_shown().await?);
        Ok(())
    })
    .await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;

    // Without the loader, the page shows only its fallback content.
    page.site().add("/news-briefing.js", "text/javascript", "");
    open_from(page, "/articles/seed.json").await?;
    ensure!(page.element("#fallback").await?.is_shown().await?);
    Ok(())
}

async fn exactly_once(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    let shown = ["seed", "minimal", "dense", "arabic", "chinese", "recording", "broken"];
    for id in shown {
        page.wait_for_event_count(1, "briefing-load", id).await?;
    }
    page.wait_for_event_count(1, "briefing-error", "refused").await?;
    stays("each event was dispatched once", async || {
        let mut events: Vec<(String, String)> = page
            .events()
            .await?
            .into_iter()
            .filter(|event| event.name == "briefing-load" || event.name == "briefing-error")
            .map(|event| (event.target, event.name))
            .collect();
        events.sort();
        ensure!(events.len() == shown.len() + 1, "{events:?}");
        Ok(())
    })
    .await
}

async fn no_empty_elements(page: &Page) -> Result<()> {
    let briefing = page.open_only("minimal").await?;
    for part in [
        "category",
        "provenance",
        "summary",
        "key-points",
        "key-point",
        "citation",
        "popover",
        "references",
        "reference",
    ] {
        ensure!(briefing.parts(part).await?.is_empty(), "there is a {part}");
    }
    for part in ["title", "body", "player", "play-button", "progress", "time", "rate"] {
        ensure!(briefing.part(part).await?.is_shown().await?, "there is no {part}");
    }
    ensure!(briefing.parts("block").await?.len() == 2);
    ensure!(briefing.find_all("img, figure, time").await?.is_empty());
    let empty =
        "return [...arguments[0].shadowRoot.querySelectorAll('p, ul, ol, h2, h3, header > *, section')]
        .filter((element) => element.textContent.trim() === '').map((element) => element.outerHTML)";
    let empty = briefing.element().await?.script(empty, vec![]).await?;
    ensure!(empty == json!([]), "{empty}");

    // Key points alone are a valid article.
    let mut points = article("Only points", json!([]));
    points["key_points"] = json!(["One.", "Two."]);
    let briefing = page.open_article(&points).await?;
    ensure!(briefing.parts("key-point").await?.len() == 2);
    ensure!(briefing.parts("body").await?.is_empty());
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await
}
