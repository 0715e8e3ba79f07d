//! The CMS desk of the newsroom: it accepts JSON, and shows its format, the briefing and the notes on it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::layout::page_fits;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::setup::Setup;
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("pasted JSON is shown with its format and notes", pasted),
        scenario("each sample shows a briefing", samples),
        scenario("invalid JSON is reported and selected by line and column", invalid_json),
        scenario("reported JSON faults agree with JSON.parse", faults_agree_with_json_parse),
        scenario("a URL is loaded and can be shared", a_url),
        scenario("a failed URL shows a remedy", failed_urls),
        scenario("JSON in no known format is shown by a field map", a_field_map),
        scenario("one article of a list can be selected", one_of_a_list),
        scenario("restricted posts are reported and not shown", restricted_posts),
        scenario("the desk works by keyboard", by_keyboard),
        scenario("axe finds no violation on the desk", axe),
        scenario("axe finds no violation on the desk, dark", axe).in_dark(),
        scenario("the desk fits every screen width", every_width),
        scenario("pasted Arabic runs from right to left", right_to_left),
        scenario("screenshots", screenshots),
        scenario("screenshots, dark", screenshots).in_dark(),
    ]
}

const WORDPRESS: &str = include_str!("../../www/articles/cms/wordpress.json");

/// Opens the desk, and records the changes of its status.
async fn open(page: &Page, query: &str) -> Result<()> {
    page.open(&format!("/desk.html{query}")).await?;
    let count = "window.statuses = [];
        const status = document.querySelector('[role=status]');
        new MutationObserver(() => status.textContent && statuses.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true })";
    page.script(count, vec![]).await.map(drop)
}

/// Sets the field's text as a paste does.
async fn paste(page: &Page, text: &str) -> Result<()> {
    let paste = "const [field, text] = arguments;
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }))";
    page.element("#json").await?.script(paste, vec![json!(text)]).await.map(drop)
}

async fn press(page: &Page, button: &str) -> Result<()> {
    page.element(button).await?.click().await
}

const SHOW: &str = "#by-json [type=submit]";

async fn verdict(page: &Page, expected: &str) -> Result<()> {
    page.element("#verdict").await?.text_becomes(expected).await
}

/// Returns the notes, each with its path and message.
async fn notes(page: &Page) -> Result<Vec<(String, String)>> {
    let all =
        "return document.querySelector('#notes').hidden ? [] : [...document.querySelectorAll('#notes li')]
        .map((note) => [note.querySelector('code').textContent, note.querySelector('bdi').textContent])";
    Ok(serde_json::from_value(page.script(all, vec![]).await?)?)
}

async fn title_becomes(page: &Page, title: &str) -> Result<()> {
    page.briefing().part("title").await?.text_becomes(title).await
}

/// Checks that no article is shown.
async fn nothing_is_shown(page: &Page) -> Result<()> {
    let shown = page.script("return document.querySelector('#shown').childElementCount", vec![]).await?;
    ensure!(shown == json!(0), "something is shown");
    Ok(())
}

async fn pasted(page: &Page) -> Result<()> {
    open(page, "").await?;
    ensure!(page.element("#empty").await?.is_shown().await?);
    paste(page, WORDPRESS).await?;
    verdict(page, "Format: WordPress (wordpress). Shown, with 1 note.").await?;
    title_becomes(page, "Fish market opens an hour earlier, ‘for the cooks’").await?;
    ensure!(page.briefing().parts("key-point").await?.len() == 2);
    ensure!(!page.briefing().parts("citation").await?.is_empty());
    let found = notes(page).await?;
    let [(path, message)] = &*found else { anyhow::bail!("{found:?}") };
    ensure!(path == "content.rendered" && message.contains("[tide_table]"), "{found:?}");
    ensure!(!page.element("#empty").await?.is_shown().await?);
    let statuses = page.script("return statuses", vec![]).await?;
    ensure!(
        statuses.as_array().is_some_and(|statuses| statuses.len() == 1),
        "the status was announced {statuses}"
    );

    // Canonical JSON is recognised as such. Unlike pasted text, typed text waits for the button.
    let canonical = json!({ "format": "briefing", "version": "1.0", "title": "By hand", "body": ["Text."] });
    let field = page.element("#json").await?;
    field.script("arguments[0].value = arguments[1]", vec![json!(canonical.to_string())]).await?;
    press(page, SHOW).await?;
    verdict(page, "Format: canonical JSON (briefing). Shown, with no notes.").await?;
    title_becomes(page, "By hand").await?;
    ensure!(notes(page).await?.is_empty());

    press(page, "#by-json [type=reset]").await?;
    page.element("#empty").await?.becomes_shown().await?;
    nothing_is_shown(page).await?;
    ensure!(field.property("value").await? == "");
    // The reset cleared the status without an announcement.
    let statuses = page.script("return statuses.length", vec![]).await?;
    ensure!(statuses == json!(2), "the status was announced {statuses} times");
    Ok(())
}

