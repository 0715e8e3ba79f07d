//! Prerendered briefings: how they work without any script, and how the loader hydrates them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::opening::{article, timed};
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("without script text, folds and sources work", without_script),
        scenario("without script no dead controls are shown", no_dead_controls),
        scenario("hydration keeps the nodes and the reader's state", hydrated).with_every_font_set(),
        scenario("play pressed before hydration takes effect after it", pressed_before_hydration),
        scenario("an open source stays open on hydration", open_source_stays_open),
        scenario(
            "the expand-all button counts points unfolded before hydration",
            points_unfolded_before_hydration,
        ),
        scenario("no space is reserved if the loader never loads", a_loader_that_never_comes)
            .with_every_font_set(),
        scenario("no space is reserved if the engine fails to load", an_engine_that_fails),
        scenario("a slow loader causes no layout shift", a_slow_loader),
        scenario("hydration waits for the interface strings", late_strings),
        scenario("a nonce-based policy is respected", nonce_policy),
        scenario("hydrating a whole page causes no layout shift", no_layout_shift).with_every_font_set(),
        scenario("hydrating a whole page on a phone causes no layout shift", no_layout_shift)
            .with_every_font_set()
            .in_window(360, 640),
        scenario("an inline stylesheet is allowed by its hash", inline_stylesheet),
        scenario("every language hydrates in place", every_language).with_every_font_set(),
        scenario("a read-aloud briefing hydrates in place", read_aloud),
        scenario("times are shown in the reader's time zone", reader_time_zone),
        scenario("mismatched markup is rendered afresh", mismatched_markup),
        scenario("unreadable data keeps the prerendered article", unreadable_data),
        scenario("after a trap the article stays readable", after_a_trap),
        scenario("structured data describes the article and its citations", structured_data),
        scenario("a framed page hydrates and works", in_a_frame),
        scenario("a briefing is accessible before and after hydration", it_is_accessible),
    ]
}

/// A short article of the newsroom.
const SEED: &str = include_str!("../../www/articles/seed.json");

/// Returns a long article without its `updated` date, whose display differs between readers.
fn dense() -> String {
    let dense = include_str!("../../www/articles/dense.json").replace("\"images/", "\"/articles/images/");
    let mut dense: Value = serde_json::from_str(&dense).unwrap();
    dense.as_object_mut().unwrap().remove("updated");
    dense.to_string()
}

/// Runs the command on an article, and returns its standard output and standard error.
pub(crate) fn render(arguments: &[&str], article: &str) -> Result<(String, String)> {
    let command = std::env::var_os("NEWS_BRIEFING_COMMAND").context(
        "$NEWS_BRIEFING_COMMAND names no news-briefing: run `cargo xtask test --only e2e`, which builds it",
    )?;
    let mut process = Command::new(command)
        .arg("render")
        .args(arguments)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    process.stdin.take().context("no standard input")?.write_all(article.as_bytes())?;
    let output = process.wait_with_output()?;
    let stderr = String::from_utf8(output.stderr)?;
    ensure!(output.status.success(), "{stderr}");
    Ok((String::from_utf8(output.stdout)?, stderr))
}

/// Opens a publisher's page with this fragment. The page's loader waits until [`hydrate`].
pub(crate) async fn open_waiting(page: &Page, fragment: &str) -> Result<()> {
    let fragment = fragment.replacen("<news-briefing", "<news-briefing id=\"made\"", 1);
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>A publisher’s page</title>
        <script src=\"/wait.js\"></script></head>
        <body><main><h1>A publisher’s page</h1>{fragment}</main></body></html>"
    );
    // Until then, the CSS animation that gives up on the loader is paused, however long the scenario takes.
    let wait = "let waits = true;
        const wait = () => {
            const root = document.querySelector('news-briefing')?.shadowRoot;
            for (const animation of root?.getAnimations() ?? []) {
                if (animation.animationName?.startsWith('give-up')) animation.pause();
            }
            if (waits) requestAnimationFrame(wait);
        };
        wait();
        addEventListener('go', () => { waits = false; import('/news-briefing.js') }, { once: true })";
    page.site().add("/wait.js", "text/javascript", wait);
    page.site().add("/made.html", "text/html", &html);
    page.open("/made.html").await
}

