//! Properties and attributes that a host page changes on a shown briefing: the display changes without
//! another fetch and without a restart.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::opening::{article, timed};
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("new interface strings change nothing else", changed_strings),
        scenario("a new interface language changes nothing else", changed_language),
        scenario("new sections keep the playback position", changed_sections),
        scenario("the player keeps the focus when the language changes", the_player_keeps_the_focus),
        scenario("open popups stay open when the language changes", open_popups_stay_open),
        scenario("strings that fail to load leave the current ones", strings_that_fail_to_load),
        scenario("headers apply to the next fetch", headers_apply_to_the_next_fetch),
        scenario("calls for a replaced article are dropped", calls_for_a_replaced_article),
        scenario("the last source set takes precedence", the_last_source_takes_precedence),
        scenario("relative URLs keep their base when the page's URL changes", the_base_url_stays),
        scenario("a new format attribute causes no other fetch", changed_format),
        scenario("late strings do not delay the article", late_strings),
    ]
}

/// Returns an article with everything that a reader can unfold or open.
fn made() -> Value {
    let mut made = timed(6);
    made["key_points"] = json!([
        { "id": "k1", "text": "A point.[^a]", "detail": ["Its detail."] },
        { "id": "k2", "text": "Another.", "detail": ["More."], "supports": ["p2"] },
    ]);
    made["references"] =
        json!([{ "id": "a", "title": "A source", "publisher": "Gazette" }, { "id": "b", "title": "B" }]);
    made
}

/// Opens the article, unfolds a key point, and plays from a position. The script keeps its nodes in `kept`.
async fn open<'a>(page: &'a Page, attributes: &str) -> Result<Briefing<'a>> {
    let briefing = page.open_with(attributes, &made()).await?;
    briefing.shows_its_article().await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let use_it = "const [made] = arguments;
        const { shadowRoot } = made;
        shadowRoot.querySelector('[part=key-points] > details').open = true;
        shadowRoot.querySelectorAll('[part=key-point] summary')[1].click();
        shadowRoot.querySelector('[part=references] details').open = true;
        window.kept = ['[part=title]', '[part=body]', '[part=block]', '[part=citation]', '[part=references] details',
            '[part=player]', '[part=progress]', '[data-control=play-link]']
            .map((selector) => shadowRoot.querySelector(selector));
        shadowRoot.querySelector('[part=citation]').focus();
        made.currentTime = 12;
        made.playbackRate = 0.5;
        made.play();";
    briefing.element().await?.script(use_it, vec![]).await?;
    briefing.plays().await?;
    Ok(briefing)
}

/// Checks that the reader's changes persist, and that the article was requested once.
async fn nothing_else_has_changed(page: &Page, briefing: &Briefing<'_>) -> Result<()> {
    let look = "const [made] = arguments;
        const { shadowRoot } = made;
        const now = ['[part=title]', '[part=body]', '[part=block]', '[part=citation]', '[part=references] details']
            .map((selector) => shadowRoot.querySelector(selector));
        return {
            same: now.every((node, index) => node === kept[index]),
            open: [...shadowRoot.querySelectorAll('details')].map(({ open }) => open),
            focused: shadowRoot.activeElement === kept[3],
            plays: !made.paused,
            rate: made.playbackRate,
            place: made.currentTime >= 12 && made.currentTime < 25,
            current: shadowRoot.querySelectorAll('[aria-current]').length,
        }";
    let found = briefing.element().await?.script(look, vec![]).await?;
    let expected = json!({ "same": true, "open": [true, false, true, true], "focused": true, "plays": true,
        "rate": 0.5, "place": true, "current": 1 });
    ensure!(found == expected, "{found}");
    ensure!(
        page.site().request_count("/made.json") == 1,
        "{} times",
        page.site().request_count("/made.json")
    );
    ensure!(page.event_count("briefing-load", "made").await? == 1, "it was loaded again");
    ensure!(page.event_count("pause", "made").await? == 0, "it has paused");
    ensure!(page.event_count("briefing-error", "made").await? == 0, "it has failed");
    Ok(())
}

