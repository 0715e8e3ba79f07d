//! Reading aloud, with a real voice of the machine on which the browser runs.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::opening::article;
use crate::page::{Briefing, Page};
use crate::pointer::Pointer;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    let all = [
        scenario("a voice reads the whole article", read_to_the_end),
        scenario("markup is not spoken, and list items are separate utterances", markup_is_not_spoken),
        scenario("resuming repeats the interrupted sentence", resumed_sentence),
        scenario("seeking moves the voice", seeking_moves_the_voice),
        scenario("repeated seeks speak only from the last position", repeated_seeks),
        scenario("the playback rate sets the speed of the voice", playback_rate),
        scenario("nothing is spoken by default", silent_by_default),
        scenario("each language is read by a matching voice", a_voice_for_each_language),
        scenario("without a voice for the language playback is silent", no_voice_for_the_language),
        scenario("without speech synthesis playback is silent", no_speech_synthesis),
        scenario("without speech.js playback is silent", script_missing),
        scenario("the page can name preferred voices", named_voices),
        scenario("the most suitable voice of a device is chosen", most_suitable_voice),
        scenario("word boundary events highlight words, and a clicked word is spoken", word_boundary_events),
        scenario("URLs are spoken as host names", urls_are_spoken_as_hosts),
        scenario("a voice that never starts is replaced by silent playback", a_voice_that_never_starts),
        scenario("a speech error pauses, and play retries", speech_errors),
        scenario("only one briefing speaks at a time", one_at_a_time),
        scenario("speech cancelled by the page pauses playback", cancelled_by_the_page),
        scenario("a removed briefing stops speaking", removed_while_speaking),
        scenario("the voice attribute can be set later", voice_attribute_set_later),
        scenario("speech continues in a hidden page", hidden_page),
        scenario("play() speaks, or waits for a user gesture", played_by_the_page),
        scenario("the newsroom has a read-aloud option", the_newsroom),
    ];
    // In a shared browser, the rest of an utterance would be audible in the next scenario.
    all.into_iter().map(Scenario::in_a_new_browser).collect()
}

const DEVICE: &str = "Read aloud by your device";
const SILENT: &str = "Silent, at reading pace";

/// The sentences of [`short`] as the voice speaks them.
const SENTENCES: [&str; 4] = ["Ferries", "The harbour opens.", "Two boats leave at noon.", "Rain is near."];

/// Returns an article that takes little time to speak.
fn short() -> Value {
    article("Ferries", json!(["The harbour opens.", "Two boats leave at noon. Rain is near."]))
}

/// Records all utterances from now on, and lets them be spoken.
const LISTEN: &str = "const speak = speechSynthesis.speak;
    window.utterances = [];
    speechSynthesis.speak = function (utterance) {
        utterances.push({ text: utterance.text.trim(), voice: utterance.voice?.name, rate: utterance.rate, utterance });
        speak.call(this, utterance);
    }";

/// Opens a page with a briefing that has these attributes, and waits until it has loaded.
async fn open<'a>(page: &'a Page, attributes: &str, article: &Value) -> Result<Briefing<'a>> {
    let briefing = page.open_with(attributes, article).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    page.script(LISTEN, vec![]).await?;
    Ok(briefing)
}

/// Opens [`short`], plays it, and waits until this number of its sentences have begun and the last one is
/// audible.
async fn open_and_listen(page: &Page, sentences: usize) -> Result<Briefing<'_>> {
    let briefing = open(page, "voice", &short()).await?;
    briefing.press_play().await?;
    utterances_become(page, &SENTENCES[..sentences]).await?;
    speaking_becomes(page, true).await?;
    Ok(briefing)
}

/// Returns the utterances so far, including the current one.
async fn utterances(page: &Page) -> Result<Vec<String>> {
    let utterances = page.script("return utterances.map(({ text }) => text)", vec![]).await?;
    Ok(serde_json::from_value(utterances)?)
}