/// Releases the loader, and waits until the briefing is hydrated.
pub(crate) async fn hydrate(page: &Page) -> Result<()> {
    page.script("dispatchEvent(new Event('go'))", vec![]).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

/// Saves the current elements of the briefing and their positions.
const SAVE_STATE: &str = "const root = document.querySelector('news-briefing').shadowRoot;
    const nodes = [...root.querySelector('.frame').querySelectorAll(':not(.pressed)')];
    const boxes = nodes.map((node) => { const { x, y, width, height } = node.getBoundingClientRect();
        return [x, y, width, height] });
    window.kept = { nodes, boxes, selected: String(getSelection()), top: scrollY };";

/// Returns what has changed since.
const CHANGED: &str = "const root = document.querySelector('news-briefing').shadowRoot;
    const nodes = [...root.querySelector('.frame').querySelectorAll(':not(.pressed)')];
    const changed = [];
    // The text stays; in a slot, the component has replaced the same content.
    const isSame = (node, before) => node.parentNode.closest('.slot') ? node.localName === before.localName : node === before;
    if (nodes.length !== kept.nodes.length || !nodes.every((node, index) => isSame(node, kept.nodes[index]))) {
        changed.push('other elements');
    }
    // Inside of the player nothing was to be seen before.
    for (const [index, node] of nodes.entries()) {
        if (node.closest('.player') && !node.matches('.player')) continue;
        const { x, y, width, height } = node.getBoundingClientRect();
        if ([x, y, width, height].some((value, at) => Math.abs(value - kept.boxes[index][at]) > 0.5)) {
            changed.push(`${node.localName}.${node.className} from ${kept.boxes[index]} to ${[x, y, width, height]}`);
        }
    }
    if (String(getSelection()) !== kept.selected) changed.push(`selection ${getSelection()}`);
    if (scrollY !== kept.top) changed.push(`scrolled to ${scrollY}`);
    return changed.slice(0, 5);";

async fn nothing_has_changed(page: &Page) -> Result<()> {
    let changed = page.script(CHANGED, vec![]).await?;
    ensure!(changed == json!([]), "{changed:#}");
    Ok(())
}

/// Opens a complete page whose policy forbids all scripts.
async fn open_without_script<'a>(page: &'a Page, json: &str) -> Result<Briefing<'a>> {
    page.site().replace_policy("default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'")?;
    // The policy blocks the tests' own script and the loader.
    page.expect_complaint("/e2e/watch.js");
    page.expect_complaint("/news-briefing.js");
    let (html, _) = render(&["--page", "--assets", "/"], json)?;
    page.site().add("/made.html", "text/html", &html);
    page.open("/made.html").await?;
    Ok(page.briefing())
}

async fn without_script(page: &Page) -> Result<()> {
    let briefing = open_without_script(page, SEED).await?;
    let title = briefing.part("title").await?;
    ensure!(title.text().await? == "Moonshot’s $2 billion is a vote for open models");
    title.becomes_shown().await?;
    ensure!(title.style("font-weight").await? == "700", "it has no style");
    for block in briefing.parts("block").await? {
        ensure!(block.is_shown().await?, "a block is hidden");
    }
    let point = briefing.nth_part("key-point", 1).await?;
    let detail = point.find(".detail p").await?;
    ensure!(!detail.is_shown().await?, "the point is not folded");
    point.find("summary").await?.click().await?;
    detail.becomes_shown().await?;

    let citation = briefing.part("citation").await?;
    citation.click().await?;
    let open = briefing.find(".popover:popover-open").await?;
    open.becomes_shown().await?;
    ensure!(open.is_in_view().await?);
    let link = open.find(".source-title a").await?;
    ensure!(link.attribute("href").await?.is_some_and(|href| href.starts_with("https://")));
    // From one source to the next, and out again.
    open.find(".next").await?.click().await?;
    until("two sources are open", async || {
        ensure!(briefing.find_all(".popover:popover-open").await?.len() == 2);
        Ok(())
    })
    .await?;
    // The inner popover closes first, then the outer one.
    page.press(Key::Escape).await?;
    page.press(Key::Escape).await?;
    until("no source is open", async || {
        ensure!(briefing.find_all(".popover:popover-open").await?.is_empty());
        Ok(())
    })
    .await?;

    briefing.find(".references summary").await?.click().await?;
    let reference = briefing.part("reference").await?;
    reference.becomes_shown().await?;
    let links = reference.find_all("a[href]").await?;
    ensure!(!links.is_empty(), "the reference has no link");
    for link in links {
        ensure!(link.attribute("href").await?.is_some_and(|href| href.starts_with("https://")));
    }
    page.picture("without-script").await?;
    Ok(())
}

