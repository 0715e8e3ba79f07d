//! Briefings in frames that resize to the height of their content. The page around the frame has another
//! origin, and the frame is sandboxed, in the markup that the command writes.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::page::Page;
use crate::part::Part;
use crate::prerendered::render_framed;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a frame follows the height of its briefing", a_frame_follows),
        scenario("a frame without the attribute keeps its height", frame_without_the_attribute),
        scenario("frames in shadow roots are resized", a_frame_in_a_shadow_root),
        scenario("invalid heights are ignored", invalid_heights),
        scenario("a frame without script keeps its height and scrolls", without_script),
        scenario("without frames.js a frame keeps its height and scrolls", without_frames_js),
        scenario("late listeners receive the height, also in AMP's format", late_listeners),
        scenario("in a tall, narrow frame a source opens beside its citation", a_source_in_a_narrow_frame)
            .in_window(360, 640),
        scenario("in a tall frame a link scrolls the outer page", link_in_a_tall_frame),
        scenario("in a tall frame the player stays on screen", player_in_a_tall_frame),
    ]
}

/// The initial height that the command gives to a frame.
const INITIAL_HEIGHT: u64 = 640;

/// Serves a framed briefing, changed by `edit`, from another origin, and returns the frame's markup.
fn framed_with_edit(page: &Page, width: u32, edit: impl FnOnce(String) -> String) -> Result<String> {
    let files = page.site().files_url("");
    let (html, frame) = render_framed(page, &files)?;
    page.site().add("/briefing.html", "text/html", &edit(html));
    let address = format!("src=\"{files}/briefing.html\" width=\"{width}\"");
    Ok(frame.replace("src=\"briefing.html\"", &address))
}

/// Serves a framed briefing as the command writes it.
fn framed(page: &Page, width: u32) -> Result<String> {
    framed_with_edit(page, width, |html| html)
}

/// Opens a page around frames.
async fn open_around(page: &Page, head: &str, frames: &str) -> Result<()> {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>A frame</title>{head}</head>
        <body><main><h1>A frame</h1>{frames}<p>The page goes on.</p></main></body></html>"
    );
    page.site().add("/framing.html", "text/html", &html);
    page.open("/framing.html").await
}

/// Returns the tag of the script that resizes frames to the height of their content.
fn frames_js(page: &Page) -> String {
    format!("<script type=\"module\" src=\"{}\"></script>", page.site().files_url("/frames.js"))
}

/// Returns a frame's height inside its border.
async fn height(page: &Page, frame: &str) -> Result<u64> {
    let height = page.element(frame).await?.property("clientHeight").await?;
    height.as_u64().context("no height")
}

/// Waits until a frame has changed its initial height and shows all of its content. Returns its height.
async fn shows_all_content(page: &Page, frame: &str) -> Result<u64> {
    until("the frame is as high as its briefing", async || {
        let before = height(page, frame).await?;
        ensure!(before != INITIAL_HEIGHT, "it is as high as at first");
        page.enter(frame).await?;
        let inside = page.script(
            "const page = document.documentElement;
            return [page.scrollHeight, innerHeight, Math.ceil(page.getBoundingClientRect().height),
                innerWidth - page.clientWidth]",
            vec![],
        );
        let inside = inside.await;
        page.leave().await?;
        let inside: [u64; 4] = serde_json::from_value(inside?)?;
        let [scrolls, shown, needed, bar] = inside;
        ensure!(scrolls <= shown && shown <= needed + 1 && bar == 0, "{inside:?}");
        ensure!(shown == before, "it is {before}, and {shown} from inside");
        Ok(shown)
    })
    .await
}

async fn a_frame_follows(page: &Page) -> Result<()> {
    let frame = framed(page, 700)?;
    // Borders that are part of the height, as on many pages.
    for css in ["", "* { box-sizing: border-box } iframe { border: 3px solid }"] {
        page.site().add("/page.css", "text/css", css);
        let head = format!("<link rel=\"stylesheet\" href=\"/page.css\">{}", frames_js(page));
        open_around(page, &head, &frame).await?;
        let folded = shows_all_content(page, "iframe").await?;

        press(page, "Expand all").await?;
        let unfolded = until("it has grown", async || {
            let height = shows_all_content(page, "iframe").await?;
            ensure!(height > folded + 50, "from {folded} to {height}");
            Ok(height)
        })
        .await?;
        press(page, "Collapse all").await?;
        until(&format!("it has shrunk from {unfolded}"), async || {
            let height = shows_all_content(page, "iframe").await?;
            ensure!(height == folded, "to {height} instead of {folded}");
            Ok(())
        })
        .await?;
        let after = page.element("main > p").await?.area().await?;
        let frame = page.element("iframe").await?.area().await?;
        ensure!(after.top >= frame.bottom(), "the frame lies on the page");
    }
    Ok(())
}

