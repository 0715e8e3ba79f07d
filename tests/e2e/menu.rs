//! The player's menu, and the buttons that seek by ten seconds.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::clock::Clock;
use crate::opening::{PASSAGE, timed};
use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::scenario::{Scenario, scenario};
use crate::test_recordings::recorded;
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("buttons seek ten seconds back and forward", ten_seconds),
        scenario("the key-points-only option pauses after the key points", key_points_only),
        scenario("the end-of-section option pauses at the next section", end_of_section),
        scenario("the pause position follows corrected times", corrected_times),
        scenario("a recording's volume can be lowered and muted", volume),
        scenario("a voice of the device can be chosen", a_voice).in_a_new_browser(),
        scenario("a link to the current position can be copied", a_copied_link),
        scenario("inapplicable options are not offered", inapplicable_options),
        scenario("the menu opens and closes by keyboard", by_keyboard),
        scenario("a click in an iframe closes the menu", click_in_an_iframe),
        scenario("the menu opens the shortcut help", shortcut_help),
        scenario(
            "the menu opens the shortcut help even if nothing had the focus",
            shortcut_help_without_focus,
        ),
        scenario("menu.js loads when the menu is opened", script_loads_on_open),
        scenario("the menu fits a narrow screen", on_a_narrow_screen).in_window(280, 640),
        scenario("the menu is accessible with a dark colour scheme", dark_scheme).in_dark(),
        scenario("the menu fits the screen right to left", right_to_left),
    ]
}

const SCRIPT: &str = "/menu.js";

/// Returns an article of two key points, a paragraph, and two sections with a heading and a paragraph; each
/// passage takes ten seconds.
pub(crate) fn sections() -> Value {
    let mut article = timed(5);
    article["key_points"] =
        json!([{ "id": "k1", "text": "The first point." }, { "id": "k2", "text": "The second." }]);
    for index in [1, 3] {
        article["body"][index]["type"] = json!("heading");
        article["body"][index]["level"] = json!(2);
        article["body"][index]["text"] = json!(format!("Section {index}"));
    }
    let targets = ["k1", "k2", "p1", "p2", "p3", "p4", "p5"];
    let segment =
        |(index, target): (usize, &&str)| json!({ "target": target, "start": PASSAGE * index as f64 });
    let segments: Vec<Value> = targets.iter().enumerate().map(segment).collect();
    article["audio"] = json!({ "duration": 70, "segments": segments });
    article
}

/// Opens a briefing and waits until it shows its article.
async fn open<'a>(page: &'a Page, attributes: &str, article: &Value) -> Result<Briefing<'a>> {
    let briefing = page.open_with(attributes, article).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    briefing.shows_its_article().await?;
    Ok(briefing)
}

/// Opens the menu and waits until it is visible.
async fn open_menu<'a>(briefing: &Briefing<'a>) -> Result<Part<'a>> {
    button(briefing).await?.click().await?;
    let menu = briefing.find("#menu").await?;
    menu.becomes_shown().await?;
    Ok(menu)
}

async fn button<'a>(briefing: &Briefing<'a>) -> Result<Part<'a>> {
    briefing.find("button[aria-haspopup]").await
}

/// Returns the menu item whose text starts with this prefix.
async fn menu_item<'a>(menu: &Part<'a>, words: &str) -> Result<Part<'a>> {
    until(&format!("there is an item {words:?}"), async || {
        let mut offered = Vec::new();
        for choice in menu.find_all("label, button").await? {
            let text = choice.text().await?;
            if text.trim_start().starts_with(words) {
                return Ok(choice);
            }
            offered.push(text);
        }
        bail!("offered: {offered:?}")
    })
    .await
}

async fn ten_seconds(page: &Page) -> Result<()> {
    let briefing = open(page, "", &timed(10)).await?;
    let forward = briefing.named("Forward 10 seconds").await?;
    let back = briefing.named("Back 10 seconds").await?;
    forward.click().await?;
    briefing.time_becomes(10.0).await?;
    forward.click().await?;
    briefing.time_becomes(20.0).await?;
    back.click().await?;
    briefing.time_becomes(10.0).await?;
    back.click().await?;
    back.click().await?;
    briefing.time_becomes(0.0).await?;
    briefing.is_paused().await
}