async fn no_dead_controls(page: &Page) -> Result<()> {
    let briefing = open_without_script(page, &dense()).await?;
    briefing.part("title").await?.becomes_shown().await?;
    for selector in [".player", ".timestamp", ".fold-all"] {
        for control in briefing.find_all(selector).await? {
            let visible = "return arguments[0].checkVisibility({ visibilityProperty: true })";
            ensure!(control.script(visible, vec![]).await? == json!(false), "{selector} is visible");
        }
    }
    ensure!(briefing.find_all("a[href^='#']").await?.is_empty(), "a link has no target");
    // By keyboard, too, every focus stop has an effect.
    for _ in 0..12 {
        page.press(Key::Tab).await?;
        let focused = page.focused().await?;
        let acts = "return arguments[0].matches('summary, a[href], [popovertarget], body, news-briefing')";
        let class = focused.attribute("class").await?;
        ensure!(focused.script(acts, vec![]).await? == json!(true), "the focus is on {class:?}");
    }
    let requests = page.site().requests();
    ensure!(!requests.iter().any(|path| path.contains("/wasm/")), "{requests:?}");
    Ok(())
}

async fn hydrated(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], &dense())?;
    open_waiting(page, &fragment).await?;
    let briefing = page.briefing();
    let fold = briefing.find(".key-point details summary").await?;
    fold.click().await?;
    let detail = briefing.find(".key-point details[open] .detail p").await?;
    detail.becomes_shown().await?;
    briefing.find(".references summary").await?.click().await?;
    briefing.part("reference").await?.becomes_shown().await?;
    briefing.animations_finish().await?;
    let paragraph = briefing.nth_part("block", 6).await?;
    let citation = briefing.nth_part("citation", 5).await?;
    let by_reader = "const [paragraph, citation] = arguments;
        citation.focus({ preventScroll: true });
        paragraph.scrollIntoView({ block: 'center', behavior: 'instant' });
        const text = document.createTreeWalker(paragraph.querySelector('p'), NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(text, 2, text, 9);";
    page.script(by_reader, vec![paragraph.argument()?, citation.argument()?]).await?;
    page.script(SAVE_STATE, vec![]).await?;
    hydrate(page).await?;

    nothing_has_changed(page).await?;
    ensure!(citation.has_focus().await?, "the focus is elsewhere");
    ensure!(detail.is_shown().await?, "the point has folded");
    ensure!(briefing.part("reference").await?.is_shown().await?, "the references have folded");
    ensure!(briefing.parts("title").await?.len() == 1, "it is there twice");
    let requests = page.site().requests();
    ensure!(
        !requests.iter().any(|path| path.contains("/articles/") && path.ends_with(".json")),
        "{requests:?}"
    );

    // The briefing works like any other.
    briefing.part("player").await?.becomes_shown().await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    citation.press(Key::Enter).await?;
    briefing.popover().await?;
    page.press(Key::Escape).await?;
    briefing.find(".backing a").await?.click().await?;
    until("the passage that backs the point has the focus", async || {
        ensure!(page.focused().await?.attribute("id").await?.is_some_and(|id| id.starts_with("block-")));
        Ok(())
    })
    .await
}

async fn open_source_stays_open(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], &dense())?;
    open_waiting(page, &fragment).await?;
    let briefing = page.briefing();
    let citation = briefing.nth_part("citation", 1).await?;
    citation.press(Key::Enter).await?;
    let open = briefing.find(".popover:popover-open").await?;
    let id = open.attribute("id").await?;
    hydrate(page).await?;
    let still = briefing.find(".popover:popover-open").await?;
    ensure!(still.attribute("id").await? == id, "another source is open");
    ensure!(citation.attribute("data-open").await?.is_some(), "its citation does not show it");
    page.press(Key::Escape).await?;
    until("it closes", async || {
        ensure!(briefing.find_all(".popover:popover-open").await?.is_empty());
        ensure!(citation.attribute("data-open").await?.is_none());
        Ok(())
    })
    .await
}

async fn points_unfolded_before_hydration(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], SEED)?;
    open_waiting(page, &fragment).await?;
    let briefing = page.briefing();
    for fold in briefing.find_all(".key-point details summary").await? {
        fold.click().await?;
        // Unfolding moves the next point down.
        briefing.animations_finish().await?;
    }
    hydrate(page).await?;
    briefing.named("Collapse all").await?.click().await?;
    briefing.named("Expand all").await.map(drop)
}

/// Returns the positions of the briefing's text, from the top of the page. `SPACE_BELOW` returns the space
/// below the text.
const TEXT_POSITIONS: &str = "const root = document.querySelector('news-briefing').shadowRoot;
    return [...root.querySelectorAll('.header, .title, .key-points, .block, .references')]
        .map((node) => node.getBoundingClientRect().top + scrollY)";