async fn changed_strings(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    briefing.set("words", json!({ "references": "Further reading", "pause": "Hold on" })).await?;
    until("it shows them", async || {
        let text = briefing.part("references").await?.text().await?;
        ensure!(text.starts_with("Further reading"), "{text}");
        Ok(())
    })
    .await?;
    page.part_text_becomes("play-button", "Hold on").await?;
    // The button that unfolds all points keeps its state.
    briefing.named("Expand all").await?;
    nothing_else_has_changed(page, &briefing).await?;
    // The briefing still works, and dispatches each event once.
    briefing.part("play-button").await?.click().await?;
    briefing.is_paused().await?;
    page.wait_for_event_count(1, "pause", "made").await?;
    briefing.nth_part("key-point", 0).await?.find("summary").await?.click().await?;
    briefing.named("Collapse all").await?;
    stays("the event was dispatched once", async || {
        ensure!(page.event_count("briefing-key-point", "made").await? == 2);
        Ok(())
    })
    .await
}

async fn changed_language(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    briefing.set_attribute("lang", "de").await?;
    page.part_text_becomes("play-button", "Pause").await?;
    until("the interface is German", async || {
        let text = briefing.part("references").await?.text().await?;
        ensure!(text.starts_with("Quellen"), "{text}");
        Ok(())
    })
    .await?;
    nothing_else_has_changed(page, &briefing).await?;
    // And back, without fetching a file.
    briefing.set_attribute("lang", "en").await?;
    until("the interface is English", async || {
        let text = briefing.part("references").await?.text().await?;
        ensure!(text.starts_with("References"), "{text}");
        Ok(())
    })
    .await?;
    nothing_else_has_changed(page, &briefing).await?;
    let marked = "return arguments[0].shadowRoot.querySelectorAll('.frame [lang]').length";
    ensure!(briefing.element().await?.script(marked, vec![]).await? == json!(0), "a language is left");
    Ok(())
}