/// Advances the clock until the briefing has paused, by at most this number of seconds.
async fn advance_until_paused(clock: &Clock<'_>, briefing: &Briefing<'_>, most: f64) -> Result<()> {
    let mut passed = 0.0;
    while passed < most && briefing.property("paused").await? == json!(false) {
        clock.advance(0.5).await?;
        passed += 0.5;
        let at = briefing.time().await?;
        // The player receives the time asynchronously.
        let _ = until("the time has advanced", async || {
            ensure!(briefing.time().await? > at || briefing.property("paused").await? == json!(true));
            Ok(())
        })
        .await;
    }
    briefing.is_paused().await
}

async fn key_points_only(page: &Page) -> Result<()> {
    let briefing = open(page, "", &sections()).await?;
    let clock = Clock::stop(page).await?;
    let menu = open_menu(&briefing).await?;
    let label = menu_item(&menu, "Key points only").await?;
    // The item shows the duration.
    ensure!(label.text().await?.contains("0:20"), "{}", label.text().await?);
    label.click().await?;
    ensure!(label.find("input").await?.property("checked").await? == json!(true));
    page.press(Key::Escape).await?;
    // Of seventy seconds, the bar marks where the key points end, and dims the rest. Not every browser
    // resolves `attr()` in a computed `content`.
    let shows_the_end = "const bar = arguments[0].shadowRoot.querySelector('[part=progress]');
        const faint = getComputedStyle(bar.querySelector('.track'), '::after');
        const end = getComputedStyle(bar, '::after').content;
        const shown = end.includes('attr(') ? bar.dataset.until : end;
        return !!shown?.includes('0:20') && Math.abs(parseFloat(faint.left) / bar.clientWidth - 2 / 7) < 0.01";
    let element = briefing.element().await?;
    ensure!(element.script(shows_the_end, vec![]).await? == json!(true), "the bar shows no end");
    briefing.set("currentTime", json!(17)).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    advance_until_paused(&clock, &briefing, 6.0).await?;
    briefing.time_becomes(20.0).await?;
    // Playing again continues past the end of the key points.
    ensure!(element.script(shows_the_end, vec![]).await? == json!(false), "the bar shows an end still");
    briefing.press_play().await?;
    briefing.plays().await?;
    for time in [21.0, 22.0] {
        clock.advance(1.0).await?;
        briefing.time_becomes(time).await?;
    }
    // Chosen while the position is in the text, the key points start from the top.
    let menu = open_menu(&briefing).await?;
    let label = menu_item(&menu, "Key points only").await?;
    ensure!(label.find("input").await?.property("checked").await? == json!(false));
    label.click().await?;
    briefing.time_becomes(0.0).await?;
    // A recording without key points does not offer them.
    let mut article = sections();
    let body = ["p1", "p2", "p3", "p4", "p5"].iter().enumerate();
    let segments = body.map(|(index, target)| json!({ "target": target, "start": PASSAGE * index as f64 }));
    article["audio"] = json!({ "duration": 50, "segments": segments.collect::<Vec<_>>() });
    let briefing = open(page, "", &article).await?;
    let menu = open_menu(&briefing).await?;
    ensure!(!menu.text().await?.contains("Key points only"), "{}", menu.text().await?);
    Ok(())
}