const SPACE_BELOW: &str = "const root = document.querySelector('news-briefing').shadowRoot;
    const { bottom } = [...root.querySelectorAll('.references, .block')].at(-1).getBoundingClientRect();
    return root.querySelector('.frame').getBoundingClientRect().bottom - bottom";

/// Waits until the space below the text is no larger than the briefing's padding.
async fn no_space_is_reserved(page: &Page) -> Result<()> {
    let around = page.briefing().find(".briefing").await?.style("padding-block-end").await?;
    let around: f64 = around.trim_end_matches("px").parse()?;
    until("no space is reserved for the player", async || {
        let room = page.script(SPACE_BELOW, vec![]).await?;
        ensure!(room.as_f64().is_some_and(|room| room < around + 1.0), "{room} px");
        Ok(())
    })
    .await
}

async fn a_loader_that_never_comes(page: &Page) -> Result<()> {
    for expected in ["news-briefing.js", "404"] {
        page.expect_complaint(expected);
    }
    let (html, _) = render(&["--page", "--assets", "/"], SEED)?;
    let policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'";
    let elsewhere =
        html.replace("src=\"/news-briefing.js\"", "src=\"https://blocked.example/news-briefing.js\"");
    let missing = html.replace("src=\"/news-briefing.js\"", "src=\"/nowhere/news-briefing.js\"");
    let no_module = html.replace("<script type=\"module\"", "<script type=\"later\"");
    for (case, html) in [("forbidden", elsewhere), ("missing", missing), ("removed", no_module)] {
        page.site().replace_policy(policy)?;
        page.site().add("/made.html", "text/html", &html);
        page.open("/made.html").await?;
        page.briefing().part("title").await?.becomes_shown().await?;
        let before = page.script(TEXT_POSITIONS, vec![]).await?;
        no_space_is_reserved(page).await.context(case)?;
        // No line of the text has moved.
        let after = page.script(TEXT_POSITIONS, vec![]).await?;
        ensure!(after == before, "{case}: {before} became {after}");
    }
    // From a `file:` URL, from which no module can be loaded.
    let (html, _) = render(&["--page", "--style", "inline"], SEED)?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("briefing.html");
    std::fs::write(&path, html)?;
    page.browser().driver.goto(format!("file://{}", path.display())).await?;
    page.briefing().part("title").await?.becomes_shown().await?;
    no_space_is_reserved(page).await.context("from a disk")
}

async fn an_engine_that_fails(page: &Page) -> Result<()> {
    for expected in ["integrity", "could not load", "SRI", "ERR_"] {
        page.expect_complaint(expected);
    }
    let (fragment, _) = render(&["--assets", "/"], SEED)?;
    for path in ["/reading.js", "/wasm/news-briefing.js", "/wasm/news-briefing_bg.wasm"] {
        let mime = if path.ends_with("js") { "text/javascript" } else { "application/wasm" };
        page.site().add(path, mime, "\0asm");
        open_waiting(page, &fragment).await?;
        page.script("dispatchEvent(new Event('go'))", vec![]).await?;
        let event = page.wait_for_event("briefing-error").await?;
        ensure!(event.detail["kind"] == "engine", "{event:?}");
        no_space_is_reserved(page).await.context(path)?;
        ensure!(page.briefing().part("title").await?.is_shown().await?, "the article is gone");
        page.site().remove_file(path);
    }
    // With all files available again, a new article loads, and so does the player.
    page.briefing().set("article", serde_json::from_str(SEED)?).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    page.briefing().part("player").await?.becomes_shown().await
}

async fn a_slow_loader(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], SEED)?;
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A publisher’s page</title>
        <script type=\"module\" src=\"/slow/news-briefing.js?ms=1500\"></script></head>
        <body><main><h1>A publisher’s page</h1>{}</main><p>After it</p></body></html>",
        fragment.replacen("<news-briefing", "<news-briefing id=\"made\"", 1)
    );
    page.site().add("/made.html", "text/html", &html);
    // All other files are beside the loader, under `/slow/`, and therefore slow, too.
    page.site().add(
        "/keep.js",
        "text/javascript",
        &format!("addEventListener('DOMContentLoaded', () => {{ {SAVE_STATE} }})"),
    );
    let html = html.replace("<title>", "<script src=\"/keep.js\"></script><title>");
    page.site().add("/made.html", "text/html", &html);
    page.open("/made.html").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    nothing_has_changed(page).await?;
    // Once the briefing has loaded, no waiting animation runs any more.
    let waiting = "return document.querySelector('news-briefing').shadowRoot.getAnimations().length";
    ensure!(page.script(waiting, vec![]).await? == json!(0));
    Ok(())
}

