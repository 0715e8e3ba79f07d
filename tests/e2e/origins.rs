//! Pages, files and articles that are on different origins.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::opening::article;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;
use crate::watch;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("page, files and articles can have separate origins", separate_origins),
        scenario("a briefing works in a sandboxed frame", in_a_sandboxed_frame),
        scenario("a cross-origin article requires CORS", cors_is_required),
        scenario(
            "a page without an address of its own has the base of its parent, or none",
            without_an_address,
        ),
    ]
}

/// Returns a publisher's page whose loader is on the origin of the files.
fn page_of(page: &Page, body: &str) -> String {
    let loader = page.site().files_url("/news-briefing.js");
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Three origins</title>
        <script type=\"module\" crossorigin src=\"{loader}\"></script></head>
        <body><main><h1>Three origins</h1>{body}</main></body></html>"
    )
}

async fn separate_origins(page: &Page) -> Result<()> {
    page.site().allow_other_origins()?;
    // The German interface strings are a separate file.
    let src = page.site().articles_url("/articles/dense.json");
    let html = page_of(page, &format!("<news-briefing id=made lang=de src=\"{src}\"></news-briefing>"));
    page.site().add("/three.html", "text/html", &html);
    page.open("/three.html").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    // The other resources come from these two origins.
    let origins = page
        .script(
            "return [...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name))
                .filter(({ pathname }) => !pathname.startsWith('/e2e') && pathname !== '/favicon.ico')
                .map(({ origin }) => origin))].sort()",
            vec![],
        )
        .await?;
    let mut expected = [page.site().files_url(""), page.site().articles_url("")];
    expected.sort();
    ensure!(origins == json!(expected), "{origins}");
    let pictures = "return [...document.querySelector('#made').shadowRoot.querySelectorAll('img')]
        .map(({ src }) => new URL(src).origin)";
    let pictures = page.script(pictures, vec![]).await?;
    ensure!(pictures.as_array().is_some_and(|origins| !origins.is_empty()), "no pictures");
    let elsewhere = |origin: &serde_json::Value| *origin != json!(page.site().articles_url(""));
    ensure!(!pictures.as_array().into_iter().flatten().any(elsewhere), "{pictures}");
    Ok(())
}

/// Opens a page with a sandboxed frame, and enters the frame, which contains such a page with a
/// briefing that has these attributes.
pub(crate) async fn open_sandboxed(page: &Page, attributes: &str) -> Result<()> {
    page.site().allow_other_origins()?;
    let src = page.site().articles_url("/articles/seed.json");
    let briefing = format!("<news-briefing id=made {attributes} src=\"{src}\"></news-briefing>");
    let framed = page_of(page, &briefing);
    page.site().add("/framed.html", "text/html", &framed);
    page.site().add(
        "/framing.html",
        "text/html",
        "<!doctype html><html lang=\"en\"><head><title>A frame</title></head><body>
        <iframe title=\"Briefing\" sandbox=\"allow-scripts\" width=\"600\" height=\"600\" src=\"/framed.html\"></iframe>
        </body></html>",
    );
    page.open("/framing.html").await?;
    page.enter("iframe").await
}

async fn in_a_sandboxed_frame(page: &Page) -> Result<()> {
    open_sandboxed(page, "").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    ensure!(page.script("return self.origin", vec![]).await? == json!("null"));
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    briefing.nth_part("citation", 0).await?.click().await?;
    briefing.popover().await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn cors_is_required(page: &Page) -> Result<()> {
    page.site().allow_other_origins()?;
    // The console messages of the different engines.
    for complaint in ["CORS policy", "ERR_FAILED", "Cross-Origin", "access control checks", "Origin "] {
        page.expect_complaint(complaint);
    }
    let src = page.site().articles_url("/closed/articles/seed.json");
    let html = page_of(
        page,
        &format!("<news-briefing id=made src=\"{src}\"><p id=own>The page’s own words.</p></news-briefing>"),
    );
    page.site().add("/closed.html", "text/html", &html);
    page.open("/closed.html").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.target == "made" && event.detail["kind"] == "cors", "{event:?}");
    until("the page’s own words are seen", async || {
        ensure!(page.element("#own").await?.is_shown().await?);
        Ok(())
    })
    .await?;
    // An allowed response that breaks off is another kind of error, and is retried.
    for complaint in ["cut-short", "ERR_"] {
        page.expect_complaint(complaint);
    }
    let src = page.site().articles_url("/text/cut-short");
    page.site().add(
        "/broken.html",
        "text/html",
        &page_of(page, &format!("<news-briefing id=made src=\"{src}\"></news-briefing>")),
    );
    page.open("/broken.html").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "network", "{event:?}");
    Ok(())
}

