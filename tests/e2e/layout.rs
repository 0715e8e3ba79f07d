//! Widths, zoom, colours and motion.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::clock::Clock;
use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::setup::Setup;
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("nothing overflows from 280 to 1200 pixels", every_width).with_every_font_set(),
        scenario("nothing overflows in other languages", every_width_in_other_languages)
            .with_every_font_set(),
        scenario("the newsroom never overflows", every_width_of_the_newsroom).with_every_font_set(),
        // Known issue: with Noto in Chromium, one word overflows by half a pixel.
        scenario("text at 200% and widely spaced text fit", large_text).in_window(480, 800),
        scenario("the layout depends on the briefing's own width", own_width)
            .with_every_font_set()
            .in_window(1280, 900),
        scenario("a wide table scrolls inside its own frame", wide_tables_scroll)
            .with_every_font_set()
            .in_window(320, 640),
        scenario("in forced colours no state is shown by colour alone", forced_colors)
            .with_every_font_set()
            .with_forced_colors(),
        scenario("reduced motion disables animations", no_animations)
            .with_every_font_set()
            .with_reduced_motion(),
        scenario("the time of a block is beside its first words", timestamps_beside_words)
            .in_window(1200, 900),
        scenario("lines have at most 80 characters", max_line_length)
            .with_every_font_set()
            .in_window(1200, 900),
    ]
}

const WIDTHS: [u32; 7] = [280, 320, 360, 480, 640, 800, 1200];

/// Sets the width of the viewport.
async fn set_width(page: &Page, width: u32) -> Result<()> {
    page.set_up(&Setup { window: (width, 740), ..Setup::default() }).await?;
    until("the page has its width", async || {
        let (now, _) = page.size().await?;
        ensure!(now == f64::from(width), "it is {now} wide");
        Ok(())
    })
    .await
}

/// Fails if the page scrolls horizontally.
pub(crate) async fn page_fits(page: &Page) -> Result<()> {
    let sizes =
        "const { scrollWidth, clientWidth } = document.scrollingElement; return [scrollWidth, clientWidth]";
    let (content, screen): (f64, f64) = serde_json::from_value(page.script(sizes, vec![]).await?)?;
    ensure!(content <= screen, "the page is {content} wide on a screen of {screen}");
    Ok(())
}

/// Fails if any visible element overflows the briefing, except elements that scroll by themselves.
async fn briefing_fits(briefing: &Briefing<'_>) -> Result<()> {
    nothing_overflows(briefing, "[popover]").await
}

/// Fails if any visible element overflows the briefing, except scrolling elements and the selected
/// ones.
pub(crate) async fn nothing_overflows(briefing: &Briefing<'_>, except: &str) -> Result<()> {
    let overflowing = "const [host, except] = arguments;
        const { left, right } = host.getBoundingClientRect();
        const scrolls = (element) => element.closest(`pre, [role=group]:has(> table), ${except}`) !== null;
        return [...host.shadowRoot.querySelectorAll('*')]
            .filter((element) => element.checkVisibility() && !scrolls(element) && !element.closest('svg'))
            .filter((element) => {
                const box = element.getBoundingClientRect();
                return box.width > 1 && (box.left < left - 1 || box.right > right + 1);
            })
            .map((element) => `${element.outerHTML.slice(0, 90)} from ${element.getBoundingClientRect().left} to ${element.getBoundingClientRect().right} of ${left} to ${right}`)";
    let overflowing = briefing.element().await?.script(overflowing, vec![json!(except)]).await?;
    ensure!(overflowing == json!([]), "these stick out: {overflowing:#}");
    Ok(())
}

/// Opens all disclosures at once.
pub(crate) async fn unfold(briefing: &Briefing<'_>) -> Result<()> {
    let unfold =
        "arguments[0].shadowRoot.querySelectorAll('details').forEach((details) => { details.open = true })";
    briefing.element().await?.script(unfold, vec![]).await.map(drop)
}

/// Checks that a briefing in use fits at every width, and that an opened source fits too.
async fn fits_at_every_width(page: &Page, id: &str) -> Result<()> {
    let briefing = page.open_only(id).await?;
    for width in WIDTHS {
        set_width(page, width).await?;
        page_fits(page).await.with_context(|| format!("{id} at {width}"))?;
        briefing_fits(&briefing).await.with_context(|| format!("{id} at {width}"))?;
    }
    unfold(&briefing).await?;
    let _stopped = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    for width in WIDTHS {
        set_width(page, width).await?;
        page_fits(page).await.with_context(|| format!("{id} in use at {width}"))?;
        briefing_fits(&briefing).await.with_context(|| format!("{id} in use at {width}"))?;
        for citation in briefing.parts("citation").await?.into_iter().step_by(20) {
            if !citation.is_shown().await? {
                continue;
            }
            citation.press(Key::Enter).await?;
            let popover = briefing.popover().await?;
            let area = popover.area().await?;
            let (screen, height) = page.size().await?;
            ensure!(
                area.left > -0.5
                    && area.right() < screen + 0.5
                    && area.top > -0.5
                    && area.bottom() < height + 0.5,
                "the source at {area:?} is not on a screen of {screen} × {height}"
            );
            page_fits(page).await.with_context(|| format!("{id} with a source open at {width}"))?;
            page.press(Key::Escape).await?;
            briefing.popover_closes().await?;
        }
    }
    Ok(())
}