/// Waits until the utterances, including the current one, are exactly these.
async fn utterances_become(page: &Page, expected: &[&str]) -> Result<()> {
    until(&format!("{expected:?} is spoken"), async || {
        let utterances = utterances(page).await?;
        ensure!(utterances == expected, "{utterances:?}, {}", player_state(page).await?);
        Ok(())
    })
    .await
}

/// Returns the state of the player, for error messages.
async fn player_state(page: &Page) -> Result<Value> {
    let script = "const briefing = document.querySelector('#made');
        return { paused: briefing.paused, time: briefing.currentTime, voices: speechSynthesis.getVoices().length,
            sound: briefing.shadowRoot.querySelector('.sound')?.textContent }";
    page.script(script, vec![]).await
}

/// Waits until a voice is speaking, or until none is.
async fn speaking_becomes(page: &Page, is_speaking: bool) -> Result<()> {
    until(if is_speaking { "it speaks" } else { "it is silent" }, async || {
        let speaking = page.script("return speechSynthesis.speaking", vec![]).await?;
        ensure!(speaking == json!(is_speaking), "{speaking}");
        Ok(())
    })
    .await
}

/// Waits until the briefing plays and its time advances, without any speech.
async fn plays_in_silence(page: &Page, briefing: &Briefing<'_>) -> Result<()> {
    briefing.press_play().await?;
    briefing.plays().await?;
    briefing.time_passes(0.5).await?;
    speaking_becomes(page, false).await
}

async fn read_to_the_end(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &short()).await?;
    briefing.sound_label_becomes(DEVICE).await?;
    let listen = briefing.find(".byline").await?.text().await?;
    ensure!(listen.contains("1 min listen"), "{listen}");
    briefing.press_play().await?;
    speaking_becomes(page, true).await?;
    utterances_become(page, &SENTENCES).await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    ensure!(briefing.time().await? == briefing.duration().await?);
    speaking_becomes(page, false).await?;

    let events = page.events().await?;
    let passages = events.iter().filter(|event| event.name == "briefing-progress");
    let passages: Vec<&str> = passages.filter_map(|event| event.detail["passage"].as_str()).collect();
    ensure!(passages == ["title", "p1", "p2"], "{passages:?}");
    let names: Vec<&str> = events.iter().map(|event| &*event.name).collect();
    ensure!(!names.contains(&"seeking"), "it jumped: {names:?}");
    // The time advances during a sentence, not only at its end.
    let ticks = names.iter().filter(|name| **name == "timeupdate").count();
    ensure!(ticks > 2 * SENTENCES.len(), "{ticks} ticks");
    Ok(())
}

async fn markup_is_not_spoken(page: &Page) -> Result<()> {
    let mut marked = article(
        "Ferries",
        json!([
            "*The harbour* [opens](https://harbour.example/).[^r1] …",
            { "type": "list", "items": ["One boat", { "text": "**Two** boats", "items": ["A raft"] }] },
            { "type": "image", "url": "/boat.png", "alt": "A boat" },
        ]),
    );
    marked["references"] = json!([{ "id": "r1", "title": "A source", "url": "https://source.example/" }]);
    let briefing = open(page, "voice", &marked).await?;
    page.expect_complaint("boat.png");
    briefing.sound_label_becomes(DEVICE).await?;
    briefing.press_play().await?;
    utterances_become(page, &["Ferries", "The harbour opens.", "One boat", "Two boats", "A raft", "A boat"])
        .await
}

async fn resumed_sentence(page: &Page) -> Result<()> {
    let briefing = open_and_listen(page, 3).await?;
    briefing.press_play().await?;
    briefing.is_paused().await?;
    speaking_becomes(page, false).await?;
    let time = briefing.time().await?;
    stays("it is silent where it was", async || {
        ensure!(utterances(page).await?.len() == 3 && briefing.time().await? == time);
        Ok(())
    })
    .await?;
    briefing.press_play().await?;
    utterances_become(page, &["Ferries", "The harbour opens.", SENTENCES[2], SENTENCES[2]]).await?;
    speaking_becomes(page, true).await?;
    page.picture("aloud").await?;
    page.is_accessible().await
}

