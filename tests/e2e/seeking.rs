//! Seeking by key, mouse and touch, and the progress bar's preview and marks.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::clock::Clock;
use crate::menu::sections;
use crate::opening::timed;
use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::pointer::{Finger, Pointer};
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("keys on the bar seek by seconds, by passages and to the ends", keys_seek),
        scenario("a click on the bar seeks", a_click_seeks),
        scenario("dragging seeks, even outside the bar", a_drag_seeks),
        scenario("a finger can drag the bar", a_finger_seeks).in_window(360, 740).by_touch(),
        scenario("a swipe that scrolls from the bar does not seek", a_swipe_scrolls)
            .in_window(360, 740)
            .by_touch(),
        scenario("a cancelled drag restores the position", a_cancelled_drag_is_undone)
            .in_window(360, 740)
            .by_touch(),
        scenario("a second finger does not move the thumb", a_second_finger).in_window(360, 740).by_touch(),
        scenario("space on the bar plays and pauses without scrolling", the_space_bar_plays),
        scenario("hovering the bar previews the position", position_is_previewed),
        scenario("the bar is mirrored right to left", right_to_left),
        scenario("passages are marked on the bar", passages_are_marked),
        scenario("headings are marked on the bar and named in the preview", chapters),
    ]
}

async fn keys_seek(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    bar.focus().await?;
    for (key, time, expected) in [
        (Key::Right, 5.0, "5 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::Up, 10.0, "10 seconds of 1 minute 40 seconds, paragraph 2 of 10"),
        (Key::Left, 5.0, "5 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::Down, 0.0, "0 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::Left, 0.0, "0 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
        (Key::PageUp, 10.0, "10 seconds of 1 minute 40 seconds, paragraph 2 of 10"),
        (Key::PageUp, 20.0, "20 seconds of 1 minute 40 seconds, paragraph 3 of 10"),
        (Key::PageDown, 10.0, "10 seconds of 1 minute 40 seconds, paragraph 2 of 10"),
        (Key::End, 100.0, "1 minute 40 seconds of 1 minute 40 seconds"),
        (Key::Home, 0.0, "0 seconds of 1 minute 40 seconds, paragraph 1 of 10"),
    ] {
        page.press(key).await?;
        briefing.time_becomes(time).await?;
        bar.attribute_becomes("aria-valuenow", &time.to_string()).await?;
        until(&format!("{time} s have the value text {expected:?}"), async || {
            let text = bar.attribute("aria-valuetext").await?.unwrap_or_default();
            ensure!(text == expected || (time >= 100.0 && text.starts_with(expected)), "{text}");
            Ok(())
        })
        .await?;
        ensure!(bar.has_focus().await?);
    }
    ensure!(page.script("return scrollX", vec![]).await? == json!(0), "a key has scrolled the page");
    page.wait_for_event_count(page.event_count("seeking", "made").await?, "seeked", "made").await?;

    // With Control, the key belongs to the browser.
    page.press_with(Key::Control, Key::End).await?;
    briefing.time_becomes(0.0).await?;

    // During playback, the player continues from the new position.
    let clock = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    page.press(Key::PageUp).await?;
    briefing.plays().await?;
    clock.advance(1.0).await?;
    briefing.time_becomes(11.0).await
}

async fn a_click_seeks(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    for share in [0.25, 0.75, 0.5] {
        bar.press_at(Pointer::Mouse, (share, 0.5)).await?;
        briefing.time_comes_near(100.0 * share, 1.0).await?;
        briefing.is_paused().await?;
    }
    let elapsed = briefing.nth_part("time", 0).await?.text().await?;
    ensure!(["0:49", "0:50"].contains(&elapsed.as_str()), "{elapsed}");
    let played = bar.find(".played").await?.area().await?;
    let whole = bar.area().await?;
    ensure!((played.width / whole.width - 0.5).abs() < 0.02, "{played:?} of {whole:?}");
    // Keys seek from the current position.
    let time = briefing.time().await?;
    page.press(Key::Right).await?;
    briefing.time_becomes(time + 5.0).await
}

async fn a_drag_seeks(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    // Up into the text: the bar captures the mouse.
    bar.drag(Pointer::Mouse, (0.1, 0.5), (0.8, -3.0)).await?;
    briefing.time_comes_near(80.0, 1.0).await?;
    ensure!(page.script("return getSelection().toString()", vec![]).await? == json!(""), "it selected text");
    let seeks = page.event_count("seeking", "made").await?;
    ensure!(seeks > 2, "it went there in {seeks} steps only");
    // Positions past the ends are clamped.
    bar.drag(Pointer::Mouse, (0.8, 0.5), (1.2, 0.5)).await?;
    briefing.time_becomes(100.0).await?;
    bar.drag(Pointer::Mouse, (0.9, 0.5), (-0.2, 0.5)).await?;
    briefing.time_becomes(0.0).await?;
    // After release, moving the mouse does not seek.
    bar.hover_at((0.5, 0.5)).await?;
    preview(&bar).await?;
    briefing.time_becomes(0.0).await
}

async fn a_finger_seeks(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    bar.press_at(Pointer::Touch, (0.5, 0.5)).await?;
    briefing.time_comes_near(50.0, 2.0).await?;
    bar.drag(Pointer::Touch, (0.5, 0.5), (0.2, 0.5)).await?;
    briefing.time_comes_near(20.0, 2.0).await?;
    bar.find(".preview").await?.becomes_hidden().await
}

/// Fails unless the player stays at this time, in seconds, for a while.
async fn time_stays(briefing: &Briefing<'_>, time: f64) -> Result<()> {
    stays(&format!("it is at {time} s"), async || {
        let now = briefing.time().await?;
        ensure!(now == time, "it is at {now} s");
        Ok(())
    })
    .await
}

/// Opens a briefing at one minute, with its bar in the middle of the viewport.
async fn at_one_minute(page: &Page) -> Result<(Briefing<'_>, Part<'_>)> {
    let briefing = page.open_article(&timed(12)).await?;
    // Makes the page scrollable, with room around the bar.
    let room = "document.querySelector('main').style.marginBlockEnd = '2000px';
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('news-briefing::part(player) { position: static }');
        document.adoptedStyleSheets = [sheet]";
    page.script(room, vec![]).await?;
    briefing.set("currentTime", json!(60)).await?;
    let bar = briefing.part("progress").await?;
    bar.scroll_into_view().await?;
    Ok((briefing, bar))
}

async fn a_swipe_scrolls(page: &Page) -> Result<()> {
    use Finger::{Down, To, Up};
    let (briefing, bar) = at_one_minute(page).await?;
    let seeks = page.event_count("seeking", "made").await?;
    // Up, down, and up again with a finger that trembles at first or drifts sideways later.
    for path in [
        &[To(0.14, 0.5), Down, To(0.14, 0.0), To(0.14, -1.0), To(0.15, -3.0), Up][..],
        &[To(0.8, 0.5), Down, To(0.8, 1.0), To(0.8, 2.0), To(0.8, 3.0), Up],
        &[To(0.3, 0.5), Down, To(0.31, 0.48), To(0.3, -0.5), To(0.3, -3.0), Up],
        &[To(0.3, 0.5), Down, To(0.3, -1.0), To(0.33, -2.0), To(0.4, -4.0), Up],
    ] {
        bar.scroll_into_view().await?;
        bar.gesture(&[path]).await?;
        time_stays(&briefing, 60.0).await?;
        bar.find(".preview").await?.becomes_hidden().await?;
    }
    let after = page.event_count("seeking", "made").await?;
    ensure!(after == seeks, "it seeked and went back");
    Ok(())
}

async fn a_cancelled_drag_is_undone(page: &Page) -> Result<()> {
    use Finger::{Down, To, Up};
    let (briefing, bar) = at_one_minute(page).await?;
    // No driver can simulate an incoming call or a rotation of the device; a browser reports both with this
    // event.
    let cancel_at = "const [bar, at] = arguments;
        const { left, width } = bar.getBoundingClientRect();
        const briefing = document.querySelector('#made');
        const moved = ({ clientX, pointerId, pointerType }) => {
            if (Math.abs(clientX - left - at * width) > 2) return;
            bar.removeEventListener('pointermove', moved);
            window.before = briefing.currentTime;
            bar.dispatchEvent(new PointerEvent('pointercancel', { pointerId, pointerType, bubbles: true }));
        };
        bar.addEventListener('pointermove', moved)";
    for to in [0.2, 0.9, 0.99] {
        bar.script(cancel_at, vec![json!(to)]).await?;
        let path = [To(0.6, 0.5), Down, To((0.6 + to) / 2.0, 0.5), To(to, 0.5), To(0.4, 0.5), Up];
        bar.gesture(&[&path]).await?;
        let before = page.script("return window.before", vec![]).await?;
        ensure!(before.as_f64().is_some_and(|before| (before - 120.0 * to).abs() < 2.0), "{before}");
        // Later moves of the finger do not affect the bar.
        time_stays(&briefing, 60.0).await?;
        bar.find(".preview").await?.becomes_hidden().await?;
    }
    // Playback continues, although the finger has reached the end.
    let _clock = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    bar.script(cancel_at, vec![json!(1.02)]).await?;
    bar.gesture(&[&[To(0.6, 0.5), Down, To(0.9, 0.5), To(1.02, 0.5), Up]]).await?;
    page.wait_for_event_count(1, "ended", "made").await?;
    briefing.time_becomes(60.0).await?;
    briefing.plays().await
}

async fn a_second_finger(page: &Page) -> Result<()> {
    use Finger::{Down, Rest, To, Up};
    let (briefing, bar) = at_one_minute(page).await?;
    // A second finger touches the bar elsewhere, moves and lifts, while the first one holds the thumb.
    let first = [To(0.5, 0.5), Down, To(0.4, 0.5), To(0.3, 0.5), Rest, Rest, Rest, Up];
    let second = [To(0.9, 0.5), Rest, Rest, Rest, Down, To(0.95, 0.5), Up, Rest];
    bar.gesture(&[&first, &second]).await?;
    briefing.time_comes_near(36.0, 2.0).await?;
    // The first finger keeps dragging.
    let first = [To(0.5, 0.5), Down, To(0.4, 0.5), Rest, Rest, Rest, To(0.2, 0.5), Up];
    let second = [To(0.9, 0.5), Rest, Rest, Down, To(0.95, 0.5), Up, Rest, Rest];
    bar.gesture(&[&first, &second]).await?;
    briefing.time_comes_near(24.0, 2.0).await?;
    // The first finger lifts before the second: the remaining finger drags nothing.
    let first = [To(0.5, 0.5), Down, To(0.6, 0.5), Rest, Up, Rest, Rest];
    let second = [To(0.1, 0.5), Rest, Rest, Down, Rest, To(0.3, 0.5), Up];
    bar.gesture(&[&first, &second]).await?;
    briefing.time_comes_near(72.0, 2.0).await?;
    bar.find(".preview").await?.becomes_hidden().await?;
    // The next finger counts as a first one again.
    bar.gesture(&[&[To(0.25, 0.5), Down, Up]]).await?;
    briefing.time_comes_near(30.0, 2.0).await
}

async fn the_space_bar_plays(page: &Page) -> Result<()> {
    let (briefing, bar) = at_one_minute(page).await?;
    bar.focus().await?;
    let top = page.script("return scrollY", vec![]).await?;
    for _ in 0..2 {
        page.press(Key::Space).await?;
        briefing.plays().await?;
        page.press(Key::Space).await?;
        briefing.is_paused().await?;
    }
    page.press_with(Key::Shift, Key::Space).await?;
    briefing.plays().await?;
    page.press(Key::Space).await?;
    briefing.is_paused().await?;
    ensure!(page.event_count("play", "made").await? == 3, "it played more often than it was asked to");
    stays("the page is where it was", async || {
        let now = page.script("return scrollY", vec![]).await?;
        ensure!(now == top, "it has scrolled from {top} to {now}");
        Ok(())
    })
    .await?;
    ensure!(bar.has_focus().await?);
    // On the button beside the bar, the space bar presses the button, once.
    let button = briefing.part("play-button").await?;
    button.focus().await?;
    page.press(Key::Space).await?;
    briefing.plays().await?;
    page.press(Key::Space).await?;
    briefing.is_paused().await
}

/// Waits for the preview over the bar, and returns it.
async fn preview<'a>(bar: &Part<'a>) -> Result<Part<'a>> {
    let preview = bar.find(".preview").await?;
    preview.becomes_shown().await?;
    Ok(preview)
}

