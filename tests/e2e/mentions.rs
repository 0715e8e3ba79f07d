//! Sources that prose names without a citation mark.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("publishers named in prose become citations", publishers_become_citations),
        scenario("clicking a mention's text opens its source", text_opens_the_source),
        scenario("mentions are found in Chinese text", mentions_in_chinese),
        scenario("a block can disable mentions", a_block_can_disable_mentions),
    ]
}

/// Returns the words to which a citation is attached, without its number.
async fn words_of<'a>(citation: &Part<'a>) -> Result<Part<'a>> {
    let script = "return [arguments[0].closest('.mention').firstElementChild]";
    let words = citation.elements(script).await?;
    words.into_iter().next().ok_or_else(|| anyhow::anyhow!("there are no words before it"))
}

/// Returns the citations of a block, each with the words to which it is attached.
async fn mentions_of<'a>(briefing: &Briefing<'a>, block: usize) -> Result<Vec<(String, String)>> {
    let mut mentions = Vec::new();
    for citation in briefing.nth_part("block", block).await?.find_all("[part~='citation']").await? {
        mentions.push((words_of(&citation).await?.text().await?, citation.text().await?));
    }
    Ok(mentions)
}

fn mention(words: &str, number: &str) -> Vec<(String, String)> {
    vec![(words.to_owned(), number.to_owned())]
}

async fn publishers_become_citations(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    ensure!(mentions_of(&briefing, 1).await? == mention("TechCrunch AI", "1"));
    ensure!(mentions_of(&briefing, 3).await? == mention("量子位 QbitAI", "2"));
    ensure!(mentions_of(&briefing, 7).await? == mention("TechCrunch", "1"));
    ensure!(briefing.parts("citation").await?.len() == 3);
    let sentence = briefing.nth_part("block", 1).await?.text().await?;
    ensure!(sentence.contains("is now priced at $20 billion, TechCrunch AI"), "{sentence}");

    let citation = briefing.nth_part("citation", 0).await?;
    citation.press(Key::Enter).await?;
    let popover = briefing.popover_of("Moonshot AI raises").await?;
    briefing.is_beside(&popover, &citation).await?;
    ensure!(popover.text().await?.contains("Cited 2 times:"));
    page.press(Key::Escape).await?;
    citation.gets_focus().await
}

async fn text_opens_the_source(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    let citation = briefing.nth_part("citation", 1).await?;
    let words = words_of(&citation).await?;
    ensure!(
        words.style("text-decoration-line").await?.contains("underline"),
        "nothing shows that they can be clicked"
    );
    words.scroll_into_view().await?;
    words.click().await?;
    let popover = briefing.popover_of("AGI Infra").await?;
    briefing.is_beside(&popover, &citation).await?;
    words.click().await?;
    briefing.popover_closes().await?;

    // A single word, which cannot break across lines.
    let words = words_of(&briefing.nth_part("citation", 2).await?).await?;
    briefing.part("title").await?.hover().await?;
    words.hover().await?;
    briefing.popover_of("Moonshot AI raises").await?;
    briefing.part("title").await?.hover().await?;
    briefing.popover_closes().await
}

async fn mentions_in_chinese(page: &Page) -> Result<()> {
    let briefing = page.open_only("chinese").await?;
    ensure!(mentions_of(&briefing, 5).await? == mention("国家文物局", "2"));
    briefing.nth_part("block", 5).await?.find("[part~='citation']").await?.click().await?;
    let text = briefing.popover_of("景迈山古茶林申遗成功").await?.text().await?;
    ensure!(text.contains("引用"), "{text}");
    Ok(())
}

async fn a_block_can_disable_mentions(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let mut seen = (false, false);
    for block in briefing.parts("block").await? {
        let text = block.text().await?;
        let citations = block.find_all("[part~='citation']").await?.len();
        if text.contains("belongs to the city and may make no profit") {
            ensure!(text.contains("Port Averly Water") && citations == 0, "{text}");
            seen.0 = true;
        }
        if text.contains("A survey by the Averly Civic Institute") {
            ensure!(citations == 1, "{text}");
            seen.1 = true;
        }
    }
    ensure!(seen == (true, true), "the paragraphs are not there");
    Ok(())
}
