//! Recordings: played by the audio element in the text, before any script and after, in browsers and from
//! servers that follow the standards and in those that do not.

use std::cell::Cell;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::clock::Clock;
use crate::opening::article;
use crate::page::{Briefing, Page};
use crate::pending_loads::{GO, holding};
use crate::pointer::Pointer;
use crate::prerendered::{hydrate, open_waiting, render};
use crate::scenario::{Scenario, scenario};
use crate::setup::Setup;
use crate::test_recordings::{
    article_with_word_times, byte_at, passage_at, recorded, spoken, word_at, word_by_word,
};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a recording plays to its end", played_to_the_end),
        scenario("the current passage matches the audio", passage_highlighted_while_playing),
        scenario("no audio is fetched before playback", nothing_loads_before_playing),
        scenario("recording.js is not loaded without a recording", no_recording),
        scenario("the highlighted word matches the audio", words_highlighted_while_spoken),
        scenario("clicking a word of the current passage seeks to it", clicked_word),
        scenario("a click that opens or unfolds something does not seek", click_with_another_meaning),
        scenario("playback starts within the user gesture", within_the_user_gesture),
        scenario("the recording follows seeks", seeks),
        scenario("a position set before loading is the start position", position_before_loading),
        scenario("the playback rate is kept", playback_rate_is_kept),
        scenario("repeated presses of play break nothing", repeated_presses),
        scenario("play() plays, or waits for a user gesture", played_by_the_page),
        scenario("seeking to the end ends only a playing recording", seeking_to_the_end),
        scenario("external pause and play of the audio element are reflected", external_use),
        scenario("the bar shows the loaded part", loaded_part_on_the_bar),
        scenario("playback continues in a hidden page", hidden_page),
        scenario("the media session shows and controls playback", media_session),
        scenario("display changes do not interrupt playback", display_changes),
        scenario("hiding the player stops the recording, showing it brings it back", hidden_player),
        scenario("fitted times stay when the strings change", fitted_times_stay),
        scenario("a late recording.js does not delay the article", script_loads_late),
        scenario("the newsroom plays its recording", the_newsroom),
        scenario("without script the browser's own controls play it", without_script),
        scenario("a playing recording continues through hydration", hydrated_while_playing),
        scenario("a paused recording keeps position and rate on hydration", paused_before_hydration),
        scenario("a saved position does not move a playing recording", saved_position),
        scenario("a recording that failed before hydration is replaced by silence", failed_before_hydration),
        scenario("the first playable encoding is used", several_encodings),
        scenario("a wrong MIME type does not prevent playback", wrong_declared_type),
        scenario("without a playable file playback is silent", none_can_be_played),
        scenario("silent playback has no sound controls and pauses no other tab", silent_replacement),
        scenario("without a playable file a voice reads aloud", a_voice_instead).in_a_new_browser(),
        scenario("a blocking Content-Security-Policy is reported", blocking_policy),
        scenario("cross-origin recordings play without CORS", cross_origin),
        scenario("without range requests playback continues", without_ranges),
        scenario("a stream of unknown length uses the stated duration", unknown_length),
        scenario("times are scaled to a slightly different length", nearly_the_stated_length),
        scenario("a very different length keeps the times and is reported", another_length),
        scenario("estimated times are fitted to the recording", estimated_times),
        scenario("a stalled server is retried, and playback continues", stalled_server),
        scenario("an interrupted recording can be retried or continued silently", interrupted),
        scenario("playback resumes when the network returns", network_returns),
        scenario("an expired URL is refreshed from the article", expired_url),
        scenario("a recording stuck just before its end has ended", stuck_before_the_end),
        scenario("only one tab plays at a time", one_tab_at_a_time),
        scenario("the next article keeps rate, volume and mute", next_article),
        scenario("times from a file are aligned with the text", times_from_a_file),
        scenario("an unusable times file keeps the estimate and is reported", unusable_times_file),
    ]
}

const WAV: &str = "audio/wav";
const FINE: &str = "/media/fine/a.wav";
/// The position at which a broken response ends, in seconds: some engines need this much data before they
/// start.
const CUT_OFF: f64 = 12.0;
const RECORDING: &str = "Recording";
const SILENT: &str = "Silent, at reading pace";

/// Opens an article with these recording files, and waits until it has loaded.
async fn open<'a>(page: &'a Page, attributes: &str, sources: &[(&str, &str)]) -> Result<Briefing<'a>> {
    open_article(page, attributes, &recorded(sources)?).await
}

async fn open_article<'a>(page: &'a Page, attributes: &str, article: &Value) -> Result<Briefing<'a>> {
    let briefing = page.open_with(attributes, article).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    Ok(briefing)
}

/// Runs a script on the audio element, which is in scope as `audio`, and the briefing's element as `host`.
async fn audio(page: &Page, script: &str) -> Result<Value> {
    let script = format!(
        "const host = document.querySelector('news-briefing'), audio = host.shadowRoot.querySelector('audio');
        {script}"
    );
    page.script(&script, vec![]).await
}

/// Waits until an expression about the audio element has this value.
async fn audio_becomes(page: &Page, script: &str, expected: Value) -> Result<()> {
    until(&format!("{script} is {expected}"), async || {
        let now = audio(page, &format!("return {script}")).await?;
        ensure!(now == expected, "it is {now}");
        Ok(())
    })
    .await
}

/// Waits until a problem with this path is reported whose message contains this text.
async fn problem(page: &Page, path: &str, text: &str) -> Result<()> {
    until(&format!("a problem of {path} contains {text:?}"), async || {
        let problems = page.briefing().property("problems").await?;
        let all: Vec<Value> = serde_json::from_value(problems.clone())?;
        let is_it = |problem: &Value| {
            problem["path"] == path
                && problem["message"].as_str().is_some_and(|message| message.contains(text))
        };
        ensure!(all.iter().any(is_it), "{problems:#}");
        Ok(())
    })
    .await
}

/// Returns the names of the events so far, without `timeupdate` and `briefing-progress`.
async fn event_names(page: &Page) -> Result<Vec<String>> {
    let names = page.events().await?.into_iter().map(|event| event.name);
    Ok(names.filter(|name| !["timeupdate", "briefing-progress"].contains(&name.as_str())).collect())
}

async fn played_to_the_end(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.sound_label_becomes(RECORDING).await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    briefing.time_passes(1.0).await?;
    page.picture("playing").await?;
    page.is_accessible().await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    ensure!(
        event_names(page).await? == ["briefing-load", "ratechange", "play", "pause", "ended"],
        "{:?}",
        event_names(page).await?
    );
    let (time, duration) = (briefing.time().await?, briefing.duration().await?);
    ensure!((time - duration).abs() < 0.1, "it ended at {time} of {duration} s");
    briefing.is_paused().await?;
    // Play it a second time.
    briefing.press_play().await?;
    briefing.time_comes_near(1.0, 1.0).await?;
    ensure!(audio(page, "return host.shadowRoot.querySelectorAll('audio').length").await? == json!(1));
    Ok(())
}

