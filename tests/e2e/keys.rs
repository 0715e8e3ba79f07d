//! Keyboard shortcuts that play and seek while the focus is inside a briefing.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::opening::timed;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::test_recordings::recorded;
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("shortcut keys play, seek and change the speed", shortcuts_work),
        scenario("arrows and space scroll until playback has started", keys_that_scroll),
        scenario("arrow keys are mirrored right to left", right_to_left),
        scenario("keys of the browser and the page are left alone", keys_handled_elsewhere),
        scenario("the page can restrict or disable shortcuts", restricted_by_the_page),
        scenario("the shortcut help is localized", help),
        scenario("the shortcut help says which language it is in", help_in_another_language),
        scenario("the shortcut help shows mirrored arrows right to left", help_right_to_left),
        scenario("closing the help returns the focus to the citation", help_over_a_source),
        scenario("keys.js loads once the focus is inside", script_loads_on_focus),
        scenario("shortcut actions are announced to screen readers", keys_are_announced),
        scenario("a key mutes a recording", muted),
    ]
}

/// The script that handles the keys.
const SCRIPT: &str = "/keys.js";

/// Opens a briefing of a hundred seconds, focuses it, and waits until its shortcuts work.
async fn enter<'a>(page: &'a Page, attributes: &str, lang: &str) -> Result<Briefing<'a>> {
    let mut article = timed(10);
    article["lang"] = json!(lang);
    page.site().add("/made.json", "application/json", &article.to_string());
    page.open_page(&format!("<news-briefing id=made src=/made.json {attributes}></news-briefing>")).await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.part("play-button").await?.focus().await?;
    until("its shortcuts have loaded", async || {
        ensure!(page.site().request_count(SCRIPT) > 0);
        Ok(())
    })
    .await?;
    // The script runs in a later task than the one in which its request becomes visible.
    page.script_later("setTimeout(arguments[0], 100)", vec![]).await?;
    Ok(briefing)
}

async fn shortcuts_work(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "en").await?;
    for (key, time) in [("l", 10.0), ("L", 20.0), ("j", 10.0), ("5", 50.0), ("0", 0.0), ("9", 90.0)] {
        page.press(key).await?;
        briefing.time_becomes(time).await?;
    }
    page.press("2").await?;
    page.press_with(Key::Shift, Key::Right).await?;
    briefing.time_becomes(30.0).await?;
    page.press_with(Key::Shift, Key::Left).await?;
    briefing.time_becomes(20.0).await?;
    // The shortcuts work on the progress bar as well, where plain arrow keys move by seconds.
    briefing.part("progress").await?.focus().await?;
    page.press_with(Key::Shift, Key::Right).await?;
    briefing.time_becomes(30.0).await?;
    for (key, rate) in [(">", 1.25), (">", 1.5), ("<", 1.25), ("<", 1.0), ("<", 0.75)] {
        page.press(key).await?;
        until("it is as fast as that", async || {
            let now = briefing.property("playbackRate").await?;
            ensure!(now.as_f64() == Some(rate), "{now}");
            Ok(())
        })
        .await?;
    }
    page.press("k").await?;
    briefing.plays().await?;
    page.press("k").await?;
    page.wait_for_event_count(1, "pause", "made").await
}

async fn keys_that_scroll(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "en").await?;
    // Text that has the focus, as after following a link.
    let text = briefing.part("title").await?;
    text.script("arguments[0].tabIndex = -1; arguments[0].focus()", vec![]).await?;
    page.press(Key::Space).await?;
    page.press(Key::Right).await?;
    stays("it is where it was", async || {
        ensure!(briefing.time().await? == 0.0);
        ensure!(briefing.property("paused").await? == json!(true));
        Ok(())
    })
    .await?;
    page.press("k").await?;
    briefing.plays().await?;
    text.script("arguments[0].focus()", vec![]).await?;
    page.press(Key::Space).await?;
    page.wait_for_event_count(1, "pause", "made").await?;
    page.press("3").await?;
    page.press(Key::Right).await?;
    briefing.time_becomes(35.0).await?;
    page.press(Key::Left).await?;
    briefing.time_becomes(30.0).await
}

