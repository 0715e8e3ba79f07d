//! Playing: progress, the marked passage, and which briefing plays.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::clock::Clock;
use crate::opening::{PASSAGE, timed};
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the play button at the top starts playback", it_plays_from_the_top),
        scenario("the player's play button works by mouse and keys", it_plays_from_the_player),
        scenario("the current passage is marked", the_current_passage_is_marked),
        scenario("playback ends and restarts from the beginning", it_ends),
        scenario("only one briefing plays at a time", one_plays_at_a_time),
        scenario("the playback rate changes how fast time passes", the_speed_changes),
        scenario("step buttons move by passage", steps_move_by_passage),
        scenario("timestamps play from their passage", timestamps_play_from_their_passage),
        scenario(
            "on a narrow screen controls appear without growing the player",
            controls_appear_while_playing,
        )
        .in_window(360, 740)
        .by_touch(),
        scenario("the player stays in view while it plays", the_player_stays_in_view),
        scenario("scrolling along stops when the reader scrolls", it_scrolls_along).in_window(1024, 560),
        scenario("a removed briefing stops playing", a_removed_briefing_stops),
    ]
}

/// Returns the player's elapsed time as text.
async fn elapsed(briefing: &Briefing<'_>) -> Result<String> {
    briefing.nth_part("time", 0).await?.text().await
}

async fn it_plays_from_the_top(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let (top, bar) = (briefing.play_at_the_top().await?, briefing.part("progress").await?);
    ensure!(elapsed(&briefing).await? == "0:00");
    ensure!(bar.attribute("aria-valuenow").await?.as_deref() == Some("0"));
    let total = briefing.nth_part("time", 1).await?.text().await?;
    ensure!(
        top.text().await?.contains("Play") && top.text().await?.contains(&total),
        "{}",
        top.text().await?
    );
    ensure!(briefing.current_passages().await?.is_empty(), "nothing plays yet");

    top.click().await?;
    briefing.plays().await?;
    page.wait_for_event("play").await?;
    ensure!(top.text().await?.contains("Pause"));
    until("time passes", async || {
        let text = elapsed(&briefing).await?;
        ensure!(text != "0:00", "it is {text}");
        Ok(())
    })
    .await?;
    let now = until("the bar shows the time", async || {
        let now = bar.attribute("aria-valuenow").await?.unwrap_or_default().parse::<u32>()?;
        ensure!(now > 0, "it shows {now}");
        Ok(now)
    })
    .await?;
    until("the bar has a value text", async || {
        let text = bar.attribute("aria-valuetext").await?.unwrap_or_default();
        ensure!(text.contains("second") && text.contains(" of ") && text.contains("minute"), "{text}");
        Ok(())
    })
    .await?;
    let most = bar.attribute("aria-valuemax").await?.unwrap_or_default().parse::<u32>()?;
    ensure!(now < most && f64::from(most) <= briefing.duration().await?);
    ensure!(bar.find("[class='played']").await?.area().await?.width > 0.0, "the bar is empty");

    top.click().await?;
    briefing.is_paused().await?;
    page.wait_for_event("pause").await?;
    let time = briefing.time().await?;
    stays("the time does not change", async || {
        ensure!(briefing.time().await? == time);
        Ok(())
    })
    .await
}

async fn it_plays_from_the_player(page: &Page) -> Result<()> {
    let briefing = page.open_only("minimal").await?;
    let button = briefing.part("play-button").await?;
    button.click().await?;
    briefing.plays().await?;
    button.click().await?;
    briefing.is_paused().await?;
    for key in [Key::Space, Key::Enter] {
        button.press(key.clone()).await?;
        briefing.plays().await?;
        button.gets_focus().await?;
        page.press(key).await?;
        briefing.is_paused().await?;
    }
    page.wait_for_event_count(3, "play", "minimal").await?;
    page.wait_for_event_count(3, "pause", "minimal").await
}

