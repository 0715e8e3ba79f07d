//! State that the attribute `persist` keeps for a reader's next visit. Without the attribute, nothing
//! is stored.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::clock::Clock;
use crate::opening::timed;
use crate::origins::open_sandboxed;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the position is restored on the next visit", position_is_restored),
        scenario("the position is saved regularly during playback", position_is_saved_while_playing),
        scenario("a finished article starts from the beginning", ended_article_starts_again),
        scenario("the playback rate applies to every article", playback_rate_is_shared),
        scenario("the chosen voice is kept for its language", a_chosen_voice).in_a_new_browser(),
        scenario("each article has its own position", each_has_its_own_position),
        scenario("values set by the page override saved ones", the_page_overrides),
        scenario("persist=session uses session storage only", session_storage_only),
        scenario("nothing is stored by default", nothing_kept_by_default),
        scenario("the persist attribute can be set later", persist_attribute_set_later),
        scenario("removing the persist attribute clears the storage", persist_attribute_removed),
        scenario("at most fifty positions are stored, the oldest is dropped", the_oldest_is_dropped),
        scenario("invalid stored data is ignored", invalid_storage_is_ignored),
        scenario("playback works with full storage", storage_full),
        scenario("playback works without access to storage", storage_forbidden),
        scenario("playback works without persist.js", script_rejected),
    ]
}

/// Opens a publisher's own page with a briefing that has these attributes, and waits until it has
/// loaded.
async fn open<'a>(page: &'a Page, attributes: &str) -> Result<Briefing<'a>> {
    page.open_page(&format!("<news-briefing id=made {attributes}></news-briefing>")).await?;
    loaded(page).await
}

/// Returns the page's briefing once its article has loaded.
async fn loaded(page: &Page) -> Result<Briefing<'_>> {
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    Ok(page.briefing())
}

/// Returns an article of one minute with this `id`.
fn article_with_id(id: &str) -> Value {
    let mut article = timed(6);
    article["id"] = json!(id);
    article["title"] = json!(id);
    article
}

/// Serves an article at a path.
fn publish(page: &Page, path: &str, article: &Value) {
    page.site().add(path, "application/json", &article.to_string());
}

/// Puts a text into the item of a storage, `local` or `session`, before a page is opened.
async fn put_in_storage(page: &Page, storage: &str, text: &str) -> Result<()> {
    page.open_page("").await?;
    let script = "window[`${arguments[0]}Storage`].setItem('news-briefing', arguments[1])";
    page.script(script, vec![json!(storage), json!(text)]).await.map(drop)
}

/// Returns the stored item; `null` if the storage is empty.
async fn stored(page: &Page, storage: &str) -> Result<Value> {
    let script = "const storage = window[`${arguments[0]}Storage`];
        return storage.length === 0 ? null : [storage.length, JSON.parse(storage.getItem('news-briefing'))]";
    let kept = page.script(script, vec![json!(storage)]).await?;
    ensure!(kept.is_null() || kept[0] == json!(1), "there is more than one item: {kept}");
    Ok(kept.get(1).cloned().unwrap_or_default())
}

async fn position_is_restored(page: &Page) -> Result<()> {
    publish(page, "/made.json", &timed(6));
    let briefing = open(page, "persist=local src=/made.json").await?;
    let button = briefing.part("play-button").await?;
    button.click().await?;
    briefing.plays().await?;
    briefing.named("Next passage").await?.click().await?;
    button.click().await?;
    briefing.is_paused().await?;
    let left = briefing.time().await?;
    ensure!(left >= 10.0, "it is at {left}");

    page.reload().await?;
    let briefing = loaded(page).await?;
    ensure!(briefing.time().await? == left, "{} instead of {left}", briefing.time().await?);
    ensure!(briefing.nth_part("time", 0).await?.text().await?.starts_with("0:1"));
    briefing.current_becomes("This is paragraph 2.").await?;
    stays("it does not play", async || {
        ensure!(briefing.property("paused").await? == json!(true));
        ensure!(page.event_count("play", "made").await? == 0);
        Ok(())
    })
    .await?;

    // The reader may also leave during playback.
    briefing.part("play-button").await?.click().await?;
    let left = until("it plays on from there", async || {
        let time = briefing.time().await?;
        ensure!(time > left, "it is at {time}");
        Ok(time)
    })
    .await?;
    page.reload().await?;
    let briefing = loaded(page).await?;
    ensure!(briefing.time().await? >= left, "{} instead of {left}", briefing.time().await?);
    briefing.is_paused().await
}

