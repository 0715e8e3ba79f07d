//! The mini player, which stays on the screen while a playing briefing is scrolled out of view.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::host_page::open_styled;
use crate::opening::timed;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a playing briefing that is scrolled away shows a mini player", appears_when_scrolled_away),
        scenario("the mini player also appears above the briefing", above_the_briefing),
        scenario("the mini player's title scrolls to the current passage", scrolls_back),
        scenario("dismissing the mini player pauses, playing shows it again", dismissed),
        scenario("only the playing briefing has a mini player", one_of_two),
        scenario("the mini player stays when the page moves the briefing", moved_briefing),
        scenario("a scroll container that hides the briefing shows the mini player", in_a_scrolling_box),
        scenario("the mini player covers no other player", covers_no_other_player),
        scenario("a paused briefing shows no mini player", paused_briefing),
        scenario("the page can disable the mini player", disabled),
        scenario("the mini player respects the page's bottom inset", bottom_inset),
        scenario("the mini player stays when the language changes", changed_language),
        scenario("the mini player fits a phone screen", on_a_phone).in_window(320, 640),
        scenario("the mini player is mirrored right to left", right_to_left),
    ]
}

const MINI: &str = "[part=player][data-floating=mini]";

/// Opens a briefing with long content before and after it.
async fn open<'a>(page: &'a Page, attributes: &str, lang: &str) -> Result<Briefing<'a>> {
    let mut article = timed(5);
    article["lang"] = json!(lang);
    page.site().add("/made.json", "application/json", &article.to_string());
    let body = format!(
        "<div style='height: 1500px'>Before</div>
        <news-briefing id=made src=/made.json loading=eager {attributes}></news-briefing>
        <div style='height: 3000px'>Behind</div>"
    );
    open_styled(page, "", &body).await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.part("play-button").await?.scroll_into_view().await?;
    Ok(briefing)
}

/// Plays, and scrolls the briefing out of view.
async fn play_and_leave(briefing: &Briefing<'_>) -> Result<()> {
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    briefing.page().script("scrollTo(0, document.documentElement.scrollHeight)", vec![]).await.map(drop)
}

/// Waits until there is a mini player, and all of it is on the screen.
async fn mini_player_appears(page: &Page) -> Result<()> {
    until("the mini player is on the screen", async || {
        let player = page.briefing().find(MINI).await?.area().await?;
        let (width, height) = page.size().await?;
        ensure!(
            player.height < 160.0
                && player.left >= 0.0
                && player.right() <= width
                && player.top >= 0.0
                && player.bottom() <= height,
            "{player:?} on a screen of {width} by {height}"
        );
        Ok(())
    })
    .await
}

async fn mini_player_disappears(page: &Page) -> Result<()> {
    until("there is no mini player", async || {
        ensure!(page.briefing().find_all(MINI).await?.is_empty());
        Ok(())
    })
    .await
}

/// Returns the briefing's height and the page's scroll position.
async fn height_and_scroll_position(page: &Page) -> Result<Value> {
    page.script("return [Math.round(document.querySelector('#made').offsetHeight), scrollY]", vec![]).await
}

async fn appears_when_scrolled_away(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    let before = height_and_scroll_position(page).await?;
    page.script("scrollTo(0, document.documentElement.scrollHeight)", vec![]).await?;
    mini_player_appears(page).await?;
    ensure!(height_and_scroll_position(page).await?[0] == before[0], "the text has moved");
    page.picture("mini-player").await?;
    page.is_accessible().await?;
    // The mini player can play and seek; it has no room for other controls.
    briefing.time_passes(0.5).await?;
    briefing.part("progress").await?.focus().await?;
    page.press(Key::Right).await?;
    briefing.time_passes(5.0).await?;
    ensure!(!briefing.find("[data-control=forward]").await?.is_shown().await?);
    briefing.part("play-button").await?.click().await?;
    briefing.is_paused().await?;
    // A paused mini player stays, and can play again.
    mini_player_appears(page).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    // When the briefing is in view again, the full player returns.
    page.script("document.querySelector('#made').scrollIntoView()", vec![]).await?;
    mini_player_disappears(page).await?;
    briefing.find("[data-control=forward]").await?.becomes_shown().await
}

async fn above_the_briefing(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    page.script("scrollTo(0, 0)", vec![]).await?;
    mini_player_appears(page).await
}

async fn scrolls_back(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    briefing.press_play().await?;
    briefing.set("currentTime", json!(25)).await?;
    page.script("scrollTo(0, document.documentElement.scrollHeight)", vec![]).await?;
    mini_player_appears(page).await?;
    briefing.find(&format!("{MINI} [lang=en]")).await?.click().await?;
    mini_player_disappears(page).await?;
    until("the current passage is in view", async || {
        ensure!(briefing.find(".passage[aria-current]").await?.is_in_view().await?);
        Ok(())
    })
    .await?;
    briefing.plays().await
}