async fn position_is_previewed(page: &Page) -> Result<()> {
    let briefing = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    bar.hover_at((0.5, 0.5)).await?;
    let shown = preview(&bar).await?;
    until("the place is previewed", async || {
        let text = shown.text().await?;
        let at_middle = ["0:49", "0:50"].iter().any(|time| text.contains(time));
        ensure!(at_middle && text.contains("This is paragraph"), "{text}");
        Ok(())
    })
    .await?;
    briefing.time_becomes(0.0).await?;
    // At both ends the preview stays inside the viewport.
    let (width, _) = page.size().await?;
    for (share, time) in [(0.004, "0:00"), (0.996, "1:39")] {
        bar.hover_at((share, 0.5)).await?;
        until(&format!("{time} is previewed on the screen"), async || {
            let text = shown.text().await?;
            ensure!(text.contains(time), "{text}");
            let area = shown.area().await?;
            ensure!(area.left >= 0.0 && area.right() <= width, "{area:?}");
            Ok(())
        })
        .await?;
    }
    briefing.part("title").await?.hover().await?;
    shown.becomes_hidden().await
}

async fn right_to_left(page: &Page) -> Result<()> {
    let briefing = page.open_only("arabic").await?;
    let bar = briefing.part("progress").await?;
    let duration = briefing.duration().await?;
    bar.press(Key::Left).await?;
    briefing.time_becomes(5.0).await?;
    page.press(Key::Right).await?;
    briefing.time_becomes(0.0).await?;
    page.press(Key::Up).await?;
    briefing.time_becomes(5.0).await?;

    briefing.set("currentTime", json!(duration / 4.0)).await?;
    until("the bar fills from the right", async || {
        let (whole, played) = (bar.area().await?, bar.find(".played").await?.area().await?);
        ensure!((played.right() - whole.right()).abs() < 1.0, "{played:?} in {whole:?}");
        ensure!((played.width / whole.width - 0.25).abs() < 0.02, "{played:?} in {whole:?}");
        Ok(())
    })
    .await?;

    bar.press_at(Pointer::Mouse, (0.1, 0.5)).await?;
    briefing.time_comes_near(0.9 * duration, 0.02 * duration).await?;
    bar.drag(Pointer::Mouse, (0.1, 0.5), (0.8, 0.5)).await?;
    briefing.time_comes_near(0.2 * duration, 0.02 * duration).await?;
    let shown = preview(&bar).await?;
    until("the preview is where the mouse is", async || {
        let (shown, bar) = (shown.area().await?, bar.area().await?);
        let mouse = bar.left + 0.8 * bar.width;
        ensure!(shown.left <= mouse && mouse <= shown.right(), "{shown:?} and {mouse}");
        Ok(())
    })
    .await?;
    // The step buttons follow the direction of reading as well.
    let places = [briefing.named("المقطع السابق").await?, briefing.named("المقطع التالي").await?];
    let [previous, next] = &places;
    briefing.play_at_the_top().await?.click().await?;
    ensure!(previous.area().await?.left > next.area().await?.left, "the step buttons are in the wrong order");
    Ok(())
}