async fn position_is_saved_while_playing(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    let briefing = open(page, "persist=local src=/made.json").await?;
    let clock = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    for time in [1.5, 3.0, 4.5] {
        clock.advance(1.5).await?;
        briefing.time_becomes(time).await?;
        // The position is not written several times a second.
        ensure!(stored(page, "local").await?.is_null(), "at {time} s: {}", stored(page, "local").await?);
    }
    clock.advance(1.5).await?;
    briefing.time_becomes(6.0).await?;
    until("it is kept before it pauses", async || {
        let place = stored(page, "local").await?["places"][0][1].as_f64().context("nothing is kept")?;
        ensure!((place - 6.0).abs() < 0.05, "{place}");
        Ok(())
    })
    .await?;
    briefing.plays().await
}

async fn ended_article_starts_again(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    put_in_storage(page, "local", &json!({ "places": [["made", 20]] }).to_string()).await?;
    let briefing = open(page, "persist=local src=/made.json").await?;
    briefing.time_becomes(20.0).await?;
    let clock = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    briefing.set("currentTime", json!(59.5)).await?;
    clock.advance(1.0).await?;
    page.wait_for_event("ended").await?;
    ensure!(stored(page, "local").await?.is_null(), "{}", stored(page, "local").await?);
    page.reload().await?;
    let briefing = loaded(page).await?;
    ensure!(briefing.time().await? == 0.0);

    // The same applies after the reader returns to the beginning.
    let bar = briefing.part("progress").await?;
    bar.press(Key::Right).await?;
    until("the place is kept", async || {
        ensure!(stored(page, "local").await? == json!({ "places": [["made", 5]] }));
        Ok(())
    })
    .await?;
    bar.press(Key::Home).await?;
    until("it is gone", async || {
        let kept = stored(page, "local").await?;
        ensure!(kept.is_null(), "{kept}");
        Ok(())
    })
    .await
}

async fn playback_rate_is_shared(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    publish(page, "/other.json", &article_with_id("other"));
    let briefing = open(page, "persist=local src=/made.json").await?;
    briefing.named("Speed").await?.focus().await?;
    page.press("2").await?;
    page.wait_for_event("ratechange").await?;
    ensure!(stored(page, "local").await? == json!({ "rate": 2, "places": [] }));

    let briefing = open(page, "persist=local src=/other.json").await?;
    ensure!(briefing.property("playbackRate").await? == json!(2));
    let shown = "return arguments[0].selectedOptions[0]?.textContent ?? ''";
    let shown = briefing.part("rate").await?.script(shown, vec![]).await?;
    ensure!(shown == json!("2×"), "{shown}");
    ensure!(briefing.time().await? == 0.0);
    // The default speed is not stored.
    briefing.set("playbackRate", json!(1)).await?;
    ensure!(stored(page, "local").await?.is_null());
    page.reload().await?;
    ensure!(loaded(page).await?.property("playbackRate").await? == json!(1));
    Ok(())
}

