//! Articles and their interface in other languages.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::opening::{article, timed};
use crate::page::Page;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("an Arabic article reads from right to left, in Arabic", arabic),
        scenario("a Chinese article has a Chinese interface", chinese),
        scenario("a language without words of its own gets English ones", others_get_english),
        scenario("the page can choose the language of the interface", the_page_chooses),
        scenario("every tag gets the words that the command gives it", every_tag),
        scenario("numbers agree with their nouns", numbers_agree),
    ]
}

/// The newsroom has the sources of the loader beside what is made of them.
async fn every_tag(page: &Page) -> Result<()> {
    page.open_made("").await?;
    let table: serde_json::Map<String, Value> = serde_json::from_str(include_str!("../languages.json"))?;
    let tags: Vec<_> = table.keys().collect();
    let files = page
        .script_later(
            "import('/reading/language.js').then(({ wordsFile }) =>
                arguments[1](arguments[0].map((tag) => wordsFile(tag) ?? null)))",
            vec![json!(tags)],
        )
        .await?;
    let files = files.as_array().context("no files")?;
    for ((tag, expected), file) in table.iter().zip(files) {
        ensure!(file == expected, "{tag}: {file} instead of {expected}");
    }
    Ok(())
}

async fn arabic(page: &Page) -> Result<()> {
    let briefing = page.open_only("arabic").await?;
    let title = briefing.part("title").await?;
    ensure!(title.style("direction").await? == "rtl");
    let body = briefing.part("body").await?;
    ensure!(body.script("return arguments[0].closest('[lang]').lang", vec![]).await? == json!("ar"));
    ensure!(briefing.part("provenance").await?.text().await? == "مستخلص من 4 مصادر");
    for name in ["توسيع الكل", "تشغيل"] {
        briefing.named(name).await?;
    }
    let header = briefing.find("header").await?.text().await?;
    ensure!(header.contains("مايو") && header.contains("2026"), "{header}");
    ensure!(header.contains("بقلم قسم البيئة"), "{header}");
    // The accent rule is where reading begins.
    let points = briefing.part("key-points").await?;
    ensure!(
        points.style("border-right-width").await? == "3px",
        "{}",
        points.style("border-right-width").await?
    );
    ensure!(points.style("border-left-width").await? == "0px");

    let citation = briefing.part("citation").await?;
    ensure!(citation.text().await? == "1", "numerals are those of the list");
    citation.press(Key::Enter).await?;
    let popover = briefing.popover().await?;
    briefing.lies_beside(&popover, &citation).await?;
    ensure!(popover.style("direction").await? == "rtl");
    page.press(Key::Escape).await?;

    // Foreign titles keep their own direction.
    briefing.call("openReference", vec![json!("unesco-en")]).await?;
    let popover = briefing.popover_of("Aflaj Irrigation Systems of Oman").await?;
    let foreign = popover.find("[lang='en']").await?;
    ensure!(foreign.script("return arguments[0].matches(':dir(ltr)')", vec![]).await? == json!(true));
    ensure!(
        popover.text().await?.contains("الإنجليزية"),
        "the language is not named: {}",
        popover.text().await?
    );
    // Times are written from left to right everywhere.
    ensure!(briefing.part("time").await?.style("direction").await? == "ltr");
    Ok(())
}

async fn chinese(page: &Page) -> Result<()> {
    let briefing = page.open_only("chinese").await?;
    ensure!(briefing.part("provenance").await?.text().await? == "综合 4 个来源");
    briefing.named("全部展开").await?.click().await?;
    briefing.named("全部收起").await?;
    briefing.comes_to_rest().await?;
    let points = briefing.part("key-points").await?.text().await?;
    ensure!(points.contains("要点") && points.contains("依据"), "{points}");
    let header = briefing.find("header").await?.text().await?;
    ensure!(header.contains("2026年5月5日"), "{header}");
    briefing.part("play-button").await?.text_becomes("播放").await?;
    let bar = briefing.part("progress").await?;
    bar.press(Key::PageUp).await?;
    let told = bar.attribute("aria-valuetext").await?.unwrap_or_default();
    ensure!(told.contains("秒") && told.contains("共"), "{told}");
    briefing.call("openReference", vec![json!("maff")]).await?;
    let popover = briefing.popover_of("茶をめぐる情勢").await?;
    ensure!(popover.find("[lang='ja']").await?.text().await?.starts_with('茶'));
    ensure!(popover.text().await?.contains("日语"), "{}", popover.text().await?);
    Ok(())
}

async fn others_get_english(page: &Page) -> Result<()> {
    let mut norwegian = timed(3);
    norwegian["lang"] = json!("nb");
    norwegian["title"] = json!("En tittel på norsk");
    norwegian["published"] = json!("2026-05-07");
    let briefing = page.open_article(&norwegian).await?;
    let body = briefing.part("body").await?;
    ensure!(body.script("return arguments[0].closest('[lang]').lang", vec![]).await? == json!("nb"));
    briefing.part("play-button").await?.text_becomes("Play").await?;
    ensure!(!page.site().requests().iter().any(|path| path.contains("/words/")));
    // Without any language, it is the page's.
    let mut unnamed = article("No language", json!(["Text."]));
    unnamed.as_object_mut().context("an object")?.remove("lang");
    let briefing = page.open_article(&unnamed).await?;
    briefing.part("play-button").await?.text_becomes("Play").await?;
    ensure!(briefing.part("title").await?.style("direction").await? == "ltr");
    Ok(())
}

async fn the_page_chooses(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    page.open_made("<news-briefing id=made lang=zh-CN src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.part("play-button").await?.text_becomes("播放").await?;
    ensure!(briefing.part("title").await?.text().await? == "An article with times");
    let body = briefing.part("body").await?;
    ensure!(
        body.script("return arguments[0].closest('[lang]').lang", vec![]).await? == json!("en"),
        "the text is English"
    );
    briefing.set_attribute("lang", "ar").await?;
    briefing.part("play-button").await?.text_becomes("تشغيل").await
}

async fn numbers_agree(page: &Page) -> Result<()> {
    page.open_made("<news-briefing id=made></news-briefing>").await?;
    let briefing = page.briefing();
    for (lang, count, expected) in [
        ("en", 1, "Synthesized from 1 source"),
        ("en", 2, "Synthesized from 2 sources"),
        ("ar", 1, "مستخلص من مصدر واحد"),
        ("ar", 2, "مستخلص من مصدرين"),
        ("ar", 11, "مستخلص من 11 مصدرًا"),
        ("ar", 100, "مستخلص من 100 مصدر"),
        ("fr", 1, "Synthèse de 1 source"),
        ("pl", 4, "Na podstawie 4 źródeł"),
        ("ru", 21, "По материалам 21 источника"),
        ("zh-TW", 3, "綜合 3 個來源"),
    ] {
        let mut counted = article("Counted", json!(["Text."]));
        counted["lang"] = json!(lang);
        counted["source_count"] = json!(count);
        briefing.set("article", counted).await?;
        briefing.part("provenance").await?.text_becomes(expected).await?;
    }
    Ok(())
}
