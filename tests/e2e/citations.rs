//! Opening a source from its citation, and returning.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::opening::{article, timed};
use crate::page::{Briefing, Page};
use crate::part::Part;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("clicks open and close a source", by_mouse),
        scenario("keys open a source and return the focus", by_keyboard),
        scenario("on a narrow screen a tap opens a bottom sheet", by_touch).in_window(360, 740).by_touch(),
        scenario("citations are large enough touch targets", touch_targets_are_large)
            .in_window(360, 740)
            .by_touch(),
        scenario("a citation stays on the line of its text", citations_stay_on_their_line),
        scenario("copied text contains no citation numbers", copied_text_has_no_citations),
        scenario("hovering opens a source, leaving closes it", by_hovering),
        scenario("a click keeps a hovered source open", a_click_keeps).in_window(1024, 900),
        scenario("hovering neither moves the focus nor replaces an open source", hovering_is_unobtrusive),
        scenario("scrolling a citation under the mouse opens nothing", scrolling_under_the_mouse),
        scenario("a citation with several sources can be paged", several_sources),
        scenario("after paging, pressing the citation closes the source", pressed_after_paging),
        scenario("a source links to all its citations", links_to_citations),
        scenario("a source shows all its metadata", source_metadata),
        scenario("a popover stays in view wherever its citation is", popovers_stay_in_view)
            .in_window(800, 600),
        scenario("every block type can contain citations", every_block_can_cite),
        scenario("a click in an iframe closes a source", click_in_an_iframe),
        scenario("only one source is open per page", one_at_a_time),
        scenario("the page can open a source", the_page_can_open_a_source),
        scenario("opening a source unfolds the section that cites it", cited_in_a_folded_section),
    ]
}

/// Finds, at any width of the briefing, the citations on another line than the text before them, or than
/// a punctuation mark after them, with the surrounding text.
const MISPLACED_CITATIONS: &str = include_str!("misplaced_citations.js");

/// The colours of a citation.
async fn colors(citation: &Part<'_>) -> Result<(String, String)> {
    Ok((citation.style("color").await?, citation.style("background-color").await?))
}

async fn by_mouse(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    ensure!(citation.text().await? == "6");
    let closed = colors(&citation).await?;

    citation.click().await?;
    let popover = briefing.popover_of("Audit of the water department, 2016").await?;
    briefing.is_beside(&popover, &citation).await?;
    ensure!(colors(&citation).await? != closed, "nothing shows which citation is open");
    let event = page.wait_for_event("briefing-reference").await?;
    ensure!(event.detail == json!({ "id": "audit", "number": 6 }), "{event:?}");

    citation.click().await?;
    briefing.popover_closes().await?;
    until("it looks closed", async || {
        // The mouse is still over the citation, which may underline it.
        ensure!(colors(&citation).await? == closed);
        Ok(())
    })
    .await?;

    // A click elsewhere closes it and does nothing else.
    citation.click().await?;
    briefing.popover().await?;
    briefing.part("title").await?.click().await?;
    briefing.popover_closes().await?;

    citation.click().await?;
    briefing.popover().await?;
    briefing.named("Close").await?.click().await?;
    briefing.popover_closes().await?;
    citation.gets_focus().await
}

async fn by_keyboard(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    for open in [Key::Enter, Key::Space] {
        citation.press(open).await?;
        let popover = briefing.popover_of("Audit of the water department, 2016").await?;
        briefing.is_beside(&popover, &citation).await?;
        // The popover's content comes next in the tab order.
        page.press(Key::Tab).await?;
        until("the focus is in the popover", async || {
            let focused = page.focused().await?;
            let inside = "return arguments[0].closest('[popover]') !== null";
            ensure!(focused.script(inside, vec![]).await? == json!(true), "on {:?}", focused.text().await?);
            Ok(())
        })
        .await?;
        page.press(Key::Escape).await?;
        briefing.popover_closes().await?;
        citation.gets_focus().await?;
    }
    // The next tab stop is the next control in the text.
    page.press(Key::Tab).await?;
    briefing
        .nth_part("block", 1)
        .await?
        .find_all("[part~='citation']")
        .await?
        .get(1)
        .context("no second")?
        .gets_focus()
        .await
}

