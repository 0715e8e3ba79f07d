//! The list of references, and the links to it and back.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("sources of the current passage are highlighted", highlighted_while_playing)
            .in_window(1200, 800),
        scenario("the sources line links to the reference list", sources_line_links_to_the_list),
        scenario("the reference list is folded, counted and in the DOM", list_is_in_the_dom),
        scenario("references link back to their citations", references_link_back),
        scenario("the back link is marked after arriving from a popover", back_link_is_marked),
        scenario("the sources line also counts unlisted sources", sources_are_counted),
    ]
}

/// Waits until the list is unfolded.
async fn unfolds(briefing: &Briefing<'_>) -> Result<()> {
    briefing.part("reference").await?.becomes_shown().await?;
    briefing.animations_finish().await
}

async fn sources_line_links_to_the_list(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    for open in [None, Some(Key::Enter)] {
        page.reload().await?;
        briefing.shows_its_article().await?;
        let line = briefing.named("Synthesized from 2 sources").await?;
        ensure!(!briefing.part("reference").await?.is_shown().await?, "the list is not folded at first");
        match open {
            None => line.click().await?,
            Some(key) => line.press(key).await?,
        }
        unfolds(&briefing).await?;
        let list = briefing.part("references").await?;
        until("the list is in view", async || {
            ensure!(list.is_in_view().await?);
            Ok(())
        })
        .await?;
        // Keyboard navigation continues from there.
        page.press(Key::Tab).await?;
        let inside = "return arguments[0].closest('[part=references]') !== null";
        ensure!(
            page.focused().await?.script(inside, vec![]).await? == json!(true),
            "the focus has not moved"
        );
        ensure!(page.address().await? == "/?only=seed", "the URL has changed");
    }
    Ok(())
}

async fn list_is_in_the_dom(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let heading = briefing.find("[part~='references'] summary").await?;
    let text = heading.text().await?;
    ensure!(text.contains("References") && text.contains("25"), "{text}");
    ensure!(briefing.parts("reference").await?.len() == 25);
    let list = briefing.part("references").await?;
    ensure!(!briefing.part("reference").await?.is_shown().await?);
    let content = list.property("textContent").await?;
    let content = content.as_str().context("no text")?;
    for expected in [
        "Pressure dependent leakage",
        "https://doi.org/10.2166/ws.2018.129",
        "漏水防止の取組",
        "Roland Liemberger and Alan Wyatt",
    ] {
        ensure!(content.contains(expected), "no {expected:?} in the folded list");
    }

    heading.click().await?;
    unfolds(&briefing).await?;
    let reference = briefing.part("reference").await?;
    let text = reference.text().await?;
    for expected in [
        "1",
        "Quantifying the global non-revenue water problem",
        "Water Supply",
        "Roland Liemberger and Alan Wyatt",
        "Paper",
    ] {
        ensure!(text.contains(expected), "no {expected:?} in {text}");
    }
    ensure!(!text.contains("https://"), "an address is for print");
    let link = reference.find("a[target]").await?;
    ensure!(link.attribute("target").await?.as_deref() == Some("_blank"));
    ensure!(link.attribute("rel").await?.unwrap_or_default().contains("noopener"));
    let archived = briefing.nth_part("reference", 1).await?;
    ensure!(archived.text().await?.contains("Archived copy"));
    let unlinked = briefing.nth_part("reference", 18).await?;
    ensure!(unlinked.text().await?.contains("Pressure dependent leakage"));
    ensure!(unlinked.find_all("a[target]").await?.is_empty());
    heading.press(Key::Enter).await?;
    reference.becomes_hidden().await
}

async fn references_link_back(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    briefing.find("[part~='references'] summary").await?.click().await?;
    unfolds(&briefing).await?;
    // The audit is cited in the summary, in key points, in paragraphs and in a table's caption.
    let reference = briefing.nth_part("reference", 5).await?;
    let links = reference.find_all("a:not([target])").await?;
    ensure!(links.len() > 4, "only {} back links", links.len());
    let mut names = Vec::new();
    for link in &links {
        let name = link.text().await?;
        link.click().await?;
        let marker = until("a citation has the focus", async || {
            let focused = page.focused().await?;
            ensure!(focused.attribute("part").await?.as_deref() == Some("citation"));
            Ok(focused)
        })
        .await?;
        let sources = marker.attribute("aria-label").await?.unwrap_or_default();
        ensure!(sources.contains('6'), "{name} links to {sources}");
        until("the citation is in view", async || {
            ensure!(marker.is_in_view().await?);
            Ok(())
        })
        .await?;
        names.push(name);
    }
    ensure!(names.first().is_some_and(|name| name == "Summary"), "{names:?}");
    let mut distinct = names.clone();
    distinct.sort();
    distinct.dedup();
    ensure!(distinct.len() == names.len(), "two back links have one name: {names:?}");
    Ok(())
}

