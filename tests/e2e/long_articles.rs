//! Articles so long that parsing and rendering them takes noticeable time.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::Key;

use crate::opening::timed;
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the first screen is rendered first and does not shift", first_screen_comes_first)
            .with_every_font_set(),
        scenario(
            "the first screen is rendered first and does not shift, narrow screen",
            first_screen_comes_first,
        )
        .with_every_font_set()
        .in_window(320, 740),
        scenario("a source requested during rendering opens afterwards", a_source_is_requested),
        scenario("a link clicked during rendering scrolls afterwards", a_link_is_followed),
        scenario("removal during rendering leaves nothing behind", removed_during_rendering),
        scenario("block spacing equals that of short articles", block_spacing),
        scenario("block spacing equals that of short articles, narrow screen", block_spacing)
            .in_window(320, 740),
    ]
}

/// More blocks than fit on the first screen.
const BLOCKS: u32 = 800;

/// Returns whether the briefing's shadow root exists yet.
const HAS_SHADOW_ROOT: &str = "return !!document.querySelector('#made').shadowRoot";

/// Waits for the first rendered text and records its state.
const LOOK: &str = "window.first = new Promise((resolve) => {
    const root = document.querySelector('#made').shadowRoot;
    const look = (_, observer) => {
        const blocks = [...root.querySelectorAll('[part~=block]')];
        if (blocks.length === 0) return;
        observer.disconnect();
        const citation = root.querySelector('[part~=citation]');
        const tops = () => blocks.map((block) => Math.round(block.getBoundingClientRect().top));
        resolve({ root, blocks, citation, tops, topsThen: tops() });
    };
    new MutationObserver(look).observe(root, { childList: true, subtree: true });
})";

/// Compares the current state with the recorded one: the number of blocks, whether they are the same
/// nodes, whether they are at the same positions, and whether the citation has the focus.
const COMPARE: &str = "first.then(({ root, blocks, citation, tops, topsThen }) => {
    const now = [...root.querySelectorAll('[part~=block]')];
    arguments[0]({
        before: blocks.length,
        now: now.length,
        same: blocks.every((block, index) => block === now[index]),
        moved: tops().filter((top, index) => top !== topsThen[index]).length,
        focused: root.activeElement === citation,
    });
})";

#[derive(Debug, Deserialize)]
struct Compared {
    before: u32,
    now: u32,
    same: bool,
    moved: u32,
    focused: bool,
}

/// Opens a long article. `then` is a script that the page runs as soon as text is visible.
async fn open(page: &Page, then: &str) -> Result<()> {
    let mut article = timed(BLOCKS);
    article["published"] = json!("2026-03-04T14:15:00Z");
    article["authors"] = json!(["Ada Quill", "Bo Berg"]);
    article["key_points"] =
        json!(["A point.[^r1]", { "text": "Another.", "detail": ["More."], "supports": ["p700"] }]);
    article["references"] = json!([{ "id": "r1", "title": "A source", "publisher": "The Gazette" }]);
    page.site().add("/made.json", "application/json", &article.to_string());
    page.open_page("<news-briefing id=made src=/held/made.json></news-briefing>").await?;
    until("the engine is there", async || {
        ensure!(page.script(HAS_SHADOW_ROOT, vec![]).await? == json!(true));
        Ok(())
    })
    .await?;
    page.script(LOOK, vec![]).await?;
    page.script(&format!("first.then(({{ root, citation }}) => {{ {then} }})"), vec![]).await?;
    page.site().release();
    Ok(())
}

