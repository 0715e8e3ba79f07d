//! Tests of the harness itself: whether it detects errors and emulates input and preferences correctly.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::page::Page;
use crate::pointer::Pointer;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("page complaints are recorded", complaints_are_recorded),
        scenario("complaints of an unloaded page are kept", complaints_of_an_unloaded_page),
        scenario("the test server can delay and fail responses", faulty_responses),
        scenario("keys reach the focused element in shadow roots", keys_reach_the_focus),
        scenario("a mouse hovers, clicks and drags", a_mouse_works),
        scenario("a finger taps and drags", a_finger_works).by_touch(),
        scenario("parts and events of a briefing are found", parts_and_events_are_found),
        scenario("axe checks shadow roots", axe_checks_shadow_roots),
        scenario("user preferences are emulated", preferences_are_emulated)
            .in_window(320, 640)
            .in_dark()
            .with_reduced_motion()
            .slower_by(2.0),
        scenario("forced colours are emulated", colors_are_emulated).with_forced_colors(),
        scenario("the print layout is emulated", print_is_emulated).in_print(),
    ]
}

/// Opens a page with a body and a script, without the newsroom's loader.
pub(crate) async fn open(page: &Page, body: &str, script: &str) -> Result<()> {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Harness</title></head>\
         <body><main><h1>Harness</h1>{body}</main><script src=\"/made.js\"></script></body></html>"
    );
    page.site().add("/made.html", "text/html", &html);
    page.site().add("/made.js", "text/javascript", script);
    page.open("/made.html").await
}

/// Returns a script that defines a custom element whose shadow root contains this markup.
fn briefing_with(markup: &str) -> String {
    let markup = json!(markup);
    format!(
        "customElements.define('news-briefing', class extends HTMLElement {{
            connectedCallback() {{
                const parsed = new DOMParser();
                const allow = trustedTypes.createPolicy('harness', {{ createHTML: (text) => text }});
                const made = parsed.parseFromString(allow.createHTML({markup}), 'text/html');
                this.attachShadow({{ mode: 'open' }}).append(...made.body.childNodes);
            }}
        }});"
    )
}