async fn seeking_moves_the_voice(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &short()).await?;
    // First before playback, and then during playback.
    let last = briefing.duration().await? - 0.5;
    briefing.set("currentTime", json!(last)).await?;
    briefing.press_play().await?;
    utterances_become(page, &["Rain is near."]).await?;
    speaking_becomes(page, true).await?;
    briefing.named("Previous passage").await?.click().await?;
    briefing.named("Previous passage").await?.click().await?;
    until("it reads the first paragraph", async || {
        let utterances = utterances(page).await?;
        ensure!(utterances.last().is_some_and(|last| last == "The harbour opens."), "{utterances:?}");
        Ok(())
    })
    .await?;
    briefing.current_becomes("The harbour").await.map(drop)
}

async fn repeated_seeks(page: &Page) -> Result<()> {
    open_and_listen(page, 1).await?;
    let drag = "const briefing = document.querySelector('#made');
        for (let step = 1; step < 30; step += 1) briefing.currentTime = (briefing.duration * step) / 30";
    page.script(drag, vec![]).await?;
    utterances_become(page, &["Ferries", "Rain is near."]).await?;
    speaking_becomes(page, true).await?;
    page.wait_for_event_count(1, "ended", "made").await
}

async fn playback_rate(page: &Page) -> Result<()> {
    let long = article(
        "Ferries",
        json!([
            "The harbour opens and two boats leave at noon, as they do on every day of the year but two, whatever the weather is."
        ]),
    );
    let briefing = open(page, "voice", &long).await?;
    briefing.set("playbackRate", json!(1.5)).await?;
    briefing.press_play().await?;
    until("the paragraph is spoken", async || {
        ensure!(utterances(page).await?.len() == 2);
        Ok(())
    })
    .await?;
    speaking_becomes(page, true).await?;
    briefing.set("playbackRate", json!(2)).await?;
    until("it goes on faster", async || {
        let rates = page.script("return utterances.map(({ rate }) => rate)", vec![]).await?;
        ensure!(rates == json!([1.5, 1.5, 2]), "{rates}");
        Ok(())
    })
    .await?;
    let rest = utterances(page).await?.pop().context("nothing")?;
    let whole = long["body"][0].as_str().context("no text")?;
    ensure!(whole.ends_with(&rest), "{rest}");
    speaking_becomes(page, true).await?;
    briefing.plays().await
}

async fn silent_by_default(page: &Page) -> Result<()> {
    let briefing = open(page, "", &short()).await?;
    briefing.sound_label_becomes(SILENT).await?;
    plays_in_silence(page, &briefing).await?;
    ensure!(utterances(page).await?.is_empty());
    ensure!(page.site().request_count("/speech.js") == 0, "its script was requested");
    Ok(())
}

async fn a_voice_for_each_language(page: &Page) -> Result<()> {
    // One system calls Chinese `cmn`, another writes `zh_CN`.
    for (language, title, spoken) in [
        ("de", "Die Fähre", "de"),
        ("ar", "العبّارة", "ar"),
        ("zh-Hans", "渡轮。明天有雨。", "cmn|zh"),
        ("en-GB", "The ferry", "en-GB"),
    ] {
        let mut foreign = article(title, json!([title]));
        foreign["lang"] = json!(language);
        let briefing = open(page, "voice", &foreign).await?;
        briefing.press_play().await?;
        speaking_becomes(page, true).await?;
        let voice = page.script("return utterances[0].utterance.voice.lang", vec![]).await?;
        let voice = voice.as_str().context("no voice")?;
        ensure!(spoken.split('|').any(|tag| voice.starts_with(tag)), "{language} is spoken by {voice}");
        let first = utterances(page).await?.remove(0);
        ensure!(first == title.split_inclusive('。').next().unwrap_or(title), "{first}");
    }
    Ok(())
}