async fn by_touch(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    citation.tap().await?;
    let sheet = briefing.popover_of("Audit of the water department, 2016").await?;
    let (width, height) = page.size().await?;
    let area = sheet.area().await?;
    ensure!(
        area.left.abs() < 1.0 && (area.width - width).abs() < 1.0,
        "{area:?} is not as wide as the screen"
    );
    ensure!((area.bottom() - height).abs() < 1.0, "{area:?} is not at the bottom of {height}");
    ensure!(area.height < 0.8 * height, "{area:?} covers the text");
    page.picture("sheet").await?;

    // The next source replaces the first.
    briefing.named("Next source").await?.tap().await?;
    let sheet = briefing.popover_of("Minutes of the city council").await?;
    ensure!((sheet.area().await?.bottom() - height).abs() < 1.0);

    // A tap on the text closes the popover and opens nothing.
    briefing.part("title").await?.tap().await?;
    briefing.popover_closes().await?;
    citation.tap().await?;
    briefing.popover().await?;
    briefing.named("Close").await?.tap().await?;
    briefing.popover_closes().await
}

async fn touch_targets_are_large(page: &Page) -> Result<()> {
    /// WCAG 2.2, target size (minimum).
    const LEAST: f64 = 24.0;
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    citation.scroll_into_view().await?;
    let hits = "const [mark, least] = arguments;
        const { left, top, width, height } = mark.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const hit = (dx, dy) => mark.getRootNode().elementFromPoint(x + dx, y + dy) === mark;
        const reach = least / 2 - 1;
        return [hit(-reach, 0), hit(reach, 0), hit(0, -reach), hit(0, reach)]";
    let hits = citation.script(hits, vec![json!(LEAST)]).await?;
    ensure!(hits == json!([true, true, true, true]), "left, right, above, below: {hits}");
    Ok(())
}

async fn by_hovering(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    let above = briefing.nth_part("block", 0).await?;
    above.hover().await?;
    citation.hover().await?;
    let popover = briefing.popover_of("Audit of the water department, 2016").await?;
    briefing.is_beside(&popover, &citation).await?;

    // The popover stays open while the mouse moves into it and inside it.
    popover.hover_in_place().await?;
    stays("it is open", async || {
        ensure!(briefing.open_popovers().await?.len() == 1);
        Ok(())
    })
    .await?;
    // At the start of a line: elsewhere the popover may cover the text above.
    above.hover_in_place_at((0.02, 0.5)).await?;
    briefing.popover_closes().await?;

    // Another citation, without leaving the text first.
    citation.hover().await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    let other = briefing.nth_part("block", 2).await?.find("[part~='citation']").await?;
    other.hover_in_place().await?;
    briefing.popover_of("Quantifying the global non-revenue water problem").await?;
    page.press(Key::Escape).await?;
    briefing.popover_closes().await
}

async fn a_click_keeps(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    citation.hover().await?;
    briefing.popover().await?;
    citation.click().await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    briefing.nth_part("block", 0).await?.hover_in_place().await?;
    stays("it is open", async || {
        ensure!(briefing.open_popovers().await?.len() == 1);
        Ok(())
    })
    .await?;
    // A second click closes the popover, although the mouse rests on the citation.
    citation.click().await?;
    briefing.popover_closes().await?;
    stays("it is closed", async || {
        ensure!(briefing.open_popovers().await?.is_empty());
        Ok(())
    })
    .await
}

