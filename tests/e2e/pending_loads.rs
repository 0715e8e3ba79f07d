//! Dependencies of a load: nothing keeps a load pending for ever, and optional files do not delay it. A
//! pending briefing says so in the reader's language.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::opening::{article, timed};
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("diagnosing a failed request times out", diagnosis_times_out),
        scenario("a trickling response times out", trickling_response_times_out),
        scenario("a late persist.js does not delay the article", late_persist_script),
        scenario("a late speech.js does not delay the article", late_speech_script),
        scenario("an engine file that never arrives times out", missing_engine_file_times_out),
        scenario("a long article renders in a page that never paints", never_painted),
        scenario("loading and error messages use the reader's language", messages_in_the_readers_language),
        scenario("loading and error messages use the page's own strings", messages_in_own_strings),
    ]
}

/// Opens a page whose own script runs before the loader.
pub(crate) async fn open(page: &Page, script: &str, body: &str) -> Result<()> {
    page.site().add("/before.js", "text/javascript", script);
    page.open_page(&format!("<script src=/before.js></script>{body}")).await
}

/// Returns a script that holds back scripts whose URLs match a pattern, until the page receives a `go` event.
pub(crate) fn holding(scripts: &str) -> String {
    format!(
        "{{
        const {{ append }} = document.head;
        const go = new Promise((resolve) => addEventListener('go', resolve, {{ once: true }}));
        document.head.append = (...nodes) => {{
            if (nodes.some(({{ src }}) => /{scripts}/.test(src))) go.then(() => append.apply(document.head, nodes));
            else append.apply(document.head, nodes);
        }};
        }}"
    )
}

/// Releases the scripts that [`holding`] holds back.
pub(crate) const GO: &str = "dispatchEvent(new Event('go'))";

async fn diagnosis_times_out(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    let fails = "{
        const { fetch } = window;
        window.fetch = (address, options) => {
            if (!/made.json/.test(address)) return fetch(address, options);
            if (options.mode === 'no-cors') return fetch('/held/made.json', options);
            return Promise.reject(new TypeError('the request failed'));
        };
        }";
    open(page, fails, "<news-briefing id=made src=/made.json timeout=0.5></news-briefing>").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "network", "{event:?}");
    page.briefing().named("Try again").await.map(drop)
}

async fn trickling_response_times_out(page: &Page) -> Result<()> {
    page.open_page("<news-briefing id=made src=/text/trickling timeout=0.4></news-briefing>").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "timeout", "{event:?}");
    ensure!(event.detail["message"].as_str().is_some_and(|message| message.contains("8 s")), "{event:?}");
    Ok(())
}

async fn late_persist_script(page: &Page) -> Result<()> {
    let mut named = timed(6);
    named["id"] = json!("named");
    page.site().add("/made.json", "application/json", &named.to_string());
    let saved_places = "localStorage.setItem('news-briefing', JSON.stringify({ places: [['named', 12]] }));";
    let script = [saved_places, &holding("persist")].concat();
    open(page, &script, "<news-briefing id=made persist=local src=/made.json></news-briefing>").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let briefing = page.briefing();
    ensure!(briefing.time().await? == 0.0);
    // A late restore still applies if the reader has not started.
    page.script(GO, vec![]).await?;
    briefing.time_becomes(12.0).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn late_speech_script(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    open(page, &holding("speech"), "<news-briefing id=made voice src=/made.json></news-briefing>").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let player = page.briefing().part("player").await?;
    ensure!(player.text().await?.contains("Silent"), "{}", player.text().await?);
    page.script(GO, vec![]).await?;
    until("it has the voice", async || {
        let text = page.briefing().part("player").await?.text().await?;
        ensure!(text.contains("Read aloud"), "{text}");
        Ok(())
    })
    .await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

/// Shortens timeouts of minutes to moments.
const FASTER: &str = "{
    const { setTimeout } = window;
    const faster = (milliseconds) => (milliseconds > 60000 ? milliseconds / 300 : milliseconds);
    window.setTimeout = (task, milliseconds) => setTimeout(task, faster(milliseconds));
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, faster(milliseconds));
    }";

async fn missing_engine_file_times_out(page: &Page) -> Result<()> {
    // Firefox and WebKit report an aborted request.
    for expected in ["abort", "Abort"] {
        page.expect_complaint(expected);
    }
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    let the_engine = "{
        const { fetch } = window;
        window.fetch = (address, options) =>
            fetch(/\\.wasm/.test(address) ? '/held/made.json' : address, { ...options, integrity: '' });
        }";
    // The JSON of a CMS needs chunks of adapters besides.
    page.site().add("/post.json", "application/json", include_str!("../cms/wordpress/post.json"));
    let the_adapters = the_engine.replace("\\.wasm", "adapters_");
    for (src, held) in [
        ("made", holding("reading")),
        ("made", holding("wasm\\/news")),
        ("made", the_engine.to_owned()),
        ("post", the_adapters),
    ] {
        let script = [FASTER, &held].concat();
        let body =
            format!("<news-briefing id=made src=/{src}.json><p id=fallback>Fallback</p></news-briefing>");
        open(page, &script, &body).await?;
        let event = page.wait_for_event("briefing-error").await?;
        ensure!(event.detail["kind"] == "engine", "{event:?}");
        page.element("#fallback").await?.becomes_shown().await?;
        page.wait_for_event_count(1, "briefing-error", "made").await?;
    }
    Ok(())
}

