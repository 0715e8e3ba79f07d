//! Scripts of others that rewrite the text of a briefing while it is read and played: translators and
//! extensions of the browser.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::clock::Clock;
use crate::host_page::{article, open_in, reaches_time, script_on};
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a translator wraps every text in two elements", async |page: &Page| {
            survives(page, WRAPPED, SHOUTED).await
        }),
        scenario("an extension replaces every text by another", async |page: &Page| {
            survives(page, REPLACED, SHOUTED).await
        }),
        scenario("an extension adds a translation to every paragraph", async |page: &Page| {
            survives(page, ADDED, AS_WRITTEN).await
        }),
    ]
}

/// The labels of the play button, and in German that label and the name of the sound.
const AS_WRITTEN: [&str; 4] = ["Play", "Pause", "Abspielen", "Lautlos, im Lesetempo"];

const SHOUTED: [&str; 4] = ["PLAY", "PAUSE", "ABSPIELEN", "LAUTLOS, IM LESETEMPO"];

/// Rewrites what `find` finds, a little at each frame, and whatever is new or changed later, as such scripts
/// do. `rewrite` must leave nothing for `find` to find again.
const START: &str = "const root = host.shadowRoot;
    const isText = (text) => text.data.trim() && !text.parentElement?.closest('style, script');
    const texts = () => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) if (isText(walker.currentNode)) found.push(walker.currentNode);
        return found;
    };
    const translated = (words) => words.toUpperCase();
    REWRITING
    window.isRewritten = false;
    const step = () => {
        const left = find();
        left.slice(0, 20).forEach(rewrite);
        window.isRewritten = left.length <= 20;
        if (!window.isRewritten) requestAnimationFrame(step);
    };
    new MutationObserver(() => {
        if (window.isRewritten) {
            window.isRewritten = false;
            requestAnimationFrame(step);
        }
    }).observe(root, { childList: true, characterData: true, subtree: true });
    requestAnimationFrame(step)";

/// As Google's translator does.
const WRAPPED: &str = "const find = () => texts().filter((text) => !text.parentElement.closest('font font'));
    const rewrite = (text) => {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        for (const font of [outer, inner]) font.style.verticalAlign = 'inherit';
        inner.textContent = translated(text.data);
        outer.append(inner);
        text.replaceWith(outer);
    };";

const REPLACED: &str = "const known = new WeakMap();
    const find = () => texts().filter((text) => known.get(text) !== text.data);
    const rewrite = (text) => {
        const other = document.createTextNode(translated(text.data));
        known.set(other, other.data);
        text.replaceWith(other);
    };";

const ADDED: &str = "const find = () => [...root.querySelectorAll('p, li, h1, h2, h3, blockquote')]
        .filter((element) => element.textContent.trim() && element.nextSibling?.localName !== 'font');
    const rewrite = (element) => {
        const copy = document.createElement('font');
        copy.lang = 'de';
        copy.append(document.createElement('br'), translated(element.textContent));
        element.after(copy);
    };";

/// Rewrites a briefing before it plays, and another one while it plays and shows a source.
async fn survives(
    page: &Page,
    rewriting: &str,
    [play, pause, german_play, german_sound]: [&str; 4],
) -> Result<()> {
    let start = START.replace("REWRITING", rewriting);
    for starts_paused in [true, false] {
        let briefing = open_in(page, "", "{}", &article()).await?;
        let stopped = Clock::stop(page).await?;
        if starts_paused {
            script_on(&briefing, &start).await?;
            is_rewritten(page).await?;
            press(&briefing, "[part~='play-button']").await?;
        } else {
            press(&briefing, "[part~='play-button']").await?;
            briefing.plays().await?;
            open_source(&briefing).await?;
            script_on(&briefing, &start).await?;
            is_rewritten(page).await?;
            close_source(&briefing).await?;
        }
        briefing.part("play-button").await?.text_becomes(pause).await?;
        for seconds in 1..=3 {
            stopped.advance(1.0).await?;
            reaches_time(&briefing, seconds).await?;
        }
        briefing.find(".elapsed").await?.text_becomes("0:03").await?;
        for _ in 0..2 {
            open_source(&briefing).await?;
            is_rewritten(page).await?;
            close_source(&briefing).await?;
        }
        press(&briefing, "[part~='play-button']").await?;
        briefing.part("play-button").await?.text_becomes(play).await?;
        is_rewritten(page).await?;
        press(&briefing, "[data-control='play-link']").await?;
        briefing.part("play-button").await?.text_becomes(pause).await?;
        stopped.advance(1.0).await?;
        briefing.find(".elapsed").await?.text_becomes("0:04").await?;
        is_rewritten(page).await?;
        // Other interface strings redraw text and player.
        script_on(&briefing, "host.lang = 'de'").await?;
        briefing.find(".sound").await?.text_becomes(german_sound).await?;
        press(&briefing, "[part~='play-button']").await?;
        briefing.part("play-button").await?.text_becomes(german_play).await?;
        // The element can still be removed and put elsewhere.
        script_on(&briefing, "document.body.append(host)").await?;
        script_on(&briefing, "host.remove()").await?;
    }
    Ok(())
}

/// Waits until everything is rewritten.
async fn is_rewritten(page: &Page) -> Result<()> {
    until("every text is rewritten", async || {
        ensure!(page.script("return window.isRewritten", vec![]).await? == json!(true));
        Ok(())
    })
    .await
}

/// Presses what is at a place now: between finding and pressing it, it might be replaced.
async fn press(briefing: &Briefing<'_>, css: &str) -> Result<()> {
    script_on(briefing, &format!("host.shadowRoot.querySelector(\"{css}\").click()")).await.map(drop)
}

async fn open_source(briefing: &Briefing<'_>) -> Result<()> {
    press(briefing, "[part~='block'] [part~='citation']").await?;
    briefing.popover().await.map(drop)
}

async fn close_source(briefing: &Briefing<'_>) -> Result<()> {
    press(briefing, "[part~='block'] [part~='citation']").await?;
    briefing.popover_closes().await
}
