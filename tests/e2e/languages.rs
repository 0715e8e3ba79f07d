//! Articles in other languages, and their interface strings.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::opening::{article, timed};
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("an Arabic article has a right-to-left Arabic interface", arabic).with_every_font_set(),
        scenario("a Chinese article has a Chinese interface", chinese).with_every_font_set(),
        scenario("an unsupported language gets an English interface", unsupported_language),
        scenario("the page can choose the language of the interface", the_page_chooses),
        scenario("language tags resolve to the same strings as in the command", tags_resolve_to_strings),
        scenario("plural forms agree with the number", plural_forms),
        scenario("all text and accessible names declare their language", text_declares_its_language),
        scenario("English fallback strings are marked as English", fallback_is_marked_as_english),
    ]
}

/// Tests every language tag against the loader's sources, which the newsroom serves beside the built files.
async fn tags_resolve_to_strings(page: &Page) -> Result<()> {
    page.open_page("").await?;
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
    // The accent border is on the side where lines begin.
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
    briefing.is_beside(&popover, &citation).await?;
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
    // Times run from left to right in every language.
    ensure!(briefing.part("time").await?.style("direction").await? == "ltr");
    Ok(())
}

async fn chinese(page: &Page) -> Result<()> {
    let briefing = page.open_only("chinese").await?;
    ensure!(briefing.part("provenance").await?.text().await? == "综合 4 个来源");
    briefing.named("全部展开").await?.click().await?;
    briefing.named("全部收起").await?;
    briefing.animations_finish().await?;
    let points = briefing.part("key-points").await?.text().await?;
    ensure!(points.contains("要点") && points.contains("依据"), "{points}");
    let header = briefing.find("header").await?.text().await?;
    ensure!(header.contains("2026年5月5日"), "{header}");
    briefing.part("play-button").await?.text_becomes("播放").await?;
    let bar = briefing.part("progress").await?;
    bar.press(Key::PageUp).await?;
    let value_text = bar.attribute("aria-valuetext").await?.unwrap_or_default();
    ensure!(value_text.contains("秒") && value_text.contains("共"), "{value_text}");
    briefing.call("openReference", vec![json!("maff")]).await?;
    let popover = briefing.popover_of("茶をめぐる情勢").await?;
    // The publisher's name, in a `bdi`, has its own `lang` as well.
    ensure!(popover.find("span[lang='ja']").await?.text().await?.starts_with('茶'));
    ensure!(popover.text().await?.contains("日语"), "{}", popover.text().await?);
    Ok(())
}

async fn unsupported_language(page: &Page) -> Result<()> {
    let mut norwegian = timed(3);
    norwegian["lang"] = json!("nb");
    norwegian["title"] = json!("En tittel på norsk");
    norwegian["published"] = json!("2026-05-07");
    let briefing = page.open_article(&norwegian).await?;
    let body = briefing.part("body").await?;
    ensure!(body.script("return arguments[0].closest('[lang]').lang", vec![]).await? == json!("nb"));
    briefing.part("play-button").await?.text_becomes("Play").await?;
    ensure!(!page.site().requests().iter().any(|path| path.contains("/words/")));
    // Without any language, the page's language applies.
    let mut unnamed = article("No language", json!(["Text."]));
    unnamed.as_object_mut().context("an object")?.remove("lang");
    let briefing = page.open_article(&unnamed).await?;
    briefing.part("play-button").await?.text_becomes("Play").await?;
    ensure!(briefing.part("title").await?.style("direction").await? == "ltr");
    Ok(())
}