async fn late_strings(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/", "--lang", "de"], SEED)?;
    open_waiting(page, &fragment).await?;
    let delay = "const { fetch } = window;
        window.fetch = async (...request) => {
            if (/words.*de.*json/.test(request[0])) await new Promise((resolve) => setTimeout(resolve, 3000));
            return fetch(...request);
        };
        window.fold = document.querySelector('news-briefing').shadowRoot.querySelector('[part=key-point] details');
        fold.open = true";
    page.script(delay, vec![]).await?;
    hydrate(page).await?;
    let found = page.script("return [fold.isConnected, fold.open]", vec![]).await?;
    ensure!(found == json!([true, true]), "{found}");
    page.part_text_becomes("play-button", "Abspielen").await
}

/// Under such a policy only scripts that the page's own scripts load may run, wherever they are.
async fn nonce_policy(page: &Page) -> Result<()> {
    page.site().replace_policy(
        "default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'nonce-r4nd0m'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'",
    )?;
    // The script that the test server inserts into every page has no nonce.
    page.expect_complaint("/e2e/watch.js");
    page.site().cache_versioned_files();
    let watch = "<script nonce=\"r4nd0m\" src=\"/e2e/watch.js\"></script>";
    // As the build writes it for a nonce that the server fills in at each response.
    let preload = page.site().built("preload-with-nonce.html")?.replace("href=\"", "href=\"/");
    let preload = preload.replace("{{ nonce | attr(&quot;csp&quot;) }}", "r4nd0m");
    ensure!(preload.matches("nonce=\"r4nd0m\"").count() == 2, "{preload}");
    for style in ["link", "inline"] {
        let arguments = ["--page", "--assets", "/", "--nonce", "r4nd0m", "--style", style];
        let (html, _) = render(&arguments, SEED)?;
        let html = html.replacen("<title>", &format!("{watch}{preload}<title>"), 1).replacen(
            "<news-briefing",
            "<news-briefing id=\"made\" loading=\"eager\"",
            1,
        );
        page.site().add("/made.html", "text/html", &html);
        page.open("/made.html").await?;
        page.wait_for_event_count(1, "briefing-load", "made").await?;
        let briefing = page.briefing();
        ensure!(briefing.part("title").await?.style("font-weight").await? == "700", "it has no style");
        let by_the_lines = "return performance.getEntriesByType('resource')
            .filter(({ name, initiatorType }) => /\\/(reading|news-briefing)\\.js\\?/.test(name) && initiatorType === 'link').length";
        ensure!(page.script(by_the_lines, vec![]).await? == json!(2), "the lines fetch nothing");
        briefing.part("play-button").await?.click().await?;
        briefing.plays().await?;
    }
    // What the lines fetched is what ran.
    for path in ["/wasm/news-briefing.js", "/wasm/news-briefing_bg.wasm", "/reading.js"] {
        let times = page.site().request_count(path);
        ensure!(times == 1, "{path} was requested {times} times");
    }
    Ok(())
}

async fn no_layout_shift(page: &Page) -> Result<()> {
    for arguments in [&["--page", "--assets", "/"][..], &["--page", "--assets", "/", "--style", "inline"]] {
        let (html, stderr) = render(arguments, SEED)?;
        allow_style_hash(page, &stderr)?;
        page.site().add(
            "/made.html",
            "text/html",
            &html.replacen("<news-briefing", "<news-briefing id=\"made\"", 1),
        );
        page.open("/made.html").await?;
        page.wait_for_event_count(1, "briefing-load", "made").await?;
        let title = page.script("return document.querySelector('h1').offsetWidth", vec![]).await?;
        ensure!(title == json!(1), "the page title, which repeats the briefing title, is visible");
        page.briefing().part("player").await?.scroll_into_view().await?;
        page.briefing().part("player").await?.becomes_shown().await?;
        // Only Chromium reports layout shifts; the scenarios above compare positions in every engine.
        let shifts = page
            .script_later(
                "const answer = arguments[arguments.length - 1];
                const moved = [];
                if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return answer(moved);
                const rect = ({ x, y, width, height }) => [x, y, width, height].join(' ');
                new PerformanceObserver((list) => {
                    for (const { value, startTime, sources } of list.getEntries()) {
                        const nodes = sources.map(({ node, previousRect, currentRect }) =>
                            `${node?.localName}.${node?.className} from ${rect(previousRect)} to ${rect(currentRect)}`);
                        moved.push(`${value} at ${Math.round(startTime)} ms: ${nodes.join(', ')}`);
                    }
                }).observe({ type: 'layout-shift', buffered: true });
                requestAnimationFrame(() => setTimeout(() => answer(moved)));",
                vec![],
            )
            .await?;
        ensure!(shifts == json!([]), "{arguments:?}: {shifts:#}");
    }
    Ok(())
}