async fn samples(page: &Page) -> Result<()> {
    let all = [
        ("wordpress", "WordPress", "Fish market opens an hour earlier, ‘for the cooks’"),
        ("ghost", "Ghost", "The last bell foundry on the coast"),
        ("ninjs", "ninjs, Superdesk", "Storm barrier passes its first test at sea"),
        ("json-ld", "schema.org, as JSON-LD", "The lamp that found its way home"),
        ("model-answer", "answer of a language model", "What the night ferry would cost"),
        ("own", "any other, by a field map", "Cranes to be painted grey again"),
    ];
    open(page, "").await?;
    let buttons = page.script("return document.querySelectorAll('[data-sample]').length", vec![]).await?;
    ensure!(buttons == json!(all.len()), "{buttons} samples");
    for (sample, format, title) in all {
        press(page, &format!("[data-sample={sample}]")).await?;
        title_becomes(page, title).await.context(sample)?;
        until("the verdict names the format", async || {
            let verdict = page.element("#verdict").await?.text().await?;
            ensure!(
                verdict.starts_with(&format!("Format: {format} (")) && verdict.contains("Shown"),
                "{verdict}"
            );
            Ok(())
        })
        .await?;
        // The sample's JSON can be edited.
        let text = page.element("#json").await?.property("value").await?;
        ensure!(text.as_str().is_some_and(|text| text.starts_with('{')), "{text}");
    }
    let statuses = page.script("return statuses.length", vec![]).await?;
    ensure!(statuses == json!(all.len()), "the status was announced {statuses} times");
    // Settings of one sample do not carry over to the next.
    press(page, "[data-sample=ninjs]").await?;
    title_becomes(page, "Storm barrier passes its first test at sea").await?;
    ensure!(page.element("#map").await?.property("value").await? == "");
    Ok(())
}

async fn invalid_json(page: &Page) -> Result<()> {
    open(page, "").await?;
    let field = page.element("#json").await?;
    let cases = [
        ("{\n  \"title\": \"A\",\n}", 3, 1, "there is a comma too many before this"),
        ("{ title: 1 }", 1, 3, "names stand in double quotes"),
        ("{ “title”: 1 }", 1, 3, "texts and names stand in straight double quotes"),
        ("{ \"title\": \"A\" \"body\": [] }", 1, 16, "expected a comma or }"),
        (
            "{ \"a\": \"x\ny\" }",
            1,
            8,
            "this text does not end, or holds a line break or a \\ that JSON has not",
        ),
        ("[1, 2", 1, 6, "it breaks off here: a [ is never closed"),
        (
            "<!doctype html>",
            1,
            1,
            "this is HTML, not JSON: take the address of the JSON, not that of the page",
        ),
        ("", 1, 1, "there is nothing"),
    ];
    for (text, line, column, fault) in cases {
        field.script("arguments[0].value = arguments[1]", vec![json!(text)]).await?;
        press(page, SHOW).await?;
        verdict(page, &format!("Not shown. Line {line}, column {column}: {fault}.")).await?;
        let place = format!("line {line}, column {column}");
        ensure!(notes(page).await? == [(place, fault.to_owned())], "{text}: {:?}", notes(page).await?);
        field.gets_focus().await?;
        ensure!(field.attribute("aria-invalid").await?.as_deref() == Some("true"));
        let selected = "const { value, selectionStart } = arguments[0];
            const lines = value.slice(0, selectionStart).split('\\n');
            return [lines.length, lines.at(-1).length + 1]";
        let selected = field.script(selected, vec![]).await?;
        ensure!(selected == json!([line, column]), "{text}: {selected}");
        nothing_is_shown(page).await?;
    }
    // Corrected JSON is no longer invalid. An incomplete paste is not marked as invalid by itself.
    paste(page, "{ \"title\": ").await?;
    ensure!(field.attribute("aria-invalid").await?.is_none());
    verdict(page, "Not shown. Line 1, column 1: there is nothing.").await
}