async fn the_current_passage_is_marked(page: &Page) -> Result<()> {
    let mut article = timed(6);
    article["summary"] = json!("A summary, read first.");
    article["key_points"] = json!([{ "id": "k1", "text": "A key point, read second." }]);
    article["audio"]["segments"] = json!([
        { "target": "title", "start": 0 }, { "target": "summary", "start": 5 }, { "target": "k1", "start": 10 },
        { "target": "p1", "start": 15 }, { "target": "p2", "start": 20 }, { "target": "p3", "start": 30 },
    ]);
    let briefing = page.open_article(&article).await?;
    let clock = Clock::stop(page).await?;
    let bar = briefing.part("progress").await?;
    briefing.part("play-button").await?.click().await?;
    briefing.current_becomes("An article with times").await?;

    for (start, beginning, name, place) in [
        (5.0, "A summary", "summary", "5 seconds of 1 minute, summary"),
        (10.0, "A key point", "k1", "10 seconds of 1 minute, key point 1 of 1"),
        (15.0, "This is paragraph 1.", "p1", "15 seconds of 1 minute, paragraph 1 of 6"),
        (20.0, "This is paragraph 2.", "p2", "20 seconds of 1 minute, paragraph 2 of 6"),
    ] {
        let still = briefing.current_passages().await?.pop().context("nothing is marked")?;
        briefing.set("currentTime", json!(start - 0.5)).await?;
        clock.advance(0.6).await?;
        let current = briefing.current_becomes(beginning).await?;
        // The accessible value follows the visible one, a moment later.
        clock.advance(0.1).await?;
        until("it looks different from the one before", async || {
            let before = (still.style("box-shadow").await?, still.style("background-color").await?);
            let now = (current.style("box-shadow").await?, current.style("background-color").await?);
            // The mark is not only a colour but also a rule at the edge.
            ensure!(now.0 != "none" && before.0 == "none", "before: {before:?}, now: {now:?}");
            Ok(())
        })
        .await?;
        bar.attribute_becomes("aria-valuetext", place).await?;
        let events = page.events().await?;
        let progress = events
            .iter()
            .rev()
            .find(|event| event.name == "briefing-progress")
            .context("none was dispatched")?;
        ensure!(progress.detail["passage"] == name && progress.detail["duration"] == 60.0, "{progress:?}");
        ensure!(progress.detail["currentTime"].as_f64().is_some_and(|time| time >= start), "{progress:?}");
    }
    // When paused, the passage stays marked.
    briefing.part("play-button").await?.click().await?;
    briefing.is_paused().await?;
    briefing.current_becomes("This is paragraph 2.").await?;
    Ok(())
}

async fn it_ends(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(3)).await?;
    let clock = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.set("currentTime", json!(29.5)).await?;
    ensure!(briefing.property("ended").await? == json!(false));
    clock.advance(1.0).await?;
    page.wait_for_event("ended").await?;
    briefing.is_paused().await?;
    ensure!(briefing.property("ended").await? == json!(true));
    ensure!(briefing.property("paused").await? == json!(true));
    briefing.time_becomes(30.0).await?;
    ensure!(elapsed(&briefing).await? == "0:30");
    let names: Vec<_> = page.events().await?.into_iter().map(|event| event.name).collect();
    let end: Vec<_> = names.iter().rev().take(3).rev().map(String::as_str).collect();
    ensure!(end == ["timeupdate", "pause", "ended"], "{names:?}");

    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    briefing.time_becomes(0.0).await?;
    ensure!(briefing.property("ended").await? == json!(false));
    briefing.current_becomes("This is paragraph 1.").await?;
    Ok(())
}

async fn one_plays_at_a_time(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    let [seed, dense, minimal] = ["#seed", "#dense", "#minimal"].map(|id| page.briefing_at(id));
    for briefing in [&seed, &dense, &minimal] {
        briefing.shows_its_article().await?;
    }
    seed.play_at_the_top().await?.click().await?;
    seed.plays().await?;
    seed.time_passes(0.0).await?;
    dense.play_at_the_top().await?.click().await?;
    dense.plays().await?;
    seed.is_paused().await?;
    page.wait_for_event_count(1, "pause", "seed").await?;
    ensure!(seed.property("paused").await? == json!(true));

    // The same applies to calls by script.
    minimal.call("play", vec![]).await?;
    minimal.plays().await?;
    dense.is_paused().await?;
    let time = seed.time().await?;
    ensure!(time > 0.0, "the first has lost its place");
    seed.play_at_the_top().await?.click().await?;
    minimal.is_paused().await?;
    ensure!(seed.time().await? >= time, "the first did not go on from its place");
    Ok(())
}