async fn the_page_chooses(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    page.open_page("<news-briefing id=made lang=zh-CN src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.part("play-button").await?.text_becomes("播放").await?;
    ensure!(briefing.part("title").await?.text().await? == "An article with times");
    let body = briefing.part("body").await?;
    ensure!(
        body.script("return arguments[0].closest('[lang]').lang", vec![]).await? == json!("en"),
        "the text is English"
    );
    briefing.set_attribute("lang", "ar").await?;
    page.part_text_becomes("play-button", "تشغيل").await
}

async fn plural_forms(page: &Page) -> Result<()> {
    page.open_page("<news-briefing id=made></news-briefing>").await?;
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

/// A sentence in each of three languages with different scripts, with its language tag and direction.
const WRITTEN: [(&str, &str, &str); 3] = [
    ("el", "ltr", "Οι συνομιλίες αρχίζουν ξανά"),
    ("ar", "rtl", "تستأنف المحادثات غدا"),
    ("zh-Hans", "ltr", "会谈将于明天恢复"),
];

/// Returns an article that uses every member, in one language, with sources in another and in its own.
fn in_language(lang: &str, sentence: &str, foreign: (&str, &str)) -> Value {
    json!({
        "format": "briefing", "version": "1.0", "lang": lang, "title": sentence, "summary": sentence,
        "next": { "url": "/made.json", "title": sentence },
        "category": sentence, "authors": [sentence], "published": "2026-05-07", "updated": "2026-05-08T10:00:00Z",
        "image": { "url": "/favicon.svg", "alt": sentence, "caption": sentence, "credit": sentence },
        "key_points": [
            { "id": "k1", "text": format!("{sentence}.[^a][^b]"), "detail": [sentence], "supports": ["h", "p"] },
            { "id": "k2", "text": sentence, "detail": [sentence] },
        ],
        "body": [
            { "id": "h", "type": "heading", "level": 2, "text": format!("{sentence}[^a]") },
            { "id": "p", "text": format!("{sentence}.[^a] *{sentence}* [{sentence}](https://a.example/).[^b][^c]") },
            { "type": "list", "items": [sentence, { "text": sentence, "items": [sentence] }] },
            { "type": "quote", "text": sentence, "attribution": sentence, "url": "https://a.example/" },
            { "type": "table", "header": [sentence, sentence], "rows": [[sentence, "1"], [sentence, "2"]] },
            { "type": "table", "caption": sentence, "rows": [[sentence, sentence]] },
            { "type": "code", "text": "1 + 1" },
            { "type": "embed_link", "url": "https://a.example/", "title": sentence, "description": sentence,
              "publisher": sentence },
        ],
        "references": [
            { "id": "a", "title": sentence, "publisher": sentence, "authors": [sentence], "kind": "paper",
              "url": "https://a.example/", "archive_url": "https://b.example/", "published": "2026-05-01",
              "excerpt": sentence },
            { "id": "b", "title": foreign.1, "publisher": foreign.1, "authors": [foreign.1], "lang": foreign.0,
              "published": "2026-05-02", "excerpt": foreign.1, "url": "https://c.example/" },
            { "id": "c", "title": sentence },
            { "id": "d", "title": sentence },
        ],
    })
}

/// Finds text and accessible names whose ancestors do not mark their language or direction. Text that mixes
/// languages, such as the name of a link back to a heading, belongs to the interface. Text of an article that states
/// no language is in an unknown one, whatever is around it. Counts the text inside elements of a selector, too.
const UNMARKED: &str = "const [briefing, interface_, unstated, within] = arguments;
    const scripts = { el: /\\p{Script=Greek}/u, ar: /\\p{Script=Arabic}/u, 'zh-Hans': /\\p{Script=Han}/u };
    const unmarked = [];
    let looked = 0;
    let there = 0;
    const look = (element, text, isName) => {
        const languages = Object.keys(scripts).filter((lang) => scripts[lang].test(text));
        if (languages.length === 0) return;
        looked += 1;
        if (element.closest(within)) there += 1;
        const written = languages.length > 1 ? interface_ : languages[0];
        const expected = written === unstated ? '' : written;
        const lang = element.closest('[lang]')?.lang ?? (unstated ? '' : document.documentElement.lang);
        const isRightToLeft = element.matches(':dir(rtl)');
        if (lang !== expected || (!isName && isRightToLeft !== (written === 'ar'))) {
            unmarked.push(`${element.outerHTML.slice(0, 200)}: ${text} is marked as ${lang}, ${isRightToLeft}`);
        }
    };
    const all = document.createTreeWalker(briefing.shadowRoot, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = all.nextNode(); node; node = all.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) look(node.parentElement, node.data, false);
        else for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'alt', 'placeholder']) {
            look(node, node.getAttribute(name) ?? '', true);
        }
    }
    return { unmarked, looked, there };";

/// A briefing in one language with an interface in another, in any of its states.
struct Marked<'a> {
    briefing: Briefing<'a>,
    /// The language of the article, and whether the article states it.
    lang: &'static str,
    is_stated: bool,
    /// The language of the interface.
    spoken: &'static str,
}

impl Marked<'_> {
    /// Checks all text and names in a state that shows some inside elements of a selector.
    async fn is_marked(&self, state: &str, within: &str) -> Result<()> {
        let Self { briefing, lang, is_stated, spoken } = self;
        let unstated = (!is_stated).then_some(lang);
        let arguments = vec![json!(spoken), json!(unstated), json!(within)];
        until(&format!("{lang} (stated: {is_stated}) in {spoken}, {state}"), async || {
            let found = briefing.element().await?.script(UNMARKED, arguments.clone()).await?;
            ensure!(found["unmarked"] == json!([]), "{:#}", found["unmarked"]);
            ensure!(found["looked"].as_u64().is_some_and(|looked| looked > 60), "{found}");
            ensure!(found["there"].as_u64().is_some_and(|there| there > 0), "nothing in {within}");
            Ok(())
        })
        .await
    }
}