/// Clicks a control in the frame.
async fn press(page: &Page, name: &str) -> Result<()> {
    page.enter("iframe").await?;
    page.briefing().named(name).await?.click().await?;
    page.briefing().animations_finish().await?;
    page.leave().await
}

async fn frame_without_the_attribute(page: &Page) -> Result<()> {
    let asking = framed(page, 500)?.replace("<iframe ", "<iframe id=\"asking\" ");
    let silent = asking.replace("id=\"asking\"", "id=\"silent\"").replace(" data-news-briefing", "");
    open_around(page, &frames_js(page), &format!("{silent}{asking}")).await?;
    shows_all_content(page, "#asking").await?;
    stays("the other is as high as it was", async || {
        ensure!(height(page, "#silent").await? == INITIAL_HEIGHT);
        Ok(())
    })
    .await
}

/// Defines elements that move their frame into a shadow root, into a nested shadow root, or into a slot.
const SHADOWS: &str = "for (const [name, wrap] of Object.entries({
        'in-one': (host, frame) => host.attachShadow({ mode: 'open' }).append(frame),
        'in-two': (host, frame) => {
            const inner = document.createElement('div');
            host.attachShadow({ mode: 'open' }).append(inner);
            inner.attachShadow({ mode: 'open' }).append(frame);
        },
        'in-slot': (host) => host.attachShadow({ mode: 'open' }).append(document.createElement('slot')),
    })) {
        customElements.define(name, class extends HTMLElement {
            connectedCallback() { wrap(this, this.querySelector('iframe')); }
        });
    }";

async fn a_frame_in_a_shadow_root(page: &Page) -> Result<()> {
    let frame = framed(page, 500)?;
    page.site().add("/shadows.js", "text/javascript", SHADOWS);
    // A frame that is moved loads again, and its pending loads are aborted.
    page.expect_complaint("could not load");
    for hosts in ["in-one", "in-two", "in-slot"] {
        // Before the script that resizes frames, and long after it.
        for scripts in [
            format!("<script src=\"/shadows.js\" defer></script>{}", frames_js(page)),
            format!("{}<script src=\"/later.js\"></script>", frames_js(page)),
        ] {
            page.site().add("/later.js", "text/javascript", "addEventListener('go', () => { const script = document.createElement('script');
                script.src = trustedTypes?.createPolicy('later', { createScriptURL: (url) => url }).createScriptURL('/shadows.js') ?? '/shadows.js';
                document.head.append(script) })");
            open_around(page, &scripts, &format!("<{hosts}>{frame}</{hosts}>")).await?;
            page.script("dispatchEvent(new Event('go'))", vec![]).await?;
            let found = "const find = (root) => root.querySelector('iframe')
                    ?? [...root.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot && find(shadowRoot)).find(Boolean);
                return find(document).clientHeight";
            until(&format!("the frame in {hosts} has grown"), async || {
                let height = page.script(found, vec![]).await?;
                ensure!(height.as_u64().is_some_and(|height| height > INITIAL_HEIGHT), "{height}");
                Ok(())
            })
            .await?;
        }
    }
    Ok(())
}