async fn complaints_are_recorded(page: &Page) -> Result<()> {
    for expected in ["policy violation: style-src", "policy violation: require-trusted-types-for"] {
        page.expect_complaint(expected);
    }
    for expected in
        ["console error: logged 7", "uncaught error: Error: thrown", "unhandled rejection: Error: refused"]
    {
        page.expect_complaint(expected);
    }
    page.expect_complaint("could not load <img>");
    page.expect_complaint("status of 404");
    // The wording of the last one differs between engines.
    page.expect_complaint("TrustedHTML");
    page.expect_complaint("Sink type mismatch");
    open(
        page,
        "<p id=text>Text</p><img alt=\"\" src=/status/404>",
        "document.querySelector('#text').setAttribute('style', 'color: red');
        console.error('logged', 7);
        Promise.reject(new Error('refused'));
        setTimeout(() => { throw new Error('thrown') });
        setTimeout(() => { document.querySelector('#text').innerHTML = '<b>no</b>' });",
    )
    .await?;
    for expected in [
        "policy violation: style-src",
        "policy violation: require-trusted-types-for",
        "console error: logged 7",
        "uncaught error: Error: thrown",
        "unhandled rejection: Error: refused",
        "could not load <img>",
    ] {
        until("all complaints are seen", async || {
            let complaints = page.complaints().await?;
            ensure!(complaints.iter().any(|complaint| complaint.contains(expected)), "{complaints:#?}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn complaints_of_an_unloaded_page(page: &Page) -> Result<()> {
    page.expect_complaint("console error: before leaving");
    page.site().add("/next.html", "text/html", "<!doctype html><title>Next</title><h1>Next</h1>");
    open(page, "", "console.error('before leaving'); location.href = '/next.html'").await?;
    until("the complaints of the previous page are recorded", async || {
        let complaints = page.complaints().await?;
        ensure!(page.address().await? == "/next.html", "still there");
        ensure!(complaints.iter().any(|complaint| complaint.contains("before leaving")), "{complaints:#?}");
        Ok(())
    })
    .await
}

async fn faulty_responses(page: &Page) -> Result<()> {
    page.expect_complaint("status of 500");
    page.site().add("/made.json", "application/json", "{\"made\": true}");
    open(
        page,
        "<output></output>",
        "(async () => {
            const answers = [];
            const started = performance.now();
            for (const path of ['/status/500', '/text/not-json', '/made.json', '/slow/made.json?ms=300']) {
                const answer = await fetch(path);
                answers.push(answer.status, answer.headers.get('content-type')?.split(';')[0]);
            }
            answers.push(performance.now() - started > 290);
            document.querySelector('output').textContent = answers.join(' ');
        })();",
    )
    .await?;
    let expected = "500 200 text/plain 200 application/json 200 application/json true";
    page.element("output").await?.text_becomes(expected).await?;
    let requests = page.site().requests();
    ensure!(requests.contains(&"/slow/made.json?ms=300".to_owned()), "{requests:?}");
    ensure!(!requests.iter().any(|path| path.starts_with("/e2e/")), "{requests:?}");
    Ok(())
}

async fn keys_reach_the_focus(page: &Page) -> Result<()> {
    let markup = "<button part=first>First</button><button part=second>Second</button><output></output>";
    let script = format!(
        "{}
        document.querySelector('news-briefing').shadowRoot.addEventListener('keydown', (event) => {{
            event.currentTarget.querySelector('output').textContent +=
                `${{event.shiftKey ? 'Shift+' : ''}}${{event.key}}@${{event.target.part}} `;
        }});",
        briefing_with(markup)
    );
    open(page, "<news-briefing></news-briefing>", &script).await?;
    let briefing = page.briefing();
    let first = briefing.part("first").await?;
    let second = briefing.part("second").await?;
    first.press(Key::Tab).await?;
    second.gets_focus().await?;
    ensure!(page.focused().await?.text().await? == "Second");
    page.press_with(Key::Shift, Key::Tab).await?;
    first.gets_focus().await?;
    page.press("x").await?;
    let output = briefing.find("output").await?;
    until("each key event is logged with its target", async || {
        let text = output.text().await?;
        // WebKitGTK reports Shift+Tab as an unidentified key.
        let text = text.replace("Unidentified", "Tab");
        ensure!(text == "Tab@first Shift+Shift@second Shift+Tab@second x@first", "{text}");
        Ok(())
    })
    .await
}

const AREA: &str =
    "<button id=area>A button that is wide enough to be dragged along</button><output></output>";
const AREA_SCRIPT: &str =
    "const output = document.querySelector('output'), area = document.querySelector('#area');
    const log = ({ type, pointerType }) => {
        const text = `${type}:${pointerType}`;
        if (!output.textContent.endsWith(`${text} `)) output.textContent += `${text} `;
    };
    area.addEventListener('pointerdown', (event) => { area.setPointerCapture(event.pointerId); log(event); });
    for (const type of ['pointermove', 'pointerup', 'click']) area.addEventListener(type, log);
    // When it is let go of, it is entered once more in some engines.
    area.addEventListener('pointerenter', log, { once: true });";

async fn a_mouse_works(page: &Page) -> Result<()> {
    open(page, AREA, AREA_SCRIPT).await?;
    let (area, output) = (page.element("#area").await?, page.element("output").await?);
    area.hover().await?;
    output.text_becomes("pointerenter:mouse pointermove:mouse").await?;
    page.reload().await?;

    let (area, output) = (page.element("#area").await?, page.element("output").await?);
    area.click().await?;
    until("the click is logged", async || {
        let text = output.text().await?;
        ensure!(text.ends_with("pointerdown:mouse pointerup:mouse click:mouse"), "{text}");
        Ok(())
    })
    .await?;
    page.reload().await?;

    let (area, output) = (page.element("#area").await?, page.element("output").await?);
    area.drag(Pointer::Mouse, (0.1, 0.5), (0.9, 0.5)).await?;
    let dragged = "pointerenter:mouse pointermove:mouse pointerdown:mouse pointermove:mouse pointerup:mouse click:mouse";
    output.text_becomes(dragged).await
}

async fn a_finger_works(page: &Page) -> Result<()> {
    open(page, AREA, AREA_SCRIPT).await?;
    let media = "return [matchMedia('(hover: none)').matches, matchMedia('(pointer: coarse)').matches]";
    ensure!(page.script(media, vec![]).await? == json!([true, true]));

    let (area, output) = (page.element("#area").await?, page.element("output").await?);
    area.tap().await?;
    output.text_becomes("pointerenter:touch pointerdown:touch pointerup:touch click:touch").await?;
    page.reload().await?;

    // If the page let the browser pan, `pointercancel` would replace the moves.
    page.script("document.querySelector('#area').setAttribute('data-note', 'dragged')", vec![]).await?;
    let area = page.element("#area").await?;
    area.script("arguments[0].style.touchAction = 'none'", vec![]).await?;
    area.drag(Pointer::Touch, (0.1, 0.5), (0.9, 0.5)).await?;
    let output = page.element("output").await?;
    until("the drag is logged", async || {
        let text = output.text().await?;
        ensure!(text.contains("pointerdown:touch pointermove:touch pointerup:touch"), "{text}");
        Ok(())
    })
    .await
}

async fn parts_and_events_are_found(page: &Page) -> Result<()> {
    let script = format!(
        "{}
        const briefing = document.querySelector('#second');
        briefing.shadowRoot.querySelector('button').addEventListener('click', ({{ target }}) => {{
            target.setAttribute('aria-expanded', 'true');
            briefing.shadowRoot.querySelector('[part=popover]').hidden = false;
            briefing.shadowRoot.querySelector('[part~=spinner]').remove();
            briefing.dispatchEvent(new CustomEvent('briefing-reference', {{ bubbles: true, composed: true, detail: {{ id: 'r1' }} }}));
        }});
        briefing.shadowRoot.querySelector('[part=popover]').hidden = true;
        briefing.twice = (number) => number * 2;",
        briefing_with(
            "<i part='spinner big'></i><p><button part=citation aria-expanded=false>1</button></p>\
             <p><button part=citation>2</button></p><div part=popover><a href='#far'>Far</a></div>"
        )
    );
    open(page, "<news-briefing id=first></news-briefing><news-briefing id=second></news-briefing>", &script)
        .await?;
    let briefing = page.briefing_at("#second");
    ensure!(briefing.parts("citation").await?.len() == 2);
    ensure!(briefing.nth_part("citation", 1).await?.text().await? == "2");
    ensure!(briefing.call("twice", vec![json!(21)]).await? == json!(42));
    ensure!(briefing.property("id").await? == json!("second"));

    let popover = briefing.part("popover").await?;
    popover.becomes_hidden().await?;
    let citation = briefing.part("citation").await?;
    ensure!(citation.attribute("aria-expanded").await?.as_deref() == Some("false"));
    citation.click().await?;
    citation.attribute_becomes("aria-expanded", "true").await?;
    popover.becomes_shown().await?;
    ensure!(popover.is_in_view().await?);
    ensure!(popover.find("a").await?.property("hash").await? == json!("#far"));
    briefing.has_no("spinner").await?;
    let event = page.wait_for_event("briefing-reference").await?;
    ensure!(event.target == "second" && event.detail == json!({ "id": "r1" }), "{event:?}");
    Ok(())
}

async fn axe_checks_shadow_roots(page: &Page) -> Result<()> {
    open(page, "<news-briefing></news-briefing>", &briefing_with("<button>Named</button>")).await?;
    page.is_accessible().await?;
    open(page, "<news-briefing></news-briefing>", &briefing_with("<button></button>")).await?;
    let Err(error) = page.is_accessible().await else { anyhow::bail!("axe found nothing") };
    let error = format!("{error:?}");
    ensure!(error.contains("button-name") && error.contains("news-briefing"), "{error}");
    Ok(())
}

/// Queries of two pages that are opened one after the other: the preferences must apply to each.
const PAGES: [&str; 2] = ["?first", "?next"];

async fn preferences_are_emulated(page: &Page) -> Result<()> {
    open(page, "", "").await?;
    for which in PAGES {
        page.open(&format!("/made.html{which}")).await?;
        let matches = page
            .script(
                "return ['(width: 320px)', '(height: 640px)', '(prefers-color-scheme: dark)',
                    '(prefers-reduced-motion: reduce)', '(hover: hover)']
                    .filter((query) => !matchMedia(query).matches)",
                vec![],
            )
            .await?;
        ensure!(matches == json!([]), "these do not match: {matches}");
    }
    Ok(())
}

async fn colors_are_emulated(page: &Page) -> Result<()> {
    open(page, "", "").await?;
    for which in PAGES {
        page.open(&format!("/made.html{which}")).await?;
        let forced = page.script("return matchMedia('(forced-colors: active)').matches", vec![]).await?;
        ensure!(forced == json!(true));
    }
    Ok(())
}

async fn print_is_emulated(page: &Page) -> Result<()> {
    page.site().add("/made.css", "text/css", "@media print { i { color: rgb(1, 2, 3) } }");
    open(page, "<link rel=stylesheet href=/made.css><i>Printed</i>", "").await?;
    for which in PAGES {
        page.open(&format!("/made.html{which}")).await?;
        ensure!(page.element("i").await?.style("color").await? == "rgb(1, 2, 3)");
    }
    Ok(())
}
