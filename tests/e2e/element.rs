//! The element in unusual surroundings: cloned, adopted by other documents, in large numbers,
//! defined before or after its use, inside the markup of other components.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::opening::{article, timed};
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a cloned element is independent", cloned_element),
        scenario("an adopted element looks and works as before", adopted_element),
        scenario("a recording continues after adoption", recording_after_adoption),
        scenario("a failed load can be retried after adoption", retry_after_adoption),
        scenario("dozens of elements share one engine", shared_engine),
        scenario("properties set before definition are kept", set_before_defined),
        scenario("a page may load two copies of the loader", two_copies),
        scenario("the element works in closed shadow roots", in_closed_roots),
        scenario("event details match the guide", events_have_details),
    ]
}

/// Returns how often the page has requested the engine.
fn engine_requests(page: &Page) -> usize {
    page.site().requests().iter().filter(|path| path.contains("news-briefing_bg.wasm")).count()
}

async fn cloned_element(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    briefing.named("Expand all").await?.click().await?;
    briefing.named("Collapse all").await?;
    briefing.set("currentTime", json!(7)).await?;
    let copy = "const copy = document.querySelector('#seed').cloneNode(true);
        copy.id = 'copy';
        document.querySelector('main').append(copy);
        copy.scrollIntoView({ behavior: 'instant' })";
    page.script(copy, vec![]).await?;
    let copy = page.briefing_at("#copy");
    copy.shows_its_article().await?;
    page.wait_for_event_count(1, "briefing-load", "copy").await?;
    ensure!(copy.property("currentTime").await? == json!(0));
    copy.named("Expand all").await?;
    copy.part("play-button").await?.click().await?;
    copy.plays().await?;
    // The original is unaffected.
    ensure!(briefing.property("currentTime").await? == json!(7));
    ensure!(briefing.all_named("Collapse all").await?.len() == 1);
    briefing.is_paused().await?;
    page.wait_for_event_count(1, "briefing-load", "seed").await?;
    ensure!(engine_requests(page) == 1);
    Ok(())
}

/// Opens a page with a briefing of this address and an empty frame.
async fn open_beside_frame(page: &Page, src: &str) -> Result<()> {
    page.site().allow_other_origins()?;
    page.site().add(
        "/frame.html",
        "text/html",
        "<!doctype html><html lang=\"en\"><head><title>Framed</title></head><body></body></html>",
    );
    page.open_page(&format!(
        "<news-briefing id=made src={src}></news-briefing>
        <iframe title=\"Other document\" src=/frame.html width=700 height=500></iframe>"
    ))
    .await
}

/// Moves the briefing into the document of the frame, and goes there.
async fn move_into_frame(page: &Page) -> Result<()> {
    let adopt = "const frame = document.querySelector('iframe');
        frame.contentDocument.body.append(document.querySelector('#made'));
        frame.scrollIntoView({ behavior: 'instant' })";
    page.script(adopt, vec![]).await?;
    page.enter("iframe").await
}

async fn adopted_element(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &cited().to_string());
    open_beside_frame(page, "/made.json").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    // By script only: the driver's element references do not survive an adoption.
    let look = "const { shadowRoot } = document.querySelector('#made');
        const part = (name) => getComputedStyle(shadowRoot.querySelector(`[part~=${name}]`));
        return [part('title').fontWeight, part('play-button').backgroundColor, part('key-points').borderLeftWidth,
            shadowRoot.querySelector('details details').open]";
    let use_it = "const made = document.querySelector('#made');
        made.shadowRoot.querySelector('[part~=key-point] p').click();
        made.currentTime = 2";
    page.script(use_it, vec![]).await?;
    let before = page.script(look, vec![]).await?;
    move_into_frame(page).await?;
    let time = page.briefing().property("currentTime").await?;
    ensure!(time == json!(2), "it is at {time}");
    let after = page.script(look, vec![]).await?;
    ensure!(after == before, "it looks otherwise: {after} for {before}");
    let press = "document.querySelector('#made').shadowRoot.querySelector(arguments[0]).click()";
    page.script(press, vec![json!("[part~=citation]")]).await?;
    page.wait_for_event_count(1, "briefing-reference", "made").await?;
    let open = "return document.querySelector('#made').shadowRoot.querySelectorAll(':popover-open').length";
    ensure!(page.script(open, vec![]).await? == json!(1), "no popover is open");
    page.press(Key::Escape).await?;
    // Key events come from the other document.
    page.script("document.querySelector('#made').shadowRoot.querySelector('[role=slider]').focus()", vec![])
        .await?;
    page.press(Key::Right).await?;
    let time = page.briefing().property("currentTime").await?;
    ensure!(time.as_f64().is_some_and(|time| time > 2.0), "after a step forward it is at {time}");
    page.script(press, vec![json!("[part~=play-button]")]).await?;
    page.wait_for_event_count(1, "play", "made").await?;
    // Another article loads in the new document.
    page.briefing().set("article", article("Another", json!(["Text."]))).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let title =
        "return document.querySelector('#made').shadowRoot.querySelector('[part~=title]').textContent";
    ensure!(page.script(title, vec![]).await? == json!("Another"));
    Ok(())
}