async fn never_painted(page: &Page) -> Result<()> {
    let body: Vec<Value> = (0..600).map(|number| json!(format!("Paragraph {number}."))).collect();
    page.site().add("/made.json", "application/json", &article("Long", json!(body)).to_string());
    open(
        page,
        "window.requestAnimationFrame = () => 0;",
        "<news-briefing id=made src=/made.json></news-briefing>",
    )
    .await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(page.briefing().parts("block").await?.len() == 600);
    Ok(())
}

/// Opens a page in a language, with a briefing that has these attributes.
async fn open_in(page: &Page, lang: &str, attributes: &str, script: &str) -> Result<()> {
    let set = format!("document.documentElement.lang = '{lang}'; {script}");
    open(page, &set, &format!("<news-briefing id=made {attributes}></news-briefing>")).await
}

async fn messages_in_the_readers_language(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    for (lang, attributes, loading, failed, again, dir) in [
        (
            "de",
            "",
            "Wird geladen…",
            "Dieses Briefing konnte nicht geladen werden.",
            "Noch einmal versuchen",
            "ltr",
        ),
        ("en", "lang=ar", "", "", "", "rtl"),
        ("zh-CN", "", "", "", "", "ltr"),
    ] {
        let mut made = article("Held", json!(["Text."]));
        made["lang"] = json!(if attributes.is_empty() { lang } else { "ar" });
        page.site().add("/made.json", "application/json", &made.to_string());
        // The newsroom serves the strings of each language; the test looks up some of them there.
        let file = match lang {
            "de" => "de",
            "en" => "ar",
            _ => "zh-Hans",
        };
        open_in(page, lang, &format!("{attributes} src=/held/made.json"), "").await?;
        let briefing = page.briefing();
        let word = async |key: &str, known: &str| -> Result<String> {
            let read = "fetch(`/words/${arguments[0]}.json`).then((answer) => answer.json())
                .then((words) => arguments[2](words[arguments[1]]))";
            let read = page.script_later(read, vec![json!(file), json!(key)]).await?;
            let read = read.as_str().unwrap_or_default().to_owned();
            ensure!(known.is_empty() || read == known, "{key} is {read}");
            Ok(read)
        };
        let waiting = briefing.find("[role=status]").await?;
        let expected = word("loading", loading).await?;
        until("the message is shown", async || {
            let text = waiting.script("return arguments[0].textContent", vec![]).await?;
            ensure!(text == json!(expected), "{text}");
            Ok(())
        })
        .await?;
        let marked = "return [arguments[0].closest('[lang]').lang, getComputedStyle(arguments[0]).direction]";
        let tag = if lang == "en" { "ar" } else { lang };
        ensure!(waiting.script(marked, vec![]).await? == json!([tag, dir]));

        // Loading fails before the article's language is known.
        briefing.set_attribute("src", "/status/404").await?;
        let alert = briefing.find("[role=alert]").await?;
        let (expected, again) = (word("failed", failed).await?, word("try_again", again).await?);
        until("the message is shown", async || {
            let text = alert.text().await?;
            ensure!(text.starts_with(&expected) && text.contains(&again), "{text}");
            Ok(())
        })
        .await?;
        ensure!(alert.script(marked, vec![]).await? == json!([tag, dir]));
        let fallback = briefing.find("slot").await?;
        ensure!(
            fallback.script("return getComputedStyle(arguments[0]).direction", vec![]).await? == json!("ltr")
        );
    }
    // No further round trip and no further file: the strings were already loading with everything else.
    page.site().release();
    let before = page.site().request_count("/words/zh-Hans.json");
    page.briefing().set_attribute("src", "/held/made.json").await?;
    page.briefing().part("title").await?.text_becomes("Held").await?;
    stays("they are requested once", async || {
        let count = page.site().request_count("/words/zh-Hans.json");
        ensure!(count == before, "{count} times after {before}");
        Ok(())
    })
    .await
}

async fn messages_in_own_strings(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    let own = "customElements.whenDefined('news-briefing').then((briefing) => {
        briefing.words = { loading: 'One moment', failed: 'It is not here', try_again: 'Once more' };
    })";
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    open_in(page, "de", "src=/held/made.json", own).await?;
    let briefing = page.briefing();
    let waiting = briefing.find("[role=status]").await?;
    until("the message is shown", async || {
        let text = waiting.script("return arguments[0].textContent", vec![]).await?;
        ensure!(text == json!("One moment"), "{text}");
        Ok(())
    })
    .await?;
    briefing.set_attribute("src", "/status/404").await?;
    let alert = briefing.find("[role=alert]").await?;
    until("the message is shown", async || {
        let text = alert.text().await?;
        ensure!(text.starts_with("It is not here") && text.contains("Once more"), "{text}");
        Ok(())
    })
    .await
}
