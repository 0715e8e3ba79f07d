//! Tests that the engine itself can speak, with real voices, on a page without a briefing.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::harness;
use crate::page::Page;
use crate::part::Part;
use crate::scenario::{Scenario, scenario};
use crate::speech;
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    let all = [
        scenario("the engine has a voice that speaks", a_voice_speaks),
        scenario("there are voices for other languages", other_languages_are_spoken),
    ];
    // In a shared browser, the rest of an utterance would be audible in the next scenario.
    all.into_iter().map(Scenario::in_a_new_browser).collect()
}

/// Speaks the text of a clicked button in its language, and logs the events of the utterance.
const SPEAK: &str = "const voiceOf = (language) => speechSynthesis.getVoices().find(({ lang }) => lang.startsWith(language));
    addEventListener('click', ({ target }) => {
        const utterance = new SpeechSynthesisUtterance(target.textContent);
        utterance.voice = voiceOf(target.lang);
        utterance.lang = utterance.voice.lang;
        for (const type of ['start', 'end', 'error']) {
            utterance.addEventListener(type, () => document.querySelector('output').textContent += `${target.id}:${type} `);
        }
        speechSynthesis.speak(utterance);
    });";

/// Waits until the engine has a voice for a language: some engines load voices only once a page asks
/// for them.
async fn has_a_voice(page: &Page, language: &str) -> Result<()> {
    speech::shared()?;
    until(&format!("there is a voice for {language:?}"), async || {
        let voices = "return speechSynthesis.getVoices().map(({ lang }) => lang)";
        let voices = page.script(voices, vec![]).await?;
        let speaks = |voice: &Value| voice.as_str().is_some_and(|voice| voice.starts_with(language));
        ensure!(voices.as_array().is_some_and(|voices| voices.iter().any(speaks)), "there are {voices}");
        Ok(())
    })
    .await
}

/// Waits until an event is logged.
async fn output_contains(output: &Part<'_>, expected: &str) -> Result<()> {
    until(&format!("{expected} is logged"), async || {
        let text = output.text().await?;
        ensure!(text.split_whitespace().any(|event| event == expected), "logged: {text}");
        Ok(())
    })
    .await
}

async fn a_voice_speaks(page: &Page) -> Result<()> {
    let buttons =
        "<button id=long lang=en>The quick brown fox jumps over the lazy dog near the river bank</button>
        <button id=short lang=en>Good evening</button><output></output>";
    harness::open(page, buttons, SPEAK).await?;
    has_a_voice(page, "en").await?;
    let output = page.element("output").await?;

    page.element("#long").await?.click().await?;
    output.text_becomes("long:start").await?;
    // If the sound were discarded at once, the utterance would end at once.
    stays("it speaks", async || {
        ensure!(page.script("return speechSynthesis.speaking", vec![]).await? == json!(true));
        ensure!(output.text().await? == "long:start");
        Ok(())
    })
    .await?;
    page.script("speechSynthesis.cancel()", vec![]).await?;
    until("it is silent", async || {
        let text = output.text().await?;
        // Engines report a cancellation as an end or as an error.
        ensure!(["long:start long:end", "long:start long:error"].contains(&text.as_str()), "logged: {text}");
        Ok(())
    })
    .await?;

    page.element("#short").await?.click().await?;
    output_contains(&output, "short:start").await?;
    output_contains(&output, "short:end").await
}

async fn other_languages_are_spoken(page: &Page) -> Result<()> {
    const GREETINGS: [(&str, &str); 3] = [("de", "Guten Abend"), ("ar", "مساء الخير"), ("cmn", "晚上好")];
    let buttons: String = GREETINGS
        .iter()
        .map(|(language, greeting)| format!("<button id={language} lang={language}>{greeting}</button>"))
        .collect();
    harness::open(page, &format!("{buttons}<output></output>"), SPEAK).await?;
    let output = page.element("output").await?;
    for (language, _) in GREETINGS {
        has_a_voice(page, language).await?;
        page.element(&format!("#{language}")).await?.click().await?;
        output_contains(&output, &format!("{language}:end")).await?;
    }
    Ok(())
}