async fn hovering_is_unobtrusive(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citations = briefing.nth_part("block", 1).await?.find_all("[part~='citation']").await?;
    let [first, second] = citations.as_slice() else { anyhow::bail!("two citations are expected") };
    let provenance = briefing.part("provenance").await?;
    provenance.focus().await?;
    first.hover().await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    ensure!(provenance.has_focus().await?, "hovering has taken the focus");
    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;
    ensure!(provenance.has_focus().await?, "closing has taken the focus");

    // Hovering another citation does not replace a popover that was opened deliberately.
    first.press(Key::Enter).await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    second.hover_in_place().await?;
    stays("the source that was opened is shown", async || {
        let open = briefing.open_popovers().await?;
        let text = open.first().context("nothing is open")?.text().await?;
        ensure!(text.contains("Audit of the water department"), "{text}");
        Ok(())
    })
    .await
}

async fn scrolling_under_the_mouse(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.nth_part("block", 1).await?.find("[part~='citation']").await?;
    // The mouse rests on the text, right below a citation.
    citation.hover().await?;
    briefing.popover().await?;
    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;
    citation.hover_at((0.5, 7.0)).await?;
    page.script(
        "scrollBy({ top: -6.5 * arguments[0], behavior: 'instant' })",
        vec![json!(citation.area().await?.height)],
    )
    .await?;
    until("the page has put the citation under the mouse", async || {
        ensure!(citation.script("return arguments[0].matches(':hover')", vec![]).await? == json!(true));
        Ok(())
    })
    .await?;
    stays("no source is open", async || {
        ensure!(briefing.open_popovers().await?.is_empty(), "one has opened");
        Ok(())
    })
    .await?;
    // Once the mouse moves, the popover opens.
    citation.hover_at((0.6, 0.5)).await?;
    briefing.popover_of("Audit of the water department, 2016").await.map(drop)
}

/// Returns the position that the open popover states, such as `1 of 2`.
async fn position(briefing: &Briefing<'_>) -> Result<String> {
    let text = briefing.popover().await?.text().await?;
    let line = text.lines().map(str::trim).find(|line| line.contains(" of ") && line.len() < 12);
    Ok(line.with_context(|| format!("no position in {text}"))?.to_owned())
}

async fn several_sources(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.part("summary").await?.find("[part~='citation']").await?;
    ensure!(citation.text().await? == "6,8");
    ensure!(citation.attribute("aria-label").await?.as_deref() == Some("Sources 6,8"));
    let closed = colors(&citation).await?;

    citation.press(Key::Enter).await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    ensure!(position(&briefing).await? == "1 of 2");
    briefing.named("Next source").await?.press(Key::Enter).await?;
    let second = briefing.popover_of("District meter readings").await?;
    ensure!(position(&briefing).await? == "2 of 2");
    briefing.is_beside(&second, &citation).await?;
    ensure!(colors(&citation).await? != closed, "the citation no longer looks open");
    briefing.named("Next source").await?.gets_focus().await?;

    // The sources wrap around in both directions.
    page.press(Key::Enter).await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    ensure!(position(&briefing).await? == "1 of 2");
    briefing.named("Previous source").await?.click().await?;
    briefing.popover_of("District meter readings").await?;
    briefing.named("Previous source").await?.gets_focus().await?;

    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;
    citation.gets_focus().await?;
    until("the citation looks closed", async || {
        ensure!(colors(&citation).await? == closed);
        Ok(())
    })
    .await?;

    // A range contains all of its sources.
    let range = briefing.citation("1,2,3").await?;
    range.click().await?;
    ensure!(position(&briefing).await? == "1 of 3");
    briefing.named("Previous source").await?.click().await?;
    briefing.popover_of("Losses in Water Distribution Networks").await?;
    ensure!(position(&briefing).await? == "3 of 3");
    Ok(())
}