async fn right_to_left(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "ar").await?;
    page.press("3").await?;
    page.press(Key::Left).await?;
    briefing.time_becomes(35.0).await?;
    page.press_with(Key::Shift, Key::Right).await?;
    briefing.time_becomes(30.0).await
}

async fn keys_handled_elsewhere(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "en").await?;
    page.press("4").await?;
    briefing.time_becomes(40.0).await?;
    let stays_there = async || {
        stays("it is where it was", async || {
            ensure!(briefing.time().await? == 40.0, "{}", briefing.time().await?);
            ensure!(briefing.property("paused").await? == json!(true), "it plays");
            Ok(())
        })
        .await
    };
    // Shortcuts of the browser.
    page.press_with(Key::Alt, "j").await?;
    page.press_with(Key::Control, "l").await?;
    stays_there().await?;
    briefing.part("play-button").await?.focus().await?;
    // A key that the page handles itself.
    page.script(
        "window.seen = [];
        document.querySelector('#made').addEventListener('keydown', (event) => {
            seen.push(event.key);
            event.preventDefault();
        }, { capture: true })",
        vec![],
    )
    .await?;
    page.press("l").await?;
    stays_there().await?;
    ensure!(page.script("return seen", vec![]).await? == json!(["l"]));
    // The focus is outside the briefing.
    page.script("document.activeElement.blur()", vec![]).await?;
    page.press("9").await?;
    stays_there().await
}