async fn no_voice_for_the_language(page: &Page) -> Result<()> {
    for language in ["qaa", "no language"] {
        let mut foreign = short();
        foreign["lang"] = json!(language);
        let briefing = open(page, "voice", &foreign).await?;
        briefing.sound_label_becomes(SILENT).await?;
        plays_in_silence(page, &briefing).await?;
        ensure!(utterances(page).await?.is_empty());
    }
    Ok(())
}

async fn no_speech_synthesis(page: &Page) -> Result<()> {
    let mute = "Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined })";
    page.site().add("/mute.js", "text/javascript", mute);
    page.site().add("/made.json", "application/json", &short().to_string());
    page.open_page(
        "<script src=/mute.js></script><news-briefing id=made src=/made.json voice></news-briefing>",
    )
    .await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let briefing = page.briefing();
    briefing.sound_label_becomes(SILENT).await?;
    briefing.press_play().await?;
    briefing.plays().await
}

async fn script_missing(page: &Page) -> Result<()> {
    page.expect_complaint("speech.js");
    page.expect_complaint("status of 404");
    page.site().add("/speech.js", "text/html", "Not found");
    let briefing = open(page, "voice", &short()).await?;
    briefing.sound_label_becomes(SILENT).await?;
    plays_in_silence(page, &briefing).await
}

async fn named_voices(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &short()).await?;
    briefing.press_play().await?;
    utterances_become(page, &SENTENCES[..1]).await?;
    let used = page.script("return utterances[0].voice", vec![]).await?;
    let others = "return speechSynthesis.getVoices().filter(({ lang, localService, name }) =>
        /^en\\b/.test(lang) && localService && name !== arguments[0] && !name.includes(',')).map(({ name }) => name)";
    let others: Vec<String> = serde_json::from_value(page.script(others, vec![used.clone()]).await?)?;
    let foreign =
        "return speechSynthesis.getVoices().find(({ lang }) => !/^en\\b/.test(lang))?.name ?? 'None'";
    let foreign = page.script(foreign, vec![]).await?;
    let foreign = foreign.as_str().context("no name")?;
    // If the machine has only one English voice, that voice is used whichever is named.
    let other = others.first().map(String::as_str).or(used.as_str()).context("no voice")?;
    // A voice that does not exist, one of another language, and a suitable one.
    let briefing = open(page, &format!("voice=\"Nobody, {foreign}, {other}\""), &short()).await?;
    briefing.press_play().await?;
    utterances_become(page, &SENTENCES[..1]).await?;
    let named = page.script("return utterances[0].voice", vec![]).await?;
    ensure!(named == json!(other), "{named} instead of {other}; without a name it was {used}");
    Ok(())
}

/// Makes the speech module choose from the scenario's own list of voices, and returns the chosen one.
const CHOOSE: &str = "window.chosen = async (from, language, list) => {
        speechSynthesis.getVoices = () => list.map(([name, lang, more]) => ({
            name, lang, voiceURI: name, localService: true, default: false, ...more,
        }));
        let spoke;
        globalThis.SpeechSynthesisUtterance = class extends EventTarget {};
        speechSynthesis.speak = ({ voice }) => { spoke = voice.name };
        const { speechIn } = await import(from);
        const speech = await speechIn(language, '');
        speech.prepare(['Text.'], [0, 1]);
        speech.start(0, 1);
        speech.stop();
        return spoke;
    }";