async fn links_to_citations(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    // The radio talk is cited in a quotation and in two paragraphs.
    let citation = briefing.citation("11").await?;
    citation.click().await?;
    let popover = briefing.popover().await?;
    let text = popover.text().await?;
    ensure!(text.contains("Cited 3 times:"), "{text}");
    for place in 0..3 {
        let links = briefing.popover().await?.find_all("a[href^='#cite']").await?;
        let link = links.get(place).context("there are fewer links")?;
        let name = link.text().await?;
        link.click().await?;
        briefing.popover_closes().await?;
        let marker = until("a citation has the focus", async || {
            let focused = page.focused().await?;
            let part = focused.attribute("part").await?;
            ensure!(part.as_deref() == Some("citation"), "{part:?}");
            Ok(focused)
        })
        .await?;
        ensure!(
            marker.text().await?.split(',').any(|number| number == "11"),
            "{name} links to another citation"
        );
        ensure!(marker.is_in_view().await?, "{name} is out of view");
        let block = "const blocks = [...arguments[0].getRootNode().querySelectorAll('[part~=block]')]
                .filter((block) => !block.querySelector('h3, h4, h5'));
            return blocks.findIndex((block) => block.contains(arguments[0])) + 1";
        let number = marker.script(block, vec![]).await?;
        ensure!(name == format!("¶{number}"), "{name} links to paragraph {number}");
        briefing.call("openReference", vec![json!("radio")]).await?;
        briefing.popover_of("The pump was the illness").await?;
    }
    page.press(Key::Escape).await?;
    briefing.popover_closes().await?;

    // A citation in a folded key point is unfolded.
    briefing.citation("1,2,3").await?.click().await?;
    briefing.named("Previous source").await?.click().await?;
    let popover = briefing.popover_of("Losses in Water Distribution Networks").await?;
    let folded = briefing.nth_part("key-point", 1).await?.find(":scope details [part~='citation']").await?;
    ensure!(!folded.is_shown().await?);
    let mut is_followed = false;
    for link in popover.find_all("a[href^='#cite']").await? {
        if link.text().await? == "Point 2" {
            link.click().await?;
            is_followed = true;
            break;
        }
    }
    ensure!(is_followed, "no link to point 2 in {}", popover.text().await?);
    folded.becomes_shown().await?;
    folded.gets_focus().await
}

async fn source_metadata(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    briefing.call("openReference", vec![json!("qbitai")]).await?;
    let popover = briefing.popover_of("AGI Infra").await?;
    let text = popover.text().await?;
    for expected in [
        "量子位 QbitAI",
        "[2]",
        "May 7, 2026",
        "Chinese",
        "Article",
        "Token 用量大幅上升",
        "Cited once:",
        "2 of 2",
    ] {
        ensure!(text.contains(expected), "no {expected:?} in {text}");
    }
    let title = popover.find("a[target]").await?;
    ensure!(title.property("href").await? == json!("https://www.qbitai.com/"));
    ensure!(title.attribute("target").await?.as_deref() == Some("_blank"));
    ensure!(title.attribute("rel").await?.unwrap_or_default().contains("noopener"));
    ensure!(title.property("textContent").await?.to_string().contains("opens in a new tab"));
    let foreign = popover.find("a[target] [lang]").await?;
    ensure!(foreign.attribute("lang").await?.as_deref() == Some("zh"));
    let excerpt = popover.find("blockquote").await?;
    ensure!(excerpt.attribute("lang").await?.as_deref() == Some("zh"));
    let archived = popover.find_all("a[target]").await?.into_iter().nth(1).context("no archived copy")?;
    ensure!(archived.text().await?.starts_with("Archived copy"));
    ensure!(
        archived.property("href").await? == json!("https://web.archive.org/web/2026/https://www.qbitai.com/")
    );
    ensure!(archived.attribute("rel").await?.unwrap_or_default().contains("noopener"));

    let briefing = page.open_only("dense").await?;
    briefing.call("openReference", vec![json!("ports")]).await?;
    let popover = briefing.popover_of("موانئ").await?;
    let title = popover.find("[lang='ar']").await?;
    ensure!(title.script("return arguments[0].matches(':dir(rtl)')", vec![]).await? == json!(true));

    // A source without an address has no link.
    briefing.call("openReference", vec![json!("may")]).await?;
    let popover = briefing.popover_of("Pressure dependent leakage").await?;
    ensure!(popover.find_all("a[target]").await?.is_empty());
    ensure!(popover.text().await?.contains("John May"));
    Ok(())
}