async fn first_screen_comes_first(page: &Page) -> Result<()> {
    open(page, "citation.focus({ preventScroll: true })").await?;
    page.wait_for_event("briefing-load").await?;
    let compared: Compared = serde_json::from_value(page.script_later(COMPARE, vec![]).await?)?;
    ensure!(compared.before < compared.now && compared.now == BLOCKS, "{compared:?}");
    ensure!(compared.same && compared.moved == 0 && compared.focused, "{compared:?}");

    // The whole briefing is interactive.
    let briefing = page.briefing();
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await?;
    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;
    briefing.find(".key-point summary").await?.press(Key::Enter).await?;
    briefing.named("¶700").await?.press(Key::Enter).await?;
    ensure!(briefing.nth_part("block", 699).await?.is_in_view().await?);
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(7_995)).await?;
    briefing.nth_part("block", 799).await?.attribute_becomes("aria-current", "true").await
}

/// From the first screen on, checks in every frame whether a recorded block has moved, and selects the
/// title's text.
const WATCH: &str = "window.moved = 0;
    const { tops, topsThen } = await first;
    const look = () => {
        moved += tops().some((top, index) => top !== topsThen[index]);
        window.watching = requestAnimationFrame(look);
    };
    look();
    getSelection().selectAllChildren(root.querySelector('[part=title]'));
    window.selected = String(getSelection());";

/// Checks that no block moved and that the selection persisted.
async fn nothing_moved_meanwhile(page: &Page) -> Result<()> {
    let script = "cancelAnimationFrame(watching); return [moved, String(getSelection()) === selected]";
    let watched = page.script(script, vec![]).await?;
    ensure!(watched == json!([0, true]), "how often it moved, and whether the selection stayed: {watched}");
    Ok(())
}

async fn a_source_is_requested(page: &Page) -> Result<()> {
    open(page, &format!("(async () => {{ {WATCH} citation.click() }})()")).await?;
    page.wait_for_event("briefing-load").await?;
    page.briefing().popover_of("A source").await?;
    nothing_moved_meanwhile(page).await
}

async fn a_link_is_followed(page: &Page) -> Result<()> {
    open(page, "root.querySelector('[part=provenance]').click()").await?;
    page.wait_for_event("briefing-load").await?;
    let references = page.briefing().part("references").await?;
    until("the link has focused the references", async || {
        ensure!(references.has_focus().await?, "the focus is elsewhere");
        Ok(())
    })
    .await?;
    ensure!(references.is_in_view().await?);
    Ok(())
}

async fn removed_during_rendering(page: &Page) -> Result<()> {
    open(page, "document.querySelector('#made').remove()").await?;
    let later = "const [answer] = arguments;
        first.then(({ root }) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() =>
            answer(root.querySelectorAll('[part]').length)))))";
    let left = page.script_later(later, vec![]).await?;
    ensure!(left == json!(0), "{left} parts are left");
    ensure!(page.events().await?.is_empty(), "an event was dispatched");
    Ok(())
}

/// Checks that blocks are evenly spaced: a long text is rendered in chunks whose boundaries must not be
/// visible.
async fn block_spacing(page: &Page) -> Result<()> {
    let places = async |blocks: u32| -> Result<Vec<[f64; 3]>> {
        let mut article = timed(blocks);
        for block in article["body"].as_array_mut().into_iter().flatten() {
            block["text"] = json!("One line.");
        }
        page.open_with("", &article).await?;
        page.wait_for_event_count(1, "briefing-load", "made").await?;
        let script = "const host = document.querySelector('#made');
            const frame = host.getBoundingClientRect();
            const areas = [...host.shadowRoot.querySelectorAll('[part~=block]')].map((block) => block.getBoundingClientRect());
            return areas.map(({ top, left, right }, index) =>
                [top - (areas[index - 1]?.bottom ?? top), left - frame.left, frame.right - right])";
        Ok(serde_json::from_value(page.script(script, vec![]).await?)?)
    };
    let (short, long) = (places(3).await?, places(200).await?);
    ensure!(short.len() == 3 && long.len() == 200, "{} and {}", short.len(), long.len());
    for (index, place) in long.iter().enumerate() {
        let expected = short.get(index.min(1)).unwrap_or(place);
        let is_same = place.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.1);
        ensure!(is_same, "block {index} is at {place:?}, not at {expected:?}");
    }
    Ok(())
}