async fn most_suitable_voice(page: &Page) -> Result<()> {
    page.site().add("/choose.js", "text/javascript", CHOOSE);
    page.site().add(
        "/made.html",
        "text/html",
        "<!doctype html><html lang=en><title>Voices</title><script src=/choose.js></script>",
    );
    page.open("/made.html").await?;
    let by_default = json!({ "default": true });
    let mac = json!([
        ["Albert", "en-US"],
        ["Bad News", "en-US"],
        ["Bahh", "en-US"],
        ["Daniel", "en-GB"],
        ["Eddy (English (UK))", "en-GB"],
        ["Fred", "en-US"],
        ["Samantha", "en-US"],
        ["Anna", "de-DE", by_default],
        ["Zarvox", "en-US"]
    ]);
    let cases = [
        ("a German Mac", "en", mac.clone(), "Samantha"),
        ("the right region", "en-GB", mac.clone(), "Daniel"),
        ("the reader's own", "de", mac, "Anna"),
        // A French Mac has French names for the novelty voices.
        (
            "a French Mac",
            "en",
            json!([
                ["Albert", "en-US"],
                ["Bulles", "en-US"],
                ["Mauvaises nouvelles", "en-US"],
                ["Samantha", "en-US"]
            ]),
            "Samantha",
        ),
        // Safari marks each of its voices as the default, and reveals their kind only in `voiceURI`.
        (
            "Safari",
            "en-US",
            json!([
                ["Organ", "en-US", { "default": true, "voiceURI": "com.apple.speech.synthesis.voice.Organ" }],
                ["Blubber", "en-US", { "default": true, "voiceURI": "com.apple.speech.synthesis.voice.Bubbles" }],
                ["Reed", "en-US", { "default": true, "voiceURI": "com.apple.eloquence.en-US.Reed" }],
                ["Aaron", "en-US", { "default": true, "voiceURI": "com.apple.voice.compact.en-US.Aaron" }],
                ["Ava", "en-US", { "default": true, "voiceURI": "com.apple.voice.premium.en-US.Ava" }]
            ]),
            "Ava",
        ),
        (
            "Linux",
            "fr",
            json!([
                ["French (France)+Adam espeak-ng", "fr-FR"],
                ["French (Belgium) espeak-ng", "fr-BE"],
                ["pico", "fr-CA"]
            ]),
            "pico",
        ),
        // A novelty voice that the reader made the default is used.
        (
            "a novelty voice as the default",
            "en",
            json!([["Samantha", "en-US"], ["Zarvox", "en-US", by_default]]),
            "Zarvox",
        ),
        ("only novelty voices", "en", json!([["Bells", "en-US"], ["Boing", "en-GB"]]), "Bells"),
        (
            "the right variety of Chinese",
            "zh-CN",
            json!([["Sinji (Premium)", "zh-HK"], ["Tingting", "zh-CN"]]),
            "Tingting",
        ),
        // Remote voices are used only if they are named.
        (
            "a server's",
            "en",
            json!([["Google US English", "en-US", { "localService": false }], ["Whisper", "en-US"], ["David", "en-GB"]]),
            "David",
        ),
    ];
    let from = format!("{}/speech.js", page.site().files_beside());
    for (case, language, list, expected) in cases {
        let choose = "const answer = arguments[arguments.length - 1];
            chosen(...arguments).then(answer, (error) => answer(String(error)))";
        let chosen = page.script_later(choose, vec![json!(from), json!(language), list]).await?;
        ensure!(chosen == json!(expected), "{case}: {chosen} instead of {expected}");
    }
    Ok(())
}

async fn urls_are_spoken_as_hosts(page: &Page) -> Result<()> {
    let addresses = article(
        "Ferries",
        json!([
            "See https://www.harbour.example/2026/11/timetable?day=2#noon for times.",
            "Write to tickets@mail.harbour.example or [www.boats.example](https://www.boats.example/a/b)."
        ]),
    );
    let briefing = open(page, "voice", &addresses).await?;
    briefing.press_play().await?;
    let expected =
        ["Ferries", "See harbour.example for times.", "Write to mail.harbour.example or boats.example."];
    utterances_become(page, &expected).await?;
    // The duration counts only spoken text: the progress bar does not wait for unspoken text.
    let short = article("Ferries", json!([expected[1], expected[2]]));
    let duration = briefing.duration().await?;
    let briefing = open(page, "voice", &short).await?;
    ensure!(briefing.duration().await? == duration, "{duration}");
    Ok(())
}