async fn end_of_section(page: &Page) -> Result<()> {
    let briefing = open(page, "", &sections()).await?;
    let clock = Clock::stop(page).await?;
    briefing.set("currentTime", json!(47)).await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "Pause at the end of the section").await?.click().await?;
    page.press(Key::Escape).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    advance_until_paused(&clock, &briefing, 6.0).await?;
    briefing.time_becomes(50.0).await?;
    // Seeking past the end of the section cancels the pause.
    briefing.set("currentTime", json!(5)).await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "Pause at the end of the section").await?.click().await?;
    briefing.set("currentTime", json!(35)).await?;
    until("it is no longer checked", async || {
        page.press(Key::Escape).await?;
        let menu = open_menu(&briefing).await?;
        let box_ = menu_item(&menu, "Pause at the end of the section").await?.find("input").await?;
        ensure!(box_.property("checked").await? == json!(false));
        Ok(())
    })
    .await?;
    // The pause applies to the section that plays when the item is chosen, not when the menu was opened.
    let briefing = open(page, "", &sections()).await?;
    briefing.set("currentTime", json!(25)).await?;
    let menu = open_menu(&briefing).await?;
    briefing.set("currentTime", json!(35)).await?;
    menu_item(&menu, "Pause at the end of the section").await?.click().await?;
    briefing.time_becomes(35.0).await?;
    ensure!(briefing.part("progress").await?.property("dataset").await?["until"] == "0:50");
    // The last section ends with the article, even if another article would follow.
    let mut article = sections();
    article["next"] = json!({ "url": "/made.json" });
    let briefing = open(page, "continuous", &article).await?;
    briefing.set("currentTime", json!(69.5)).await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "Pause at the end of the section").await?.click().await?;
    page.press(Key::Escape).await?;
    let clock = Clock::stop(page).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    clock.advance(0.45).await?;
    briefing.is_paused().await?;
    ensure!(page.event_count("briefing-next", "made").await? == 0);
    Ok(())
}

async fn volume(page: &Page) -> Result<()> {
    let briefing = open(page, "", &recorded(&[("/media/fine/a.wav", "audio/wav")])?).await?;
    let audio_state =
        "const { volume, muted } = document.querySelector('news-briefing').shadowRoot.querySelector('audio');
        return [Math.round(volume * 100) / 100, muted]";
    let becomes = async |volume: f64, muted: bool| {
        until(&format!("the volume is {volume}, silent {muted}"), async || {
            let now = page.script(audio_state, vec![]).await?;
            ensure!(now == json!([volume, muted]) || now == json!([volume as i64, muted]), "{now}");
            Ok(())
        })
        .await
    };
    let menu = open_menu(&briefing).await?;
    let range = menu_item(&menu, "Volume").await?.find("input").await?;
    range.focus().await?;
    range.press(Key::Home).await?;
    becomes(0.0, false).await?;
    range.press(Key::End).await?;
    becomes(1.0, false).await?;
    range.press(Key::Left).await?;
    becomes(0.95, false).await?;
    menu_item(&menu, "Mute").await?.click().await?;
    becomes(0.95, true).await?;
    page.is_accessible().await?;
    page.picture("of a recording").await?;
    // Raising the volume unmutes.
    range.press(Key::Right).await?;
    becomes(1.0, false).await
}

async fn a_voice(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &timed(3)).await?;
    let menu = open_menu(&briefing).await?;
    let select = menu_item(&menu, "Voice").await?.find("select").await?;
    let offered: Vec<String> = serde_json::from_value(
        select.script("return [...arguments[0].options].map(({ text }) => text)", vec![]).await?,
    )?;
    let english =
        "return speechSynthesis.getVoices().filter(({ lang }) => /^en/i.test(lang)).map(({ name }) => name)";
    let english: Vec<String> = serde_json::from_value(page.script(english, vec![]).await?)?;
    ensure!(
        offered.len() > 1 && offered.iter().all(|name| english.contains(name)),
        "{offered:?} of {english:?}"
    );
    let other = offered.last().cloned().unwrap_or_default();
    let choose = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change'))";
    select.script(choose, vec![json!(other)]).await?;
    page.script(
        "window.voices = []; const { speak } = speechSynthesis; speechSynthesis.speak = function (utterance) {
        voices.push(utterance.voice?.name); speak.call(this, utterance); }",
        vec![],
    )
    .await?;
    page.press(Key::Escape).await?;
    briefing.press_play().await?;
    until("it speaks with the voice", async || {
        let voices = page.script("return voices", vec![]).await?;
        ensure!(
            voices.as_array().is_some_and(|voices| voices.last() == Some(&json!(other))),
            "{voices} instead of {other}"
        );
        Ok(())
    })
    .await
}