async fn recording_after_adoption(page: &Page) -> Result<()> {
    open_beside_frame(page, "/articles/recording.json").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let briefing = page.briefing();
    briefing.set("currentTime", json!(20)).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    move_into_frame(page).await?;
    stays("it goes on from there", async || {
        let time = page.briefing().property("currentTime").await?;
        ensure!(time.as_f64().is_some_and(|time| (20.0..40.0).contains(&time)), "it is at {time}");
        Ok(())
    })
    .await?;
    let sound = "const { shadowRoot } = document.querySelector('#made');
        const { paused, currentTime } = shadowRoot.querySelector('audio');
        return paused || currentTime >= 20";
    until("the recording is there as well", async || {
        ensure!(page.script(sound, vec![]).await? == json!(true));
        Ok(())
    })
    .await
}

async fn retry_after_adoption(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    open_beside_frame(page, "/later.json").await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    move_into_frame(page).await?;
    let focus = async || {
        let button = "const { shadowRoot } = document.querySelector('#made');
            shadowRoot.querySelector('.failure button')?.focus();
            return shadowRoot.activeElement?.textContent ?? null";
        until("the button has the focus", async || {
            let focused = page.script(button, vec![]).await?;
            ensure!(focused == json!("Try again"), "{focused} has it");
            Ok(())
        })
        .await
    };
    // The retry fails once more, which is shown in the new document; then it succeeds.
    focus().await?;
    page.press(Key::Enter).await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    page.site().add("/later.json", "application/json", &article("At last", json!(["Text."])).to_string());
    focus().await?;
    page.press(Key::Enter).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let title =
        "return document.querySelector('#made').shadowRoot.querySelector('[part~=title]').textContent";
    ensure!(page.script(title, vec![]).await? == json!("At last"));
    Ok(())
}

/// Returns an article with a citation and a key point that unfolds.
fn cited() -> Value {
    let mut made = article("Cited", json!([{ "id": "p1", "text": "A first sentence.[^a]" }, "A second."]));
    made["key_points"] = json!([{ "id": "k1", "text": "A point.", "detail": ["Its detail."] }]);
    made["references"] =
        json!([{ "id": "a", "title": "The first source", "url": "https://www.example.org/a" }]);
    made
}

async fn shared_engine(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &cited().to_string());
    let many: String = (0..48)
        .map(|number| format!("<news-briefing id=b{number} loading=eager src=/made.json></news-briefing>"))
        .collect();
    page.open_page(&many).await?;
    until("all are there", async || {
        let loads = page.events().await?.iter().filter(|event| event.name == "briefing-load").count();
        ensure!(loads == 48, "{loads} of 48");
        Ok(())
    })
    .await?;
    ensure!(engine_requests(page) == 1, "{} engines", engine_requests(page));
    let shared = "const [first, ...others] = [...document.querySelectorAll('news-briefing')]
            .map(({ shadowRoot }) => shadowRoot.adoptedStyleSheets);
        return first.length > 0 && others.every((sheets) => sheets.every((sheet, index) => sheet === first[index]))";
    ensure!(page.script(shared, vec![]).await? == json!(true), "each has a stylesheet of its own");
    // Only one briefing plays at a time.
    for number in [0, 47, 20] {
        page.briefing_at(&format!("#b{number}")).call("play", vec![]).await?;
    }
    let playing = "return [...document.querySelectorAll('news-briefing')]
        .filter(({ paused }) => !paused).map(({ id }) => id)";
    until("only the last plays", async || {
        let playing = page.script(playing, vec![]).await?;
        ensure!(playing == json!(["b20"]), "{playing}");
        Ok(())
    })
    .await
}