async fn a_voice_that_never_starts(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &short()).await?;
    briefing.sound_label_becomes(DEVICE).await?;
    page.script("speechSynthesis.speak = () => {}", vec![]).await?;
    briefing.press_play().await?;
    briefing.sound_label_becomes(SILENT).await?;
    briefing.plays().await?;
    briefing.time_passes(0.5).await
}

async fn speech_errors(page: &Page) -> Result<()> {
    // For example when headphones are unplugged, or the browser requires a user gesture first.
    for error in ["audio-hardware", "not-allowed"] {
        let briefing = open_and_listen(page, 2).await?;
        let fail = "const { utterance } = utterances.at(-1);
            utterance.dispatchEvent(Object.assign(new Event('error'), { error: arguments[0] }))";
        page.script(fail, vec![json!(error)]).await?;
        briefing.is_paused().await?;
        briefing.sound_label_becomes(DEVICE).await?;
        let before = utterances(page).await?.len();
        briefing.press_play().await?;
        until("it goes on", async || {
            let utterances = utterances(page).await?;
            ensure!(
                utterances.len() > before && utterances[before] == "The harbour opens.",
                "{utterances:?}"
            );
            Ok(())
        })
        .await?;
        speaking_becomes(page, true).await?;
    }
    Ok(())
}

async fn one_at_a_time(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &short().to_string());
    page.open_page(
        "<news-briefing id=one src=/made.json voice></news-briefing>
        <news-briefing id=two src=/made.json voice></news-briefing>",
    )
    .await?;
    let (one, two) = (page.briefing_at("#one"), page.briefing_at("#two"));
    page.wait_for_event_count(1, "briefing-load", "one").await?;
    page.wait_for_event_count(1, "briefing-load", "two").await?;
    page.script(LISTEN, vec![]).await?;
    one.press_play().await?;
    utterances_become(page, &SENTENCES[..1]).await?;
    two.press_play().await?;
    one.is_paused().await?;
    two.plays().await?;
    utterances_become(page, &[&SENTENCES[..1], &SENTENCES].concat()).await?;
    page.wait_for_event_count(1, "ended", "two").await
}

async fn cancelled_by_the_page(page: &Page) -> Result<()> {
    let briefing = open_and_listen(page, 3).await?;
    page.wait_for_event("timeupdate").await?;
    page.script("speechSynthesis.cancel()", vec![]).await?;
    briefing.is_paused().await?;
    speaking_becomes(page, false).await?;
    briefing.press_play().await?;
    speaking_becomes(page, true).await
}

async fn removed_while_speaking(page: &Page) -> Result<()> {
    open_and_listen(page, 1).await?;
    page.script("document.querySelector('#made').remove()", vec![]).await?;
    speaking_becomes(page, false).await?;
    stays("it is silent", async || speaking_becomes(page, false).await).await
}

async fn voice_attribute_set_later(page: &Page) -> Result<()> {
    let briefing = open(page, "", &short()).await?;
    let silent = briefing.duration().await?;
    briefing.set_attribute("voice", "").await?;
    briefing.sound_label_becomes(DEVICE).await?;
    // Speaking takes longer than silent reading.
    ensure!(briefing.duration().await? > silent, "{silent}");
    briefing.press_play().await?;
    utterances_become(page, &SENTENCES[..1]).await
}

async fn hidden_page(page: &Page) -> Result<()> {
    open_and_listen(page, 1).await?;
    let hide = "Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))";
    page.script(hide, vec![]).await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    utterances_become(page, &SENTENCES).await
}

