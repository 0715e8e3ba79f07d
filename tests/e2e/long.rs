//! Articles so long that reading and drawing them takes a while.

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
        scenario("the beginning is seen first, and nothing of it moves", the_beginning_comes_first),
        scenario("the same on a narrow screen", the_beginning_comes_first).in_window(320, 740),
        scenario("removed before it is read, it leaves nothing", removed_before_it_is_read),
    ]
}

/// More than are seen at first.
const BLOCKS: u32 = 800;

/// Whether the briefing has begun to be made.
const BEGUN: &str = "return !!document.querySelector('#made').shadowRoot";

/// Looks at whatever is drawn, until that is text.
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

/// What became of that: how many blocks there were, whether they are the same still, whether they are
/// where they were, and whether the citation has the focus.
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

/// Opens a long article. `then` is what the page does as soon as there is text to see.
async fn open(page: &Page, then: &str) -> Result<()> {
    let mut article = timed(BLOCKS);
    article["published"] = json!("2026-03-04T14:15:00Z");
    article["authors"] = json!(["Ada Quill", "Bo Berg"]);
    article["key_points"] =
        json!(["A point.[^r1]", { "text": "Another.", "detail": ["More."], "supports": ["p700"] }]);
    article["references"] = json!([{ "id": "r1", "title": "A source", "publisher": "The Gazette" }]);
    page.site().add("/made.json", "application/json", &article.to_string());
    page.open_made("<news-briefing id=made src=/held/made.json></news-briefing>").await?;
    until("the engine is there", async || {
        ensure!(page.script(BEGUN, vec![]).await? == json!(true));
        Ok(())
    })
    .await?;
    page.script(LOOK, vec![]).await?;
    page.script(&format!("first.then(({{ root, citation }}) => {{ {then} }})"), vec![]).await?;
    page.site().let_go();
    Ok(())
}

async fn the_beginning_comes_first(page: &Page) -> Result<()> {
    open(page, "citation.focus({ preventScroll: true })").await?;
    page.hears("briefing-load").await?;
    let compared: Compared = serde_json::from_value(page.script_later(COMPARE, vec![]).await?)?;
    ensure!(compared.before < compared.now && compared.now == BLOCKS, "{compared:?}");
    ensure!(compared.same && compared.moved == 0 && compared.focused, "{compared:?}");

    // All of it answers.
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

async fn removed_before_it_is_read(page: &Page) -> Result<()> {
    open(page, "document.querySelector('#made').remove()").await?;
    let later = "const [answer] = arguments;
        first.then(({ root }) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() =>
            answer(root.querySelectorAll('[part]').length)))))";
    let left = page.script_later(later, vec![]).await?;
    ensure!(left == json!(0), "{left} parts are left");
    ensure!(page.heard().await?.is_empty(), "something was told");
    Ok(())
}