async fn popovers_stay_in_view(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let scroll = "const [mark, share] = arguments;
        scrollBy({ top: mark.getBoundingClientRect().top - share * innerHeight, behavior: 'instant' })";
    let citations = briefing.find_all("[part~='body'] [part~='citation']").await?;
    let mut sides = (0, 0);
    for (index, citation) in citations.iter().enumerate().step_by(9) {
        for share in [0.05, 0.45, 0.9] {
            citation.script(scroll, vec![json!(share)]).await?;
            citation.script("arguments[0].click()", vec![]).await?;
            let popover = briefing.popover().await?;
            let placed = briefing.is_beside(&popover, citation).await;
            placed.with_context(|| format!("citation {index} at {share} of the height"))?;
            let is_below = popover.area().await?.top > citation.area().await?.top;
            if is_below {
                sides.0 += 1
            } else {
                sides.1 += 1
            }
            citation.script("arguments[0].click()", vec![]).await?;
            briefing.popover_closes().await?;
        }
    }
    ensure!(sides.0 > 0 && sides.1 > 0, "all are on one side: {sides:?}");
    Ok(())
}

async fn citations_stay_on_their_line(page: &Page) -> Result<()> {
    let sentences = [
        "Half of all the water is lost on its way.[^a] A year before it was more[^a], or so they say[^b].",
        "“All of it is *known*[^a]” (as they told us[^a][^b]) – and *it was told[^b].* Nobody **listened**[^b]!",
        "According to Reuters, a third of the money had gone elsewhere before the work began.",
        "一半的水在途中流失。[^a]据报道[^b]，前一年更多[^a]；没有人听[^a]。后来怎么样[^b]？人们还在等待[^a]答复[^b]。",
    ];
    let mut article = article("Lines", json!(sentences));
    article["key_points"] = json!(sentences);
    article["references"] =
        json!([{ "id": "a", "title": "A" }, { "id": "b", "title": "B", "publisher": "Reuters" }]);
    citations_stay_with_their_text(&page.open_article(&article).await?).await?;
    for id in ["dense", "chinese", "arabic"] {
        citations_stay_with_their_text(&page.open_only(id).await?).await.context(id)?;
    }
    Ok(())
}

async fn citations_stay_with_their_text(briefing: &Briefing<'_>) -> Result<()> {
    let misplaced = briefing.element().await?.script(MISPLACED_CITATIONS, vec![]).await?;
    ensure!(misplaced == json!([]), "{misplaced:#}");
    Ok(())
}

async fn copied_text_has_no_citations(page: &Page) -> Result<()> {
    let mut article = article("Copying", json!(["The share is 14.[^a] Reuters[^a], they say, told it."]));
    article["references"] = json!([{ "id": "a", "title": "A" }]);
    let briefing = page.open_article(&article).await?;
    let select = "getSelection().selectAllChildren(arguments[0]); return String(getSelection())";
    let copied = briefing.part("body").await?.find("p").await?.script(select, vec![]).await?;
    ensure!(copied == json!("The share is 14. Reuters, they say, told it."), "{copied}");
    Ok(())
}

async fn every_block_can_cite(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    for place in ["p", "li li", "caption", "td", "blockquote ~ figcaption", "img ~ figcaption"] {
        let citation = briefing.find(&format!("[part~='block'] {place} [part~='citation']")).await?;
        citation.click().await?;
        let popover = briefing.popover().await?;
        briefing.is_beside(&popover, &citation).await.with_context(|| place.to_owned())?;
        page.press(Key::Escape).await?;
        briefing.popover_closes().await?;
    }
    // Only numbers that the article marks as citations become citations.
    ensure!(briefing.find_all("pre [part~='citation']").await?.is_empty());
    let body = briefing.part("body").await?.text().await?;
    ensure!(!body.contains("[^") && body.contains("[sic]"));
    Ok(())
}

