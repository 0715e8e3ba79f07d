//! Deep links: fragments that point into a briefing.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::opening::timed;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a time in the URL sets the start position", times_in_the_url),
        scenario("a tall passage is scrolled to its first line", tall_passages).in_window(800, 500),
        scenario("a time range pauses at its end", time_range),
        scenario("a block's id scrolls to the block", a_block),
        scenario("a passage's start is corrected when its times load late", late_times),
        scenario("a key point's id unfolds its section", a_key_point),
        scenario("a changed fragment seeks again", changed_fragment),
        scenario("the next article starts from its beginning", the_next_article),
        scenario("invalid fragments do nothing", invalid_fragments),
        scenario("without the attribute the fragment is ignored", without_the_attribute),
        scenario("a deep link overrides the saved position", saved_position),
    ]
}

/// Opens a briefing at a fragment, on a new page each time.
async fn open<'a>(page: &'a Page, attributes: &str, fragment: &str) -> Result<Briefing<'a>> {
    open_article(page, attributes, fragment, &timed(8)).await
}

async fn open_article<'a>(
    page: &'a Page,
    attributes: &str,
    fragment: &str,
    article: &Value,
) -> Result<Briefing<'a>> {
    page.site().add("/made.json", "application/json", &article.to_string());
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>A page</title>
        <script type=module src=/news-briefing.js></script>
        <h1 id=top>A page</h1><news-briefing id=made src=/made.json {attributes}></news-briefing></html>"
    );
    page.site().add("/linked.html", "text/html", &html);
    page.open(&format!("/linked.html?{}#{fragment}", fragment.len())).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    Ok(briefing)
}