async fn dismissed(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    // By keyboard: the close button is the last control in the player.
    briefing.part("progress").await?.focus().await?;
    page.press(Key::Tab).await?;
    page.press(Key::Tab).await?;
    page.press(Key::Enter).await?;
    mini_player_disappears(page).await?;
    briefing.is_paused().await?;
    briefing.part("play-button").await?.gets_focus().await?;
    let is_far = page.script("return scrollY > 2000", vec![]).await?;
    ensure!(is_far == json!(true), "the page has been scrolled back");
    page.script("scrollBy(0, -100)", vec![]).await?;
    stays("it is gone", async || {
        ensure!(briefing.find_all(MINI).await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.call("play", vec![]).await?;
    mini_player_appears(page).await
}

async fn moved_briefing(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    let size = briefing.find(MINI).await?.area().await?;
    page.script("const made = document.querySelector('#made'); made.after(made.previousSibling); made.nextSibling.after(made)", vec![]).await?;
    page.script("scrollBy(0, -20)", vec![]).await?;
    briefing.plays().await?;
    until("it is as it was", async || {
        let now = briefing.find(MINI).await?.area().await?;
        ensure!(
            (now.height - size.height).abs() < 1.0 && (now.width - size.width).abs() < 1.0,
            "{now:?}, was {size:?}"
        );
        Ok(())
    })
    .await
}

/// Opens the page with a second briefing at its end.
async fn open_two(page: &Page) -> Result<(Briefing<'_>, Briefing<'_>)> {
    let briefing = open(page, "", "en").await?;
    page.script(
        "const other = document.querySelector('#made').cloneNode();
        other.id = 'other';
        document.body.append(other)",
        vec![],
    )
    .await?;
    Ok((briefing, page.briefing_at("#other")))
}

async fn one_of_two(page: &Page) -> Result<()> {
    let (briefing, other) = open_two(page).await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    other.press_play().await?;
    other.time_passes(0.1).await?;
    mini_player_disappears(page).await?;
    page.script("scrollTo(0, 0)", vec![]).await?;
    other.find(MINI).await?;
    mini_player_disappears(page).await
}

async fn in_a_scrolling_box(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(5).to_string());
    let body = "<div id=box style='block-size: 400px; overflow: auto'>
            <news-briefing id=made src=/made.json></news-briefing>
            <div style='block-size: 3000px'>Behind, in the box</div>
        </div>
        <div style='block-size: 3000px'>Behind</div>";
    open_styled(page, "", body).await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.call("play", vec![]).await?;
    briefing.time_passes(0.1).await?;
    page.script("scrollTo(0, 600)", vec![]).await?;
    mini_player_appears(page).await?;
    page.script("scrollTo(0, 0)", vec![]).await?;
    mini_player_disappears(page).await?;
    page.script("document.querySelector('#box').scrollTop = 2500", vec![]).await?;
    mini_player_appears(page).await?;
    page.script("document.querySelector('#box').scrollTop = 0", vec![]).await?;
    mini_player_disappears(page).await
}

async fn covers_no_other_player(page: &Page) -> Result<()> {
    let (briefing, other) = open_two(page).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    other.press_play().await?;
    other.time_passes(0.1).await?;
    page.script("document.querySelector('#made').scrollIntoView()", vec![]).await?;
    let mini = other.find(MINI).await?;
    until("the mini player is over no other player", async || {
        let (mini, player) = (mini.area().await?, briefing.part("player").await?.area().await?);
        ensure!(player.top >= mini.bottom() || player.bottom() <= mini.top, "{mini:?} over {player:?}");
        Ok(())
    })
    .await?;
    // Played again, it is the one at the edge of the screen.
    briefing.call("play", vec![]).await?;
    until("its player is in view", async || {
        ensure!(briefing.part("player").await?.is_in_view().await?);
        Ok(())
    })
    .await
}

async fn paused_briefing(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    briefing.press_play().await?;
    briefing.is_paused().await?;
    page.script("scrollTo(0, document.documentElement.scrollHeight)", vec![]).await?;
    stays("there is no mini player", async || {
        ensure!(briefing.find_all(MINI).await?.is_empty());
        Ok(())
    })
    .await
}

async fn disabled(page: &Page) -> Result<()> {
    let briefing = open(page, "mini-player=none", "en").await?;
    play_and_leave(&briefing).await?;
    stays("there is no mini player", async || {
        ensure!(briefing.find_all(MINI).await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.plays().await
}

async fn bottom_inset(page: &Page) -> Result<()> {
    let briefing = open(page, "style='--briefing-inset-block-end: 90px'", "en").await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    let (player, (_, height)) = (briefing.find(MINI).await?.area().await?, page.size().await?);
    ensure!(player.bottom() <= height - 90.0, "{player:?} on a screen {height} high");
    Ok(())
}

async fn changed_language(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    briefing.set_attribute("lang", "de").await?;
    until("the interface is German", async || {
        let label = briefing.find("[data-control=play]").await?;
        ensure!(label.text().await? == "Pause", "{}", label.text().await?);
        Ok(())
    })
    .await?;
    briefing.plays().await?;
    mini_player_appears(page).await
}

async fn on_a_phone(page: &Page) -> Result<()> {
    let briefing = open(page, "", "en").await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    page.picture("mini-player-narrow").await?;
    page.is_accessible().await
}

async fn right_to_left(page: &Page) -> Result<()> {
    let briefing = open(page, "", "ar").await?;
    play_and_leave(&briefing).await?;
    mini_player_appears(page).await?;
    let (player, (width, _)) = (briefing.find(MINI).await?.area().await?, page.size().await?);
    ensure!(player.left < width - player.right(), "{player:?} on a screen {width} wide");
    page.picture("mini-player-rtl").await?;
    page.is_accessible().await
}