async fn click_in_an_iframe(page: &Page) -> Result<()> {
    let files = page.site().files_url("");
    page.site().set_policy_for_frames(&files)?;
    let advertisement =
        "<!doctype html><html lang=en><title>Advertisement</title><p>Buy this</p><a href=#x>Now</a>";
    page.site().add("/advertisement.html", "text/html", advertisement);
    let mut made = article("Cited", json!(["One.[^a]", "Two.[^b]"]));
    made["references"] =
        json!([{ "id": "a", "title": "A source" }, { "id": "b", "title": "Another source" }]);
    page.site().add("/made.json", "application/json", &made.to_string());
    page.site().add(
        "/far.js",
        "text/javascript",
        "const host = document.querySelector('#host');
        host.attachShadow({ mode: 'open' }).append(host.querySelector('iframe'))",
    );
    let frame = |id: &str, origin: &str, more: &str| {
        format!(
            "<iframe id={id} title=Advertisement {more} width=300 height=100 src={origin}/advertisement.html></iframe>"
        )
    };
    page.open_page(&format!(
        "{}{}{}<div id=host>{}</div><script src=/far.js></script>
        <news-briefing id=made src=/made.json></news-briefing>",
        frame("own", "", ""),
        frame("other", &files, ""),
        frame("sandboxed", &files, "sandbox"),
        frame("shadowed", &files, ""),
    ))
    .await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    for id in ["own", "other", "sandboxed", "shadowed"] {
        let citation = briefing.nth_part("citation", 0).await?;
        citation.click().await?;
        briefing.popover_of("A source").await?;
        let frame = "return [document.querySelector('#' + arguments[0])
            ?? document.querySelector('#host').shadowRoot.querySelector('iframe')]";
        let frames = page.elements_by(frame, vec![json!(id)]).await?;
        frames.first().context("no frame")?.click().await?;
        briefing.popover_closes().await.context(id)?;
        until("the citation looks closed", async || {
            ensure!(citation.attribute("data-open").await?.is_none());
            Ok(())
        })
        .await?;
        // The popover opens again, and the reader can use the focus.
        citation.click().await?;
        briefing.popover_of("A source").await?;
        page.press(Key::Escape).await?;
        briefing.popover_closes().await?;
    }
    // If the reader switches to another window or program and returns, the popover is still open.
    briefing.nth_part("citation", 1).await?.click().await?;
    briefing.popover_of("Another source").await?;
    let leave = "document.hasFocus = () => false; window.dispatchEvent(new FocusEvent('blur'))";
    page.script(leave, vec![]).await?;
    stays("it is open", async || {
        ensure!(briefing.open_popovers().await?.len() == 1);
        Ok(())
    })
    .await?;
    // Tabbing within the page keeps the popover open, too.
    page.script("delete document.hasFocus", vec![]).await?;
    page.press(Key::Tab).await?;
    page.press(Key::Tab).await?;
    stays("it is open", async || {
        ensure!(briefing.open_popovers().await?.len() == 1);
        Ok(())
    })
    .await
}

async fn one_at_a_time(page: &Page) -> Result<()> {
    page.open("/?loading=eager").await?;
    let (seed, dense) = (page.briefing_at("#seed"), page.briefing_at("#dense"));
    seed.shows_its_article().await?;
    dense.shows_its_article().await?;
    seed.call("openReference", vec![json!("techcrunch")]).await?;
    seed.popover().await?;
    dense.part("citation").await?.script("arguments[0].click()", vec![]).await?;
    dense.popover().await?;
    seed.popover_closes().await
}