async fn times_in_the_url(page: &Page) -> Result<()> {
    for (fragment, time) in
        [("t=23", 23.0), ("t=0:33.5", 33.5), ("t=npt:0:00:41,79", 41.0), ("x=1&t=52s", 52.0), ("t=%37", 7.0)]
    {
        let briefing = open(page, "deep-links", fragment).await?;
        briefing.time_becomes(time).await?;
        briefing.is_paused().await?;
        let passage = briefing.nth_part("block", (time / 10.0) as usize).await?;
        until("its passage is in view", async || {
            ensure!(passage.is_in_view().await?, "{:?}", passage.area().await?);
            Ok(())
        })
        .await?;
    }
    // Passages before the body, such as the title, cannot be scrolled to the middle of the
    // viewport.
    let mut article = timed(8);
    article["key_points"] = json!([{ "id": "k1", "text": "A point." }, { "id": "k2", "text": "Another." }]);
    article["audio"]["segments"] = json!([
        { "target": "title", "start": 0 }, { "target": "k1", "start": 5 }, { "target": "k2", "start": 10 }, { "target": "p1", "start": 20 }
    ]);
    for (fragment, part, index) in [("t=2", "title", 0), ("t=12", "key-point", 1)] {
        let briefing = open_article(page, "deep-links", fragment, &article).await?;
        let passage = briefing.nth_part(part, index).await?;
        until("it is in view", async || {
            ensure!(passage.is_in_view().await?, "{:?}", passage.area().await?);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn tall_passages(page: &Page) -> Result<()> {
    let mut article = timed(3);
    article["body"][1]["text"] = json!("It goes on and on, and is one of very many of its kind. ".repeat(80));
    let briefing = open_article(page, "deep-links", "t=12", &article).await?;
    let passage = briefing.nth_part("block", 1).await?;
    until("its first line is in view", async || {
        let top = passage.area().await?.top;
        ensure!((0.0..300.0).contains(&top), "it is at {top}");
        Ok(())
    })
    .await?;
    // Scrolling along with the playback shows the first line, too.
    page.script("scrollTo(0, 0)", vec![]).await?;
    briefing.set("currentTime", json!(9)).await?;
    briefing.press_play().await?;
    briefing.named("Scroll along").await?.click().await?;
    briefing.time_passes(10.2).await?;
    until("its first line is in view", async || {
        let top = passage.area().await?.top;
        ensure!((0.0..300.0).contains(&top), "it is at {top}");
        Ok(())
    })
    .await
}

async fn time_range(page: &Page) -> Result<()> {
    // A range that ends beyond the article has no end, however large the number.
    for fragment in ["t=18,9999", "t=18,9000000000000"] {
        let briefing = open(page, "deep-links", fragment).await?;
        briefing.time_becomes(18.0).await?;
        ensure!(briefing.find_all("[part=progress][data-until]").await?.is_empty(), "{fragment}");
    }
    let briefing = open(page, "deep-links", "t=18,20.5").await?;
    briefing.time_becomes(18.0).await?;
    let clock = Clock::stop(page).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    for time in [19.0, 20.0] {
        clock.advance(1.0).await?;
        briefing.time_becomes(time).await?;
    }
    briefing.plays().await?;
    clock.advance(1.0).await?;
    briefing.is_paused().await?;
    briefing.time_becomes(20.5).await?;
    // Playing again continues past the end of the range.
    briefing.press_play().await?;
    briefing.plays().await?;
    clock.advance(1.0).await?;
    briefing.time_becomes(21.5).await
}

async fn a_block(page: &Page) -> Result<()> {
    let briefing = open(page, "deep-links", "p6").await?;
    briefing.time_becomes(50.0).await?;
    let block = briefing.nth_part("block", 5).await?;
    block.gets_focus().await?;
    ensure!(block.is_in_view().await?, "{:?}", block.area().await?);
    Ok(())
}

async fn a_key_point(page: &Page) -> Result<()> {
    let mut article = timed(8);
    article["key_points"] = json!(["One.", { "id": "second", "text": "Two.", "detail": ["More of it."] }]);
    let briefing = open_article(page, "deep-links", "", &article).await?;
    // The reader folds the key points, and then a fragment points to one of them.
    briefing.find("[part~='key-points'] summary").await?.click().await?;
    page.script("location.hash = 'second'", vec![]).await?;
    let point = briefing.nth_part("key-point", 1).await?;
    point.becomes_shown().await?;
    point.gets_focus().await
}

async fn changed_fragment(page: &Page) -> Result<()> {
    let briefing = open(page, "deep-links", "t=10").await?;
    briefing.time_becomes(10.0).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    page.script("location.hash = 't=70'", vec![]).await?;
    briefing.time_comes_near(70.0, 4.0).await?;
    // A playing briefing keeps playing.
    briefing.plays().await?;
    page.script("location.hash = 'p2'", vec![]).await?;
    briefing.time_comes_near(10.0, 4.0).await?;
    // A disconnected element ignores hash changes; once reconnected, it follows them again.
    page.script(
        "window.removed = document.querySelector('#made'); window.removed.remove(); location.hash = 't=30'",
        vec![],
    )
    .await?;
    page.script_later(
        "const answer = arguments[arguments.length - 1]; setTimeout(() => { document.body.append(window.removed); answer(true) }, 100)",
        vec![],
    )
    .await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    ensure!(briefing.time().await? == 0.0, "{}", briefing.time().await?);
    page.script("location.hash = 't=50'", vec![]).await?;
    briefing.time_comes_near(50.0, 4.0).await
}

async fn invalid_fragments(page: &Page) -> Result<()> {
    for fragment in ["", "t=", "t=soon", "t=20,10", "t=1:2:3:4", "t=-5", "nowhere", "%E0%A4%A", "top"] {
        let briefing = open(page, "deep-links", fragment).await?;
        stays("nothing has moved", async || {
            ensure!(
                briefing.time().await? == 0.0,
                "{fragment} has moved the time to {}",
                briefing.time().await?
            );
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn without_the_attribute(page: &Page) -> Result<()> {
    let briefing = open(page, "", "t=23").await?;
    stays("it is where it begins", async || {
        ensure!(briefing.time().await? == 0.0);
        Ok(())
    })
    .await?;
    ensure!(page.site().request_count("/deep_links.js") == 0);
    Ok(())
}

async fn saved_position(page: &Page) -> Result<()> {
    let briefing = open(page, "deep-links persist=local", "t=23").await?;
    briefing.time_becomes(23.0).await?;
    briefing.set("currentTime", json!(61)).await?;
    let briefing = open(page, "deep-links persist=local", "").await?;
    briefing.time_becomes(61.0).await?;
    let briefing = open(page, "deep-links persist=local", "t=34").await?;
    briefing.time_becomes(34.0).await
}

async fn the_next_article(page: &Page) -> Result<()> {
    let briefing = open(page, "deep-links", "t=23").await?;
    briefing.time_becomes(23.0).await?;
    page.site().add("/other.json", "application/json", &timed(5).to_string());
    briefing.set_attribute("src", "/other.json").await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    stays("it is at its beginning", async || {
        ensure!(briefing.time().await? == 0.0);
        Ok(())
    })
    .await?;
    page.script("location.hash = 't=31'", vec![]).await?;
    briefing.time_becomes(31.0).await
}

async fn late_times(page: &Page) -> Result<()> {
    let mut article = timed(4);
    article["key_points"] = json!([{ "id": "k1", "text": "There is a point." }]);
    let texts = ["One is here.", "Two is here too.", "Three is after it.", "Four is the last."];
    let mut timings = "WEBVTT\n\n00:02.000 --> 00:08.000\nThere is a point.\n".to_owned();
    for (index, text) in texts.iter().enumerate() {
        article["body"][index]["text"] = json!(text);
        let start = 10 + index * 13;
        timings.push_str(&format!("\n00:{start}.000 --> 00:{}.000\n{text}\n", start + 5));
    }
    page.site().add("/timings.vtt", "text/vtt", &timings);
    article["audio"] = json!({
        "sources": [{ "url": "/media/fine/a.wav", "type": "audio/wav" }],
        "duration": 60, "timings_url": "/held/timings.vtt",
    });
    let briefing = open_article(page, "deep-links", "p3", &article).await?;
    until("it is at the estimated time", async || {
        let time = briefing.time().await?;
        ensure!(time > 0.0 && (time - 36.0).abs() > 0.5, "it is at {time} s");
        Ok(())
    })
    .await?;
    page.site().release();
    briefing.time_becomes(36.0).await?;
    briefing.is_paused().await?;
    let briefing = open_article(page, "deep-links", "k1", &article).await?;
    briefing.time_becomes(2.0).await
}