async fn each_has_its_own_position(page: &Page) -> Result<()> {
    // Identified by its `id`, by its `url`, and by the URL of its JSON.
    publish(page, "/a.json", &article_with_id("a"));
    let mut addressed = timed(6);
    addressed["url"] = json!("https://news.example/b");
    publish(page, "/b.json", &addressed);
    publish(page, "/c.json", &timed(6));
    let briefing = open(page, "persist=local src=/a.json").await?;
    for (times, path, time) in [(1, "/a.json", 12), (2, "/b.json", 25), (3, "/c.json", 31)] {
        if times > 1 {
            briefing.set_attribute("src", path).await?;
            page.wait_for_event_count(times, "briefing-load", "made").await?;
        }
        ensure!(briefing.time().await? == 0.0, "{path} is at {}", briefing.time().await?);
        briefing.set("currentTime", json!(time)).await?;
    }
    let places = json!([["a", 12], ["https://news.example/b", 25], [page.site().url("/c.json"), 31]]);
    ensure!(stored(page, "local").await? == json!({ "places": places }), "{}", stored(page, "local").await?);

    // Restoring a position does not write it again.
    briefing.set_attribute("src", "/a.json").await?;
    page.wait_for_event_count(4, "briefing-load", "made").await?;
    briefing.time_becomes(12.0).await?;
    briefing.set_attribute("lang", "fr").await?;
    page.part_text_becomes("play-button", "Lecture").await?;
    page.wait_for_event_count(4, "briefing-load", "made").await?;
    briefing.time_becomes(12.0).await?;
    ensure!(stored(page, "local").await? == json!({ "places": places }), "{}", stored(page, "local").await?);

    // The reader may switch to another article, or the page may remove the briefing, during playback.
    let place_of = async |name: &str| -> Result<f64> {
        let kept = stored(page, "local").await?;
        let places = kept["places"].as_array().cloned().unwrap_or_default();
        let place = places.iter().find(|place| place[0] == name).map(|place| place[1].clone());
        place.and_then(|seconds| seconds.as_f64()).with_context(|| format!("{name} is not in {kept}"))
    };
    let plays_past = async |seconds: f64| {
        briefing.call("play", vec![]).await?;
        until("it plays on", async || {
            let time = briefing.time().await?;
            ensure!(time > seconds, "it is at {time}");
            Ok(time)
        })
        .await
    };
    let left = plays_past(12.0).await?;
    briefing.set_attribute("src", "/b.json").await?;
    page.wait_for_event_count(5, "briefing-load", "made").await?;
    briefing.time_becomes(25.0).await?;
    ensure!(place_of("a").await? >= left, "{} instead of {left}", place_of("a").await?);
    let left = plays_past(25.0).await?;
    briefing.set("article", article_with_id("d")).await?;
    page.wait_for_event_count(6, "briefing-load", "made").await?;
    ensure!(briefing.time().await? == 0.0, "it is at {}", briefing.time().await?);
    let place = place_of("https://news.example/b").await?;
    ensure!(place >= left, "{place} instead of {left}");
    let left = plays_past(0.0).await?;
    page.script("document.querySelector('#made').remove()", vec![]).await?;
    until("its place is kept", async || {
        let place = place_of("d").await?;
        ensure!(place >= left, "{place} instead of {left}");
        Ok(())
    })
    .await?;

    // An article without an identifier has no stored position.
    let before = stored(page, "local").await?;
    let nameless = "const made = document.createElement('news-briefing');
        Object.assign(made, { id: 'nameless', article: arguments[0] });
        made.setAttribute('persist', 'local');
        document.querySelector('main').append(made)";
    page.script(nameless, vec![timed(6)]).await?;
    page.wait_for_event_count(1, "briefing-load", "nameless").await?;
    page.briefing_at("#nameless").set("currentTime", json!(7)).await?;
    ensure!(stored(page, "local").await? == before, "{}", stored(page, "local").await?);
    Ok(())
}

async fn the_page_overrides(page: &Page) -> Result<()> {
    let initial = json!({ "rate": 2, "places": [["made", 20]] });
    publish(page, "/made.json", &article_with_id("made"));
    put_in_storage(page, "local", &initial.to_string()).await?;
    let script = "customElements.whenDefined('news-briefing').then(() => {
        Object.assign(document.querySelector('#made'), { currentTime: 0, playbackRate: 1 });
    })";
    page.site().add("/asked.js", "text/javascript", script);
    page.open_page(
        "<news-briefing id=made persist=local src=/held/made.json></news-briefing><script src=/asked.js></script>",
    )
    .await?;
    page.script_later("customElements.whenDefined('news-briefing').then(arguments[0])", vec![]).await?;
    page.site().release();
    let briefing = loaded(page).await?;
    ensure!(briefing.time().await? == 0.0, "it is at {}", briefing.time().await?);
    ensure!(briefing.property("playbackRate").await? == json!(1));
    ensure!(stored(page, "local").await? == initial, "{}", stored(page, "local").await?);

    // After a call of `play` alone, playback continues at the stored position.
    let script =
        "customElements.whenDefined('news-briefing').then(() => document.querySelector('#made').play())";
    page.site().add("/asked.js", "text/javascript", script);
    page.reload().await?;
    let briefing = loaded(page).await?;
    briefing.plays().await?;
    ensure!(briefing.time().await? >= 20.0, "it is at {}", briefing.time().await?);
    ensure!(briefing.property("playbackRate").await? == json!(2));
    Ok(())
}