async fn a_copied_link(page: &Page) -> Result<()> {
    let briefing = open(page, "deep-links", &timed(5)).await?;
    briefing.set("currentTime", json!(23)).await?;
    // Replaces the browser's clipboard.
    let copied = "window.copied = undefined;
        navigator.clipboard.writeText = async (text) => { window.copied = text }";
    page.script(copied, vec![]).await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "Copy link from here").await?.click().await?;
    menu_item(&menu, "Link copied").await?;
    let link = page.script("return window.copied", vec![]).await?;
    ensure!(link == json!(page.site().url("/made.html#t=23")), "{link}");
    page.press(Key::Escape).await?;
    // If the browser denies access to the clipboard, the link can be copied by hand.
    page.script("navigator.clipboard.writeText = async () => { throw new Error('no') }", vec![]).await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "Copy link from here").await?.click().await?;
    let shown = menu.find("input[readonly]").await?;
    until("the link is there", async || {
        let value = shown.property("value").await?;
        ensure!(value == json!(page.site().url("/made.html#t=23")), "{value}");
        Ok(())
    })
    .await?;
    // The link restores the position.
    page.open("/made.html?again#t=23").await?;
    briefing.time_becomes(23.0).await
}

async fn inapplicable_options(page: &Page) -> Result<()> {
    let briefing = open(page, "keys=play", &timed(2)).await?;
    let menu = open_menu(&briefing).await?;
    let text = menu.text().await?;
    for word in ["Key points", "section", "Voice", "Volume", "Mute", "link", "Share", "Keyboard"] {
        ensure!(!text.contains(word), "{word} is offered: {text}");
    }
    Ok(())
}

async fn by_keyboard(page: &Page) -> Result<()> {
    let briefing = open(page, "", &sections()).await?;
    let button = button(&briefing).await?;
    button.focus().await?;
    page.press(Key::Enter).await?;
    let menu = briefing.find("#menu").await?;
    menu.becomes_shown().await?;
    page.is_accessible().await?;
    page.picture("open").await?;
    page.press(Key::Tab).await?;
    let first = menu.find("input").await?;
    first.gets_focus().await?;
    page.press(" ").await?;
    ensure!(first.property("checked").await? == json!(true));
    page.press(Key::Escape).await?;
    menu.becomes_hidden().await?;
    button.gets_focus().await?;
    // The button itself also closes the menu.
    page.press(Key::Enter).await?;
    menu.becomes_shown().await?;
    page.press(Key::Enter).await?;
    menu.becomes_hidden().await
}

async fn click_in_an_iframe(page: &Page) -> Result<()> {
    let files = page.site().files_url("");
    page.site().set_policy_for_frames(&files)?;
    let advertisement = "<!doctype html><html lang=en><title>Advertisement</title><p>Buy this</p>";
    page.site().add("/advertisement.html", "text/html", advertisement);
    page.site().add("/made.json", "application/json", &sections().to_string());
    page.open_page(&format!(
        "<iframe id=own title=Advertisement width=300 height=100 src=/advertisement.html></iframe>
        <iframe id=other title=Advertisement width=300 height=100 src={files}/advertisement.html></iframe>
        <news-briefing id=made src=/made.json></news-briefing>"
    ))
    .await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    for frame in ["#own", "#other"] {
        let menu = open_menu(&briefing).await?;
        page.element(frame).await?.click().await?;
        menu.becomes_hidden().await.context(frame)?;
    }
    // A reader who switches to another window or program finds the menu open.
    let menu = open_menu(&briefing).await?;
    let leave = "document.hasFocus = () => false; window.dispatchEvent(new FocusEvent('blur'))";
    page.script(leave, vec![]).await?;
    stays("the menu is open", async || {
        ensure!(menu.is_shown().await?);
        Ok(())
    })
    .await
}

async fn shortcut_help(page: &Page) -> Result<()> {
    let briefing = open(page, "", &sections()).await?;
    let menu = open_menu(&briefing).await?;
    let before = page.site().request_count("/keys.js");
    ensure!(before > 0, "keys.js has not loaded with the focus");
    menu_item(&menu, "Keyboard shortcuts").await?.click().await?;
    briefing.find("dialog").await?.becomes_shown().await?;
    menu.becomes_hidden().await
}