async fn every_width(page: &Page) -> Result<()> {
    fits_at_every_width(page, "dense").await?;
    fits_at_every_width(page, "minimal").await
}

async fn every_width_in_other_languages(page: &Page) -> Result<()> {
    for id in ["arabic", "chinese", "broken"] {
        fits_at_every_width(page, id).await?;
    }
    Ok(())
}

async fn every_width_of_the_newsroom(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    let ids = ["#seed", "#minimal", "#dense", "#arabic", "#chinese", "#broken"];
    for id in ids {
        page.briefing_at(id).shows_its_article().await?;
    }
    page.briefing_at("#refused").find("[role='alert']").await?;
    for width in WIDTHS {
        set_width(page, width).await?;
        page_fits(page).await.with_context(|| format!("at {width}"))?;
        for id in ids {
            briefing_fits(&page.briefing_at(id)).await.with_context(|| format!("{id} at {width}"))?;
        }
    }
    Ok(())
}

async fn large_text(page: &Page) -> Result<()> {
    page.site().add("/large.css", "text/css", "html { font-size: 200%; }");
    // The text spacing of WCAG 2.2.
    let spacing = "news-briefing { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em; }";
    page.site().add("/wide.css", "text/css", spacing);
    for sheet in ["/large.css", "/wide.css"] {
        page.open_page(&format!(
            "<link rel=\"stylesheet\" href=\"{sheet}\"><news-briefing id=\"made\" src=\"/articles/seed.json\"></news-briefing>"
        ))
        .await?;
        let briefing = page.briefing();
        briefing.shows_its_article().await?;
        unfold(&briefing).await?;
        briefing.call("play", vec![]).await?;
        briefing.plays().await?;
        page_fits(page).await.context(sheet)?;
        briefing_fits(&briefing).await.context(sheet)?;
    }
    Ok(())
}

async fn own_width(page: &Page) -> Result<()> {
    page.site().add(
        "/narrow.css",
        "text/css",
        "#narrow { inline-size: 320px; } #wide { inline-size: 800px; }",
    );
    page.open_page(
        "<link rel=\"stylesheet\" href=\"/narrow.css\">
        <news-briefing id=\"narrow\" src=\"/articles/seed.json\"></news-briefing>
        <news-briefing id=\"wide\" src=\"/articles/seed.json\"></news-briefing>",
    )
    .await?;
    let (narrow, wide) = (page.briefing_at("#narrow"), page.briefing_at("#wide"));
    narrow.shows_its_article().await?;
    wide.shows_its_article().await?;
    for briefing in [&narrow, &wide] {
        briefing_fits(briefing).await?;
    }
    // Times are shown only if there is a margin for them.
    ensure!(narrow.all_named("Play from 0:00").await?.is_empty());
    let times = wide.find("[part~='block'] button[data-seek]").await?;
    ensure!(times.is_shown().await?);
    // On a wide screen, a narrow briefing still opens a popover instead of a bottom sheet.
    let citation = narrow.part("citation").await?;
    citation.press(Key::Enter).await?;
    let popover = narrow.popover().await?;
    narrow.is_beside(&popover, &citation).await
}

async fn wide_tables_scroll(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    for selector in ["[part~='block'] [role='group']:has(> table)", "pre"] {
        let frames = briefing.find_all(selector).await?;
        let mut wide = 0;
        for frame in frames {
            let sizes =
                frame.script("return [arguments[0].scrollWidth, arguments[0].clientWidth]", vec![]).await?;
            let (content, frame_width): (f64, f64) = serde_json::from_value(sizes)?;
            if content <= frame_width {
                continue;
            }
            wide += 1;
            // The table also scrolls by keyboard.
            frame.press(Key::Right).await?;
            until("it has scrolled", async || {
                let left = frame.property("scrollLeft").await?.as_f64().context("no number")?;
                ensure!(left > 0.0);
                Ok(())
            })
            .await?;
            ensure!(frame.attribute("aria-label").await?.is_some_and(|name| !name.is_empty()));
        }
        ensure!(wide > 0, "no {selector} is wider than the screen");
    }
    Ok(())
}

