//! axe's findings, and what axe cannot check: keyboard navigation.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::clock::Clock;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("axe: a briefing in use", axe_in_use),
        scenario("axe: a briefing in use, dark", axe_in_use).in_dark(),
        scenario("axe: a briefing in use, narrow screen", axe_in_use).in_window(320, 640),
        scenario("axe: right to left", axe_right_to_left),
        scenario("axe: right to left, dark", axe_right_to_left).in_dark(),
        scenario("axe: Chinese", axe_chinese),
        scenario("axe: a long, dense article", axe_dense),
        scenario("axe: broken, rejected, loading and failed articles", axe_error_states),
        scenario("axe: broken, rejected, loading and failed articles, dark", axe_error_states).in_dark(),
        scenario("axe: the whole newsroom", axe_newsroom),
        scenario("axe: the whole newsroom, dark", axe_newsroom).in_dark(),
        scenario("Tab reaches every control in reading order", tab_order),
        scenario("the player never covers the focused element", focus_is_not_hidden).in_window(800, 600),
        scenario("screen readers announce nothing during playback", playback_is_not_announced),
        scenario("parts have roles and accessible names", parts_have_accessible_names),
    ]
}

/// Unfolds all key points and the references.
async fn unfold_everything(briefing: &Briefing<'_>) -> Result<()> {
    let unfold =
        "arguments[0].shadowRoot.querySelectorAll('details').forEach((details) => { details.open = true })";
    briefing.element().await?.script(unfold, vec![]).await?;
    until("everything is unfolded", async || {
        for detail in briefing.find_all("details > *").await? {
            ensure!(detail.is_shown().await?);
        }
        Ok(())
    })
    .await?;
    briefing.animations_finish().await
}

/// Fails if axe finds a violation in this state of the page.
async fn is_accessible(page: &Page, state: &str) -> Result<()> {
    page.is_accessible().await.with_context(|| state.to_owned())
}

async fn axe_in_use(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    is_accessible(page, "loaded").await?;
    unfold_everything(&briefing).await?;
    is_accessible(page, "all unfolded").await?;
    let citation = briefing.part("citation").await?;
    citation.press(Key::Enter).await?;
    briefing.popover().await?;
    is_accessible(page, "a source open").await?;
    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;
    let _stopped = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    briefing.part("progress").await?.press(Key::PageUp).await?;
    is_accessible(page, "playing").await
}