async fn session_storage_only(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    let briefing = open(page, "persist=session src=/made.json").await?;
    briefing.set("currentTime", json!(12)).await?;
    ensure!(stored(page, "session").await? == json!({ "places": [["made", 12]] }));
    ensure!(stored(page, "local").await?.is_null());
    page.reload().await?;
    loaded(page).await?.time_becomes(12.0).await
}

async fn nothing_kept_by_default(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    for attribute in ["", "persist=none", "persist", "persist=forever"] {
        let briefing = open(page, &format!("{attribute} src=/made.json")).await?;
        briefing.set("currentTime", json!(12)).await?;
        briefing.set("playbackRate", json!(2)).await?;
        briefing.part("play-button").await?.click().await?;
        briefing.plays().await?;
        briefing.part("play-button").await?.click().await?;
        briefing.is_paused().await?;
        for storage in ["local", "session"] {
            ensure!(stored(page, storage).await?.is_null(), "{attribute}: {}", stored(page, storage).await?);
        }
        page.reload().await?;
        ensure!(loaded(page).await?.time().await? == 0.0, "{attribute}");
    }
    let requests = page.site().requests();
    ensure!(!requests.iter().any(|path| path.starts_with("/persist.js")), "{requests:?}");
    Ok(())
}

async fn persist_attribute_set_later(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    put_in_storage(page, "local", &json!({ "rate": 2, "places": [["made", 12]] }).to_string()).await?;
    // The attribute may be set later, for example after the reader has consented.
    let briefing = open(page, "src=/made.json").await?;
    ensure!(briefing.time().await? == 0.0);
    briefing.set_attribute("persist", "local").await?;
    briefing.time_becomes(12.0).await?;
    ensure!(briefing.property("playbackRate").await? == json!(2));
    briefing.is_paused().await?;
    briefing.set("currentTime", json!(20)).await?;
    ensure!(stored(page, "local").await? == json!({ "rate": 2, "places": [["made", 20]] }));

    // If the reader has started by then, their position stays.
    let briefing = open(page, "src=/made.json").await?;
    briefing.set("currentTime", json!(7)).await?;
    briefing.set_attribute("persist", "local").await?;
    until("the speed is the one that was kept", async || {
        ensure!(briefing.property("playbackRate").await? == json!(2));
        Ok(())
    })
    .await?;
    briefing.time_becomes(7.0).await?;

    // The position in the session storage is carried over.
    let briefing = open(page, "persist=session src=/made.json").await?;
    briefing.set("currentTime", json!(30)).await?;
    briefing.set_attribute("persist", "local").await?;
    until("it is in the other storage", async || {
        let kept = stored(page, "local").await?;
        ensure!(kept == json!({ "rate": 2, "places": [["made", 30]] }), "{kept}");
        Ok(())
    })
    .await?;
    ensure!(stored(page, "session").await?.is_null());
    briefing.time_becomes(30.0).await
}

async fn persist_attribute_removed(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    let initial = json!({ "rate": 2, "places": [["another", 33], ["made", 12]] });
    for take_back in ["setAttribute('persist', 'none')", "removeAttribute('persist')"] {
        put_in_storage(page, "local", &initial.to_string()).await?;
        let briefing = open(page, "persist=local src=/made.json").await?;
        briefing.time_becomes(12.0).await?;
        // The storage is cleared synchronously, because the page may be about to unload.
        let script = format!(
            "document.querySelector('#made').{take_back};
            queueMicrotask(() => arguments[0](localStorage.length))"
        );
        let left = page.script_later(&script, vec![]).await?;
        ensure!(left == json!(0), "{take_back}: {left} items stay");
        briefing.set("currentTime", json!(20)).await?;
        briefing.set("playbackRate", json!(1.5)).await?;
        briefing.call("play", vec![]).await?;
        briefing.plays().await?;
        briefing.call("pause", vec![]).await?;
        page.reload().await?;
        // The page's markup still sets the attribute, but nothing is stored.
        let briefing = loaded(page).await?;
        ensure!(briefing.time().await? == 0.0, "{take_back}: it is at {}", briefing.time().await?);
        ensure!(stored(page, "local").await?.is_null(), "{take_back}: {}", stored(page, "local").await?);
    }
    Ok(())
}

async fn the_oldest_is_dropped(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    // Numeric names must not be ordered before others.
    let mut places: Vec<Value> = (0..50).rev().map(|number| json!([number.to_string(), 7])).collect();
    put_in_storage(page, "local", &json!({ "places": places }).to_string()).await?;
    let briefing = open(page, "persist=local src=/made.json").await?;
    briefing.set("currentTime", json!(12)).await?;
    places.remove(0);
    places.push(json!(["made", 12]));
    ensure!(stored(page, "local").await? == json!({ "places": places }), "{}", stored(page, "local").await?);
    Ok(())
}