/// Documents without an address on a server. Relative addresses have the base of the parent at `about:srcdoc`;
/// at `blob:` and `data:` they have none, which is a fault of the source and not of the engine.
async fn without_an_address(page: &Page) -> Result<()> {
    page.site().allow_other_origins_and_frames("'self' blob: data:")?;
    let there = page.site().articles_url("/articles/seed.json");
    let inside = article("Inside", json!(["Text."]));
    let framed = page_of(
        page,
        &format!(
            "<news-briefing id=relative loading=eager src=\"/articles/seed.json\"><p id=own>The page’s own words.</p>
            </news-briefing>
            <news-briefing id=absolute loading=eager src=\"{there}\"></news-briefing>
            <news-briefing id=inside loading=eager><script type=\"application/json\">{inside}</script></news-briefing>"
        ),
    );
    // The server inserts this script only into the pages that it serves.
    let watched = format!("<head><script src=\"{}\"></script>", page.site().url(watch::SCRIPT_PATH));
    let framed = framed.replacen("<head>", &watched, 1);
    let srcdoc = framed.replace('&', "&amp;").replace('"', "&quot;");
    for (protocol, attributes, address) in [
        ("about:", format!("srcdoc=\"{srcdoc}\""), "'about:srcdoc'"),
        ("blob:", String::new(), "URL.createObjectURL(new Blob([arguments[0]], { type: 'text/html' }))"),
        ("data:", String::new(), "`data:text/html,${encodeURIComponent(arguments[0])}`"),
    ] {
        page.site().add(
            "/framing.html",
            "text/html",
            &format!(
                "<!doctype html><html lang=\"en\"><head><title>A frame</title></head><body>
                <iframe title=\"Briefings\" width=\"600\" height=\"600\" {attributes}></iframe></body></html>"
            ),
        );
        page.open("/framing.html").await?;
        if attributes.is_empty() {
            let navigate = format!("document.querySelector('iframe').src = {address}");
            page.script(&navigate, vec![json!(framed)]).await?;
        }
        let state = format!("in a page at {protocol}");
        // The frame may still show the document that it had before.
        until("the frame has the page", async || {
            page.leave().await?;
            page.enter("iframe").await?;
            let found = page.script("return [location.protocol, typeof underTest]", vec![]).await?;
            ensure!(found == json!([protocol, "object"]), "{found}");
            Ok(())
        })
        .await?;
        for id in ["absolute", "inside"] {
            page.wait_for_event_count(1, "briefing-load", id).await.context(state.clone())?;
        }
        if protocol == "about:" {
            page.wait_for_event_count(1, "briefing-load", "relative").await.context(state.clone())?;
        } else {
            page.wait_for_event_count(1, "briefing-error", "relative").await.context(state.clone())?;
            page.element("#own").await?.becomes_shown().await.context(state.clone())?;
        }
        let events = page.events().await?;
        let errors: Vec<_> = events.iter().filter(|event| event.name == "briefing-error").collect();
        ensure!(
            errors.iter().all(|event| event.detail["kind"] == "source")
                && errors.len() == usize::from(protocol != "about:"),
            "{state}: {errors:?}"
        );
        page.leave().await?;
    }
    Ok(())
}
