//! How the element loads: when it fetches its files, which responses it accepts, and what happens when a
//! response is missing or broken.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::opening::{article, timed};
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("nothing is fetched until the element nears the viewport", loads_near_the_viewport),
        scenario(
            "inside an element that scrolls it loads when it nears the visible part",
            loads_in_a_scroller,
        ),
        scenario("an element without a box loads at once, a hidden one when shown", without_a_box),
        scenario("loading=eager loads at once", eager_loading),
        scenario("preloaded files are fetched once", preloaded),
        scenario("focusing the fallback content starts the load", focus_starts_the_load),
        scenario("play() starts the load and then playback", played_before_loading),
        scenario("calls before the load take effect after it", calls_before_loading),
        scenario("tampered files do not run", tampered_files),
        scenario("WebAssembly loads with a wrong MIME type", wrong_wasm_mime_type),
        scenario("without WebAssembly the fallback content stays", no_webassembly),
        scenario("after a trap the fallback returns, and new briefings work", a_trap),
        scenario("space reserved by the page prevents layout shift", no_layout_shift).with_every_font_set(),
        scenario("a site can override interface strings", own_strings),
    ]
}

const FAR: &str = "<div id=far></div>";
/// The style is set by script, which a page may do under any policy.
const MAKE_FAR: &str = "document.querySelector('#far').style.height = '20000px'";

/// Opens a page with a briefing far below the viewport, and checks that it has not loaded once the page
/// has settled.
async fn open_far(page: &Page, attributes: &str) -> Result<()> {
    page.site().add("/far.js", "text/javascript", MAKE_FAR);
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    page.open_page(&format!(
        "{FAR}<script src=/far.js></script>
        <news-briefing id=made src=/made.json {attributes}><a href=/plain id=fallback>Fallback</a></news-briefing>"
    ))
    .await?;
    page.script_later("customElements.whenDefined('news-briefing').then(arguments[0])", vec![])
        .await
        .map(drop)
}

fn has_fetched(page: &Page) -> bool {
    page.site().requests().iter().any(|path| path.contains("/wasm/") || path.starts_with("/made.json"))
}