async fn invalid_heights(page: &Page) -> Result<()> {
    framed(page, 500)?;
    let odd = "const type = 'news-briefing-height';
        for (const data of [null, 'news-briefing-height', [], { type }, { type, height: '900' }, { type, height: NaN },
            { type, height: Infinity }, { type, height: -5 }, { type, height: 0 }, { type, height: 1e9 },
            { type, height: [900] }, { type: 'other', height: 900 },
            { type, height: 777 }]) parent.postMessage(data, '*');";
    page.site().add("/odd.js", "text/javascript", odd);
    page.site().add(
        "/odd.html",
        "text/html",
        "<!doctype html><html lang=\"en\"><head><title>Odd</title><script src=\"/odd.js\" defer></script></head></html>",
    );
    // Records every height that the frame has had.
    let watch = "new MutationObserver(() => {
            (window.heights ??= []).push(document.querySelector('iframe').style.height);
        }).observe(document, { attributes: true, subtree: true, attributeFilter: ['style'] });";
    page.site().add("/observe.js", "text/javascript", watch);
    let head = format!("<script src=\"/observe.js\"></script>{}", frames_js(page));
    let odd = page.site().files_url("/odd.html");
    open_around(page, &head, "<iframe title=\"Odd\" height=\"640\" data-news-briefing></iframe>").await?;
    page.script("document.querySelector('iframe').src = arguments[0]", vec![json!(odd)]).await?;
    until("the valid height is used", async || {
        let heights = page.script("return window.heights ?? []", vec![]).await?;
        ensure!(heights == json!(["777px"]), "{heights}");
        Ok(())
    })
    .await
}

/// Fails unless the frame keeps its height and its content can be scrolled.
async fn stays_and_scrolls(page: &Page) -> Result<()> {
    stays("the frame is as high as it was", async || {
        ensure!(height(page, "iframe").await? == INITIAL_HEIGHT);
        Ok(())
    })
    .await?;
    page.enter("iframe").await?;
    let down = "scrollTo(0, 100);
        return [scrollY, getComputedStyle(document.documentElement).scrollbarWidth]";
    let down = page.script(down, vec![]).await?;
    ensure!(down == json!([100, "auto"]), "{down}");
    Ok(())
}

async fn without_script(page: &Page) -> Result<()> {
    let inert = |html: String| html.replace("<script type=\"module\"", "<script type=\"none\"");
    let frame = framed_with_edit(page, 700, inert)?;
    open_around(page, &frames_js(page), &frame).await?;
    page.enter("iframe").await?;
    page.briefing().part("title").await?.becomes_shown().await?;
    page.leave().await?;
    stays_and_scrolls(page).await
}

async fn without_frames_js(page: &Page) -> Result<()> {
    let frame = framed(page, 700)?;
    open_around(page, "", &frame).await?;
    press(page, "Expand all").await?;
    stays_and_scrolls(page).await
}

async fn late_listeners(page: &Page) -> Result<()> {
    let frame = framed(page, 700)?;
    let listen = "window.messages = [];
        addEventListener('message', ({ data, source }) => messages.push([source === frames[0], data]));
        addEventListener('go', () => import('/frames.js'), { once: true });";
    page.site().add("/listen.js", "text/javascript", listen);
    open_around(page, "<script src=\"/listen.js\"></script>", &frame).await?;
    let messages = async || -> Result<Vec<Value>> {
        let messages = page.script("return messages", vec![]).await?;
        Ok(messages.as_array().cloned().unwrap_or_default())
    };
    let first = until("the frame has sent its height in both formats", async || {
        let messages = messages().await?;
        ensure!(messages.len() >= 2, "{messages:?}");
        Ok(messages)
    })
    .await?;
    let last =
        |messages: &[Value]| messages.last().map(|message| message[1]["height"].clone()).unwrap_or_default();
    ensure!(last(&first).as_u64().is_some_and(|height| height > INITIAL_HEIGHT), "{first:?}");
    page.enter("iframe").await?;
    page.wait_for_event_count(1, "briefing-load", "").await?;
    page.leave().await?;
    let before = messages().await?.len();
    stays("no more messages are sent", async || {
        ensure!(messages().await?.len() == before, "{:?}", messages().await?);
        Ok(())
    })
    .await?;
    ensure!(height(page, "iframe").await? == INITIAL_HEIGHT);

    page.script("dispatchEvent(new Event('go'))", vec![]).await?;
    let whole = shows_all_content(page, "iframe").await?;
    let after = messages().await?;
    ensure!(last(&after) == json!(whole), "{after:?}");
    for (index, message) in after.iter().enumerate() {
        let height = message[1]["height"].clone();
        let expected = if index % 2 == 0 {
            json!({ "type": "news-briefing-height", "height": height })
        } else {
            json!({ "sentinel": "amp", "type": "embed-size", "height": height })
        };
        ensure!(*message == json!([true, expected]), "{message}");
    }
    // Resizing the frame to the reported height causes no further message.
    stays("no more messages are sent", async || {
        ensure!(messages().await?.len() == after.len(), "{:?}", messages().await?);
        Ok(())
    })
    .await
}