async fn changed_sections(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    let current = "return arguments[0].shadowRoot.querySelector('[aria-current]')?.textContent ?? null";
    let before = briefing.element().await?.script(current, vec![]).await?;
    briefing.set_attribute("sections", "body player").await?;
    until("the key points are gone", async || {
        ensure!(briefing.parts("key-point").await?.is_empty());
        ensure!(briefing.parts("references").await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.plays().await?;
    ensure!(briefing.element().await?.script(current, vec![]).await? == before, "it is elsewhere");
    briefing.set_attribute("sections", "key-points body references player").await?;
    briefing.nth_part("key-point", 1).await?;
    briefing.part("references").await?;
    ensure!(briefing.element().await?.script(current, vec![]).await? == before, "it is elsewhere");
    briefing.plays().await?;
    ensure!(page.site().request_count("/made.json") == 1);
    // Without a player, playback stops.
    briefing.set_attribute("sections", "body").await?;
    briefing.has_no("player").await?;
    ensure!(briefing.property("paused").await? == json!(true), "it plays");
    // When the player returns, it keeps its position.
    let time = briefing.time().await?;
    ensure!(time > 1.0, "it is at {time} s");
    briefing.set_attribute("sections", "key-points body player").await?;
    briefing.part("player").await?;
    let now = briefing.time().await?;
    ensure!((now - time).abs() < 0.1, "it was at {time} s and is at {now} s");
    ensure!(page.event_count("ended", "made").await? == 0);
    page.event_count("briefing-load", "made").await.and_then(|times| {
        ensure!(times == 1, "{times} times");
        Ok(())
    })
}

async fn the_player_keeps_the_focus(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    for (part, lang) in [("progress", "de"), ("rate", "fr"), ("play-button", "de")] {
        let control = briefing.part(part).await?;
        control.script("arguments[0].focus()", vec![]).await?;
        briefing.set_attribute("lang", lang).await?;
        until("the interface is in the language", async || {
            let text = briefing.part("player").await?.text().await?;
            ensure!(text.contains(if lang == "de" { "Lesetempo" } else { "lecture" }), "{text}");
            Ok(())
        })
        .await?;
        briefing.part(part).await?.gets_focus().await?;
    }
    Ok(())
}

async fn open_popups_stay_open(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    briefing.part("citation").await?.click().await?;
    let popover = briefing.popover().await?;
    briefing.set_attribute("lang", "de").await?;
    until("the interface is German", async || {
        let text = popover.text().await?;
        ensure!(text.contains("1 von"), "{text}");
        Ok(())
    })
    .await?;
    ensure!(popover.is_shown().await?, "it has closed");
    // The popover closes as before, and the focus returns to the citation.
    page.press(thirtyfour::Key::Escape).await?;
    popover.becomes_hidden().await?;
    briefing.part("citation").await?.gets_focus().await?;
    // The same holds for the player's own popups.
    let speaks = async |lang: &str, words: &str| {
        briefing.set_attribute("lang", lang).await?;
        until("the player is in the language", async || {
            let text = briefing.find(".sound").await?.text().await?;
            ensure!(text.contains(words), "{text}");
            Ok(())
        })
        .await
    };
    briefing.find("button[aria-haspopup]").await?.click().await?;
    let menu = briefing.find("#menu").await?;
    menu.becomes_shown().await?;
    speaks("fr", "lecture").await?;
    ensure!(menu.is_shown().await?, "the menu has closed");
    page.press(thirtyfour::Key::Escape).await?;
    menu.becomes_hidden().await?;
    briefing.find("button[aria-haspopup]").await?.gets_focus().await?;
    page.press("?").await?;
    let keys = briefing.find("dialog").await?;
    keys.becomes_shown().await?;
    speaks("de", "Lesetempo").await?;
    ensure!(keys.is_shown().await?, "the keys have closed");
    page.press(thirtyfour::Key::Escape).await?;
    briefing.find("button[aria-haspopup]").await?.gets_focus().await
}

async fn strings_that_fail_to_load(page: &Page) -> Result<()> {
    page.site().add("/words/de.json", "text/plain", "This is no JSON.");
    let briefing = open(page, "").await?;
    briefing.set("words", json!({ "pause": "Hold on" })).await?;
    page.part_text_becomes("play-button", "Hold on").await?;
    briefing.set_attribute("lang", "de").await?;
    until("they were requested", async || {
        ensure!(page.site().request_count("/words/de.json") > 0);
        Ok(())
    })
    .await?;
    stays("the current strings stay", async || {
        let text = briefing.part("references").await?.text().await?;
        ensure!(text.starts_with("References"), "{text}");
        Ok(())
    })
    .await?;
    nothing_else_has_changed(page, &briefing).await
}

async fn headers_apply_to_the_next_fetch(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    briefing.set("headers", json!({ "X-Issue": "late" })).await?;
    stays("it is shown", async || nothing_else_has_changed(page, &briefing).await).await?;
    briefing.set_attribute("src", "/headers.json").await?;
    briefing.part("title").await?.text_becomes("Cookie: none. Issue: late.").await
}

async fn calls_for_a_replaced_article(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    page.open_page("<news-briefing id=made src=/held/articles/seed.json loading=eager></news-briefing>")
        .await?;
    let briefing = page.briefing();
    briefing.set("currentTime", json!(12)).await?;
    briefing.call("play", vec![]).await?;
    briefing.set_attribute("src", "/articles/minimal.json").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(briefing.property("paused").await? == json!(true), "it plays");
    ensure!(briefing.property("currentTime").await? == json!(0), "it is elsewhere");

    // The same for calls after a failure.
    briefing.set_attribute("src", "/articles/missing.json").await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    briefing.set("currentTime", json!(12)).await?;
    briefing.call("play", vec![]).await?;
    briefing.set("article", made()).await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    ensure!(briefing.property("paused").await? == json!(true), "it plays after a failure");
    ensure!(briefing.property("currentTime").await? == json!(0), "it is elsewhere after a failure");
    Ok(())
}

async fn the_last_source_takes_precedence(page: &Page) -> Result<()> {
    let inside = article("Inside", json!(["Text."]));
    page.open_page(&format!(
        "<news-briefing id=made src=/articles/missing.json><script type=\"application/json\">{inside}</script></news-briefing>"
    ))
    .await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("Inside").await?;
    for (change, title) in [
        ("made.article = { ...made.article, title: 'Set' }", "Set"),
        ("made.setAttribute('src', '/articles/minimal.json')", "Night ferry"),
        ("made.article = { ...made.article, title: 'Set again' }", "Set again"),
        ("made.setAttribute('src', '/articles/seed.json')", "Moonshot"),
        ("made.removeAttribute('src')", "Inside"),
    ] {
        page.script(&format!("const made = document.querySelector('#made'); {change}"), vec![]).await?;
        until(&format!("it shows {title} after {change}"), async || {
            let shown = briefing.part("title").await?.text().await?;
            ensure!(shown.starts_with(title), "{shown}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn the_base_url_stays(page: &Page) -> Result<()> {
    let article = article("Set", json!(["See [the rest](rest.html)."]));
    page.site().add("/made.json", "application/json", &article.to_string());
    page.open_page(
        "<div class=tall></div><news-briefing id=made></news-briefing><news-briefing id=far src=made.json></news-briefing>",
    )
    .await?;
    let leave = "document.querySelector('.tall').style.blockSize = '6000px';
        document.querySelector('#made').article = arguments[0];
        history.replaceState(null, '', '/2026/11/second-story')";
    page.script(leave, vec![article]).await?;
    page.script("document.querySelector('#far').scrollIntoView()", vec![]).await?;
    for id in ["#far", "#made"] {
        let briefing = page.briefing_at(id);
        briefing.shows_its_article().await?;
        // A redraw leaves its links alone.
        briefing.set("words", json!({ "references": "Further reading" })).await?;
        let link = briefing.find("[part=body] a").await?.property("href").await?;
        ensure!(link.as_str() == Some(&page.site().url("/rest.html")), "{id}: {link}");
    }
    Ok(())
}

async fn changed_format(page: &Page) -> Result<()> {
    let briefing = open(page, "").await?;
    briefing.set_attribute("format", "briefing").await?;
    stays("it is shown", async || nothing_else_has_changed(page, &briefing).await).await?;
    briefing.set_attribute("format", "nothing-known").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "format", "{event:?}");
    stays("what was shown is there", async || {
        ensure!(briefing.find_all(".failure").await?.is_empty(), "it fails");
        ensure!(briefing.property("paused").await? == json!(false), "it has paused");
        Ok(())
    })
    .await?;
    let title = briefing.property("article").await?["title"].clone();
    ensure!(title == "An article with times", "{title}");
    ensure!(page.site().request_count("/made.json") == 1);
    Ok(())
}

/// Holds the interface strings back until the page receives a `go` event.
pub(crate) const HOLD_STRINGS: &str = "{
    const { fetch } = window;
    const go = new Promise((resolve) => addEventListener('go', resolve, { once: true }));
    window.fetch = async (...request) => {
        if (/words/.test(request[0])) await go;
        return fetch(...request);
    };
}";

async fn late_strings(page: &Page) -> Result<()> {
    let mut german = made();
    german["lang"] = json!("de");
    page.site().add("/made.json", "application/json", &german.to_string());
    page.site().add("/held.js", "text/javascript", HOLD_STRINGS);
    page.open_page("<script src=/held.js></script><news-briefing id=made src=/made.json></news-briefing>")
        .await?;
    let briefing = page.briefing();
    // Loading does not wait for the strings.
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    page.part_text_becomes("play-button", "Play").await?;
    let title = "window.kept = arguments[0].shadowRoot.querySelector('[part=title]')";
    briefing.element().await?.script(title, vec![]).await?;
    page.script("dispatchEvent(new Event('go'))", vec![]).await?;
    page.part_text_becomes("play-button", "Abspielen").await?;
    let same = "return arguments[0].shadowRoot.querySelector('[part=title]') === kept";
    ensure!(briefing.element().await?.script(same, vec![]).await? == json!(true));
    page.event_count("briefing-load", "made").await.context("events").and_then(|times| {
        ensure!(times == 1, "{times} times");
        Ok(())
    })
}