async fn the_speed_changes(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(6)).await?;
    let clock = Clock::stop(page).await?;
    let speed = briefing.part("rate").await?;
    let chosen = async || -> Result<String> {
        let script = "return arguments[0].selectedOptions[0]?.textContent ?? ''";
        Ok(speed.script(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
    };
    ensure!(chosen().await? == "1×");
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    clock.advance(1.0).await?;
    briefing.time_becomes(1.0).await?;

    briefing.named("Speed").await?.focus().await?;
    page.press("2").await?;
    page.wait_for_event("ratechange").await?;
    ensure!(chosen().await? == "2×");
    ensure!(briefing.property("playbackRate").await? == json!(2));
    clock.advance(1.0).await?;
    briefing.time_becomes(3.0).await?;

    briefing.set("playbackRate", json!(0.75)).await?;
    until("the choice shows the speed", async || {
        let chosen = chosen().await?;
        ensure!(chosen == "0.75×", "it shows {chosen}");
        Ok(())
    })
    .await?;
    clock.advance(1.0).await?;
    briefing.time_becomes(3.75).await?;

    // A speed that is not on the list must not be shown as another one.
    briefing.set("playbackRate", json!(1.1)).await?;
    page.wait_for_event_count(3, "ratechange", "made").await?;
    stays("it shows no wrong speed", async || {
        let chosen = chosen().await?;
        ensure!(chosen.is_empty() || chosen == "1.1×", "it shows {chosen}");
        Ok(())
    })
    .await
}

async fn steps_move_by_passage(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(3)).await?;
    let _stopped = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    let (next, back) = (briefing.named("Next passage").await?, briefing.named("Previous passage").await?);
    next.click().await?;
    briefing.time_becomes(10.0).await?;
    briefing.current_becomes("This is paragraph 2.").await?;
    next.press(Key::Enter).await?;
    briefing.time_becomes(20.0).await?;
    back.click().await?;
    briefing.time_becomes(10.0).await?;
    back.click().await?;
    briefing.time_becomes(0.0).await?;
    back.click().await?;
    briefing.time_becomes(0.0).await?;
    // In the middle of a passage, the back button goes to the passage's start first.
    briefing.set("currentTime", json!(15)).await?;
    back.click().await?;
    briefing.time_becomes(10.0).await?;
    briefing.plays().await?;
    // After the last passage, the next button goes to the end.
    briefing.set("currentTime", json!(25)).await?;
    next.click().await?;
    briefing.time_becomes(30.0).await
}

async fn timestamps_play_from_their_passage(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(4)).await?;
    let _stopped = Clock::stop(page).await?;
    let time = briefing.named("Play from 0:20").await?;
    ensure!(time.text().await? == "0:20");
    time.click().await?;
    briefing.plays().await?;
    briefing.time_becomes(20.0).await?;
    briefing.current_becomes("This is paragraph 3.").await?;
    ensure!(elapsed(&briefing).await? == "0:20");
    briefing.named("Play from 0:00").await?.click().await?;
    briefing.time_becomes(0.0).await?;
    briefing.plays().await?;
    // A long article has many such buttons, so none of them is in the tab order.
    let stops = briefing.find_all("[part~='block'] button:not([tabindex='-1'])").await?;
    ensure!(stops.is_empty(), "{} stops", stops.len());
    Ok(())
}

async fn controls_appear_while_playing(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(4)).await?;
    let _stopped = Clock::stop(page).await?;
    ensure!(briefing.all_named("Next passage").await?.is_empty(), "it is shown before playback");
    let height = briefing.part("player").await?.area().await?.height;
    briefing.part("play-button").await?.tap().await?;
    briefing.plays().await?;
    briefing.named("Next passage").await?.tap().await?;
    briefing.time_becomes(PASSAGE).await?;
    ensure!(
        (briefing.part("player").await?.area().await?.height - height).abs() < 0.5,
        "the player has grown"
    );
    // There is no margin for the times, and above the paragraphs they would shift the text.
    ensure!(briefing.all_named("Play from 0:20").await?.is_empty(), "times move the text");
    for control in ["Previous passage", "Next passage", "Scroll along", "Speed"] {
        ensure!(briefing.named(control).await?.is_in_view().await?, "{control} is out of view");
    }
    Ok(())
}