async fn loads_near_the_viewport(page: &Page) -> Result<()> {
    open_far(page, "").await?;
    stays("nothing is fetched", async || {
        ensure!(!has_fetched(page), "{:?}", page.site().requests());
        Ok(())
    })
    .await?;
    ensure!(page.element("#fallback").await?.is_shown().await?);
    // The viewport is 768 pixels high.
    page.script("scrollTo({ top: 17400, behavior: 'instant' })", vec![]).await?;
    stays("nothing is fetched 1,800 pixels away", async || {
        ensure!(!has_fetched(page), "{:?}", page.site().requests());
        Ok(())
    })
    .await?;
    page.script("scrollTo({ top: 17900, behavior: 'instant' })", vec![]).await?;
    page.briefing().shows_its_article().await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn loads_in_a_scroller(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    let css = "#box { block-size: 300px; overflow: auto } .above { block-size: 3000px }";
    page.site().add("/scroller.css", "text/css", css);
    page.open_page(
        "<link rel=stylesheet href=/scroller.css>
        <div id=box><div class=above></div><news-briefing id=made src=/made.json></news-briefing></div>",
    )
    .await?;
    stays("nothing is fetched", async || {
        ensure!(!has_fetched(page), "{:?}", page.site().requests());
        Ok(())
    })
    .await?;
    page.script("document.querySelector('#box').scrollTop = 2100", vec![]).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn without_a_box(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    let css = ".contents { display: contents } .hidden { display: none } .far { margin-block-start: 20000px }
        .flat { block-size: 0; overflow: hidden }";
    page.site().add("/boxes.css", "text/css", css);
    let open = async |html: &str| -> Result<()> {
        page.open_page(&format!("<link rel=stylesheet href=/boxes.css>{html}")).await?;
        page.script_later("customElements.whenDefined('news-briefing').then(arguments[0])", vec![]).await?;
        Ok(())
    };
    let made = "<news-briefing id=made src=/made.json";
    for boxless in [
        format!("{made} class=contents></news-briefing>"),
        // Wherever the element is on the page, and also inside ancestors without a box.
        format!("<div class=far></div>{made} class=contents></news-briefing>"),
        format!("<div class=contents><p class=contents>{made} class=contents></news-briefing></p></div>"),
        format!("<div class=contents>{made}></news-briefing></div>"),
        format!("<div class=flat>{made}></news-briefing></div>"),
    ] {
        open(&boxless).await?;
        page.wait_for_event_count(1, "briefing-load", "made").await.context(boxless)?;
    }
    for hidden in [
        format!("<div id=tab class=hidden>{made}></news-briefing></div>"),
        format!("<div id=tab class=hidden><div class=contents>{made}></news-briefing></div></div>"),
        format!("<details id=tab><summary>More</summary>{made}></news-briefing></details>"),
        format!("<div id=tab hidden>{made}></news-briefing></div>"),
    ] {
        let before = page.site().request_count("/made.json");
        open(&hidden).await?;
        stays("nothing is fetched", async || {
            ensure!(page.site().request_count("/made.json") == before, "{hidden}");
            Ok(())
        })
        .await?;
        let show = "const tab = document.querySelector('#tab');
            tab.classList.remove('hidden');
            tab.hidden = false;
            tab.open = true";
        page.script(show, vec![]).await?;
        page.wait_for_event_count(1, "briefing-load", "made").await.context(hidden)?;
    }
    Ok(())
}

async fn eager_loading(page: &Page) -> Result<()> {
    open_far(page, "loading=eager").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;

    open_far(page, "").await?;
    page.briefing().set_attribute("loading", "eager").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

/// Uses the preload lines that publishers receive, with the URLs of this server.
async fn preloaded(page: &Page) -> Result<()> {
    page.site().cache_versioned_files();
    let files = page.site().files_beside();
    let links = page.site().built("preload.html")?.replace("href=\"", &format!("href=\"{files}/"));
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    page.site().add(
        "/made.html",
        "text/html",
        &format!(
            "<!doctype html><html lang=en><title>Named ahead</title>{links}
            <script type=module src=/news-briefing.js></script>
            <body><news-briefing id=made src=/made.json loading=eager></news-briefing>"
        ),
    );
    page.open("/made.html").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let requests = page.site().requests();
    let place = |start: &str| requests.iter().position(|path| path.starts_with(start));
    for path in
        ["/wasm/news-briefing.js?", "/wasm/news-briefing_bg.wasm?", "/reading.js?", "/news-briefing.js"]
    {
        let times = page.site().request_count(path);
        ensure!(times == 1, "{path} was requested {times} times: {requests:?}");
    }
    let article = place("/made.json");
    ensure!(place("/reading.js") < article && place("/wasm/news-briefing.js") < article, "{requests:?}");
    Ok(())
}

async fn focus_starts_the_load(page: &Page) -> Result<()> {
    open_far(page, "").await?;
    page.script("document.querySelector('#fallback').focus({ preventScroll: true })", vec![]).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn played_before_loading(page: &Page) -> Result<()> {
    open_far(page, "").await?;
    let briefing = page.briefing();
    briefing.call("play", vec![]).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    briefing.plays().await
}

async fn calls_before_loading(page: &Page) -> Result<()> {
    let mut made = timed(6);
    made["summary"] = json!("A summary.[^a]");
    made["references"] =
        json!([{ "id": "a", "title": "The first source", "url": "https://www.example.org/a" }]);
    page.site().add("/made.json", "application/json", &made.to_string());
    page.open_page("<news-briefing id=made src=/held/made.json></news-briefing>").await?;
    page.script_later("customElements.whenDefined('news-briefing').then(arguments[0])", vec![]).await?;
    let briefing = page.briefing();
    briefing.set("currentTime", json!(12.5)).await?;
    briefing.set("playbackRate", json!(1.5)).await?;
    ensure!(briefing.property("currentTime").await? == json!(12.5));
    briefing.call("openReference", vec![json!("a")]).await?;
    page.site().release();
    briefing.popover_of("The first source").await?;
    ensure!(briefing.property("currentTime").await? == json!(12.5));
    ensure!(briefing.property("playbackRate").await? == json!(1.5));
    ensure!(briefing.property("paused").await? == json!(true));
    Ok(())
}

async fn tampered_files(page: &Page) -> Result<()> {
    for expected in ["integrity", "could not load <script>", "ERR_", "SRI", "preload"] {
        page.expect_complaint(expected);
    }
    let evil = "window.hacked = 1; export default () => {}";
    for (path, content) in [
        ("/wasm/news-briefing.js", evil),
        ("/reading.js", "window.hacked = 1; export const read = () => ({ data: {} })"),
        ("/wasm/news-briefing_bg.wasm", "\0asm\u{1}\0\0\0"),
    ] {
        page.site().add(
            "/articles/made.json",
            "application/json",
            &article("Made", json!(["Text."])).to_string(),
        );
        page.site().add(
            path,
            if path.ends_with("js") { "text/javascript" } else { "application/wasm" },
            content,
        );
        page.open_page(
            "<news-briefing id=made src=/articles/made.json><p id=fallback>Fallback</p></news-briefing>",
        )
        .await?;
        let event = page.wait_for_event("briefing-error").await?;
        ensure!(event.detail["kind"] == "engine", "{path}: {event:?}");
        page.element("#fallback").await?.becomes_shown().await.context(path)?;
        ensure!(page.script("return window.hacked ?? null", vec![]).await? == json!(null), "{path} has run");
        page.site().remove_file(path);
    }
    // The failure leaves no lasting effect.
    page.open_page("<news-briefing id=made src=/articles/made.json></news-briefing>").await?;
    page.briefing().part("title").await?.text_becomes("Made").await
}

async fn wrong_wasm_mime_type(page: &Page) -> Result<()> {
    page.site().serve_with_type("/wasm/news-briefing_bg.wasm", "application/octet-stream");
    page.open_article(&article("Made", json!(["Text."]))).await?;
    Ok(())
}

async fn no_webassembly(page: &Page) -> Result<()> {
    page.site().add("/without.js", "text/javascript", "delete globalThis.WebAssembly");
    page.open_page(
        "<script src=/without.js></script>
        <news-briefing id=made src=/articles/seed.json><p id=fallback>Fallback</p></news-briefing>",
    )
    .await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "engine", "{event:?}");
    ensure!(event.detail["message"].as_str().is_some_and(|text| text.contains("WebAssembly")), "{event:?}");
    stays("the fallback content is shown", async || {
        ensure!(page.element("#fallback").await?.is_shown().await?);
        Ok(())
    })
    .await
}

async fn a_trap(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    page.open_page(
        "<news-briefing id=made src=/made.json><p id=fallback>Fallback</p></news-briefing>
        <news-briefing id=beside src=/articles/minimal.json><p id=fallback-beside>Fallback</p></news-briefing>",
    )
    .await?;
    page.briefing_at("#beside").shows_its_article().await?;
    let briefing = page.briefing_at("#made");
    briefing.shows_its_article().await?;
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    briefing.make_engine_trap().await?;

    for (id, fallback) in [("made", "#fallback"), ("beside", "#fallback-beside")] {
        page.element(fallback).await?.becomes_shown().await?;
        page.briefing_at(&format!("#{id}")).has_no("title").await?;
        page.wait_for_event_count(1, "briefing-error", id).await?;
    }
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "engine", "{event:?}");
    ensure!(briefing.property("paused").await? == json!(true));

    // A new element works, and so does a broken one when it is given another article.
    let script = "const next = document.createElement('news-briefing');
        next.id = 'next';
        next.setAttribute('src', '/made.json');
        document.querySelector('main').append(next);
        document.querySelector('#beside').article = arguments[0]";
    page.script(script, vec![article("Mended", json!(["Text."]))]).await?;
    let next = page.briefing_at("#next");
    next.shows_its_article().await?;
    next.part("play-button").await?.click().await?;
    next.plays().await?;
    page.briefing_at("#beside").part("title").await?.text_becomes("Mended").await?;
    let engines = page.site().requests().iter().filter(|path| path.contains("news-briefing_bg.wasm")).count();
    ensure!(engines == 1, "the WebAssembly was fetched {engines} times");
    stays("they go on", async || next.part("title").await.context("the next one has failed too").map(drop))
        .await?;
    page.wait_for_event_count(1, "briefing-error", "made").await
}

async fn own_strings(page: &Page) -> Result<()> {
    let mut made = article("Words", json!(["Text.[^a]"]));
    made["references"] = json!([{ "id": "a", "title": "A source" }]);
    made["lang"] = json!("de");
    page.site().add("/made.json", "application/json", &made.to_string());
    page.site().add(
        "/words.js",
        "text/javascript",
        "const words = { references: 'Belege', play: 'Vorlesen', nonsense: 7 };
        customElements.whenDefined('news-briefing').then((briefing) => { briefing.words = words })",
    );
    page.open_page(
        "<script src=/words.js></script><news-briefing id=made src=/held/made.json></news-briefing>",
    )
    .await?;
    page.script_later("customElements.whenDefined('news-briefing').then(arguments[0])", vec![]).await?;
    page.site().release();
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    let list = briefing.part("references").await?;
    ensure!(list.text().await?.starts_with("Belege"), "{}", list.text().await?);
    briefing.named("Vorlesen").await?;
    // A string that the page does not override keeps the language's own text.
    ensure!(briefing.part("provenance").await?.text().await?.contains("Quelle"));
    // A single briefing can override strings.
    briefing.set("words", json!({ "references": "Fundstellen" })).await?;
    until("it has them", async || {
        let text = briefing.part("references").await?.text().await?;
        ensure!(text.starts_with("Fundstellen"), "{text}");
        Ok(())
    })
    .await
}

async fn no_layout_shift(page: &Page) -> Result<()> {
    page.site().add("/room.css", "text/css", "news-briefing { display: block; min-block-size: 3000px }");
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    let watch = "window.shifts = [];
        try {
            new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
                .observe({ type: 'layout-shift', buffered: true });
        } catch { }
        window.places = new Set();
        const look = () => {
            const after = document.querySelector('#after');
            if (after) places.add(after.offsetTop);
            requestAnimationFrame(look);
        };
        look()";
    page.site().add("/watch.js", "text/javascript", watch);
    page.open_page(
        "<link rel=stylesheet href=/room.css><script src=/watch.js></script>
        <news-briefing id=made src=/slow/made.json?ms=300><p>Fallback</p></news-briefing><p id=after>After it</p>",
    )
    .await?;
    page.briefing().shows_its_article().await?;
    stays("nothing moves", async || {
        // Only Chromium reports layout shifts.
        ensure!(page.script("return shifts", vec![]).await? == json!([]));
        let places = page.script("return [...places]", vec![]).await?;
        ensure!(
            places.as_array().is_some_and(|places| places.len() == 1),
            "the content after it was at {places}"
        );
        Ok(())
    })
    .await
}