async fn text_declares_its_language(page: &Page) -> Result<()> {
    let others = WRITTEN.iter().cycle().skip(1);
    for ((lang, _, sentence), (foreign, _, foreign_sentence)) in WRITTEN.into_iter().zip(others) {
        for (spoken, ..) in WRITTEN {
            // Beside an interface in the same script, words of unknown language cannot be told apart.
            for is_stated in if lang == spoken { &[true][..] } else { &[true, false] } {
                let mut made = in_language(lang, sentence, (foreign, foreign_sentence));
                if !is_stated {
                    made.as_object_mut().context("an object")?.remove("lang");
                }
                let briefing = page.open_with(&format!("lang={spoken}"), &made).await?;
                page.wait_for_event_count(1, "briefing-load", "made").await?;
                text_is_marked(page, &Marked { briefing, lang, is_stated: *is_stated, spoken }).await?;
            }
        }
    }
    Ok(())
}

/// Brings a briefing into each of its states.
async fn text_is_marked(page: &Page, marked: &Marked<'_>) -> Result<()> {
    let briefing = &marked.briefing;
    marked.is_marked("as loaded", "*").await?;
    // In use: everything is unfolded, a source is open, and the progress bar shows a preview.
    briefing.find(".fold-all").await?.click().await?;
    briefing.call("openReference", vec![json!("b")]).await?;
    briefing.popover().await?;
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(3)).await?;
    marked.is_marked("in use", "[part~=popover]").await?;
    page.press(Key::Escape).await?;
    // Move in from elsewhere: a mouse that is already there from the previous article would not move.
    briefing.part("play-button").await?.hover().await?;
    briefing.part("progress").await?.hover().await?;
    briefing.find(".preview b").await?.becomes_shown().await?;
    marked.is_marked("with a preview", ".preview").await?;
    // If both languages are the same, no `lang` attribute is repeated.
    let count =
        "return arguments[0].shadowRoot.querySelectorAll('[part=player] [lang], [data-slot][lang]').length";
    let count = briefing.element().await?.script(count, vec![]).await?;
    ensure!((count == json!(0)) == (marked.lang == marked.spoken), "{count}");

    marked.is_marked("announced", "[part=player] [role=status]").await?;
    briefing.find("button[aria-haspopup]").await?.click().await?;
    briefing.find("#menu").await?.becomes_shown().await?;
    marked.is_marked("with the menu", "#menu").await?;
    page.press(Key::Escape).await?;
    briefing.part("play-button").await?.focus().await?;
    page.press("?").await?;
    briefing.find("dialog").await?.becomes_shown().await?;
    marked.is_marked("with the keys", "dialog").await?;
    page.press(Key::Escape).await?;
    let scroll =
        "document.body.style.paddingBottom = '5000px'; scrollTo(0, document.documentElement.scrollHeight)";
    page.script(scroll, vec![]).await?;
    marked.is_marked("with the mini player", "[part=player] > .mini.title").await?;
    page.script("scrollTo(0, 0)", vec![]).await?;
    let ending =
        "const [briefing] = arguments; briefing.currentTime = briefing.duration - 0.5; briefing.play()";
    briefing.element().await?.script(ending, vec![]).await?;
    marked.is_marked("with the next article", "[part=player] > .interrupted button").await
}

async fn fallback_is_marked_as_english(page: &Page) -> Result<()> {
    let mut norwegian = timed(3);
    norwegian["lang"] = json!("nb");
    norwegian["published"] = json!("2026-05-07");
    let briefing = page.open_article(&norwegian).await?;
    let lang = "return arguments[0].closest('[lang]').lang";
    for (part, expected) in [("play-button", "en"), ("provenance", "en"), ("title", "nb"), ("block", "nb")] {
        let Some(part) = briefing.parts(part).await?.into_iter().next() else { continue };
        ensure!(part.script(lang, vec![]).await? == json!(expected));
    }
    let day = briefing.find("header time").await?;
    ensure!(day.text().await?.contains("mai"), "{}", day.text().await?);
    ensure!(day.script(lang, vec![]).await? == json!("nb"));
    // Strings set by the host page for a Norwegian article are marked as Norwegian.
    let words = "return fetch('/words/de.json').then((answer) => answer.json())
        .then((words) => { document.querySelector('#made').words = words })";
    page.script(words, vec![]).await?;
    page.part_text_becomes("play-button", "Abspielen").await?;
    ensure!(briefing.part("play-button").await?.script(lang, vec![]).await? == json!("nb"));
    Ok(())
}
