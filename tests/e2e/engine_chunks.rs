//! The chunks of the engine that few articles need: each is fetched only for them, and without it the article is shown
//! all the same.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::opening::article;
use crate::page::Page;
use crate::pending_loads::{GO, open};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("each chunk is fetched only for articles that need it", only_where_needed),
        scenario("without its chunk, mentions stay text", rejected_mentions),
        scenario("a late chunk links mentions in the shown article", late_mentions),
        scenario("a chunk that is missing is tried again with the next change", missing_redraw),
        scenario("a long article is shown without its script", long_without_script),
        scenario("after a trap, the next engine gets its chunks", chunks_after_a_trap),
    ]
}

const MENTIONS: &str = "/wasm/mentions.wasm";
const REDRAW: &str = "/wasm/redraw.wasm";
const LONG_ARTICLE: &str = "/wasm/long_article.wasm";

/// Returns an article with two references, and this text.
fn sourced(text: &str) -> Value {
    let mut article = article("Prices", json!([text]));
    article["references"] = json!([
        { "id": "r1", "title": "Prices", "publisher": "Reuters" },
        { "id": "r2", "title": "Letters", "publisher": "Le Monde" },
    ]);
    article
}

const MENTION: &str = "Prices fell, Reuters reported on Tuesday.";

/// Returns an article that is shown step by step.
fn long() -> Value {
    let mut article = sourced("");
    let paragraph = |n: u32| format!("This is paragraph {n}, as Reuters reported.");
    article["body"] = (0..500).map(paragraph).collect();
    article
}

fn was_requested(page: &Page, path: &str) -> bool {
    page.site().request_count(path) > 0
}

async fn citations_are(page: &Page, count: usize) -> Result<()> {
    until(&format!("it has {count} citations"), async || {
        let citations = page.briefing().parts("citation").await?.len();
        ensure!(citations == count, "it has {citations}");
        Ok(())
    })
    .await
}

async fn only_where_needed(page: &Page) -> Result<()> {
    let chunks = [MENTIONS, REDRAW, LONG_ARTICLE];
    let marked = "A marker.[^r1] Reuters' figures."; // A block with a marker has no mentions.
    let unnamed = "Nobody knows who reported it.";
    for text in [unnamed, "It is known.[^r1][^r2]"] {
        page.open_article(&sourced(text)).await?;
        ensure!(!chunks.iter().any(|chunk| was_requested(page, chunk)), "{text}");
    }
    page.open_article(&sourced(marked)).await?;
    citations_are(page, 1).await?;

    let briefing = page.open_article(&sourced(MENTION)).await?;
    citations_are(page, 1).await?;
    ensure!(was_requested(page, MENTIONS) && !was_requested(page, REDRAW));

    briefing.set("words", json!({ "references": "Further reading" })).await?;
    until("it is redrawn", async || {
        let text = briefing.part("references").await?.text().await?;
        ensure!(text.starts_with("Further reading"), "{text}");
        Ok(())
    })
    .await?;
    citations_are(page, 1).await?;
    ensure!(was_requested(page, REDRAW) && !was_requested(page, LONG_ARTICLE));

    page.open_article(&long()).await?;
    citations_are(page, 500).await?;
    ensure!(was_requested(page, LONG_ARTICLE));
    Ok(())
}

/// Accepts what browsers report of a file that is not the one whose hash the loader has.
fn expect_rejection(page: &Page) {
    for expected in ["integrity", "could not load <script>", "ERR_", "SRI", "Failed to load resource"] {
        page.expect_complaint(expected);
    }
}

async fn rejected_mentions(page: &Page) -> Result<()> {
    expect_rejection(page);
    page.site().add(MENTIONS, "application/wasm", "altered");
    page.open_article(&sourced(MENTION)).await?;
    ensure!(was_requested(page, MENTIONS));
    let text = page.briefing().part("block").await?.text().await?;
    ensure!(text.ends_with(MENTION), "{text}");
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(page.event_count("briefing-error", "made").await? == 0);
    citations_are(page, 0).await
}

/// Opens a page whose script replaces `fetch`, with an article that has a mention, and waits until it is shown.
async fn open_with_fetch(page: &Page, script: &str) -> Result<()> {
    page.site().add("/made.json", "application/json", &sourced(MENTION).to_string());
    open(page, script, "<news-briefing id=made src=/made.json></news-briefing>").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn late_mentions(page: &Page) -> Result<()> {
    let hold = "{
        const { fetch } = window;
        const go = new Promise((resolve) => addEventListener('go', resolve, { once: true }));
        window.fetch = async (address, options) => {
            if (/mentions.wasm/.test(address)) await go;
            return fetch(address, options);
        };
        }";
    open_with_fetch(page, hold).await?;
    citations_are(page, 0).await?;
    let block = page.briefing().part("block").await?;
    page.script(GO, vec![]).await?;
    citations_are(page, 1).await?;
    ensure!(block.text().await?.contains("Reuters"), "the block was replaced");
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn missing_redraw(page: &Page) -> Result<()> {
    let hold = "{
        const { fetch } = window;
        let isFirst = true;
        window.fetch = async (address, options) => {
            if (/redraw.wasm/.test(address) && isFirst) {
                isFirst = false;
                throw new TypeError('the first request fails');
            }
            return fetch(address, options);
        };
        }";
    open_with_fetch(page, hold).await?;
    let briefing = page.briefing();
    let references = async || briefing.part("references").await?.text().await;
    let before = references().await?;
    briefing.set("words", json!({ "references": "First" })).await?;
    stays("it shows what it showed", async || {
        ensure!(references().await? == before);
        Ok(())
    })
    .await?;
    briefing.set("words", json!({ "references": "Second" })).await?;
    until("it is redrawn", async || {
        let now = references().await?;
        ensure!(now.starts_with("Second"), "{now}");
        Ok(())
    })
    .await?;
    citations_are(page, 1).await
}

async fn long_without_script(page: &Page) -> Result<()> {
    expect_rejection(page);
    page.site().add("/long_article.js", "text/javascript", "altered");
    page.open_article(&long()).await?;
    citations_are(page, 500).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn chunks_after_a_trap(page: &Page) -> Result<()> {
    page.open_article(&sourced(MENTION)).await?;
    citations_are(page, 1).await?;
    let briefing = page.briefing();
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    briefing.make_engine_trap().await?;
    page.wait_for_event("briefing-error").await?;
    page.script("document.querySelector('#made').setAttribute('src', '/made.json?again')", vec![]).await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    citations_are(page, 1).await
}