async fn forced_colors(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let _stopped = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(200)).await?;
    let current = until("a block is current", async || {
        briefing.current_passages().await?.pop().context("none is marked")
    })
    .await?;
    let plain = briefing.find("[part~='block']:not([aria-current])").await?;
    ensure!(current.style("outline-style").await? != "none", "the current passage is not outlined");
    ensure!(plain.style("outline-style").await? == "none");

    let citation = briefing.citation("6,8").await?;
    let other = briefing.citation("8").await?;
    citation.press(Key::Enter).await?;
    let popover = briefing.popover().await?;
    let outline = (citation.style("outline-style").await?, citation.style("outline-width").await?);
    ensure!(outline.0 != "none", "the open citation is not outlined");
    ensure!(other.style("outline-style").await? == "none");
    ensure!(popover.style("border-top-style").await? == "solid", "the popover has no edge");
    page.picture("popover").await?;
    page.press(Key::Escape).await?;
    // Played and unplayed parts of the bar differ, and the play button has a border.
    let bar = briefing.part("progress").await?;
    let played = bar.find(".played").await?.style("background-color").await?;
    let track = bar.find(".track").await?;
    ensure!(track.style("background-color").await? != played);
    ensure!(
        track.style("outline-style").await? != "none" || track.style("border-top-style").await? != "none"
    );
    ensure!(briefing.part("play-button").await?.style("border-top-style").await? == "solid");
    page.picture("playing").await?;
    Ok(())
}

async fn no_animations(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let _stopped = Clock::stop(page).await?;
    unfold(&briefing).await?;
    briefing.call("play", vec![]).await?;
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await?;
    let moving = "const seconds = (list) => list.split(',').map((time) => parseFloat(time) * (time.includes('ms') ? 0.001 : 1));
        const moves = (element, pseudo) => {
            const { transitionDuration, animationName, animationDuration } = getComputedStyle(element, pseudo);
            return seconds(transitionDuration).some((time) => time > 0.01)
                || (animationName !== 'none' && seconds(animationDuration).some((time) => time > 0.01));
        };
        return [...arguments[0].shadowRoot.querySelectorAll('*')]
            .filter((element) => [undefined, '::before', '::after', '::details-content'].some((pseudo) => moves(element, pseudo)))
            .map((element) => element.outerHTML.slice(0, 80))";
    let moving: Value = briefing.element().await?.script(moving, vec![]).await?;
    ensure!(moving == json!([]), "{moving:#}");

    // With reduced motion, scrolling along jumps instead of scrolling smoothly.
    page.press(Key::Escape).await?;
    briefing.set("currentTime", json!(300)).await?;
    briefing.named("Scroll along").await?.click().await?;
    let jumps = "const [host, answer] = arguments;
        const before = scrollY;
        requestAnimationFrame(() => requestAnimationFrame(() => answer([before, scrollY])))";
    let host = briefing.element().await?;
    let jumps = page.script_later(jumps, vec![host.argument()?]).await?;
    ensure!(jumps[0] == jumps[1], "the page still glides: {jumps}");
    ensure!(briefing.current_passages().await?.pop().context("none is marked")?.is_in_view().await?);
    Ok(())
}

async fn max_line_length(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    // WCAG 2.2, visual presentation: no more than 80 characters.
    let measure = "const text = arguments[0];
        const probe = document.createElement('span');
        probe.textContent = 'The quick brown fox jumps over the lazy dog, and goes on from there to the end of it.'.slice(0, 80);
        probe.style.cssText = 'position: absolute; white-space: nowrap';
        text.append(probe);
        const { width } = probe.getBoundingClientRect();
        probe.remove();
        return [text.getBoundingClientRect().width, width]";
    let text = briefing.find("[part~='block'] p").await?;
    let (line, most): (f64, f64) = serde_json::from_value(text.script(measure, vec![]).await?)?;
    ensure!(line <= most, "a line of {line} px holds more than 80 characters, which take {most} px");
    Ok(())
}

/// Returns the words of the blocks of text whose timestamps are not beside their first line.
const MISPLACED_TIMESTAMPS: &str = "const misplaced = [];
    for (const block of arguments[0].shadowRoot.querySelectorAll('[part~=block]')) {
        const words = block.querySelector(':scope > :is(p, h3, h4, h5)');
        if (!words) continue;
        const range = document.createRange();
        range.selectNodeContents(words);
        const [line] = range.getClientRects();
        const time = block.querySelector('[data-seek]').getBoundingClientRect();
        const middle = (time.top + time.bottom) / 2;
        if (!time.height || middle < line.top || middle > line.bottom) misplaced.push(words.textContent);
    }
    return misplaced";

async fn timestamps_beside_words(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let misplaced = briefing.element().await?.script(MISPLACED_TIMESTAMPS, vec![]).await?;
    ensure!(misplaced == json!([]), "{misplaced}");
    Ok(())
}