async fn a_source_in_a_narrow_frame(page: &Page) -> Result<()> {
    let frame = framed(page, 320)?;
    open_around(page, &frames_js(page), &frame).await?;
    shows_all_content(page, "iframe").await?;
    page.enter("iframe").await?;
    page.wait_for_event_count(1, "briefing-load", "").await?;
    let briefing = page.briefing();
    let citations = briefing.parts("citation").await?;
    ensure!(citations.len() > 2);
    // The last citation is near the end of the frame.
    for citation in [citations.first(), citations.last()].into_iter().flatten() {
        // By script, so that the page around the frame does not scroll.
        citation.script("arguments[0].click()", vec![]).await?;
        let popover = briefing.popover().await?;
        until("it lies beside its citation", async || briefing.is_beside(&popover, citation).await).await?;
        popover.script("arguments[0].hidePopover()", vec![]).await?;
        briefing.popover_closes().await?;
    }
    Ok(())
}

/// Scrolls the outer page so that a part in the frame is in the middle of the viewport: not every driver
/// scrolls the page around a frame.
async fn scroll_into_middle(page: &Page, part: &Part<'_>) -> Result<()> {
    let top = part.area().await?.top;
    page.leave().await?;
    let scroll = "const frame = document.querySelector('iframe').getBoundingClientRect();
        scrollBy({ top: frame.top + arguments[0] - innerHeight / 2, behavior: 'instant' })";
    page.script(scroll, vec![json!(top)]).await?;
    page.enter("iframe").await
}

async fn link_in_a_tall_frame(page: &Page) -> Result<()> {
    let frame = framed(page, 700)?;
    open_around(page, &frames_js(page), &frame).await?;
    let whole = shows_all_content(page, "iframe").await?;
    ensure!(page.size().await?.1 < whole as f64, "all of it is in view");
    page.enter("iframe").await?;
    page.wait_for_event_count(1, "briefing-load", "").await?;
    let briefing = page.briefing();
    let point = briefing.nth_part("key-point", 4).await?;
    scroll_into_middle(page, &point).await?;
    point.find("p").await?.click().await?;
    briefing.animations_finish().await?;
    point.find("a").await?.click().await?;
    let passage = page.focused().await?;
    ensure!(passage.attribute("id").await?.is_some_and(|id| id.starts_with("block-")));
    let place = passage.area().await?;
    page.leave().await?;
    until("the page shows the target of the link", async || {
        let frame = page.element("iframe").await?.area().await?;
        let (top, bottom) = (frame.top + place.top, frame.top + place.bottom());
        let height = page.size().await?.1;
        ensure!(top >= 0.0 && bottom <= height, "from {top} to {bottom} in {height}");
        Ok(())
    })
    .await
}

async fn player_in_a_tall_frame(page: &Page) -> Result<()> {
    let frame = framed(page, 700)?;
    open_around(page, &frames_js(page), &frame).await?;
    let whole = shows_all_content(page, "iframe").await?;
    page.enter("iframe").await?;
    // Hydration replaces the prerendered button.
    page.wait_for_event_count(1, "briefing-load", "").await?;
    page.briefing().part("play-button").await?.script("arguments[0].click()", vec![]).await?;
    page.briefing().plays().await?;
    page.leave().await?;
    let screen = page.size().await?.1;
    ensure!(screen * 1.5 < whole as f64, "nearly all of it is in view");
    // Offsets from the top of the frame at which the viewport ends. At the end of the briefing the player is
    // in its normal position.
    let (middle, end) = (screen * 1.2, whole as f64);
    for bottom in [middle, middle + 100.0, end, middle] {
        let scroll = "const frame = document.querySelector('iframe').getBoundingClientRect();
            scrollBy({ top: frame.top + arguments[0] - innerHeight, behavior: 'instant' })";
        page.script(scroll, vec![json!(bottom)]).await?;
        page.enter("iframe").await?;
        until(&format!("the player is seen where the screen ends at {bottom}"), async || {
            let player = page.briefing().part("player").await?.area().await?;
            let is_below = bottom - player.bottom();
            ensure!((-1.0..screen / 3.0).contains(&is_below), "{player:?}");
            ensure!(bottom >= end || is_below < 30.0, "{player:?}");
            Ok(())
        })
        .await?;
        page.leave().await?;
    }
    Ok(())
}