async fn the_player_stays_in_view(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(20)).await?;
    let player = briefing.part("player").await?;
    ensure!(!player.is_in_view().await?, "the article is too short for this");
    briefing.play_at_the_top().await?.click().await?;
    until("the player has come into view", async || {
        ensure!(player.is_in_view().await?);
        Ok(())
    })
    .await?;
    until("the page has scrolled", async || {
        // A turn of the wheel may take effect late, and WebKit may lose one, so keep turning.
        page.turn_wheel(40).await?;
        ensure!(page.script("return scrollY > 0", vec![]).await? == json!(true));
        Ok(())
    })
    .await?;
    ensure!(player.is_in_view().await?);
    let (_, height) = page.size().await?;
    ensure!((player.area().await?.bottom() - height).abs() < 1.0, "it is not at the bottom");
    Ok(())
}

async fn it_scrolls_along(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(20)).await?;
    let clock = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    let follow = briefing.named("Scroll along").await?;
    ensure!(follow.attribute("aria-pressed").await?.as_deref() == Some("false"), "it is on by default");
    follow.click().await?;
    follow.attribute_becomes("aria-pressed", "true").await?;

    for passage in [12_u32, 13, 4] {
        briefing.set("currentTime", json!(f64::from(passage - 1) * 10.0 - 0.5)).await?;
        clock.advance(0.6).await?;
        let current = briefing.current_becomes(&format!("This is paragraph {passage}.")).await?;
        until("it is in view", async || {
            ensure!(current.is_in_view().await?);
            Ok(())
        })
        .await?;
    }

    // Scrolling by the reader stops scrolling along.
    until("it no longer scrolls along", async || {
        page.turn_wheel(-120).await?;
        let pressed = follow.attribute("aria-pressed").await?;
        ensure!(pressed.as_deref() == Some("false"), "{pressed:?}");
        Ok(())
    })
    .await?;
    let at_rest = until("the page is at rest", async || {
        let script = "const answer = arguments[0], before = scrollY;
            let frames = 10;
            const next = () => (frames -= 1) ? requestAnimationFrame(next) : answer([before, scrollY]);
            requestAnimationFrame(next)";
        let (before, after): (f64, f64) = serde_json::from_value(page.script_later(script, vec![]).await?)?;
        ensure!(before == after, "{before} to {after}");
        Ok(after)
    })
    .await?;
    briefing.set("currentTime", json!(149.5)).await?;
    clock.advance(0.6).await?;
    briefing.current_becomes("This is paragraph 16.").await?;
    stays("the page is where the reader left it", async || {
        let place = page.script("return scrollY", vec![]).await?.as_f64().context("no number")?;
        ensure!((place - at_rest).abs() < 1.0, "{place} instead of {at_rest}");
        Ok(())
    })
    .await?;
    // Pressing the button again scrolls to the current passage at once.
    follow.click().await?;
    let current = briefing.current_becomes("This is paragraph 16.").await?;
    until("it is in view", async || {
        ensure!(current.is_in_view().await?);
        Ok(())
    })
    .await?;
    // The space bar scrolls the page if nothing has the focus.
    page.script("document.querySelector('news-briefing').shadowRoot.activeElement.blur()", vec![]).await?;
    page.press(" ").await?;
    follow.attribute_becomes("aria-pressed", "false").await
}

async fn a_removed_briefing_stops(page: &Page) -> Result<()> {
    let briefing = page.open_only("minimal").await?;
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    page.wait_for_event("timeupdate").await?;
    let script = "const briefing = document.querySelector('news-briefing');
        window.counted = 0;
        for (const name of ['timeupdate', 'briefing-progress', 'play']) briefing.addEventListener(name, () => counted += 1);
        window.removed = briefing;
        briefing.remove()";
    page.script(script, vec![]).await?;
    let count = until("it is torn down", async || {
        let state = page.script("return [removed.paused, counted]", vec![]).await?;
        ensure!(state[0] == json!(true), "it still plays");
        Ok(state[1].clone())
    })
    .await?;
    stays("it is silent", async || {
        let now = page.script("return counted", vec![]).await?;
        ensure!(now == count, "{now} events after {count}");
        Ok(())
    })
    .await
}