async fn script_loads_on_open(page: &Page) -> Result<()> {
    let briefing = open(page, "", &timed(2)).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    stays("menu.js has not loaded", async || {
        ensure!(page.site().request_count(SCRIPT) == 0);
        Ok(())
    })
    .await?;
    open_menu(&briefing).await?;
    ensure!(page.site().request_count(SCRIPT) == 1);
    Ok(())
}

/// Waits until the whole menu is inside the viewport.
async fn is_on_the_screen(page: &Page, menu: &Part<'_>) -> Result<()> {
    let (width, height) = page.size().await?;
    until("the menu is on the screen", async || {
        let area = menu.area().await?;
        let is_on = area.left >= 0.0 && area.top >= 0.0 && area.right() <= width && area.bottom() <= height;
        ensure!(is_on, "it is at {area:?} of {width} × {height}");
        Ok(())
    })
    .await
}

async fn on_a_narrow_screen(page: &Page) -> Result<()> {
    let briefing = open(page, "", &sections()).await?;
    // The button's row appears once the player is in use.
    briefing.press_play().await?;
    briefing.plays().await?;
    let menu = open_menu(&briefing).await?;
    is_on_the_screen(page, &menu).await?;
    page.picture("open").await?;
    let wide = page.script("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
    ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "it scrolls sideways by {wide}");
    Ok(())
}

async fn dark_scheme(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let menu = open_menu(&briefing).await?;
    is_on_the_screen(page, &menu).await?;
    page.picture("open").await?;
    page.is_accessible().await
}

async fn right_to_left(page: &Page) -> Result<()> {
    let mut article = sections();
    article["lang"] = json!("ar");
    let briefing = open(page, "", &article).await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "النقاط الرئيسية فقط").await?;
    is_on_the_screen(page, &menu).await?;
    page.picture("open").await?;
    page.is_accessible().await
}

async fn corrected_times(page: &Page) -> Result<()> {
    // The times are estimated until the length of the recording is known.
    let mut article = recorded(&[("/media/fine/a.wav", "audio/wav")])?;
    let audio = article["audio"].as_object_mut().context("no audio")?;
    audio.remove("segments");
    audio.remove("duration");
    let heading = article["body"][2].as_object_mut().context("no block")?;
    heading.insert("type".to_owned(), json!("heading"));
    heading.insert("level".to_owned(), json!(2));
    let briefing = open(page, "", &article).await?;
    let estimate = briefing.duration().await?;
    let menu = open_menu(&briefing).await?;
    menu_item(&menu, "Pause at the end of the section").await?.click().await?;
    page.press(Key::Escape).await?;
    briefing.press_play().await?;
    until("its length is known", async || {
        ensure!((briefing.duration().await? - estimate).abs() > 0.5);
        Ok(())
    })
    .await?;
    let heading = briefing.nth_part("block", 2).await?.find(".timestamp").await?;
    let bar = briefing.part("progress").await?;
    // In percent of the length: where the bar shows the end, and where the heading is.
    let shown = "return parseFloat(getComputedStyle(arguments[0]).getPropertyValue('--until'))";
    let start = heading
        .script("return arguments[0].dataset.seek / 1000", vec![])
        .await?
        .as_f64()
        .context("no time")?;
    let share = 100.0 * start / briefing.duration().await?;
    until("the bar shows the heading's time", async || {
        let shown = bar.script(shown, vec![]).await?.as_f64().context("no end")?;
        ensure!((shown - share).abs() < 0.1, "{shown} %, not {share} %");
        Ok(())
    })
    .await?;
    briefing.set("currentTime", json!(start - 0.7)).await?;
    briefing.is_paused().await?;
    briefing.time_comes_near(start, 0.05).await
}

async fn shortcut_help_without_focus(page: &Page) -> Result<()> {
    let briefing = open(page, "", &sections()).await?;
    // As in Safari, where a press does not focus a button.
    page.script("addEventListener('mousedown', (event) => event.preventDefault())", vec![]).await?;
    let menu = open_menu(&briefing).await?;
    ensure!(page.site().request_count("/keys.js") == 0, "something has the focus");
    menu_item(&menu, "Keyboard shortcuts").await?.click().await?;
    briefing.find("dialog").await?.becomes_shown().await
}