async fn restricted_by_the_page(page: &Page) -> Result<()> {
    let briefing = enter(page, "keys='digits seek'", "en").await?;
    page.press("3").await?;
    briefing.time_becomes(30.0).await?;
    page.press("k").await?;
    page.press("?").await?;
    stays("nothing else happens", async || {
        ensure!(briefing.property("paused").await? == json!(true));
        ensure!(briefing.find_all("dialog").await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.set_attribute("keys", "none").await?;
    page.press("9").await?;
    stays("it is where it was", async || {
        ensure!(briefing.time().await? == 30.0);
        Ok(())
    })
    .await
}

async fn help_in_another_language(page: &Page) -> Result<()> {
    // There are no interface strings in Norwegian, and no digits of their own in the interface.
    for (lang, declared, seconds) in [("nb", "en", "+10 seconds"), ("fa", "fa", "10")] {
        let briefing = enter(page, "", lang).await?;
        page.press("?").await?;
        let dialog = briefing.find("dialog").await?;
        dialog.becomes_shown().await?;
        let language = "return document.querySelector('#made').shadowRoot.querySelector('dialog').closest('[lang]').lang";
        ensure!(page.script(language, vec![]).await? == json!(declared), "{lang}");
        let text = dialog.text().await?;
        ensure!(text.contains(seconds) && text.contains("90"), "{lang}: {text}");
    }
    Ok(())
}

async fn help(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "de").await?;
    page.press("?").await?;
    let dialog = briefing.find("dialog").await?;
    dialog.becomes_shown().await?;
    let text = dialog.text().await?;
    for text_part in ["Tastenkürzel", "Abspielen / Pause", "10 Sekunden", "Tempo", "Nächster Abschnitt"] {
        ensure!(text.contains(text_part), "{text_part} is not in {text}");
    }
    let language =
        "return document.querySelector('#made').shadowRoot.querySelector('dialog').closest('[lang]').lang";
    ensure!(page.script(language, vec![]).await? == json!("de"));
    page.is_accessible().await?;
    page.picture("keys-help").await?;
    page.press(Key::Escape).await?;
    until("it is gone", async || {
        ensure!(briefing.find_all("dialog").await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.part("play-button").await?.gets_focus().await?;
    // Opened once more, the help is closed by the same key, and then by its button.
    page.press("?").await?;
    briefing.find("dialog").await?;
    page.press("?").await?;
    until("it is gone", async || {
        ensure!(briefing.find_all("dialog").await?.is_empty());
        Ok(())
    })
    .await?;
    page.press("?").await?;
    briefing.find("dialog button").await?.click().await?;
    briefing.part("play-button").await?.gets_focus().await
}

async fn script_loads_on_focus(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    page.open_page("<news-briefing id=made keys=none src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.part("play-button").await?.focus().await?;
    stays("keys.js is not loaded if shortcuts are disabled", async || {
        ensure!(page.site().request_count(SCRIPT) == 0);
        Ok(())
    })
    .await?;
    page.open_page("<news-briefing id=made src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    stays("keys.js is not loaded before the focus", async || {
        ensure!(page.site().request_count(SCRIPT) == 0);
        Ok(())
    })
    .await
}

/// Waits until the text of the player's live region starts with this prefix.
async fn announcement_becomes(briefing: &Briefing<'_>, begins: &str) -> Result<()> {
    until(&format!("{begins:?} is announced"), async || {
        let announced = briefing.find("[part=player] [role=status]").await?.property("textContent").await?;
        ensure!(
            announced.as_str().is_some_and(|announced| announced.starts_with(begins)),
            "{announced} is announced"
        );
        Ok(())
    })
    .await
}

async fn keys_are_announced(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "de").await?;
    page.press("2").await?;
    page.press("k").await?;
    announcement_becomes(&briefing, "Wiedergabe läuft").await?;
    page.press("k").await?;
    announcement_becomes(&briefing, "Angehalten").await?;
    page.press("i").await?;
    announcement_becomes(&briefing, "2").await?;
    page.is_accessible().await?;
    // The focused progress bar is announced by itself.
    briefing.part("progress").await?.focus().await?;
    page.press("k").await?;
    briefing.plays().await?;
    stays("nothing more is announced", async || {
        let announced = briefing.find("[part=player] [role=status]").await?.property("textContent").await?;
        ensure!(announced != json!("Wiedergabe läuft"), "{announced}");
        Ok(())
    })
    .await
}

async fn muted(page: &Page) -> Result<()> {
    let briefing = page.open_with("", &recorded(&[("/media/fine/a.wav", "audio/wav")])?).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let audio = briefing.find("audio").await?;
    briefing.part("play-button").await?.focus().await?;
    for is_muted in [true, false] {
        until("the key has taken effect", async || {
            page.press("m").await?;
            ensure!(audio.property("muted").await? == json!(is_muted));
            Ok(())
        })
        .await?;
        until("the player shows it", async || {
            ensure!(briefing.find_all("[part=player][data-muted]").await?.len() == usize::from(is_muted));
            Ok(())
        })
        .await?;
    }
    page.press("?").await?;
    let dialog = briefing.find("dialog").await?;
    dialog.becomes_shown().await?;
    ensure!(dialog.text().await?.contains("Mute"), "{}", dialog.text().await?);
    Ok(())
}

async fn help_right_to_left(page: &Page) -> Result<()> {
    let briefing = enter(page, "", "ar").await?;
    page.press("?").await?;
    let dialog = briefing.find("dialog").await?;
    dialog.becomes_shown().await?;
    let keys =
        "return [...arguments[0].querySelectorAll('kbd')].map(({ textContent }) => textContent).slice(3, 7)";
    let keys = dialog.script(keys, vec![]).await?;
    // As in all rows, back comes first.
    ensure!(keys == json!(["→", "←", "⇧→", "⇧←"]), "{keys}");
    // From right to left, `<` and `>` would be mirrored.
    for key in dialog.find_all("kbd").await? {
        ensure!(key.style("direction").await? == "ltr", "{}", key.text().await?);
    }
    page.is_accessible().await?;
    page.picture("keys-help").await?;
    Ok(())
}

async fn help_over_a_source(page: &Page) -> Result<()> {
    let mut article = timed(3);
    article["body"][1]["text"] = json!("It is so.[^a]");
    article["references"] = json!([{ "id": "a", "title": "A source", "url": "https://a.example/" }]);
    page.site().add("/made.json", "application/json", &article.to_string());
    page.open_page("<news-briefing id=made src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    let citation = briefing.part("citation").await?;
    citation.press(Key::Enter).await?;
    briefing.popover_of("A source").await?;
    page.press(Key::Tab).await?;
    until("the keys are there", async || {
        page.press("?").await?;
        ensure!(!briefing.find_all("dialog").await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.popover_closes().await?;
    page.press(Key::Escape).await?;
    citation.gets_focus().await
}