/// Mutates JSON at random places, and compares the verdict with that of the browser's own parser.
async fn faults_agree_with_json_parse(page: &Page) -> Result<()> {
    open(page, "").await?;
    let compare = r#"const [seed, answer] = arguments;
        import('/json_fault.js').then(({ firstFault }) => {
            let state = seed;
            const below = (end) => (state = (state * 1103515245 + 12345) % 2147483648) % end;
            const signs = '{}[],:"\\\u0001 \n0123456789.eE+-truefalsn/x\u00e9';
            const base = '{"a":[1,-2.5e3,true,null,"x\\n\\u00e9",{}],"b":{"c":[]},"d":"{[","e":0}';
            let broken = 0;
            for (let round = 0; round < 5000; round++) {
                let text = base;
                for (let count = below(3) + 1; count > 0; count--) {
                    const at = below(text.length);
                    const [sign, drop] = [[signs[below(signs.length)], 0], ['', 1], [signs[below(signs.length)], 1]][below(3)];
                    text = text.slice(0, at) + sign + text.slice(at + drop);
                }
                let is = true;
                try { JSON.parse(text) } catch { is = false }
                if (!is) broken += 1;
                const fault = firstFault(text);
                if (is !== (fault === undefined)) return answer({ text, fault });
                // What is before the fault is not to blame.
                if (fault && !(fault.at <= text.length && fault.line >= 1 && fault.column >= 1)) return answer({ text, fault });
            }
            answer({ broken });
        }, (error) => answer({ error: String(error) }))"#;
    let found = page.script_later(compare, vec![json!(20_260_508)]).await?;
    ensure!(found["broken"].as_u64().is_some_and(|broken| broken > 1000), "{found}");
    Ok(())
}

async fn a_url(page: &Page) -> Result<()> {
    open(page, "").await?;
    let field = page.element("#address").await?;
    field.focus().await?;
    page.press("/held/articles/cms/ghost.json").await?;
    page.press(Key::Enter).await?;
    // While the response is pending, the status is empty.
    page.element("#outcome[aria-busy]").await?;
    page.briefing().find("[role='status']").await?;
    ensure!(page.element("#verdict").await?.text().await?.is_empty());
    page.site().release();
    verdict(page, "Format: Ghost (ghost). Shown, with 1 note.").await?;
    title_becomes(page, "The last bell foundry on the coast").await?;
    page.element("#outcome:not([aria-busy])").await?;
    ensure!(page.address().await? == "/desk.html?src=%2Fheld%2Farticles%2Fcms%2Fghost.json");
    page.reload().await?;
    title_becomes(page, "The last bell foundry on the coast").await?;
    // Query parameters set the element's options, too.
    page.site().add("/list.json", "application/json", include_str!("../cms/wordpress/list-of-several.json"));
    open(page, "?src=/list.json&item=second").await?;
    verdict(page, "Format: WordPress (wordpress). Shown, with no notes.").await?;
    ensure!(page.element("#item").await?.property("value").await? == "second");
    // Once other content is shown, the address no longer names the source.
    paste(page, WORDPRESS).await?;
    title_becomes(page, "Fish market opens an hour earlier, ‘for the cooks’").await?;
    ensure!(page.address().await? == "/desk.html", "{}", page.address().await?);
    Ok(())
}