async fn cited_in_a_folded_section(page: &Page) -> Result<()> {
    let mut made = article("Folded", json!(["First."]));
    made["key_points"] = json!([{ "id": "k", "text": "A point.", "detail": ["Its detail.[^a]"] }]);
    made["references"] = json!([
        { "id": "a", "title": "The first source", "url": "https://www.example.org/a" },
        { "id": "1", "title": "A source with a number for its id", "url": "https://www.example.org/b" },
    ]);
    for section_is_folded in [false, true] {
        let briefing = page.open_article(&made).await?;
        if section_is_folded {
            briefing.find("[part~='key-points'] summary").await?.click().await?;
        }
        briefing.call("openReference", vec![json!("a")]).await?;
        let popover = briefing.popover_of("The first source").await?;
        let citation = briefing.part("citation").await?;
        citation.becomes_shown().await?;
        briefing.is_beside(&popover, &citation).await?;
    }
    let briefing = page.open_article(&made).await?;
    briefing.call("openReference", vec![json!(2)]).await?;
    briefing.nth_part("reference", 1).await?.gets_focus().await?;
    briefing.call("openReference", vec![json!(1)]).await?;
    ensure!(briefing.open_popovers().await?.is_empty(), "the id comes before the number");
    Ok(())
}

async fn the_page_can_open_a_source(page: &Page) -> Result<()> {
    let mut made = article("Sources", json!(["First.[^a]", "Second.[^b]", "Third.[^a]"]));
    made["references"] = json!([
        { "id": "a", "title": "The first source", "url": "https://www.example.org/a" },
        { "id": "b", "title": "The second source", "url": "https://www.example.org/b" },
        { "id": "c", "title": "A source that is cited nowhere", "url": "https://www.example.org/c" },
    ]);
    let briefing = page.open_article(&made).await?;
    briefing.call("openReference", vec![json!("a")]).await?;
    let popover = briefing.popover_of("The first source").await?;
    ensure!(popover.text().await?.contains("Cited 2 times:"));
    let first = briefing.part("citation").await?;
    briefing.is_beside(&popover, &first).await?;
    briefing.call("openReference", vec![json!("b")]).await?;
    briefing.popover_of("The second source").await?;

    // A source that is cited nowhere is shown in the list.
    briefing.call("openReference", vec![json!("c")]).await?;
    briefing.popover_closes().await?;
    briefing.nth_part("reference", 2).await?.gets_focus().await?;

    briefing.call("openReference", vec![json!("nobody")]).await?;
    ensure!(briefing.open_popovers().await?.is_empty());

    // Reached from another source's popover, an uncited source states that nothing cites it.
    briefing.call("openReference", vec![json!("b")]).await?;
    briefing.popover_of("The second source").await?;
    briefing.named("Next source").await?.click().await?;
    let popover = briefing.popover_of("A source that is cited nowhere").await?;
    ensure!(popover.text().await?.contains("Not cited in the text"));

    // An article without sources has no popover to open.
    let briefing = page.open_article(&timed(1)).await?;
    briefing.call("openReference", vec![json!("a")]).await?;
    ensure!(briefing.find_all("[part~='popover']").await?.is_empty());
    Ok(())
}

async fn pressed_after_paging(page: &Page) -> Result<()> {
    let briefing = page.open_only("dense").await?;
    let citation = briefing.part("summary").await?.find("[part~='citation']").await?;
    // Browsers expose a button as expanded while its popover is open.
    let is_expanded = "return arguments[0].popoverTargetElement.matches(':popover-open')";
    for by_mouse in [true, false] {
        citation.press(Key::Enter).await?;
        briefing.popover_of("Audit of the water department, 2016").await?;
        briefing.named("Next source").await?.press(Key::Enter).await?;
        briefing.popover_of("District meter readings").await?;
        until("the citation is expanded", async || {
            ensure!(citation.script(is_expanded, vec![]).await? == json!(true));
            Ok(())
        })
        .await?;
        if by_mouse {
            citation.click().await?;
        } else {
            citation.press(Key::Enter).await?;
        }
        stays("it is closed", async || {
            briefing.popover_closes().await?;
            ensure!(citation.script(is_expanded, vec![]).await? == json!(false));
            Ok(())
        })
        .await?;
    }
    // Opened once more, it begins with its first source.
    citation.press(Key::Enter).await?;
    briefing.popover_of("Audit of the water department, 2016").await?;
    ensure!(position(&briefing).await? == "1 of 2");
    Ok(())
}