async fn passage_highlighted_while_playing(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    let spoken = spoken()?;
    for sample in 0..20 {
        let target = (f64::from(sample) + 0.5) * (spoken.duration - 1.0) / 20.0;
        briefing.set("currentTime", json!(target)).await?;
        let seen = "return [host.currentTime, audio.currentTime, audio.seeking,
            host.shadowRoot.querySelector('[aria-current]')?.textContent]";
        until(&format!("it plays from {target} s"), async || {
            let seen = audio(page, seen).await?;
            let (time, audible, seeking, highlighted): (f64, f64, bool, Option<String>) =
                serde_json::from_value(seen)?;
            ensure!(!seeking && audible > target && audible < target + 5.0, "it is at {audible} s");
            ensure!((time - audible).abs() < 0.5, "{time} s are reported at {audible} s");
            let highlighted = highlighted.context("nothing is highlighted")?;
            let expected = passage_at(time)?;
            ensure!(
                highlighted.contains(expected),
                "at {time} s {highlighted:?} is highlighted, not {expected:?}"
            );
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Opens an article with word times.
async fn open_with_word_times(page: &Page) -> Result<Briefing<'_>> {
    open_article(page, "", &article_with_word_times("/media/word-by-word/a.wav")?).await
}

/// Returns the playback position, in seconds, and the highlighted words.
const HIGHLIGHTED_WORDS: &str = "const highlighted = CSS.highlights.get('news-briefing-word');
    return [audio.currentTime, [...highlighted ?? []].map(String)]";

async fn words_highlighted_while_spoken(page: &Page) -> Result<()> {
    let briefing = open_with_word_times(page).await?;
    let nodes = "return document.querySelector('news-briefing').shadowRoot.querySelectorAll(':not([part=player] *)').length";
    let before = page.script(nodes, vec![]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    let word_by_word = word_by_word()?;
    for sample in 0..20 {
        let target = (f64::from(sample) + 0.5) * (word_by_word.duration - 1.0) / 20.0;
        briefing.set("currentTime", json!(target)).await?;
        until(&format!("it plays from {target} s, with its words highlighted"), async || {
            let (time, highlighted): (f64, Vec<String>) =
                serde_json::from_value(audio(page, HIGHLIGHTED_WORDS).await?)?;
            ensure!(time > target && time < target + 5.0, "it is at {time} s");
            let expected = word_at(time)?.trim_end_matches([',', '.']);
            ensure!(
                highlighted == [expected],
                "at {time} s {highlighted:?} is highlighted, not {expected:?}"
            );
            Ok(())
        })
        .await?;
    }
    page.picture("a word highlighted").await?;
    // Highlighting adds no elements to the text; the count excludes the player, which grows in use.
    let after = page.script(nodes, vec![]).await?;
    ensure!(after == before, "{before} elements have become {after}");
    Ok(())
}

async fn clicked_word(page: &Page) -> Result<()> {
    let briefing = open_with_word_times(page).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    briefing.press_play().await?;
    briefing.is_paused().await?;
    let words = word_by_word()?.passages.get(1).context("a passage")?;
    let (start, _) = words.first().context("a word")?;
    briefing.set("currentTime", json!(start + 0.01)).await?;
    until("its passage is current", async || {
        let (_, highlighted): (f64, Vec<String>) =
            serde_json::from_value(audio(page, HIGHLIGHTED_WORDS).await?)?;
        ensure!(highlighted == ["The"], "{highlighted:?}");
        Ok(())
    })
    .await?;
    // The sixth word, wherever it is laid out.
    let (start, word) = words.get(5).context("a word")?;
    let word = word.trim_end_matches([',', '.']);
    let place = "const text = host.shadowRoot.querySelector('#block-0 p').lastChild;
        const range = document.createRange();
        const at = text.data.indexOf(word);
        range.setStart(text, at);
        range.setEnd(text, at + word.length);
        const passage = host.shadowRoot.querySelector('#block-0').getBoundingClientRect();
        const { left, top, width, height } = range.getBoundingClientRect();
        return [(left + width / 2 - passage.left) / passage.width, (top + height / 2 - passage.top) / passage.height]";
    let place = audio(page, &format!("const word = {};\n{place}", json!(word))).await?;
    let place: (f64, f64) = serde_json::from_value(place)?;
    briefing.find("#block-0").await?.press_at(Pointer::Mouse, place).await?;
    briefing.time_comes_near(*start, 0.05).await
}

async fn nothing_loads_before_playing(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    stays("nothing is loaded", async || {
        ensure!(page.site().request_count("/media") == 0, "{:?}", page.site().requests());
        Ok(())
    })
    .await?;
    let attributes =
        audio(page, "return [audio.preload, audio.autoplay, audio.crossOrigin, audio.controls]").await?;
    ensure!(attributes == json!(["none", false, null, false]), "{attributes}");
    audio(page, "window.first = audio").await?;
    // Seeking before playback loads nothing; it only sets the start position.
    briefing.set("currentTime", json!(5)).await?;
    stays("nothing is loaded", async || {
        ensure!(page.site().request_count("/media") == 0);
        Ok(())
    })
    .await?;
    briefing.press_play().await?;
    briefing.time_passes(5.0).await?;
    ensure!(page.site().request_count("/media") > 0);
    page.turn_wheel(400).await?;
    ensure!(audio(page, "return audio === window.first").await? == json!(true), "it is another element");
    Ok(())
}

async fn no_recording(page: &Page) -> Result<()> {
    let briefing = open_article(page, "", &article("Ferries", json!(["The harbour opens."]))).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    ensure!(page.site().request_count("/recording.js") == 0, "it was requested");
    ensure!(briefing.find_all("audio").await?.is_empty());
    Ok(())
}

async fn within_the_user_gesture(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    // Browsers do not treat a call after the event, for example after a fetch, as part of the user gesture.
    let watch = "const { play } = HTMLMediaElement.prototype;
        let isDispatched = false;
        addEventListener('click', () => { isDispatched = true }, true);
        addEventListener('click', () => { isDispatched = false });
        window.within = [];
        HTMLMediaElement.prototype.play = function () { within.push(isDispatched); return play.call(this); }";
    page.script(watch, vec![]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    ensure!(page.script("return within", vec![]).await? == json!([true]));
    Ok(())
}

async fn seeks(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    let starts = &spoken()?.starts;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    briefing.named("Next passage").await?.click().await?;
    briefing.named("Next passage").await?.click().await?;
    briefing.time_passes(starts[2] - 0.05).await?;
    briefing.current_becomes("Nobody").await?;
    briefing.named("Previous passage").await?.click().await?;
    briefing.current_becomes("The harbour").await?;
    // While paused, by setting the time.
    briefing.press_play().await?;
    briefing.is_paused().await?;
    briefing.set("currentTime", json!(starts[4] + 0.5)).await?;
    briefing.current_becomes("Tickets").await?;
    briefing.press_play().await?;
    briefing.time_passes(starts[4] + 0.6).await?;
    let position = audio(page, "return audio.currentTime").await?.as_f64().context("no time")?;
    ensure!(position >= starts[4] + 0.4, "it is at {position} s");
    // Less than ten seconds from an end, a jump of ten seconds goes to that end.
    briefing.set("currentTime", json!(4)).await?;
    briefing.time_passes(4.0).await?;
    briefing.named("Back 10 seconds").await?.click().await?;
    audio_becomes(page, "audio.currentTime < 3", json!(true)).await?;
    audio_becomes(page, "(host.currentTime = host.duration - 4, audio.currentTime > 10)", json!(true))
        .await?;
    briefing.named("Forward 10 seconds").await?.click().await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    Ok(())
}

async fn position_before_loading(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    let start = spoken()?.starts[3];
    briefing.set("currentTime", json!(start)).await?;
    briefing.press_play().await?;
    briefing.time_passes(start + 0.1).await?;
    let before = page.events().await?;
    let passages: Vec<_> = before.iter().filter(|event| event.name == "briefing-progress").collect();
    ensure!(passages.iter().all(|event| event.detail["passage"] == "p3"), "{passages:?}");
    Ok(())
}

async fn playback_rate_is_kept(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.set("playbackRate", json!(1.5)).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.2).await?;
    audio_becomes(page, "[audio.playbackRate, audio.defaultPlaybackRate]", json!([1.5, 1.5])).await?;
    briefing.set("playbackRate", json!(2)).await?;
    audio_becomes(page, "[audio.playbackRate, audio.defaultPlaybackRate]", json!([2, 2])).await?;
    ensure!(audio(page, "return audio.preservesPitch").await? == json!(true));
    Ok(())
}

async fn repeated_presses(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[("/slow/media/fine/a.wav?ms=300", WAV)]).await?;
    let on_and_on =
        "for (let time = 0; time < 7; time += 1) host.shadowRoot.querySelector('[part=play-button]').click()";
    briefing.press_play().await?;
    audio(page, on_and_on).await?;
    briefing.is_paused().await?;
    stays("it is silent", async || {
        ensure!(audio(page, "return audio.paused && host.paused").await? == json!(true));
        Ok(())
    })
    .await?;
    briefing.press_play().await?;
    audio(page, &format!("{on_and_on}; host.shadowRoot.querySelector('[part=play-button]').click()")).await?;
    briefing.time_passes(0.3).await
}

async fn played_by_the_page(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.call("play", vec![]).await?;
    page.wait_for_event("play").await?;
    // Some browsers do not let a page play sound before a user gesture.
    let waits = until("it plays or has paused", async || {
        let has_paused = page.event_count("pause", "made").await? == 1;
        ensure!(has_paused || briefing.time().await? > 0.0);
        Ok(has_paused)
    })
    .await?;
    if waits {
        briefing.sound_label_becomes(RECORDING).await?;
        ensure!(briefing.find_all(".interrupted").await?.is_empty());
        briefing.press_play().await?;
        briefing.time_passes(0.1).await?;
    }
    Ok(())
}

async fn seeking_to_the_end(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    let duration = briefing.duration().await?;
    briefing.set("currentTime", json!(duration)).await?;
    ensure!(briefing.property("ended").await? == json!(false) && briefing.time().await? == duration);
    briefing.press_play().await?;
    briefing.time_comes_near(1.0, 0.9).await?;
    briefing.plays().await?;
    // During playback, seeking to the end ends it.
    briefing.set("currentTime", json!(briefing.duration().await?)).await?;
    page.wait_for_event_count(1, "ended", "made").await
}

async fn external_use(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    // For example when a headset is taken off, or during a call.
    audio(page, "audio.pause()").await?;
    briefing.is_paused().await?;
    page.wait_for_event_count(1, "pause", "made").await?;
    stays("it is paused", async || {
        ensure!(audio(page, "return audio.paused").await? == json!(true));
        Ok(())
    })
    .await?;
    let time = briefing.time().await?;
    audio(page, "audio.play()").await?;
    briefing.plays().await?;
    page.wait_for_event_count(2, "play", "made").await?;
    briefing.time_passes(time + 0.2).await?;
    ensure!(!event_names(page).await?.contains(&"seeking".to_owned()), "it jumped");
    // The briefing's own button pauses the audio element.
    briefing.press_play().await?;
    audio_becomes(page, "audio.paused", json!(true)).await
}

async fn loaded_part_on_the_bar(page: &Page) -> Result<()> {
    let stalls = format!("/media/stalls/a.wav?after={}", byte_at(spoken()?.duration / 2.0));
    let briefing = open(page, "", &[(&stalls, WAV)]).await?;
    briefing.press_play().await?;
    let bar = briefing.find(".loaded path").await?;
    until("about half is shown as loaded", async || {
        let path = bar.attribute("d").await?.context("no path")?;
        let end = path.split('H').nth(1).and_then(|end| end.split('M').next()?.parse::<f64>().ok());
        ensure!(end.is_some_and(|end| (1_000.0..=6_000.0).contains(&end)), "{path}");
        Ok(())
    })
    .await?;
    page.picture("half-loaded").await.map(drop)
}

async fn hidden_page(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    let hide = "Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))";
    page.script(hide, vec![]).await?;
    page.wait_for_event_count(1, "ended", "made").await
}

async fn media_session(page: &Page) -> Result<()> {
    let mut article = recorded(&[(FINE, WAV)])?;
    article["authors"] = json!(["Maud Ferrier", { "name": "Jo Quay" }]);
    article["image"] = json!({ "url": "/favicon.svg", "alt": "" });
    article["body"][2]["type"] = json!("heading");
    let briefing = open_article(page, "", &article).await?;
    let watch = "window.actions = {}; window.positionStates = [];
        const { setActionHandler, setPositionState } = MediaSession.prototype;
        MediaSession.prototype.setActionHandler = function (action, act) {
            actions[action] = act;
            setActionHandler.call(this, action, act);
        };
        MediaSession.prototype.setPositionState = function (state) {
            positionStates.push(state);
            setPositionState.call(this, state);
        }";
    page.script(watch, vec![]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    let shown = "const { title, artist, artwork } = navigator.mediaSession.metadata;
        return [title, artist, artwork.map(({ src }) => new URL(src).pathname), navigator.mediaSession.playbackState]";
    let shown = page.script(shown, vec![]).await?;
    ensure!(
        shown == json!(["The ferry is back", "Maud Ferrier, Jo Quay", ["/favicon.svg"], "playing"]),
        "{shown}"
    );
    // If the browser supports `chapterInfo`, the headings are its chapters.
    let chapters = "const { chapterInfo } = navigator.mediaSession.metadata;
        return chapterInfo?.map(({ title, startTime }) => [title, startTime])";
    let chapters = page.script(chapters, vec![]).await?;
    let start = spoken()?.starts.get(3).copied().context("a heading")?;
    ensure!(
        chapters.is_null()
            || (chapters[0][0] == "Rain is near, says the harbour office, and the wind turns to the west."
                && chapters[0][1].as_f64().is_some_and(|state| (state - start).abs() < 0.01)),
        "{chapters}"
    );
    page.script("actions.seekto({ seekTime: 12 })", vec![]).await?;
    briefing.time_passes(12.1).await?;
    let by = "const [action, details] = arguments, briefing = document.querySelector('#made');
        const before = briefing.currentTime;
        actions[action](details);
        return Math.round(briefing.currentTime - before)";
    ensure!(page.script(by, vec![json!("seekbackward"), json!({})]).await? == json!(-10));
    briefing.time_passes(2.0).await?;
    ensure!(page.script(by, vec![json!("seekforward"), json!({ "seekOffset": 5 })]).await? == json!(5));
    briefing.time_passes(7.0).await?;
    page.script("actions.pause()", vec![]).await?;
    briefing.is_paused().await?;
    until("the media session has its position", async || {
        let state = page
            .script("return [positionStates.at(-1), navigator.mediaSession.playbackState]", vec![])
            .await?;
        let (position, duration) = (state[0]["position"].as_f64(), state[0]["duration"].as_f64());
        ensure!(state[1] == "paused", "{state}");
        ensure!(
            position.zip(duration).is_some_and(|(position, duration)| position > 7.0 && duration > position),
            "{state}"
        );
        Ok(())
    })
    .await?;
    page.script("actions.play()", vec![]).await?;
    briefing.plays().await?;
    // A removed briefing releases the media session, so that media keys control whatever plays next.
    page.script("document.querySelector('#made').remove()", vec![]).await?;
    until("the media session is released", async || {
        let left =
            "return [Object.values(actions).filter((act) => act).length, navigator.mediaSession.metadata]";
        let left = page.script(left, vec![]).await?;
        ensure!(left == json!([0, null]), "{left}");
        Ok(())
    })
    .await
}

async fn display_changes(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    audio(
        page,
        "window.first = audio;
        window.notes = [];
        for (const type of ['pause', 'play', 'emptied', 'seeking', 'ratechange']) {
            audio.addEventListener(type, () => notes.push(type));
        }
        const note = (changes) => notes.push(...changes.map(({ type }) => type));
        new MutationObserver(note).observe(audio, { attributes: true, childList: true, subtree: true })",
    )
    .await?;
    let plays_on = async |attribute: &str| {
        let time = briefing.time().await?;
        briefing.time_passes(time + 0.3).await?;
        let state = audio(
            page,
            "return [audio === first, host.shadowRoot.querySelectorAll('audio').length, audio.paused, notes,
                Math.abs(audio.currentTime - host.currentTime) < 0.5]",
        )
        .await?;
        ensure!(state == json!([true, 1, false, [], true]), "{attribute}: {state}");
        briefing.sound_label_becomes(if attribute == "lang" { "Aufnahme" } else { RECORDING }).await
    };
    briefing.set("words", json!({ "pause": "Hold on" })).await?;
    page.part_text_becomes("play-button", "Hold on").await?;
    plays_on("words").await?;
    briefing.set_attribute("sections", "body player").await?;
    until("the references are gone", async || {
        ensure!(briefing.parts("reference").await?.is_empty());
        Ok(())
    })
    .await?;
    plays_on("sections").await?;
    briefing.set_attribute("voice", "").await?;
    plays_on("voice").await?;
    briefing.set("words", Value::Null).await?;
    briefing.set_attribute("lang", "de").await?;
    page.part_text_becomes("play-button", "Pause").await?;
    briefing.sound_label_becomes("Aufnahme").await?;
    plays_on("lang").await?;
    ensure!(page.event_count("pause", "made").await? == 0, "it has paused");
    ensure!(page.event_count("briefing-load", "made").await? == 1, "it was loaded again");
    // The briefing still controls the element.
    briefing.press_play().await?;
    page.part_text_becomes("play-button", "Abspielen").await?;
    audio_becomes(page, "audio.paused", json!(true)).await?;
    // The same applies while paused.
    let time = briefing.time().await?;
    briefing.set_attribute("lang", "en").await?;
    briefing.sound_label_becomes(RECORDING).await?;
    briefing.time_comes_near(time, 0.1).await?;
    briefing.press_play().await?;
    briefing.time_passes(time + 0.2).await?;
    ensure!(audio(page, "return audio === first && !audio.paused").await? == json!(true));
    page.wait_for_event_count(1, "pause", "made").await
}

async fn hidden_player(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    audio(page, "window.first = audio").await?;
    briefing.set_attribute("sections", "body").await?;
    briefing.has_no("player").await?;
    ensure!(briefing.property("paused").await? == json!(true), "it plays");
    ensure!(page.script("return first.paused", vec![]).await? == json!(true), "the audio plays");
    briefing.set_attribute("sections", "body player").await?;
    briefing.sound_label_becomes(RECORDING).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    audio_becomes(page, "[audio.paused, audio.controls]", json!([false, false])).await
}

async fn fitted_times_stay(page: &Page) -> Result<()> {
    let mut article = recorded(&[(FINE, WAV)])?;
    article["audio"]["segments"] = json!([]);
    article["audio"].as_object_mut().context("no audio")?.remove("duration");
    let briefing = open_article(page, "", &article).await?;
    briefing.press_play().await?;
    let spoken = spoken()?;
    until("its length is known", async || {
        let duration = briefing.duration().await?;
        ensure!((duration - spoken.duration).abs() < 0.2, "{duration} s");
        Ok(())
    })
    .await?;
    let times =
        "return [...host.shadowRoot.querySelectorAll('.timestamp')].map(({ textContent }) => textContent)";
    let before = audio(page, times).await?;
    briefing.set("words", json!({ "pause": "Hold on" })).await?;
    page.part_text_becomes("play-button", "Hold on").await?;
    let after = audio(page, times).await?;
    ensure!(before == after, "{before} were its times, and are {after}");
    ensure!((briefing.duration().await? - spoken.duration).abs() < 0.2);
    Ok(())
}

async fn script_loads_late(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &recorded(&[(FINE, WAV)])?.to_string());
    page.site().add("/before.js", "text/javascript", &holding("recording"));
    page.open_page("<script src=/before.js></script><news-briefing id=made src=/made.json></news-briefing>")
        .await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let briefing = page.briefing();
    // The recording can be played nevertheless.
    audio_becomes(page, "audio.controls", json!(true)).await?;
    page.script(GO, vec![]).await?;
    audio_becomes(page, "audio.controls", json!(false)).await?;
    briefing.sound_label_becomes(RECORDING).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    audio_becomes(page, "audio.paused", json!(false)).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn the_newsroom(page: &Page) -> Result<()> {
    let briefing = page.open_only("recording").await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    briefing.set("currentTime", json!(19.7)).await?;
    briefing.current_becomes("At six this morning").await?;
    briefing.time_passes(20.0).await?;
    page.picture("newsroom").await.map(drop)
}

/// Prerenders an article whose recording is on the pages' origin.
fn fragment() -> Result<String> {
    Ok(render(&["--assets", "/"], &recorded(&[(FINE, WAV)])?.to_string())?.0)
}

/// Clicks play in the browser's own controls.
async fn press_controls(page: &Page) -> Result<()> {
    let native = page.briefing().find("audio").await?;
    native.becomes_shown().await?;
    native.scroll_into_view().await?;
    let area = native.area().await?;
    ensure!(area.height > 30.0 && area.width > 100.0, "the controls are too small");
    native.press_at(Pointer::Mouse, (24.0 / area.width, 0.5)).await
}

/// Clicks play in the browser's own controls, and waits until the recording is playing.
async fn press_native(page: &Page) -> Result<()> {
    press_controls(page).await?;
    audio_becomes(page, "!audio.paused && audio.currentTime > 0.2", json!(true)).await
}

async fn without_script(page: &Page) -> Result<()> {
    // The page's scripts do not run; the driver's do.
    page.site()
        .replace_policy("default-src 'none'; script-src 'none'; style-src 'self'; media-src 'self'")?;
    page.expect_complaint("/e2e/watch.js");
    page.expect_complaint("/news-briefing.js");
    let (html, _) = render(&["--page", "--assets", "/"], &recorded(&[(FINE, WAV)])?.to_string())?;
    page.site().add("/made.html", "text/html", &html);
    page.open("/made.html").await?;
    press_native(page).await?;
    page.picture("without-script").await?;
    for hidden in page.briefing().find_all(".slot > *, .timestamp").await? {
        let visible = "return arguments[0].checkVisibility({ visibilityProperty: true })";
        ensure!(hidden.script(visible, vec![]).await? == json!(false));
    }
    Ok(())
}

/// Records, from now on and in every frame, what the audio element does.
const LISTEN: &str = "window.first = audio;
    window.notes = [];
    for (const type of ['pause', 'play', 'emptied', 'waiting', 'seeking']) {
        audio.addEventListener(type, () => notes.push(type));
    }
    let last = [performance.now(), audio.currentTime];
    window.worst = { back: 0, lost: 0, frames: 0 };
    const look = () => {
        const [wall, time] = [performance.now(), audio.currentTime];
        worst.back = Math.max(worst.back, last[1] - time);
        worst.frames += 1;
        last = [wall, time];
        requestAnimationFrame(look);
    };
    window.begun = [performance.now(), audio.currentTime];
    look();
    const { top, left, width } = audio.getBoundingClientRect();
    window.playerTop = host.shadowRoot.querySelector('.player').getBoundingClientRect().top;
    audio.focus()";

async fn hydrated_while_playing(page: &Page) -> Result<()> {
    open_waiting(page, &fragment()?).await?;
    press_native(page).await?;
    audio(page, LISTEN).await?;
    hydrate(page).await?;
    let briefing = page.briefing();
    briefing.plays().await?;
    until("it has played for a while", async || {
        let passed = page.script("return performance.now() - begun[0]", vec![]).await?;
        ensure!(passed.as_f64().is_some_and(|passed| passed > 1_500.0));
        Ok(())
    })
    .await?;
    page.picture("after").await?;
    let state = audio(
        page,
        "return [[audio === first, audio.controls, notes],
            [worst.back, worst.frames, (performance.now() - begun[0]) / 1000, audio.currentTime - begun[1]],
            [audio.paused, host.currentTime, audio.currentTime, host.paused,
                host.shadowRoot.querySelector('.player').getBoundingClientRect().top - playerTop]]",
    )
    .await?;
    let (is_same, has_controls, notes): (bool, bool, Vec<String>) = serde_json::from_value(state[0].clone())?;
    let (back, frames, wall, played): (f64, f64, f64, f64) = serde_json::from_value(state[1].clone())?;
    let (is_silent, time, audible, is_paused, moved): (bool, f64, f64, bool, f64) =
        serde_json::from_value(state[2].clone())?;
    ensure!(is_same && !has_controls, "it is another element, or has the controls of the browser");
    ensure!(notes.is_empty(), "the audio element was changed: {notes:?}");
    ensure!(back == 0.0, "time went back by {back} s");
    ensure!(!is_silent && !is_paused && frames > 5.0);
    // The audio clock differs from the page's clock and advances in steps.
    ensure!(played > wall - 0.3, "of {wall} s only {played} were played");
    ensure!((time - audible).abs() < 0.5, "{time} s are reported at {audible} s");
    ensure!(moved.abs() < 0.5, "the player moved by {moved}");
    ensure!(
        page.focused().await?.attribute("part").await?.as_deref() == Some("play-button"),
        "the focus is elsewhere"
    );
    ensure!(event_names(page).await?.contains(&"play".to_owned()));
    // From here on, the briefing controls the element.
    briefing.press_play().await?;
    briefing.is_paused().await?;
    audio_becomes(page, "audio.paused", json!(true)).await
}

async fn paused_before_hydration(page: &Page) -> Result<()> {
    open_waiting(page, &fragment()?).await?;
    press_native(page).await?;
    audio(page, "audio.pause(); audio.playbackRate = 1.5; window.left = audio.currentTime").await?;
    page.picture("before").await?;
    page.is_accessible().await?;
    hydrate(page).await?;
    let briefing = page.briefing();
    let left = page.script("return left", vec![]).await?.as_f64().context("no time")?;
    briefing.time_comes_near(left, 0.05).await?;
    briefing.is_paused().await?;
    ensure!(briefing.property("playbackRate").await? == json!(1.5));
    briefing.press_play().await?;
    briefing.time_passes(left + 0.2).await?;
    ensure!(!event_names(page).await?.contains(&"seeking".to_owned()), "it jumped");
    Ok(())
}

async fn saved_position(page: &Page) -> Result<()> {
    let mut article = recorded(&[(FINE, WAV)])?;
    article["id"] = json!("made");
    let (fragment, _) = render(&["--assets", "/"], &article.to_string())?;
    let fragment = fragment.replacen("<news-briefing", "<news-briefing persist=local", 1);
    let keep = "localStorage.setItem('news-briefing', JSON.stringify({ places: [['made', 15]] }))";
    open_waiting(page, &fragment).await?;
    page.script(keep, vec![]).await?;
    press_native(page).await?;
    audio(page, "window.notes = []; audio.addEventListener('seeking', () => notes.push(audio.currentTime))")
        .await?;
    hydrate(page).await?;
    page.briefing().plays().await?;
    page.briefing().time_passes(0.5).await?;
    ensure!(page.script("return notes", vec![]).await? == json!([]), "it jumped");
    ensure!(page.briefing().time().await? < 10.0);
    Ok(())
}

async fn failed_before_hydration(page: &Page) -> Result<()> {
    // The controls of some browsers do not handle the rejection of their own promise.
    page.expect_complaint("AbortError");
    page.expect_complaint("/status/404");
    page.expect_complaint("status of 404");
    let (fragment, _) = render(&["--assets", "/"], &recorded(&[("/status/404", WAV)])?.to_string())?;
    open_waiting(page, &fragment).await?;
    press_controls(page).await?;
    audio_becomes(page, "audio.networkState", json!(3)).await?;
    hydrate(page).await?;
    let briefing = page.briefing();
    // The controls of some browsers pause a recording that cannot be played.
    if briefing.property("paused").await? == json!(true) {
        briefing.press_play().await?;
    }
    briefing.sound_label_becomes(SILENT).await?;
    briefing.time_passes(0.5).await
}

async fn several_encodings(page: &Page) -> Result<()> {
    page.expect_complaint("/status/404");
    page.expect_complaint("status of 404");
    let sources = [("/media/fine/no.xyz", "audio/x-unheard-of"), ("/status/404", "audio/mpeg"), (FINE, WAV)];
    let briefing = open(page, "", &sources).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    briefing.sound_label_becomes(RECORDING).await?;
    ensure!(page.site().request_count("/media/fine/no.xyz") == 0);
    audio_becomes(page, "audio.currentSrc.endsWith('/media/fine/a.wav')", json!(true)).await
}

async fn wrong_declared_type(page: &Page) -> Result<()> {
    page.expect_complaint("/media/fine/a.wav?type=text/html");
    let briefing = open(page, "", &[("/media/fine/a.wav?type=text/html", WAV), (FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    // Some engines sniff the file itself.
    briefing.sound_label_becomes(RECORDING).await
}

async fn none_can_be_played(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    page.expect_complaint("/status/404");
    page.expect_complaint("/text/not-json");
    let briefing = open(page, "", &[("/text/not-json", "audio/mpeg"), ("/status/404", WAV)]).await?;
    briefing.set("currentTime", json!(spoken()?.starts[2])).await?;
    briefing.press_play().await?;
    briefing.sound_label_becomes(SILENT).await?;
    briefing.plays().await?;
    briefing.current_becomes("Nobody").await?;
    briefing.time_passes(spoken()?.starts[2] + 0.3).await?;
    problem(page, "audio.sources", "/status/404 is missing").await?;
    // The briefing shows the reason and announces it.
    let alert = briefing.find(".interrupted[role=alert]").await?;
    alert.text_becomes(&["The recording does not play just now.", SILENT].join(" ")).await?;
    ensure!(alert.is_in_view().await?);
    page.picture("none").await?;
    page.is_accessible().await?;
    // The article was fetched once more, in case the recording had moved.
    ensure!(page.site().request_count("/made.json") == 2, "{:?}", page.site().requests());
    Ok(())
}

async fn a_voice_instead(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    page.expect_complaint("/status/404");
    let briefing = open(page, "voice", &[("/status/404", WAV)]).await?;
    briefing.sound_label_becomes(RECORDING).await?;
    briefing.set("currentTime", json!(spoken()?.starts[3])).await?;
    page.script(
        "const speak = speechSynthesis.speak;
        window.utterances = [];
        speechSynthesis.speak = function (utterance) { utterances.push(utterance.text); speak.call(this, utterance); }",
        vec![],
    )
    .await?;
    briefing.press_play().await?;
    briefing.sound_label_becomes("Read aloud by your device").await?;
    until("the voice goes on with the passage", async || {
        let utterance = page.script("return utterances[0]", vec![]).await?;
        ensure!(
            utterance.as_str().is_some_and(|utterance| utterance.starts_with("Rain is near")),
            "{utterance}"
        );
        Ok(())
    })
    .await
}

async fn blocking_policy(page: &Page) -> Result<()> {
    page.expect_complaint("media-src");
    page.expect_complaint("/media/fine/a.wav");
    page.site().replace_policy(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; media-src 'none'; \
        img-src 'self'",
    )?;
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.sound_label_becomes(SILENT).await?;
    briefing.plays().await?;
    problem(page, "audio.sources", "media-src of the page's Content-Security-Policy forbids").await
}

async fn cross_origin(page: &Page) -> Result<()> {
    page.site().allow_other_origins()?;
    let elsewhere = page.site().articles_url("/closed/media/fine/a.wav");
    let briefing = open(page, "", &[(&elsewhere, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    briefing.set("currentTime", json!(10)).await?;
    briefing.time_passes(10.1).await?;
    briefing.sound_label_becomes(RECORDING).await
}

async fn without_ranges(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[("/media/no-ranges/a.wav", WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    let target = spoken()?.starts[4];
    briefing.set("currentTime", json!(target)).await?;
    // Engines that have loaded the whole file can seek; others continue at the current position and report
    // it.
    until("it has jumped, or goes on", async || {
        let (time, audible): (f64, f64) =
            serde_json::from_value(audio(page, "return [host.currentTime, audio.currentTime]").await?)?;
        ensure!((time - audible).abs() < 0.6, "{time} s are reported at {audible} s");
        ensure!(time > 0.6, "it is at {time} s");
        Ok(())
    })
    .await?;
    let before = briefing.time().await?;
    if before < target {
        ensure!(before < target / 2.0, "it is at {before} s");
        briefing.part("progress").await?.attribute_becomes("aria-readonly", "true").await?;
        page.is_accessible().await?;
    }
    briefing.time_passes(before + 0.3).await?;
    // A position that was set before playback need not become the start position.
    let briefing = open(page, "", &[("/media/no-ranges/b.wav", WAV)]).await?;
    briefing.set("currentTime", json!(target)).await?;
    briefing.press_play().await?;
    until("it plays, there or from its beginning", async || {
        let audible = audio(page, "return [host.currentTime, audio.currentTime, audio.seeking]").await?;
        let (time, audible, is_seeking): (f64, f64, bool) = serde_json::from_value(audible)?;
        ensure!(
            !is_seeking && audible > 0.3 && (time - audible).abs() < 0.6,
            "{time} s are reported at {audible} s"
        );
        if audible < target - 1.0 {
            problem(page, "audio.sources", "does not allow seeking").await?;
        }
        Ok(())
    })
    .await
}

async fn unknown_length(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[("/media/endless/a.wav", WAV)]).await?;
    let duration = briefing.duration().await?;
    ensure!((duration - spoken()?.duration).abs() < 0.01);
    briefing.press_play().await?;
    briefing.time_passes(0.3).await?;
    let bar = briefing.part("progress").await?;
    for time in [0.5, 0.8] {
        briefing.time_passes(time).await?;
        let duration = briefing.duration().await?;
        ensure!((duration - spoken()?.duration).abs() < 0.6, "the duration is {duration} s");
        let text = bar.attribute("aria-valuetext").await?.context("no value text")?;
        ensure!(!text.contains("NaN") && !text.contains("nfinity"), "{text}");
    }
    Ok(())
}

/// Opens a recording whose stated duration is this many times its real one, and plays it.
async fn longer_stated_duration<'a>(page: &'a Page, times: f64) -> Result<Briefing<'a>> {
    let mut article = recorded(&[(FINE, WAV)])?;
    article["audio"]["duration"] = json!(spoken()?.duration * times);
    for segment in article["audio"]["segments"].as_array_mut().context("no segments")? {
        segment["start"] = json!(segment["start"].as_f64().context("no start")? * times);
    }
    let briefing = open_article(page, "", &article).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.2).await?;
    until("its length is known", async || {
        let duration = briefing.duration().await?;
        ensure!((duration - spoken()?.duration).abs() < 0.01, "{duration}");
        Ok(())
    })
    .await?;
    Ok(briefing)
}

async fn nearly_the_stated_length(page: &Page) -> Result<()> {
    let briefing = longer_stated_duration(page, 0.985).await?;
    let last = spoken()?.starts[5];
    briefing.find_all(".timestamp").await?.last().context("no times")?.click().await?;
    briefing.current_becomes("The last boat").await?;
    let time = audio(page, "return audio.currentTime").await?.as_f64().context("no time")?;
    ensure!(time > last - 0.05, "it went to {time} s, not to {last} s");
    ensure!(briefing.property("problems").await? == json!([]), "{}", briefing.property("problems").await?);
    Ok(())
}

async fn another_length(page: &Page) -> Result<()> {
    let briefing = longer_stated_duration(page, 1.2).await?;
    problem(page, "audio.duration", "the recording lasts").await?;
    let start = spoken()?.starts[3] * 1.2;
    briefing.set("currentTime", json!(start + 0.1)).await?;
    briefing.current_becomes("Rain is near").await?;
    // The recording ends at its real end.
    briefing.set("playbackRate", json!(3)).await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    ensure!((briefing.time().await? - spoken()?.duration).abs() < 0.2);
    Ok(())
}

async fn estimated_times(page: &Page) -> Result<()> {
    let mut article = recorded(&[(FINE, WAV)])?;
    let audio = article["audio"].as_object_mut().context("no audio")?;
    audio.remove("segments");
    audio.remove("duration");
    let briefing = open_article(page, "", &article).await?;
    let (estimate, real) = (briefing.duration().await?, spoken()?.duration);
    ensure!((estimate - real).abs() > 0.5, "an estimate of {estimate} s is too good for this test");
    let times = "return [...host.shadowRoot.querySelectorAll('.timestamp')].map(({ dataset }) => Number(dataset.seek))";
    let before: Vec<f64> = serde_json::from_value(self::audio(page, times).await?)?;
    briefing.press_play().await?;
    until("its length is known", async || {
        let duration = briefing.duration().await?;
        ensure!((duration - real).abs() < 0.1, "{duration}");
        Ok(())
    })
    .await?;
    let after: Vec<f64> = serde_json::from_value(self::audio(page, times).await?)?;
    for (before, after) in before.iter().zip(&after) {
        ensure!((before * real / estimate - after).abs() < 3.0, "{before} ms became {after} ms");
    }
    briefing.find_all(".timestamp").await?.last().context("no times")?.click().await?;
    briefing.current_becomes("The last boat").await.map(drop)
}

/// Advances the page's clock in steps, until `check` succeeds.
async fn wait_long(clock: &Clock<'_>, condition: &str, check: impl AsyncFn() -> Result<()>) -> Result<()> {
    until(condition, async || {
        clock.advance(1.0).await?;
        check().await
    })
    .await
}

async fn stalled_server(page: &Page) -> Result<()> {
    let after = byte_at(CUT_OFF);
    let briefing = open(page, "", &[(&format!("/media/stalls/a.wav?after={after}"), WAV)]).await?;
    let clock = Clock::stop(page).await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    until("it stalls", async || {
        clock.advance(0.3).await?;
        let state = audio(page, "return [audio.readyState < 3, audio.currentTime > 0.5]").await?;
        ensure!(state == json!([true, true]), "{state}");
        Ok(())
    })
    .await?;
    wait_long(&clock, "the stall is shown", async || {
        ensure!(!briefing.find_all(".player[data-waiting]").await?.is_empty());
        Ok(())
    })
    .await?;
    page.picture("stalled").await?;
    page.is_accessible().await?;
    let stalled = briefing.time().await?;
    page.site().media().repair();
    let requests = page.site().request_count("/media");
    wait_long(&clock, "the server is requested again", async || {
        ensure!(page.site().request_count("/media") > requests);
        Ok(())
    })
    .await?;
    briefing.time_passes(stalled + 0.5).await?;
    ensure!(audio(page, "return audio.playbackRate").await? == json!(3), "it has lost its speed");
    let events = page.events().await?;
    ensure!(
        !events.iter().any(|event| ["pause", "seeking"].contains(&event.name.as_str())),
        "it paused or jumped"
    );
    Ok(())
}

/// Waits until playback has stalled. Not every engine reports missing data.
async fn wait_for_stall(page: &Page) -> Result<()> {
    let has_stalled = "const done = arguments[0], audio = document.querySelector('#made').shadowRoot.querySelector('audio');
        const before = audio.currentTime;
        // A busy machine can hold it up for a second.
        setTimeout(() => done(before > 0.5 && audio.currentTime === before), 2000)";
    until("playback has stalled", async || {
        ensure!(page.script_later(has_stalled, vec![]).await? == json!(true));
        Ok(())
    })
    .await
}

/// Opens a recording of which the server sends only a part, and plays until the interruption is reported.
async fn open_and_break(page: &Page) -> Result<(Briefing<'_>, f64)> {
    page.expect_complaint("/media/drops");
    page.expect_complaint("ERR_");
    let briefing =
        open(page, "", &[(&format!("/media/drops/a.wav?after={}", byte_at(CUT_OFF)), WAV)]).await?;
    let clock = Clock::stop(page).await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    // Advance the clock only then: during playback, a step of seconds would look like seconds of silence.
    wait_for_stall(page).await?;
    wait_long(&clock, "it has broken off", async || {
        ensure!(!briefing.find_all(".interrupted").await?.is_empty());
        Ok(())
    })
    .await?;
    briefing.is_paused().await?;
    let time = briefing.time().await?;
    ensure!((1.0..CUT_OFF + 0.5).contains(&time), "it broke off at {time} s");
    problem(page, "audio.sources", "/media/drops/a.wav").await?;
    Ok((briefing, time))
}

async fn interrupted(page: &Page) -> Result<()> {
    let (briefing, time) = open_and_break(page).await?;
    let alert = briefing.find(".interrupted [role=alert]").await?;
    ensure!(alert.text().await? == "The recording does not play just now.");
    page.picture("broken-off").await?;
    page.is_accessible().await?;
    briefing.named(SILENT).await?.click().await?;
    briefing.sound_label_becomes(SILENT).await?;
    briefing.plays().await?;
    ensure!(briefing.find_all(".interrupted").await?.is_empty());
    until("it goes on from there", async || {
        // A larger step would look to the page like a suspended computer.
        page.script_later("stoppedClock.now += 300; setTimeout(arguments[0], 300)", vec![]).await?;
        let now = briefing.time().await?;
        ensure!(now > time + 0.5, "it is at {now} s");
        Ok(())
    })
    .await?;
    ensure!(briefing.time().await? < time + 8.0);
    ensure!(audio(page, "return audio.paused").await? == json!(true));

    let (briefing, time) = open_and_break(page).await?;
    page.site().media().repair();
    briefing.named("Try again").await?.click().await?;
    briefing.time_passes(time + 0.3).await?;
    ensure!(briefing.find_all(".interrupted").await?.is_empty());
    // The retry button is gone; the focus moves to the play button.
    briefing.part("play-button").await?.gets_focus().await?;
    briefing.sound_label_becomes(RECORDING).await
}

async fn network_returns(page: &Page) -> Result<()> {
    page.expect_complaint("/media/drops");
    page.expect_complaint("ERR_");
    let after = byte_at(CUT_OFF);
    let briefing = open(page, "", &[(&format!("/media/drops/a.wav?after={after}"), WAV)]).await?;
    // Hardly any time passes, so that only the network's return can trigger the retry.
    let clock = Clock::stop(page).await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    wait_for_stall(page).await?;
    // An engine that has reported the error would retry after this time, so advance the clock only for
    // others.
    if audio(page, "return !audio.error && audio.readyState >= 3").await? == json!(true) {
        clock.advance(1.5).await?;
    }
    let time = briefing.time().await?;
    page.site().media().repair();
    // The network may return before the player has noticed that it was gone. On a busy machine, the next try needs
    // seconds, which another one would end.
    let last = Cell::new(None);
    until("it goes on", async || {
        if last.get().is_none_or(|last: Instant| last.elapsed() > Duration::from_secs(4)) {
            page.script("dispatchEvent(new Event('online'))", vec![]).await?;
            last.set(Some(Instant::now()));
        }
        let now = briefing.time().await?;
        ensure!(now > time + 0.5, "it is at {now} s, as before at {time} s");
        Ok(())
    })
    .await
}

async fn expired_url(page: &Page) -> Result<()> {
    page.expect_complaint("status of 403");
    page.expect_complaint("/media/stalls");
    let morning = format!("/media/stalls/a.wav?by=morning&after={}", byte_at(CUT_OFF));
    let briefing = open(page, "", &[(&morning, WAV)]).await?;
    let clock = Clock::stop(page).await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.5).await?;
    audio(page, "window.first = audio").await?;
    // The rest of the recording is at the address in the evening's version of the article.
    page.site().media().reject_signature("morning");
    let fresh = recorded(&[("/media/fine/a.wav?by=evening", WAV)])?;
    page.site().add("/made.json", "application/json", &fresh.to_string());
    wait_long(&clock, "it plays beyond the first part", async || {
        let audible = audio(page, "return audio.currentTime").await?;
        ensure!(audible.as_f64().is_some_and(|audible| audible > CUT_OFF + 1.0), "it is at {audible} s");
        Ok(())
    })
    .await?;
    audio_becomes(page, "audio === first && audio.currentSrc.endsWith('by=evening')", json!(true)).await?;
    ensure!(page.site().request_count("/made.json") == 2);
    ensure!(
        !event_names(page).await?.iter().any(|name| ["seeking", "pause"].contains(&name.as_str())),
        "it paused or jumped"
    );
    Ok(())
}

async fn stuck_before_the_end(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    // As in some browsers: playback stalls just before the end, without ever ending.
    audio(
        page,
        "Object.defineProperty(audio, 'ended', { value: false });
        const { get } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime');
        const stuck = () => Math.min(get.call(audio), audio.duration - 0.2);
        Object.defineProperty(audio, 'currentTime', { get: stuck });
        const { get: paused } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'paused');
        Object.defineProperty(audio, 'paused', { get: () => paused.call(audio) && stuck() < audio.duration - 0.2 })",
    )
    .await?;
    briefing.set("playbackRate", json!(3)).await?;
    briefing.press_play().await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    briefing.is_paused().await
}

async fn one_tab_at_a_time(page: &Page) -> Result<()> {
    let briefing = open(page, "", &[(FINE, WAV)]).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    let first = page.open_window(&Setup::default()).await?;
    page.open("/made.html").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    page.briefing().press_play().await?;
    page.briefing().time_passes(0.1).await?;
    page.briefing().plays().await?;
    page.go_to_window(first).await?;
    page.briefing().is_paused().await
}

/// Returns the article with word times, which are in a file at this address.
fn article_with_times_file(address: &str) -> Result<Value> {
    let mut article = article_with_word_times("/media/word-by-word/a.wav")?;
    let audio = article["audio"].as_object_mut().context("no audio")?;
    audio.remove("segments");
    audio.insert("timings_url".to_owned(), json!(address));
    Ok(article)
}

/// Returns the start times shown beside the paragraphs, in seconds.
async fn shown_times(page: &Page) -> Result<Vec<f64>> {
    let script = "return [...document.querySelector('news-briefing').shadowRoot.querySelectorAll('[part=body] [data-seek]')]
        .map(({ dataset }) => dataset.seek / 1000)";
    Ok(serde_json::from_value(page.script(script, vec![]).await?)?)
}

async fn next_article(page: &Page) -> Result<()> {
    let mut article = recorded(&[(FINE, WAV)])?;
    page.site().add("/second.json", "application/json", &article.to_string());
    article["next"] = json!({ "url": "/second.json" });
    let briefing = open_article(page, "continuous", &article).await?;
    briefing.set("playbackRate", json!(2)).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    audio(page, "audio.muted = true; audio.volume = 0.25").await?;
    until("the player shows it", async || {
        ensure!(!briefing.find_all("[part=player][data-muted]").await?.is_empty());
        Ok(())
    })
    .await?;
    audio(page, "host.currentTime = host.duration - 1").await?;
    page.wait_for_event_count(2, "briefing-load", "made").await?;
    briefing.plays().await?;
    // WebKitGTK rounds the volume to its own steps.
    audio_becomes(
        page,
        "[audio.muted, Math.round(audio.volume * 100), audio.playbackRate]",
        json!([true, 25, 2]),
    )
    .await
}

async fn times_from_a_file(page: &Page) -> Result<()> {
    let word_by_word = word_by_word()?;
    let words = word_by_word.passages.iter().flatten();
    let words: Vec<Value> =
        words.map(|(start, word)| json!({ "word": word, "start": start, "end": start + 0.2 })).collect();
    let whisper =
        json!({ "task": "transcribe", "duration": word_by_word.duration, "text": "", "words": words });
    page.site().add("/timings.json", "application/json", &whisper.to_string());
    let briefing = open_article(page, "", &article_with_times_file("timings.json")?).await?;
    until("each paragraph has the time at which it is spoken", async || {
        let shown = shown_times(page).await?;
        let starts = word_by_word.passages.iter().skip(1).filter_map(|words| words.first());
        let spoken_at: Vec<f64> = starts.map(|(start, _)| *start).collect();
        let is_near = |(shown, spoken_at): (&f64, &f64)| (shown - spoken_at).abs() < 0.05;
        ensure!(
            shown.len() == spoken_at.len() && shown.iter().zip(&spoken_at).all(is_near),
            "{shown:?}, not {spoken_at:?}"
        );
        Ok(())
    })
    .await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    let target = word_by_word.duration / 2.0;
    briefing.set("currentTime", json!(target)).await?;
    until("the spoken word is highlighted", async || {
        let (time, highlighted): (f64, Vec<String>) =
            serde_json::from_value(audio(page, HIGHLIGHTED_WORDS).await?)?;
        ensure!(time > target, "it is at {time} s");
        let expected = word_at(time)?.trim_end_matches([',', '.']);
        ensure!(highlighted == [expected], "at {time} s {highlighted:?} is highlighted, not {expected:?}");
        Ok(())
    })
    .await
}

async fn unusable_times_file(page: &Page) -> Result<()> {
    page.site().add("/broken.json", "application/json", "[1, 2");
    for (address, message) in [
        ("broken.json", "begins like JSON"),
        ("ftp://times.example/a.vtt", "http or https"),
        ("/none.vtt", "404"),
    ] {
        let briefing = open_article(page, "", &article_with_times_file(address)?).await?;
        until(&format!("the problem of {address} is reported"), async || {
            let problems = briefing.property("problems").await?;
            ensure!(problems.to_string().contains(message), "{problems:#}");
            Ok(())
        })
        .await?;
        let times = shown_times(page).await?;
        ensure!(times.len() == 2 && times[1] > times[0] && times[0] > 0.0, "{times:?}");
        if address == "/none.vtt" {
            page.expect_complaint("none.vtt");
        }
    }
    Ok(())
}

async fn click_with_another_meaning(page: &Page) -> Result<()> {
    let timed = |text: &str, start: f64| -> Vec<Value> {
        let words = text.split(' ').enumerate();
        words.map(|(index, word)| json!([start + 0.2 * index as f64, word])).collect()
    };
    let (point, block) = ("Boats leave at noon.", "According to the Harbour Gazette, two boats leave.");
    let mut article = article_with_word_times("/media/word-by-word/a.wav")?;
    article["key_points"] = json!([{ "id": "k1", "text": point, "detail": ["All of them."] }]);
    article["body"] = json!([{ "id": "p1", "type": "paragraph", "text": block }]);
    article["references"] = json!([{ "id": "a", "title": "A source", "publisher": "Harbour Gazette" }]);
    article["audio"]["segments"] = json!([
        { "target": "k1", "start": 0, "words": timed(point, 0.0) },
        { "target": "p1", "start": 2, "words": timed(block, 2.0) },
    ]);
    let briefing = open_article(page, "", &article).await?;
    briefing.press_play().await?;
    briefing.time_passes(0.1).await?;
    briefing.press_play().await?;
    briefing.is_paused().await?;
    for (time, word, pressed, opened) in [
        (3.5, "leave", ".mention > span", ".popover:popover-open"),
        (0.7, "noon", "[part=key-point] > p", "[part=key-point] > details[open]"),
    ] {
        briefing.set("currentTime", json!(time)).await?;
        until("its word is highlighted", async || {
            let (_, highlighted): (f64, Vec<String>) =
                serde_json::from_value(audio(page, HIGHLIGHTED_WORDS).await?)?;
            ensure!(highlighted == [word], "{highlighted:?}");
            Ok(())
        })
        .await?;
        briefing.find(pressed).await?.press_at(Pointer::Mouse, (0.1, 0.5)).await?;
        briefing.find(opened).await?.becomes_shown().await?;
        stays("it is where it was", async || {
            ensure!(briefing.time().await? == time, "it is at {}", briefing.time().await?);
            Ok(())
        })
        .await?;
        page.press(Key::Escape).await?;
    }
    Ok(())
}

async fn silent_replacement(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    page.expect_complaint("/status/404");
    page.site().add("/fine.json", "application/json", &recorded(&[(FINE, WAV)])?.to_string());
    let briefing = open(page, "", &[("/status/404", WAV)]).await?;
    briefing.press_play().await?;
    briefing.sound_label_becomes(SILENT).await?;
    briefing.plays().await?;
    // Nothing is offered that concerns a sound.
    briefing.find("button[aria-haspopup]").await?.click().await?;
    let menu = briefing.find("#menu").await?;
    menu.becomes_shown().await?;
    let text = menu.text().await?;
    ensure!(text.contains("Keyboard") && !text.contains("Volume") && !text.contains("Mute"), "{text}");
    page.press(Key::Escape).await?;
    menu.becomes_hidden().await?;
    page.press("?").await?;
    let dialog = briefing.find("dialog").await?;
    dialog.becomes_shown().await?;
    ensure!(!dialog.text().await?.contains("Mute"), "{}", dialog.text().await?);
    page.press(Key::Escape).await?;
    // Neither briefing pauses the other when one plays in silence and the other, in another tab, a recording.
    // In silence it pauses while its page is hidden. Headless Chromium does not hide a page behind another one.
    let hide = "Object.defineProperty(document, 'hidden', { configurable: true, value: arguments[0] })";
    page.script(hide, vec![json!(false)]).await?;
    let silent = page.open_window(&Setup::default()).await?;
    page.open_page("<news-briefing id=made src=/fine.json></news-briefing>").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    page.briefing().press_play().await?;
    page.briefing().plays().await?;
    let audible = page.browser().driver.window().await?;
    page.go_to_window(silent).await?;
    stays("silence plays on", async || {
        ensure!(page.briefing().property("paused").await? == json!(false));
        Ok(())
    })
    .await?;
    page.script(hide, vec![json!(true)]).await?;
    page.briefing().is_paused().await?;
    page.script(hide, vec![json!(false)]).await?;
    page.briefing().press_play().await?;
    page.briefing().plays().await?;
    page.go_to_window(audible).await?;
    stays("the recording plays", async || {
        ensure!(page.event_count("pause", "made").await? == 0);
        Ok(())
    })
    .await
}
