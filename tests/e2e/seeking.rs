//! Going to a place in time.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::clock::Clock;
use crate::opening::timed;
use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::pointer::Pointer;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("keys on the bar go by seconds, by passages and to the ends", keys_seek),
        scenario("a click on the bar goes there", a_click_seeks),
        scenario("a drag goes along, wherever the mouse strays", a_drag_seeks),
        scenario("a finger drags too", a_finger_seeks).in_window(360, 740).by_touch(),
        scenario("a place on the bar is shown before it is chosen", a_place_is_previewed),
        scenario("from right to left the bar runs the other way", right_to_left),
        scenario("passages are marked on the bar", passages_are_marked),
    ]
}

async fn keys_seek(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    bar.focus().await?;
    for (key, time, told) in [
        (Key::Right, 5.0, "5 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::Up, 10.0, "10 seconds of 1 minute 40 seconds, paragraph 2 of 10"),
        (Key::Left, 5.0, "5 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::Down, 0.0, "0 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::Left, 0.0, "0 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::PageUp, 10.0, "10 seconds of 1 minute 40 seconds, paragraph 2 of 10"),
        (Key::PageUp, 20.0, "20 seconds of 1 minute 40 seconds, paragraph 3 of 10"),
        (Key::PageDown, 10.0, "10 seconds of 1 minute 40 seconds, paragraph 2 of 10"),
        (Key::End, 100.0, "1 minute 40 seconds of 1 minute 40 seconds"),
        (Key::Home, 0.0, "0 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
    ] {
        page.press(key).await?;
        briefing.time_becomes(time).await?;
        bar.attribute_becomes("aria-valuenow", &time.to_string()).await?;
        until(&format!("{time} s are told as {told:?}"), async || {
            let text = bar.attribute("aria-valuetext").await?.unwrap_or_default();
            ensure!(text == told || (time >= 100.0 && text.starts_with(told)), "{text}");
            Ok(())
        })
        .await?;
        ensure!(bar.has_focus().await?);
    }
    ensure!(page.script("return scrollX", vec![]).await? == json!(0), "a key has scrolled the page");
    page.hears_times(page.times_heard("seeking", "made").await?, "seeked", "made").await?;

    // They are no keys of ours when they mean something to the browser.
    page.press_with(Key::Control, Key::End).await?;
    briefing.time_becomes(0.0).await?;

    // While it plays, it plays on from there.
    let clock = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    page.press(Key::PageUp).await?;
    briefing.plays().await?;
    clock.pass(1.0).await?;
    briefing.time_becomes(11.0).await
}

async fn a_click_seeks(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    for share in [0.25, 0.75, 0.5] {
        bar.press_at(Pointer::Mouse, (share, 0.5)).await?;
        briefing.time_comes_near(100.0 * share, 1.0).await?;
        briefing.is_paused().await?;
    }
    let elapsed = briefing.nth_part("time", 0).await?.text().await?;
    ensure!(["0:49", "0:50"].contains(&elapsed.as_str()), "{elapsed}");
    let played = bar.find(".played").await?.area().await?;
    let whole = bar.area().await?;
    ensure!((played.width / whole.width - 0.5).abs() < 0.02, "{played:?} of {whole:?}");
    // Keys go on from there.
    let time = briefing.time().await?;
    page.press(Key::Right).await?;
    briefing.time_becomes(time + 5.0).await
}

async fn a_drag_seeks(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    // Up into the text: the bar keeps hold of the mouse.
    bar.drag(Pointer::Mouse, (0.1, 0.5), (0.8, -3.0)).await?;
    briefing.time_comes_near(80.0, 1.0).await?;
    ensure!(page.script("return getSelection().toString()", vec![]).await? == json!(""), "it selected text");
    let seeks = page.times_heard("seeking", "made").await?;
    ensure!(seeks > 2, "it went there in {seeks} steps only");
    // Past the ends there is nothing.
    bar.drag(Pointer::Mouse, (0.8, 0.5), (1.2, 0.5)).await?;
    briefing.time_becomes(100.0).await?;
    bar.drag(Pointer::Mouse, (0.9, 0.5), (-0.2, 0.5)).await?;
    briefing.time_becomes(0.0).await?;
    // Let go, the mouse moves nothing any more.
    bar.hover_at((0.5, 0.5)).await?;
    preview(&bar).await?;
    briefing.time_becomes(0.0).await
}

async fn a_finger_seeks(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    bar.press_at(Pointer::Touch, (0.5, 0.5)).await?;
    briefing.time_comes_near(50.0, 2.0).await?;
    bar.drag(Pointer::Touch, (0.5, 0.5), (0.2, 0.5)).await?;
    briefing.time_comes_near(20.0, 2.0).await?;
    bar.find(".preview").await?.becomes_hidden().await
}

/// Waits for what is shown over the bar, and returns it.
async fn preview<'a>(bar: &Part<'a>) -> Result<Part<'a>> {
    let preview = bar.find(".preview").await?;
    preview.becomes_shown().await?;
    Ok(preview)
}

async fn a_place_is_previewed(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    bar.hover_at((0.5, 0.5)).await?;
    let shown = preview(&bar).await?;
    until("the place is previewed", async || {
        let text = shown.text().await?;
        let at_middle = ["0:49", "0:50"].iter().any(|time| text.contains(time));
        ensure!(at_middle && text.contains("This is paragraph"), "{text}");
        Ok(())
    })
    .await?;
    briefing.time_becomes(0.0).await?;
    // At both ends it stays on the screen.
    let (width, _) = page.size().await?;
    for (share, time) in [(0.004, "0:00"), (0.996, "1:39")] {
        bar.hover_at((share, 0.5)).await?;
        until(&format!("{time} is previewed on the screen"), async || {
            let text = shown.text().await?;
            ensure!(text.contains(time), "{text}");
            let area = shown.area().await?;
            ensure!(area.left >= 0.0 && area.right() <= width, "{area:?}");
            Ok(())
        })
        .await?;
    }
    briefing.part("title").await?.hover().await?;
    shown.becomes_hidden().await
}

async fn right_to_left(page: &Page) -> Result<()> {
    let briefing = page.open_only("arabic").await?;
    let bar = briefing.part("progress").await?;
    let duration = briefing.duration().await?;
    bar.press(Key::Left).await?;
    briefing.time_becomes(5.0).await?;
    page.press(Key::Right).await?;
    briefing.time_becomes(0.0).await?;
    page.press(Key::Up).await?;
    briefing.time_becomes(5.0).await?;

    briefing.set("currentTime", json!(duration / 4.0)).await?;
    until("the bar fills from the right", async || {
        let (whole, played) = (bar.area().await?, bar.find(".played").await?.area().await?);
        ensure!((played.right() - whole.right()).abs() < 1.0, "{played:?} in {whole:?}");
        ensure!((played.width / whole.width - 0.25).abs() < 0.02, "{played:?} in {whole:?}");
        Ok(())
    })
    .await?;

    bar.press_at(Pointer::Mouse, (0.1, 0.5)).await?;
    briefing.time_comes_near(0.9 * duration, 0.02 * duration).await?;
    bar.drag(Pointer::Mouse, (0.1, 0.5), (0.8, 0.5)).await?;
    briefing.time_comes_near(0.2 * duration, 0.02 * duration).await?;
    let shown = preview(&bar).await?;
    until("the preview is where the mouse is", async || {
        let (shown, bar) = (shown.area().await?, bar.area().await?);
        let mouse = bar.left + 0.8 * bar.width;
        ensure!(shown.left <= mouse && mouse <= shown.right(), "{shown:?} and {mouse}");
        Ok(())
    })
    .await?;
    // The step buttons follow the direction of reading as well.
    let places = [briefing.named("المقطع السابق").await?, briefing.named("المقطع التالي").await?];
    let [previous, next] = &places;
    briefing.play_at_the_top().await?.click().await?;
    ensure!(previous.area().await?.left > next.area().await?.left, "the steps are in the wrong order");
    Ok(())
}

async fn passages_are_marked(page: &Page) -> Result<()> {
    let briefing: Briefing<'_> = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    let whole = bar.area().await?;
    let mut places = Vec::new();
    for mark in bar.find_all("i").await? {
        if mark.is_shown().await? {
            let area = mark.area().await?;
            places.push((100.0 * (area.left + area.width / 2.0 - whole.left) / whole.width).round());
        }
    }
    let starts: Vec<f64> = (1..10).map(|passage| 10.0 * f64::from(passage)).collect();
    ensure!(places == starts, "{places:?}");
    // Of sixty passages, those there is room for.
    let briefing = page.open_only("dense").await?;
    let marks = briefing.part("progress").await?.find_all("i").await?.len();
    ensure!((20..=100).contains(&marks), "{marks} marks");
    Ok(())
}