/// Adds the style hash that the command printed to the policy.
fn allow_style_hash(page: &Page, stderr: &str) -> Result<()> {
    let hash = stderr.lines().find_map(|line| line.strip_prefix("style-src ")).unwrap_or_default();
    page.site().replace_policy(&format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' {hash}; \
         connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'"
    ))
}

async fn inline_stylesheet(page: &Page) -> Result<()> {
    let (fragment, stderr) = render(&["--style", "inline"], SEED)?;
    ensure!(stderr.starts_with("style-src 'sha256-"), "{stderr}");
    allow_style_hash(page, &stderr)?;
    open_waiting(page, &fragment).await?;
    ensure!(page.briefing().part("title").await?.style("font-weight").await? == "700", "it has no style");
    page.script(SAVE_STATE, vec![]).await?;
    hydrate(page).await?;
    nothing_has_changed(page).await?;
    ensure!(page.briefing().find_all("style, link").await?.is_empty(), "two stylesheets are there");
    let requests = page.site().requests();
    ensure!(!requests.iter().any(|path| path.contains("news-briefing.css")), "{requests:?}");
    Ok(())
}

async fn every_language(page: &Page) -> Result<()> {
    let table: BTreeMap<String, Option<String>> = serde_json::from_str(include_str!("../languages.json"))?;
    let languages: BTreeSet<String> = table.into_values().flatten().chain(["en".to_owned()]).collect();
    let mut article: Value = serde_json::from_str(SEED)?;
    // Of days, browsers and the command may write the odd comma differently.
    article["published"] = json!("2026-03");
    article["references"][0]["published"] = json!("2026");
    let article = article.to_string();
    for language in languages {
        let (fragment, _) = render(&["--assets", "/", "--lang", &language], &article)?;
        open_waiting(page, &fragment).await?;
        page.script(
            "window.text = () => [...document.querySelector('news-briefing').shadowRoot.querySelectorAll('.frame *')]
                .filter((node) => !node.parentNode.closest('.slot'));
            window.dates = () => text().filter((node) => /^\\d{4}(-\\d\\d)?$/.test(node.dateTime))
                .map((node) => `${node.dateTime}: ${node.textContent}`);
            window.before = text();
            window.datesBefore = dates().join()",
            vec![],
        )
        .await?;
        hydrate(page).await.with_context(|| language.clone())?;
        let same = "const nodes = text();
            return nodes.length === before.length && nodes.every((node, index) => node === before[index])";
        ensure!(page.script(same, vec![]).await? == json!(true), "{language}: rendered afresh");
        let dates = page.script("return [datesBefore, dates().join()]", vec![]).await?;
        ensure!(dates[0] == dates[1], "{language}: other dates than before: {dates}");
        ensure!(
            dates[0].as_str().is_some_and(|dates| dates.contains("2026-03: ") && dates.contains("2026: "))
        );
    }
    Ok(())
}

async fn read_aloud(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/", "--voice"], SEED)?;
    open_waiting(page, &fragment).await?;
    page.briefing().animations_finish().await?;
    page.script(SAVE_STATE, vec![]).await?;
    hydrate(page).await?;
    nothing_has_changed(page).await?;
    let briefing = page.briefing();
    briefing.part("play-button").await?.click().await?;
    until("it speaks", async || {
        ensure!(page.script("return speechSynthesis.speaking", vec![]).await? == json!(true));
        Ok(())
    })
    .await
}

async fn reader_time_zone(page: &Page) -> Result<()> {
    let mut timed = article("Times", json!(["Text."]));
    timed["published"] = json!("2026-03-04");
    timed["updated"] = json!("2026-03-04T23:15:00+05:30");
    let (fragment, _) = render(&["--assets", "/"], &timed.to_string())?;
    ensure!(fragment.contains("Updated March 4, 2026 at 11:15 PM"), "{fragment}");
    open_waiting(page, &fragment).await?;
    page.script(SAVE_STATE, vec![]).await?;
    hydrate(page).await?;
    let own = "return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' })
        .format(new Date('2026-03-04T23:15:00+05:30'))";
    let own = page.script(own, vec![]).await?;
    let own = format!("Updated {}", own.as_str().context("no text")?);
    let times = page.briefing().find_all(".byline time").await?;
    ensure!(times.len() == 2 && times[0].text().await? == "March 4, 2026");
    ensure!(times[1].text().await? == own, "{} is not {own}", times[1].text().await?);
    let same = "return kept.nodes.includes(arguments[0])";
    ensure!(page.script(same, vec![times[1].argument()?]).await? == json!(true), "it was rendered afresh");
    Ok(())
}