async fn invalid_storage_is_ignored(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    for nonsense in [
        "",
        "{ no",
        "null",
        "7",
        "\"places\"",
        "[[\"made\", 12]]",
        r#"{ "rate": "2", "places": { "made": 12 } }"#,
        r#"{ "rate": -1, "places": [null, 7, "a5", [], ["made"], ["made", "12"], ["made", -12], ["made", 1e999]] }"#,
        // The article was longer when the position was stored.
        r#"{ "rate": null, "places": [["made", 60]] }"#,
    ] {
        put_in_storage(page, "local", nonsense).await?;
        let briefing = open(page, "persist=local src=/made.json").await?;
        ensure!(briefing.time().await? == 0.0, "{nonsense}: it is at {}", briefing.time().await?);
        ensure!(briefing.property("playbackRate").await? == json!(1), "{nonsense}");
        briefing.set("currentTime", json!(12)).await?;
        let kept = stored(page, "local").await?;
        ensure!(kept == json!({ "places": [["made", 12]] }), "{nonsense}: {kept}");
    }
    Ok(())
}

async fn storage_full(page: &Page) -> Result<()> {
    publish(page, "/made.json", &article_with_id("made"));
    let full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }";
    page.site().add("/full.js", "text/javascript", full);
    page.open_page(
        "<script src=/full.js></script><news-briefing id=made persist=local src=/made.json></news-briefing>",
    )
    .await?;
    playback_works(&loaded(page).await?).await
}

/// Checks that playback works even if its state cannot be stored.
async fn playback_works(briefing: &Briefing<'_>) -> Result<()> {
    let button = briefing.part("play-button").await?;
    button.click().await?;
    briefing.plays().await?;
    briefing.set("currentTime", json!(7)).await?;
    button.click().await?;
    briefing.is_paused().await
}

async fn storage_forbidden(page: &Page) -> Result<()> {
    open_sandboxed(page, "persist=local").await?;
    let forbidden = "try { localStorage } catch (error) { return error.name }";
    ensure!(page.script(forbidden, vec![]).await? == json!("SecurityError"));
    let briefing = loaded(page).await?;
    ensure!(page.site().requests().iter().any(|path| path.starts_with("/persist.js")));
    playback_works(&briefing).await
}

async fn script_rejected(page: &Page) -> Result<()> {
    for expected in ["integrity", "could not load <script>", "ERR_", "SRI"] {
        page.expect_complaint(expected);
    }
    publish(page, "/made.json", &article_with_id("made"));
    page.site().add("/persist.js", "text/javascript", "window.hacked = 1; export const keep = () => {}");
    let briefing = open(page, "persist=local src=/made.json").await?;
    playback_works(&briefing).await?;
    ensure!(page.script("return window.hacked ?? null", vec![]).await? == json!(null), "it has run");
    ensure!(stored(page, "local").await?.is_null());
    Ok(())
}

async fn a_chosen_voice(page: &Page) -> Result<()> {
    publish(page, "/made.json", &timed(3));
    let briefing = open(page, "persist=local voice src=/made.json").await?;
    briefing.find("button[aria-haspopup]").await?.click().await?;
    let select = briefing.find("#menu select").await?;
    let choose = "const [select] = arguments; select.selectedIndex = select.options.length - 1;
        select.dispatchEvent(new Event('change')); return select.value";
    let chosen = select.script(choose, vec![]).await?;
    until("it is kept", async || {
        ensure!(stored(page, "local").await?["voices"]["en"] == chosen);
        Ok(())
    })
    .await?;
    let mut other = article_with_id("other");
    other["lang"] = json!("en-GB");
    publish(page, "/other.json", &other);
    let briefing = open(page, "persist=local voice src=/other.json").await?;
    briefing.element().await?.attribute_becomes("voice", chosen.as_str().context("a voice")?).await?;
    // If the page allows no voice, the stored voice is not used.
    let briefing = open(page, "persist=local src=/other.json").await?;
    stays("there is no voice", async || {
        ensure!(briefing.element().await?.attribute("voice").await?.is_none());
        Ok(())
    })
    .await
}