async fn axe_right_to_left(page: &Page) -> Result<()> {
    let briefing = page.open_only("arabic").await?;
    unfold_everything(&briefing).await?;
    let _stopped = Clock::stop(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.part("progress").await?.press(Key::PageUp).await?;
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await?;
    is_accessible(page, "unfolded, playing, a source open").await
}

async fn axe_chinese(page: &Page) -> Result<()> {
    let briefing = page.open_only("chinese").await?;
    unfold_everything(&briefing).await?;
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await?;
    is_accessible(page, "unfolded, a source open").await
}

async fn axe_dense(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    unfold_everything(&briefing).await?;
    is_accessible(page, "all unfolded").await
}

async fn axe_error_states(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    let broken = page.open_only("broken").await?;
    unfold_everything(&broken).await?;
    is_accessible(page, "broken").await?;
    page.open("/?only=refused").await?;
    page.briefing().find("[role='alert']").await?.becomes_shown().await?;
    is_accessible(page, "refused").await?;
    // On a page without a background, axe assumes white.
    page.site().add("/page.css", "text/css", "html { background: Canvas }");
    let style = "<link rel=stylesheet href=/page.css>";
    let loading = "<news-briefing src=/held/articles/seed.json><p>Fallback</p></news-briefing>";
    page.open_page(&format!("{style}{loading}")).await?;
    page.briefing().find("[role='status']").await?.becomes_shown().await?;
    is_accessible(page, "loading").await?;
    let failed = "<news-briefing src=/status/404><p>Fallback</p></news-briefing>";
    page.open_page(&format!("{style}{failed}")).await?;
    page.briefing().find("[role='alert']").await?.becomes_shown().await?;
    is_accessible(page, "failed").await
}

async fn axe_newsroom(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    for id in ["#seed", "#minimal", "#dense", "#arabic", "#chinese", "#broken"] {
        page.briefing_at(id).shows_its_article().await?;
    }
    page.briefing_at("#refused").find("[role='alert']").await?.becomes_shown().await?;
    is_accessible(page, "the newsroom").await
}

async fn tab_order(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    briefing.named("Expand all").await?.script("arguments[0].click()", vec![]).await?;
    briefing.named("Collapse all").await?;
    briefing.animations_finish().await?;
    let mut way = Vec::new();
    page.element("h1 a").await?.focus().await?;
    loop {
        page.press(Key::Tab).await?;
        let focused = page.focused().await?;
        let stop = "const [element] = arguments;
            if (element === document.body) return null;
            const name = (element.ariaLabel ?? element.innerText).replace(/\\s+/g, ' ').trim();
            const { outlineStyle, outlineWidth } = getComputedStyle(element);
            return [name, outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2]";
        let stop = focused.script(stop, vec![]).await?;
        // After the last stop, the focus goes to the browser's own interface, or back to the first
        // stop.
        if stop.is_null() || stop[0] == "The Harbour Ledger" {
            break;
        }
        let (name, has_ring): (String, bool) = serde_json::from_value(stop)?;
        ensure!(has_ring, "nothing shows the focus on {name:?}");
        until("what has the focus is in view", async || {
            ensure!(focused.is_in_view().await?, "{name:?} is out of view");
            Ok(())
        })
        .await?;
        way.push(name);
    }
    let expected = [
        "Synthesized from 2 sources",
        "Play",
        "Key points 6",
        "Collapse all",
        "Investors are paying",
        "¶2",
        "¶3",
        "Demand for model output",
        "¶4",
        "Kimi now scores",
        "¶6",
        "¶7",
        "Source 1",
        "Source 2",
        "Source 1",
        "References 2",
        "Play",
        "Progress",
        "Previous passage",
        "Back 10 seconds",
        "Forward 10 seconds",
        "Next passage",
        "Scroll along",
        "Speed",
        "More",
    ];
    let matches =
        way.len() == expected.len() && way.iter().zip(expected).all(|(name, start)| name.starts_with(start));
    ensure!(matches, "the way is {way:#?}");

    // And with Shift+Tab.
    briefing.part("rate").await?.focus().await?;
    page.press_with(Key::Shift, Key::Tab).await?;
    briefing.named("Scroll along").await?.gets_focus().await
}

async fn focus_is_not_hidden(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let _stopped = Clock::stop(page).await?;
    briefing.play_at_the_top().await?.press(Key::Enter).await?;
    briefing.plays().await?;
    page.script("scrollTo({ top: 0, behavior: 'instant' })", vec![]).await?;
    briefing.part("provenance").await?.focus().await?;
    let mut seen = 0;
    for _ in 0..50 {
        page.press(Key::Tab).await?;
        let focused = page.focused().await?;
        let hidden = "const [element] = arguments;
            if (element.closest('[part=player]')) return null;
            const { left, top, width, height } = element.getClientRects()[0];
            // Of what is large, a part suffices.
            const parts = height < 100 ? [0.5] : [0.1, 0.3, 0.5, 0.7, 0.9];
            const there = parts.map((part) => element.getRootNode().elementFromPoint(left + width / 2, top + part * height));
            return there.some((other) => element === other || element.contains(other)) ? false
                : `${element.ariaLabel ?? element.innerText} is behind ${there[0]?.outerHTML.slice(0, 80)}`";
        let hidden = until("the page has scrolled to it", async || {
            ensure!(focused.is_in_view().await?);
            focused.script(hidden, vec![]).await
        })
        .await?;
        if hidden.is_null() {
            break;
        }
        ensure!(hidden == json!(false), "{hidden}");
        seen += 1;
    }
    ensure!(seen > 40, "only {seen} stops");
    Ok(())
}

async fn playback_is_not_announced(page: &Page) -> Result<()> {
    let briefing = page.open_article(&crate::opening::timed(6)).await?;
    let clock = Clock::stop(page).await?;
    let live = briefing
        .find_all("[aria-live]:not([aria-live='off']), [role='status'], [role='alert'], [role='log']")
        .await?;
    ensure!(live.is_empty(), "{} live regions would speak over the text", live.len());

    // A screen reader announces every value change of a focused slider.
    let bar = briefing.part("progress").await?;
    bar.focus().await?;
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    let value_text = bar.attribute("aria-valuetext").await?;
    clock.advance(1.9).await?;
    briefing.time_becomes(1.9).await?;
    clock.advance(1.9).await?;
    briefing.time_becomes(3.8).await?;
    ensure!(bar.attribute("aria-valuetext").await? == value_text, "it speaks while it plays");
    // A key press updates the value, and so does leaving the slider: a user who returns hears the
    // current position.
    page.press(Key::Right).await?;
    bar.attribute_becomes("aria-valuenow", "8").await?;
    clock.advance(1.9).await?;
    briefing.time_becomes(10.7).await?;
    page.press(Key::Tab).await?;
    bar.attribute_becomes("aria-valuenow", "10").await
}

async fn parts_have_accessible_names(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let named_by = "const [element] = arguments;
        const by = element.getRootNode().getElementById(element.getAttribute('aria-labelledby'));
        return [element.localName, by?.textContent ?? null]";
    let article = briefing.part("briefing").await?.script(named_by, vec![]).await?;
    ensure!(article == json!(["article", "Moonshot’s $2 billion is a vote for open models"]), "{article}");
    ensure!(briefing.part("title").await?.property("localName").await? == "h2");
    for part in ["key-points", "references"] {
        ensure!(briefing.part(part).await?.find_all("h3").await?.len() == 1, "{part} has no heading");
    }
    let player = briefing.part("player").await?;
    ensure!(player.attribute("role").await?.as_deref() == Some("group"));
    ensure!(player.attribute("aria-label").await?.as_deref() == Some("Player"));
    let bar = briefing.part("progress").await?;
    for (name, value) in
        [("role", "slider"), ("aria-label", "Progress"), ("aria-valuemin", "0"), ("tabindex", "0")]
    {
        ensure!(
            bar.attribute(name).await?.as_deref() == Some(value),
            "{name} is {:?}",
            bar.attribute(name).await?
        );
    }
    let citation = briefing.part("citation").await?;
    ensure!(citation.property("localName").await? == "button");
    ensure!(citation.attribute("aria-label").await?.as_deref() == Some("Source 1"));
    citation.press(Key::Enter).await?;
    let popover = briefing.popover().await?;
    ensure!(popover.attribute("role").await?.as_deref() == Some("dialog"));
    ensure!(popover.attribute("aria-label").await?.as_deref() == Some("Source 1"));
    let ids = "const ids = [...arguments[0].shadowRoot.querySelectorAll('[id]')].map(({ id }) => id);
        return ids.filter((id, index) => ids.indexOf(id) !== index)";
    ensure!(briefing.element().await?.script(ids, vec![]).await? == json!([]), "ids are used twice");
    Ok(())
}