/// Returns the back links in the whole list that are marked as the reader's way back.
async fn marked<'a>(briefing: &Briefing<'a>) -> Result<Vec<Part<'a>>> {
    briefing.find_all("[part~='reference'] a[aria-current]").await
}

async fn back_link_is_marked(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    // TechCrunch is cited twice; start from the second citation.
    let citation = briefing.nth_part("citation", 2).await?;
    citation.click().await?;
    let popover = briefing.popover().await?;
    let to_the_list = popover.find("a[href^='#reference']").await?;
    ensure!(to_the_list.text().await?.starts_with("[1]"));
    to_the_list.click().await?;
    briefing.popover_closes().await?;
    let reference = briefing.part("reference").await?;
    reference.becomes_shown().await?;
    reference.gets_focus().await?;
    let way = marked(&briefing).await?;
    ensure!(way.len() == 1, "{} back links are marked", way.len());
    let way = way.first().context("none")?;
    ensure!(way.text().await?.starts_with("¶8"), "{}", way.text().await?);
    let others = reference.find_all("a:not([target]):not([aria-current])").await?;
    let other = others.first().context("there is no other back link")?;
    ensure!(way.style("font-weight").await? != other.style("font-weight").await?, "it looks like the others");

    way.click().await?;
    citation.gets_focus().await?;

    // Again from another citation, by keyboard.
    let first = briefing.nth_part("citation", 0).await?;
    first.press(Key::Enter).await?;
    briefing.popover().await?.find("a[href^='#reference']").await?.press(Key::Enter).await?;
    reference.gets_focus().await?;
    let way = marked(&briefing).await?;
    ensure!(way.len() == 1, "{} back links are marked", way.len());
    ensure!(way.first().context("none")?.text().await?.starts_with("¶2"));

    // A reader who arrives by another link has no way back to mark.
    briefing.part("provenance").await?.click().await?;
    until("no back link is marked", async || {
        ensure!(marked(&briefing).await?.is_empty());
        Ok(())
    })
    .await
}

async fn sources_are_counted(page: &Page) -> Result<()> {
    // More sources than the list contains.
    let briefing = page.open_only("dense").await?;
    briefing.named("Synthesized from 31 sources").await?;
    // One source, which the list does not contain.
    let mut article = crate::opening::timed(1);
    article["source_count"] = json!(1);
    let briefing = page.open_article(&article).await?;
    let line = briefing.part("provenance").await?;
    ensure!(line.text().await? == "Synthesized from 1 source");
    ensure!(line.property("localName").await? != json!("a"), "it is a link without a target");
    Ok(())
}

async fn highlighted_while_playing(page: &Page) -> Result<()> {
    let mut article = crate::opening::timed(3);
    article["body"][0]["text"] = json!("The first of them said so.[^a][^b]");
    article["body"][1]["text"] = json!("The second said otherwise.[^b]");
    article["references"] = json!([
        { "id": "a", "title": "First", "publisher": "The \"Gazette\" \\ }" },
        { "id": "b", "title": "Second", "publisher": "公报" },
    ]);
    let briefing = page.open_article(&article).await?;
    briefing.find("[part=references] summary").await?.click().await?;
    briefing.press_play().await?;
    let highlighted = "const { shadowRoot: root } = document.querySelector('#made');
        const isHighlighted = (node) => getComputedStyle(node).backgroundColor !== 'rgba(0, 0, 0, 0)';
        const all = (selector) => [...root.querySelectorAll(selector)].map(isHighlighted);
        const current = root.querySelector('.block[aria-current]');
        return [all('[part=reference]'), all('[part=citation]'), current && getComputedStyle(current, '::after').content]";
    for (time, expected) in [
        (5, json!([[true, true], [true, false], "\"1 The \\\"Gazette\\\" \\\\ }\\a 2 公报\""])),
        (15, json!([[false, true], [false, true], "\"2 公报\""])),
        (25, json!([[false, false], [false, false], "none"])),
    ] {
        briefing.set("currentTime", json!(time)).await?;
        until(&format!("the sources at {time} s are highlighted"), async || {
            let now = page.script(highlighted, vec![]).await?;
            ensure!(now[0] == expected[0] && now[1] == expected[1], "{now}");
            let names = now[2].as_str().unwrap_or_default();
            ensure!(
                names.contains("公报") == expected[2].as_str().unwrap_or_default().contains("公报"),
                "{now}"
            );
            Ok(())
        })
        .await?;
        if time == 5 {
            page.picture("sources highlighted").await?;
            page.is_accessible().await?;
        }
    }
    Ok(())
}