async fn failed_urls(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    page.expect_complaint("connect-src");
    open(page, "?src=/status/404").await?;
    verdict(page, "Not shown. Check the address, and whether it needs a key.").await?;
    let found = notes(page).await?;
    ensure!(found.len() == 1 && found[0].1.contains("answered 404"), "{found:?}");
    nothing_is_shown(page).await?;
    page.site().add("/page.html", "text/html", "<p>A page</p>");
    open(page, "?src=/page.html").await?;
    verdict(page, "Not shown. Check the response of the address: it is not JSON.").await?;
    open(page, "?src=https://paper.example/wp-json/wp/v2/posts/1").await?;
    verdict(page, "Not shown. The security policy of this page forbids this address: paste the JSON.").await
}

async fn a_field_map(page: &Page) -> Result<()> {
    open(page, "").await?;
    paste(page, r#"{ "data": { "headline": "A title", "text": "Text." } }"#).await?;
    verdict(page, "Not shown. Choose the format, or describe the JSON with a field map.").await?;
    let found = notes(page).await?;
    ensure!(found.len() == 1 && found[0].1.contains("in no known format"), "{found:?}");
    let map = page.element("#map").await?;
    map.becomes_shown().await?;
    map.focus().await?;
    page.press(r#"{"title": "data.headline", "body": "data.text"}"#).await?;
    press(page, SHOW).await?;
    verdict(page, "Format: any other, by a field map (map). Shown, with no notes.").await?;
    title_becomes(page, "A title").await?;
    // An invalid map is reported.
    page.element("#map").await?.script("arguments[0].value = '{'", vec![]).await?;
    press(page, SHOW).await?;
    verdict(page, "Not shown. Choose the format, or describe the JSON with a field map.").await?;
    ensure!(notes(page).await?[0].1.contains("map is not JSON"));
    Ok(())
}

async fn one_of_a_list(page: &Page) -> Result<()> {
    open(page, "").await?;
    paste(page, include_str!("../cms/wordpress/list-of-several.json")).await?;
    verdict(page, "Not shown. Choose an article of the list.").await?;
    let item = page.element("#item").await?;
    item.becomes_shown().await?;
    item.focus().await?;
    page.press("last").await?;
    press(page, SHOW).await?;
    verdict(page, "Format: WordPress (wordpress). Shown, with no notes.").await
}

async fn restricted_posts(page: &Page) -> Result<()> {
    open(page, "").await?;
    paste(page, include_str!("../cms/ghost/members.json")).await?;
    verdict(page, "Not shown. Only public articles are shown.").await?;
    nothing_is_shown(page).await?;
    // For an incomplete canonical article, the notes report what is missing.
    paste(page, r#"{ "format": "briefing", "version": "1.0", "body": ["Text."] }"#).await?;
    verdict(page, "Format: canonical JSON (briefing). Not shown. The notes say what is missing.").await?;
    let found = notes(page).await?;
    ensure!(found.iter().any(|(path, _)| path == "title"), "{found:?}");
    Ok(())
}

async fn by_keyboard(page: &Page) -> Result<()> {
    open(page, "").await?;
    page.element("h1").await?.script("document.querySelector('.motto a').focus()", vec![]).await?;
    let mut way: Vec<Value> = Vec::new();
    for _ in 0..12 {
        page.press(Key::Tab).await?;
        let stop = "const { activeElement: { id, innerText, localName } } = document; return id || innerText || localName";
        way.push(page.script(stop, vec![]).await?);
    }
    let expected = [
        "WordPress post",
        "Ghost post",
        "ninjs story",
        "JSON-LD",
        "Answer of a model",
        "Your own, by a field map",
        "json",
        "Show the briefing",
        "Clear",
        "address",
        "Load",
        "Options",
    ];
    ensure!(way == expected.map(Value::from), "{way:?}");
    page.element("[data-sample=ghost]").await?.press(Key::Enter).await?;
    title_becomes(page, "The last bell foundry on the coast").await?;
    page.element("[data-sample=ghost]").await?.gets_focus().await?;
    let field = page.element("#json").await?;
    field.script("arguments[0].value = arguments[1]", vec![json!(WORDPRESS)]).await?;
    field.focus().await?;
    page.press_with(Key::Control, Key::Enter).await?;
    title_becomes(page, "Fish market opens an hour earlier, ‘for the cooks’").await?;
    field.gets_focus().await
}

async fn axe(page: &Page) -> Result<()> {
    open(page, "").await?;
    page.is_accessible().await.context("empty")?;
    page.element("#more > summary").await?.click().await?;
    press(page, "[data-sample=wordpress]").await?;
    verdict(page, "Format: WordPress (wordpress). Shown, with 1 note.").await?;
    page.is_accessible().await.context("shown")?;
    press(page, "[data-sample=own]").await?;
    title_becomes(page, "Cranes to be painted grey again").await?;
    page.is_accessible().await.context("with all that a page can say")?;
    paste(page, "{").await?;
    press(page, SHOW).await?;
    page.element("#notes").await?.becomes_shown().await?;
    page.is_accessible().await.context("not shown")
}

async fn every_width(page: &Page) -> Result<()> {
    for width in [280, 320, 480, 800, 1280] {
        page.set_up(&Setup { window: (width, 740), ..Setup::default() }).await?;
        open(page, "").await?;
        page_fits(page).await.with_context(|| format!("empty at {width}"))?;
        press(page, "[data-sample=own]").await?;
        title_becomes(page, "Cranes to be painted grey again").await?;
        page_fits(page).await.with_context(|| format!("shown at {width}"))?;
        paste(page, r#"{ "a": 1 }"#).await?;
        page.element("#notes").await?.becomes_shown().await?;
        page_fits(page).await.with_context(|| format!("not shown at {width}"))?;
    }
    Ok(())
}

async fn right_to_left(page: &Page) -> Result<()> {
    open(page, "").await?;
    let json = page.element("#json").await?;
    json.script("arguments[0].value = '\"عنوان\"'", vec![]).await?;
    ensure!(json.style("direction").await? == "rtl");
    json.script("arguments[0].value = '{ \"title\": \"عنوان\" }'", vec![]).await?;
    ensure!(json.style("direction").await? == "ltr");
    let article = json!({ "format": "briefing", "version": "1.0", "lang": "ar", "title": "ميناء الصباح",
        "body": ["فُتح الميناء."] });
    paste(page, &article.to_string()).await?;
    title_becomes(page, "ميناء الصباح").await?;
    ensure!(page.briefing().part("title").await?.style("direction").await? == "rtl");
    Ok(())
}

async fn screenshots(page: &Page) -> Result<()> {
    let dark = page.script("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await?;
    let dark = dark == json!(true);
    for (width, height) in [(280, 2600), (480, 2200), (1280, 1100)] {
        page.set_up(&Setup { window: (width, height), dark, ..Setup::default() }).await?;
        open(page, "").await?;
        page.picture(&format!("{width} empty")).await?;
        press(page, "[data-sample=wordpress]").await?;
        verdict(page, "Format: WordPress (wordpress). Shown, with 1 note.").await?;
        page.briefing().animations_finish().await?;
        page.script("scrollTo(0, 0)", vec![]).await?;
        page.picture(&format!("{width} shown")).await?;
        press(page, "[data-sample=own]").await?;
        title_becomes(page, "Cranes to be painted grey again").await?;
        page.briefing().animations_finish().await?;
        page.picture(&format!("{width} by a map")).await?;
        let json = page.element("#json").await?;
        json.script("arguments[0].value = '{\\n  \"title\": \"A\",\\n}'", vec![]).await?;
        press(page, SHOW).await?;
        page.element("#notes").await?.becomes_shown().await?;
        page.picture(&format!("{width} not shown")).await?;
    }
    Ok(())
}
