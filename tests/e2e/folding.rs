//! Folding and unfolding the key points.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::pointer::Pointer;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the key points section folds", the_section_folds),
        scenario("a key point unfolds by text, chevron and keys", a_point_unfolds),
        scenario("citations and selections do not unfold a key point", only_the_sentence_unfolds),
        scenario("one button unfolds and folds all key points", one_button_for_all),
        scenario("a key point links to its supporting passages", a_point_links_to_its_passages),
        scenario("only key points with details unfold", only_points_with_details_unfold),
    ]
}

/// Returns the disclosures of the key points that have one.
async fn folds<'a>(briefing: &Briefing<'a>) -> Result<Vec<Part<'a>>> {
    briefing.find_all("[part~='key-point'] details").await
}

/// Waits until this number of points are unfolded.
async fn unfolded_become(briefing: &Briefing<'_>, expected: usize) -> Result<()> {
    until(&format!("{expected} points are unfolded"), async || {
        let count = briefing.find_all("[part~='key-point'] details[open]").await?.len();
        ensure!(count == expected, "{count} are");
        Ok(())
    })
    .await
}

async fn the_section_folds(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let heading = briefing.find("[part~='key-points'] summary").await?;
    ensure!(heading.text().await?.contains("Key points"));
    ensure!(heading.text().await?.contains('6'), "the points are not counted");
    let first = briefing.part("key-point").await?;
    ensure!(first.is_shown().await?, "the points are folded before anybody asked");

    heading.click().await?;
    first.becomes_hidden().await?;
    ensure!(first.property("textContent").await?.as_str().is_some_and(|text| text.contains("Moonshot")));
    heading.press(Key::Enter).await?;
    first.becomes_shown().await?;
    heading.press(Key::Space).await?;
    first.becomes_hidden().await
}

async fn a_point_unfolds(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let point = briefing.nth_part("key-point", 1).await?;
    let (sentence, detail) = (point.find("p").await?, point.find(":scope details p").await?);
    ensure!(!detail.is_shown().await?, "it is unfolded before anybody asked");

    sentence.click().await?;
    detail.becomes_shown().await?;
    ensure!(detail.text().await?.starts_with("Annualised revenue"));
    sentence.click().await?;
    detail.becomes_hidden().await?;

    let chevron = point.find("summary").await?;
    chevron.click().await?;
    detail.becomes_shown().await?;
    chevron.press(Key::Enter).await?;
    detail.becomes_hidden().await?;
    chevron.press(Key::Space).await?;
    detail.becomes_shown().await?;
    ensure!(chevron.has_focus().await?);
    let name = chevron.attribute("aria-label").await?.unwrap_or_default();
    ensure!(name.starts_with("Investors are paying"), "the chevron is called {name:?}");

    let toggles: Vec<_> =
        page.events().await?.into_iter().filter(|event| event.name == "briefing-key-point").collect();
    let open: Vec<_> = toggles.iter().map(|event| event.detail["open"].clone()).collect();
    ensure!(open == [json!(true), json!(false), json!(true), json!(false), json!(true)], "{toggles:?}");
    ensure!(toggles.iter().all(|event| event.detail["id"] == "k-revenue"), "{toggles:?}");
    Ok(())
}

async fn only_the_sentence_unfolds(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let point = briefing.part("key-point").await?;
    point.find("[part~='citation']").await?.click().await?;
    briefing.popover().await?;
    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;

    point.find("p").await?.drag(Pointer::Mouse, (0.05, 0.3), (0.5, 0.3)).await?;
    let selected = page.script("return getSelection().toString().length > 5", vec![]).await?;
    ensure!(selected == json!(true), "nothing was selected");
    stays("it is folded", async || {
        ensure!(point.find("details").await?.property("open").await? == json!(false));
        Ok(())
    })
    .await
}

async fn one_button_for_all(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    ensure!(folds(&briefing).await?.len() == 3);
    let expand = briefing.named("Expand all").await?;
    expand.click().await?;
    unfolded_become(&briefing, 3).await?;
    let collapse = briefing.named("Collapse all").await?;
    ensure!(collapse.has_focus().await?, "the button has lost the focus");
    let section = briefing.find("[part~='key-points'] > details").await?;
    ensure!(section.property("open").await? == json!(true), "the whole section has folded");
    page.press(Key::Enter).await?;
    unfolded_become(&briefing, 0).await?;
    briefing.named("Expand all").await?;

    // The button's label follows points that are unfolded one by one.
    for (index, point) in [1, 2, 4].into_iter().enumerate() {
        ensure!(briefing.all_named("Collapse all").await?.is_empty(), "before all are unfolded");
        briefing.nth_part("key-point", point).await?.find("p").await?.click().await?;
        unfolded_become(&briefing, index + 1).await?;
        briefing.animations_finish().await?;
    }
    briefing.named("Collapse all").await?;
    briefing.nth_part("key-point", 2).await?.find("p").await?.click().await?;
    unfolded_become(&briefing, 2).await?;
    // After one is folded again, the button unfolds the rest.
    briefing.named("Expand all").await?.click().await?;
    unfolded_become(&briefing, 3).await
}

async fn a_point_links_to_its_passages(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let point = briefing.nth_part("key-point", 4).await?;
    point.find("p").await?.click().await?;
    // An unfolding element has no rendered text yet.
    briefing.animations_finish().await?;
    let links = point.find_all("a").await?;
    let mut names = Vec::new();
    for link in &links {
        names.push(link.text().await?);
    }
    ensure!(names == ["¶6", "¶7"], "{names:?}");
    ensure!(point.text().await?.contains("Backed by"));

    for (link, block) in links.iter().zip([5, 6]) {
        link.click().await?;
        let block = briefing.nth_part("block", block).await?;
        block.gets_focus().await?;
        until("it is in view", async || {
            ensure!(block.is_in_view().await?);
            Ok(())
        })
        .await?;
    }
    ensure!(page.address().await? == "/?only=seed", "the address is the page's own");

    // The target of one link is missing: the other targets are still linked.
    let briefing = page.open_only("broken").await?;
    let point = briefing.part("key-point").await?;
    point.find("p").await?.click().await?;
    ensure!(point.find_all(":scope details a").await?.len() == 1);
    Ok(())
}

async fn only_points_with_details_unfold(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    for (index, unfolds) in [false, true, true, false, true, false].into_iter().enumerate() {
        let point = briefing.nth_part("key-point", index).await?;
        let has_fold = !point.find_all("details").await?.is_empty();
        ensure!(has_fold == unfolds, "point {index}");
    }
    // A single disclosure needs no button for all, and a point without detail has no chevron.
    let mut article = crate::opening::timed(1);
    article["key_points"] = json!(["Short.", { "text": "Long.", "detail": ["More."] }]);
    let briefing = page.open_article(&article).await?;
    ensure!(folds(&briefing).await?.len() == 1);
    ensure!(briefing.all_named("Expand all").await?.is_empty());
    Ok(())
}