async fn played_by_the_page(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &short()).await?;
    briefing.call("play", vec![]).await?;
    page.wait_for_event("play").await?;
    // Some browsers do not let a page speak before a user gesture.
    let waits = until("it speaks or has paused", async || {
        let has_paused = page.event_count("pause", "made").await? == 1;
        let speaks = page.script("return speechSynthesis.speaking", vec![]).await? == json!(true);
        let has_advanced = briefing.time().await? > 0.0;
        ensure!(has_paused || (speaks && has_advanced));
        Ok(has_paused)
    })
    .await?;
    if waits {
        briefing.sound_label_becomes(DEVICE).await?;
        briefing.press_play().await?;
    }
    speaking_becomes(page, true).await?;
    briefing.plays().await
}

async fn the_newsroom(page: &Page) -> Result<()> {
    page.open("/?only=minimal&voice").await?;
    let briefing = page.briefing_at("#minimal");
    briefing.sound_label_becomes(DEVICE).await?;

    page.open("/?loading=eager").await?;
    briefing.sound_label_becomes(SILENT).await?;
    page.element("#voice").await?.click().await?;
    briefing.sound_label_becomes(DEVICE).await?;
    ensure!(page.address().await? == "/?loading=eager&voice=", "{}", page.address().await?);
    page.element("#voice").await?.click().await?;
    briefing.sound_label_becomes(SILENT).await?;
    ensure!(page.address().await? == "/?loading=eager", "{}", page.address().await?);
    Ok(())
}

async fn word_boundary_events(page: &Page) -> Result<()> {
    let briefing = open(page, "voice", &short()).await?;
    // Unlike the voices of phones and desktops, the voices of the test machines dispatch no word boundary
    // events.
    let report_words = "const { speak } = speechSynthesis;
        window.boundary = {};
        speechSynthesis.speak = function (utterance) {
            utterance.addEventListener('start', () => {
                const report = () => {
                    const charIndex = utterance.text.indexOf(boundary.word);
                    if (charIndex >= 0) utterance.dispatchEvent(new SpeechSynthesisEvent('boundary', { utterance, charIndex }));
                };
                const timer = setInterval(report, 50);
                utterance.addEventListener('end', () => clearInterval(timer));
            });
            speak.call(this, utterance);
        }";
    page.script(report_words, vec![]).await?;
    let highlighted = "return [...CSS.highlights.get('news-briefing-word') ?? []].map(String)";
    let highlight_becomes = async |word: &str| {
        page.script("boundary.word = arguments[0]", vec![json!(word)]).await?;
        until(&format!("{word} is highlighted"), async || {
            let now = page.script(highlighted, vec![]).await?;
            ensure!(now == json!([word]), "{now}");
            Ok(())
        })
        .await
    };
    briefing.set("playbackRate", json!(0.5)).await?;
    briefing.press_play().await?;
    highlight_becomes("harbour").await?;
    highlight_becomes("boats").await?;

    // Pressing a word continues the speech from that word.
    let place = "const passage = document.querySelector('#made').shadowRoot.querySelector('#block-1');
        const text = passage.querySelector('p').lastChild;
        const range = document.createRange();
        range.setStart(text, text.data.indexOf('noon'));
        range.setEnd(text, text.data.indexOf('.'));
        const [around, { left, top, width, height }] = [passage, range].map((it) => it.getBoundingClientRect());
        return [(left + width / 2 - around.left) / around.width, (top + height / 2 - around.top) / around.height]";
    let place: (f64, f64) = serde_json::from_value(page.script(place, vec![]).await?)?;
    page.script("utterances.length = 0", vec![]).await?;
    briefing.find("#block-1").await?.press_at(Pointer::Mouse, place).await?;
    highlight_becomes("noon").await?;
    utterances_become(page, &["noon.", "Rain is near."]).await
}