async fn mismatched_markup(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], SEED)?;
    let title = "<h2 class=\"title passage\"";
    for (case, edited) in [
        ("another element", fragment.replacen(title, "<p>Advertisement</p><h2 class=\"title passage\"", 1)),
        ("an element less", fragment.replacen("<div class=\"grip\" aria-hidden=\"true\"></div>", "", 1)),
        (
            "another name",
            fragment.replacen("<header class=\"header\">", "<div class=\"header\">", 1).replacen(
                "</header>",
                "</div>",
                1,
            ),
        ),
        ("an attribute of its own", fragment.replacen(title, "<h2 hidden class=\"title passage\"", 1)),
        (
            "a text of its own",
            fragment.replacen(
                "<div class=\"body\" part=\"body\">",
                "<div class=\"body\" part=\"body\">Advertisement",
                1,
            ),
        ),
    ] {
        ensure!(edited != fragment, "{case}: nothing was edited");
        open_waiting(page, &edited).await?;
        page.script(
            "window.before = document.querySelector('news-briefing').shadowRoot.querySelector('.frame')",
            vec![],
        )
        .await?;
        hydrate(page).await.with_context(|| case.to_owned())?;
        let briefing = page.briefing();
        ensure!(briefing.parts("briefing").await?.len() == 1, "{case}: it is there twice");
        let fresh = "return !before.isConnected && !document.querySelector('news-briefing').shadowRoot
            .querySelector('.frame').textContent.includes('Advertisement')";
        ensure!(page.script(fresh, vec![]).await? == json!(true), "{case}: not rendered afresh");
        let title = briefing.part("title").await?;
        ensure!(title.text().await? == "Moonshot’s $2 billion is a vote for open models", "{case}");
        ensure!(title.is_shown().await?, "{case}");
        briefing.call("play", vec![]).await?;
        briefing.plays().await?;
    }
    Ok(())
}

async fn unreadable_data(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], SEED)?;
    for (kind, edited) in [
        (
            "json",
            fragment.replacen("<script type=\"application/json\">{", "<script type=\"application/json\">", 1),
        ),
        ("article", fragment.replacen("\"version\":\"1.0\"", "\"version\":\"9.0\"", 1)),
    ] {
        open_waiting(page, &edited).await?;
        page.script("dispatchEvent(new Event('go'))", vec![]).await?;
        let event = page.wait_for_event("briefing-error").await?;
        ensure!(event.detail["kind"] == kind, "{event:?}");
        let briefing = page.briefing();
        stays("the article is there", async || {
            ensure!(briefing.part("title").await?.is_shown().await?, "it is hidden");
            ensure!(briefing.find_all(".failure").await?.is_empty(), "an error state is shown beside it");
            Ok(())
        })
        .await?;
        ensure!(!briefing.part("player").await?.is_shown().await? || is_hidden(&briefing).await?);
    }
    Ok(())
}

async fn is_hidden(briefing: &Briefing<'_>) -> Result<bool> {
    let player = briefing.part("player").await?;
    Ok(player.style("visibility").await? == "hidden")
}

async fn after_a_trap(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], &timed(3).to_string())?;
    page.open_page(&fragment.replacen("<news-briefing", "<news-briefing id=\"made\"", 1)).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let briefing = page.briefing();
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    briefing.make_engine_trap().await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "engine", "{event:?}");
    ensure!(briefing.part("title").await?.is_shown().await?, "the article is gone");
    briefing.has_no("player").await?;
    // Given another article, a fresh engine renders it.
    let again = json!({ "format": "briefing", "version": "1.0", "title": "Again", "body": ["Text."] });
    briefing.set("article", again).await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    briefing.part("title").await?.text_becomes("Again").await?;
    ensure!(briefing.parts("briefing").await?.len() == 1, "it is there twice");
    briefing.call("play", vec![]).await?;
    briefing.plays().await
}