async fn set_before_defined(page: &Page) -> Result<()> {
    page.site().add("/elsewhere.json", "application/json", &cited().to_string());
    page.site().add(
        "/late.html",
        "text/html",
        "<!doctype html><html lang=\"en\"><head><title>Late</title></head><body><main><h1>Late</h1>
        <news-briefing id=made src=/elsewhere.json></news-briefing></main></body></html>",
    );
    page.open("/late.html").await?;
    let set = "const made = document.querySelector('#made');
        window.received = [];
        made.addEventListener('briefing-load', ({ detail }) => received.push(detail.problems.length));
        Object.assign(made, { article: arguments[0], currentTime: 12.5, playbackRate: 1.5 });
        const loader = document.createElement('script');
        Object.assign(loader, { type: 'module', src: trusted('/news-briefing.js') });
        document.head.append(loader)";
    let trusted = "const trusted = (src) => window.trustedTypes?.createPolicy('late', { createScriptURL: (src) => src })
        .createScriptURL(src) ?? src;";
    page.script(&format!("{trusted}{set}"), vec![timed(6)]).await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("An article with times").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(page.script("return received", vec![]).await? == json!([0]));
    ensure!(briefing.property("currentTime").await? == json!(12.5));
    ensure!(briefing.property("playbackRate").await? == json!(1.5));
    ensure!(!page.site().requests().contains(&"/elsewhere.json".to_owned()), "the article set comes first");
    Ok(())
}

async fn two_copies(page: &Page) -> Result<()> {
    page.site().allow_other_origins()?;
    page.site().add("/made.json", "application/json", &cited().to_string());
    // The page itself loads the loader from one origin, this tag from the other.
    let site = page.site();
    let is_beside = site.files_beside().is_empty();
    let other = if is_beside { site.files_url("/news-briefing.js") } else { site.url("/news-briefing.js") };
    page.open_page(&format!(
        "<news-briefing id=made src=/made.json></news-briefing>
        <script type=module crossorigin src=\"{other}\"></script>"
    ))
    .await?;
    page.briefing().shows_its_article().await?;
    until("the other copy has loaded too", async || {
        let times = page.site().requests().iter().filter(|path| *path == "/news-briefing.js").count();
        ensure!(times == 2, "{times} of 2");
        Ok(())
    })
    .await?;
    stays("there is one engine", async || {
        ensure!(engine_requests(page) == 1, "{}", engine_requests(page));
        Ok(())
    })
    .await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn in_closed_roots(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &cited().to_string());
    page.open_page("<div id=outer></div>").await?;
    let put_inside = "const inner = document.createElement('div');
        document.querySelector('#outer').attachShadow({ mode: 'closed' }).append(inner);
        const made = document.createElement('news-briefing');
        made.setAttribute('src', '/made.json');
        window.received = [];
        made.addEventListener('briefing-reference', ({ detail }) => received.push(detail.id));
        made.addEventListener('briefing-key-point', ({ detail }) => received.push(detail.open));
        const loaded = new Promise((resolve) => made.addEventListener('briefing-load', resolve));
        inner.attachShadow({ mode: 'closed' }).append(made);
        window.made = made;
        loaded.then(() => arguments[0]('loaded'))";
    ensure!(page.script_later(put_inside, vec![]).await? == json!("loaded"));
    let part = async |css: &str| {
        let script = "return [made.shadowRoot.querySelector(arguments[0])]";
        page.elements_by(script, vec![json!(css)]).await?.into_iter().next().context("nothing")
    };
    part("[part~=key-point] p").await?.click().await?;
    part("[part~=key-point] details p").await?.becomes_shown().await?;
    part("[part~=citation]").await?.click().await?;
    part("[part~=popover]").await?.becomes_shown().await?;
    page.press(Key::Escape).await?;
    part("[part~=popover]").await?.becomes_hidden().await?;
    part("[part~=play-button]").await?.click().await?;
    until("it plays", async || {
        ensure!(page.script("return made.paused", vec![]).await? == json!(false));
        Ok(())
    })
    .await?;
    let received = page.script("return received", vec![]).await?;
    ensure!(received == json!([true, "a"]), "each once: {received}");
    Ok(())
}