/// Returns the x coordinates of the marks on a bar, from left to right. The marks are strokes of paths,
/// each of which begins with its x coordinate in the drawing.
const MARKS: &str = "return [...arguments[0].querySelectorAll('path')]
    .filter((path) => path.checkVisibility() && getComputedStyle(path).stroke !== 'none')
    .flatMap((path) => path.getAttribute('d').split('M').slice(1)
        .map((mark) => new DOMPoint(parseFloat(mark), 0).matrixTransform(path.getScreenCTM()).x))
    .sort((one, other) => one - other)";

async fn marks(bar: &Part<'_>) -> Result<Vec<f64>> {
    Ok(serde_json::from_value(bar.script(MARKS, vec![]).await?)?)
}

async fn passages_are_marked(page: &Page) -> Result<()> {
    let briefing: Briefing<'_> = page.open_article(&timed(10)).await?;
    let bar = briefing.part("progress").await?;
    let whole = bar.area().await?;
    let marks_of_ten = marks(&bar).await?;
    let places: Vec<f64> =
        marks_of_ten.iter().map(|x| (100.0 * (x - whole.left) / whole.width).round()).collect();
    let starts: Vec<f64> = (1..10).map(|passage| 10.0 * f64::from(passage)).collect();
    ensure!(places == starts, "{places:?}");
    // Of sixty passages, only those with enough room are marked.
    let briefing = page.open_only("dense").await?;
    let marks = marks(&briefing.part("progress").await?).await?.len();
    ensure!((20..=100).contains(&marks), "{marks} marks");
    Ok(())
}

async fn chapters(page: &Page) -> Result<()> {
    let briefing = page.open_article(&sections()).await?;
    let bar = briefing.part("progress").await?;
    // The headings are at 30 and 50 of 70 seconds.
    let marked =
        bar.script("return arguments[0].querySelector('.chapters').getAttribute('d')", vec![]).await?;
    ensure!(marked == json!("M4285 0v1M7142 0v1"), "{marked}");
    for (share, expected) in
        [(0.64, "Section 1 · This is paragraph 3"), (0.45, "Section 1"), (0.36, "This is paragraph 1")]
    {
        bar.hover_at((share, 0.5)).await?;
        let shown = preview(&bar).await?;
        until(&format!("{expected:?} is shown"), async || {
            let text = shown.text().await?;
            let words = text.split_once(' ').map_or("", |(_, words)| words);
            ensure!(words.starts_with(expected), "{text}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}