async fn structured_data(page: &Page) -> Result<()> {
    let (html, _) = render(&["--page", "--assets", "/"], SEED)?;
    page.site().add("/made.html", "text/html", &html);
    page.open("/made.html").await?;
    let data =
        "return JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)";
    let data: Value = page.script(data, vec![]).await?;
    ensure!(data["@type"] == "NewsArticle" && data["@context"] == "https://schema.org", "{data}");
    ensure!(data["headline"] == "Moonshot’s $2 billion is a vote for open models", "{data}");
    ensure!(data["citation"].as_array().is_some_and(|list| list.len() == 2), "{data}");
    let named = "const of = (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null;
        return [document.title, of('meta[name=description]', 'content')?.length > 20, of('link[rel=canonical]', 'href'),
            of('meta[property=\"og:type\"]', 'content')]";
    let expected = json!([
        "Moonshot’s $2 billion is a vote for open models",
        true,
        "https://harbour-ledger.example/2026/05/08/moonshot",
        "article"
    ]);
    ensure!(page.script(named, vec![]).await? == expected);
    Ok(())
}

/// Renders a page for a frame, with its files on another origin, and lets pages frame it from `sources`.
/// Returns the page and the frame's markup, which the command prints after the script that resizes frames.
pub(crate) fn render_framed(page: &Page, sources: &str) -> Result<(String, String)> {
    let files = page.site().files_url("");
    page.site().replace_policy(&format!(
        "default-src 'none'; script-src 'self' {files} 'wasm-unsafe-eval'; style-src 'self' {files}; \
         connect-src {files}; img-src 'self'; frame-src {sources}; require-trusted-types-for 'script'"
    ))?;
    let (html, stderr) = render(&["--iframe", "--assets", &files], SEED)?;
    let (_, frame) = stderr.split_once('\n').context("the frame markup is not printed after the script")?;
    Ok((html, frame.to_owned()))
}

async fn in_a_frame(page: &Page) -> Result<()> {
    // The frame has the height that its markup sets.
    let (framed, snippet) = render_framed(page, "'self'")?;
    page.site().add("/briefing.html", "text/html", &framed);
    let framing = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A frame</title></head>
        <body><main><h1>A frame</h1>{snippet}</main></body></html>"
    );
    page.site().add("/framing.html", "text/html", &framing);
    page.open("/framing.html").await?;
    page.enter("iframe").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    ensure!(page.script("return self.origin", vec![]).await? == json!("null"), "it is not sandboxed");
    // The live briefing has replaced the prerendered one everywhere.
    until("the player can be used", async || {
        ensure!(briefing.part("progress").await?.is_shown().await?, "it is not shown");
        Ok(())
    })
    .await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    briefing.part("citation").await?.click().await?;
    briefing.popover().await.map(drop)
}

async fn it_is_accessible(page: &Page) -> Result<()> {
    let (html, _) = render(&["--page", "--assets", "/"], &dense())?;
    page.site().add(
        "/made.html",
        "text/html",
        &html.replacen("<script type=\"module\"", "<script type=\"later\"", 1),
    );
    page.open("/made.html").await?;
    page.briefing().part("title").await?.becomes_shown().await?;
    page.is_accessible().await?;
    page.site().add("/made.html", "text/html", &html);
    page.open("/made.html").await?;
    page.wait_for_event("briefing-load").await?;
    page.is_accessible().await
}

async fn pressed_before_hydration(page: &Page) -> Result<()> {
    for control in ["play", "play-link"] {
        let (fragment, _) = render(&[], &timed(3).to_string())?;
        open_waiting(page, &fragment).await?;
        let briefing = page.briefing();
        let button = briefing.find(&format!("[data-control={control}]")).await?;
        button.becomes_shown().await?;
        button.click().await?;
        let confirmation = briefing.find(&format!("#pressed-{control}")).await?;
        confirmation.becomes_shown().await?;
        ensure!(confirmation.text().await? == "Loading…", "{}", confirmation.text().await?);
        page.picture(&format!("pressed-{control}")).await?;
        page.is_accessible().await?;
        hydrate(page).await?;
        briefing.plays().await?;
        briefing.time_passes(0.1).await?;
        until("the confirmation is gone", async || {
            ensure!(briefing.find_all(".pressed").await?.is_empty());
            Ok(())
        })
        .await?;
    }
    // A second press cancels the first.
    let (fragment, _) = render(&[], &timed(3).to_string())?;
    open_waiting(page, &fragment).await?;
    let briefing = page.briefing();
    let button = briefing.find("[data-control=play]").await?;
    button.click().await?;
    briefing.find("#pressed-play").await?.becomes_shown().await?;
    button.click().await?;
    briefing.find("#pressed-play").await?.becomes_hidden().await?;
    hydrate(page).await?;
    stays("it stays paused", async || {
        ensure!(briefing.property("paused").await? == json!(true));
        Ok(())
    })
    .await
}
