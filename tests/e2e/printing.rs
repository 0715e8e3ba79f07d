//! A printed briefing.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::Page;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("paper shows what is folded, and where the sources are", paper_shows_everything)
            .in_print()
            .in_window(800, 1100),
        scenario("on paper of a dark screen the text is black", paper_is_white).in_print().in_dark(),
        scenario("the newsroom can be printed", the_newsroom_is_printed),
    ]
}

async fn paper_shows_everything(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    for part in ["title", "summary", "key-point", "block", "reference"] {
        for (index, shown) in briefing.parts(part).await?.into_iter().enumerate() {
            ensure!(shown.is_shown().await?, "{part} {index} is not on paper");
            ensure!(shown.area().await?.height > 10.0, "{part} {index} takes no room");
        }
    }
    for detail in briefing.find_all("[part~='key-point'] details p").await? {
        ensure!(detail.is_shown().await? && detail.area().await?.height > 10.0, "a point is folded on paper");
    }
    let reference = briefing.part("reference").await?;
    let text = reference.text().await?;
    ensure!(text.contains("https://doi.org/10.2166/ws.2018.129"), "no address in {text}");
    ensure!(!briefing.part("player").await?.is_shown().await?, "a player is of no use on paper");
    for button in briefing.find_all("button:not([part='citation'])").await? {
        ensure!(!button.is_shown().await?, "a button on paper: {}", button.property("outerHTML").await?);
    }
    page.picture("top").await?;
    reference.scroll_into_view().await?;
    page.picture("references").await?;
    Ok(())
}

async fn paper_is_white(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let sheet = briefing.part("briefing").await?;
    ensure!(sheet.style("color").await? == "rgb(0, 0, 0)", "{}", sheet.style("color").await?);
    ensure!(sheet.style("background-color").await? == "rgb(255, 255, 255)");
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(20)).await?;
    for passage in briefing.current_passages().await? {
        ensure!(passage.style("box-shadow").await? == "none", "what is played is marked on paper");
    }
    Ok(())
}

async fn the_newsroom_is_printed(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let sheets = page.print("dense").await?;
    ensure!(sheets > 5, "{sheets} sheets hold too little");
    // Printing does not change the screen.
    ensure!(!briefing.part("reference").await?.is_shown().await?);
    ensure!(briefing.part("player").await?.is_shown().await?);
    Ok(())
}