async fn events_have_details(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    let mut made = cited();
    made["body"][1] = json!({ "id": "p2", "text": "A second.", "type": "paragraph" });
    made["audio"] = json!({ "duration": 4, "segments": [
        { "target": "p1", "start": 0 }, { "target": "p2", "start": 2 },
    ] });
    made["references"][0]["url"] = json!("javascript:void 0");
    page.site().add("/made.json", "application/json", &made.to_string());
    page.open_page("").await?;
    // The guide's own table of event names and the members of their details.
    let listen = "window.received = {};
        for (const name of ['briefing-load', 'briefing-error', 'briefing-progress', 'briefing-reference',
            'briefing-key-point', 'play', 'playing', 'pause', 'seeking', 'seeked', 'timeupdate', 'ratechange',
            'durationchange', 'ended']) {
            document.addEventListener(name, ({ target, detail, bubbles, composed }) => {
                if (!bubbles || !composed || target.localName !== 'news-briefing') throw new Error(name);
                received[name] ??= detail;
            });
        }
        const made = document.createElement('news-briefing');
        Object.assign(made, { id: 'made', loading: 'eager' });
        made.setAttribute('src', '/made.json');
        document.querySelector('main').append(made)";
    page.script(listen, vec![]).await?;
    let detail_becomes = async |name: &str, expected: Value| {
        until(&format!("{name} has the expected detail"), async || {
            let received = page.script("return received[arguments[0]] ?? null", vec![json!(name)]).await?;
            let is_received = page.script("return arguments[0] in received", vec![json!(name)]).await?;
            ensure!(is_received == json!(true) && received == expected, "{name} has {received}");
            Ok(())
        })
        .await
    };
    let load = page.wait_for_event("briefing-load").await?;
    ensure!(load.detail["format"] == "briefing", "{load:?}");
    let problem = &load.detail["problems"][0];
    ensure!(problem["path"] == "references[0].url" && problem["severity"] == "warning", "{load:?}");
    ensure!(problem["message"].as_str().is_some_and(|message| !message.is_empty()), "{load:?}");
    ensure!(page.briefing().property("problems").await? == load.detail["problems"]);

    let briefing = page.briefing();
    briefing.part("key-point").await?.find("p").await?.click().await?;
    detail_becomes("briefing-key-point", json!({ "id": "k1", "open": true })).await?;
    briefing.part("citation").await?.press(Key::Enter).await?;
    detail_becomes("briefing-reference", json!({ "id": "a", "number": 1 })).await?;
    page.press(Key::Escape).await?;
    briefing.call("play", vec![]).await?;
    briefing.set("playbackRate", json!(2)).await?;
    briefing.set("currentTime", json!(2.5)).await?;
    // `waiting` and `durationchange` concern fetched media, such as a recording.
    for name in ["play", "playing", "seeking", "seeked", "timeupdate", "ratechange", "ended"] {
        detail_becomes(name, Value::Null).await?;
    }
    briefing.set("currentTime", json!(0)).await?;
    briefing.call("play", vec![]).await?;
    briefing.call("pause", vec![]).await?;
    detail_becomes("pause", Value::Null).await?;
    let progress = page.events().await?.into_iter().find(|event| event.name == "briefing-progress");
    let detail = progress.context("no briefing-progress")?.detail;
    ensure!(detail["duration"] == 4, "{detail}");
    ensure!(detail["passage"].is_string() && detail["currentTime"].is_number(), "{detail}");

    briefing.set_attribute("src", "/status/404").await?;
    let error = page.wait_for_event("briefing-error").await?;
    ensure!(error.detail["kind"] == "http" && error.detail["status"] == 404, "{error:?}");
    ensure!(error.detail["problems"] == json!([]) && error.detail["message"].is_string(), "{error:?}");
    Ok(())
}
