//! A printed briefing.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::Page;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("print shows folded content and source URLs", print_shows_everything)
            .in_print()
            .in_window(800, 1100),
        scenario("print from a dark screen is black on white", print_is_black_on_white).in_print().in_dark(),
        scenario("the newsroom can be printed", the_newsroom_is_printed),
    ]
}

async fn print_shows_everything(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    for part in ["title", "summary", "key-point", "block", "reference"] {
        for (index, shown) in briefing.parts(part).await?.into_iter().enumerate() {
            ensure!(shown.is_shown().await?, "{part} {index} is not printed");
            ensure!(shown.area().await?.height > 10.0, "{part} {index} has no height");
        }
    }
    for detail in briefing.find_all("[part~='key-point'] details p").await? {
        ensure!(detail.is_shown().await? && detail.area().await?.height > 10.0, "a point is folded in print");
    }
    let reference = briefing.part("reference").await?;
    let text = reference.text().await?;
    ensure!(text.contains("https://doi.org/10.2166/ws.2018.129"), "no address in {text}");
    ensure!(!briefing.part("player").await?.is_shown().await?, "the player is printed");
    for button in briefing.find_all("button:not([part='citation'])").await? {
        ensure!(!button.is_shown().await?, "a button is printed: {}", button.property("outerHTML").await?);
    }
    page.picture("top").await?;
    reference.scroll_into_view().await?;
    page.picture("references").await?;
    Ok(())
}

async fn print_is_black_on_white(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let sheet = briefing.part("briefing").await?;
    ensure!(sheet.style("color").await? == "rgb(0, 0, 0)", "{}", sheet.style("color").await?);
    ensure!(sheet.style("background-color").await? == "rgb(255, 255, 255)");
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(20)).await?;
    for passage in briefing.current_passages().await? {
        ensure!(passage.style("box-shadow").await? == "none", "the current passage is marked in print");
    }
    Ok(())
}

async fn the_newsroom_is_printed(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let sheets = page.print("dense").await?;
    ensure!(sheets > 5, "only {sheets} pages");
    // Printing does not change the screen.
    ensure!(!briefing.part("reference").await?.is_shown().await?);
    ensure!(briefing.part("player").await?.is_shown().await?);
    Ok(())
}
