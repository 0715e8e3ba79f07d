//! The effects of a publisher's styles and scripts on a briefing.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::layout::{nothing_overflows, page_fits, unfold};
use crate::page::{Briefing, Page};
use crate::prerendered::{hydrate, open_waiting, render};
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a briefing fills shrink-to-fit containers", fills_containers),
        scenario("the text size follows the page", text_follows_the_page),
        scenario("a briefing adapts to the page's background", adapts_to_the_background),
        scenario("a briefing adapts to the page's background, dark", adapts_to_the_background).in_dark(),
        scenario("a briefing follows theme changes of the page", theme_changes),
        scenario(
            "a briefing in a shadow root follows theme changes without transitions",
            theme_changes_around_a_shadow_root,
        ),
        scenario("prerendered text is readable before any script", prerendered_is_readable),
        scenario("page styles are not inherited", nothing_is_inherited),
        scenario("very long words fit into 280 pixels", long_words_fit).in_window(280, 740),
        scenario("text at 200% fits a phone screen", large_text_fits).in_window(320, 640),
        scenario("the language determines the text direction", directions),
        scenario("pressing play causes no layout shift", no_layout_shift_on_play),
        scenario("the player stays in view in clipping containers", player_in_view_where_clipped)
            .in_window(800, 600),
        scenario("a briefing respects the page's insets", respects_insets).in_window(800, 600),
        scenario("links to tall blocks scroll to their beginning", scrolls_to_the_beginning)
            .in_window(800, 500),
        scenario("playback survives page translation", page_translation),
    ]
}

/// Returns an article that contains every kind of element with text of its own.
pub(crate) fn article() -> Value {
    let long =
        "It is said at length, so that lines have to break somewhere on a page of any width. ".repeat(3);
    let paragraphs = (0..12).map(|number| json!(format!("Paragraph {number}. {long}[1]")));
    let body: Vec<Value> = paragraphs.collect();
    json!({
        "format": "briefing", "version": "1.0", "lang": "en", "category": "Harbour", "title": "The harbour opens",
        "summary": long, "published": "2026-03-04", "authors": ["Ada"],
        "key_points": [{ "text": "It opens.[1]", "detail": [long] }, { "text": "It stays open.", "detail": ["Yes."] }],
        "body": body,
        "references": [{ "id": "r1", "title": "The log", "publisher": "Port", "url": "https://port.example/", "excerpt": long }],
    })
}

/// Opens a page with these styles, and a briefing in place of the `{}` in this markup.
pub(crate) async fn open_in<'p>(
    page: &'p Page,
    styles: &str,
    around: &str,
    article: &Value,
) -> Result<Briefing<'p>> {
    page.site().add("/made.json", "application/json", &article.to_string());
    let briefing = "<news-briefing id=made src=/made.json loading=eager></news-briefing>";
    open_styled(page, styles, &around.replace("{}", briefing)).await?;
    let briefing = page.briefing_at("#made");
    briefing.shows_its_article().await?;
    Ok(briefing)
}

/// Opens a page with this body and these styles. The styles are served as a file, because the policy of the
/// test pages forbids inline styles; attributes `style='…'` in the body are moved into that file, too.
pub(crate) async fn open_styled(page: &Page, styles: &str, body: &str) -> Result<()> {
    // Reserve the scroll bar, whose appearance would make everything narrower.
    let mut file = ["html { overflow-y: scroll } ", styles].concat();
    let mut html = String::new();
    for (index, part) in body.split("style='").enumerate() {
        if let Some((declarations, rest)) = part.split_once('\'').filter(|_| index > 0) {
            file.push_str(&format!(" .s{index} {{ {declarations} }}"));
            html.push_str(&format!("data-styled class=s{index}{rest}"));
        } else {
            html.push_str(part);
        }
    }
    page.site().add("/made.css", "text/css", &file);
    page.open_page(&format!("<link rel=stylesheet href=/made.css>{html}")).await
}

/// Runs a script on the host element, which is in scope as `host`.
pub(crate) async fn script_on(briefing: &Briefing<'_>, script: &str) -> Result<Value> {
    briefing.element().await?.script(&format!("const [host] = arguments; {script}"), vec![]).await
}

async fn number(briefing: &Briefing<'_>, script: &str) -> Result<f64> {
    script_on(briefing, script).await?.as_f64().with_context(|| format!("no number: {script}"))
}

async fn fills_containers(page: &Page) -> Result<()> {
    let text = "Words of the page that take more than a line. ".repeat(20);
    for (name, around) in [
        ("a flexible row", "<div style='display: flex'>{}</div>"),
        (
            "a flexible column",
            "<div style='display: flex; flex-direction: column; align-items: center'>{}</div>",
        ),
        ("a grid that centres", "<div style='display: grid; justify-items: center'>{}</div>"),
        ("a dialog", "<dialog open style='position: static'>{}</dialog>"),
        ("an inline block", "<div style='display: inline-block'>{}</div>"),
        ("a float", "<div style='float: left'>{}</div>"),
        ("a cell of a table", "<table><tr><td>{}</table>"),
        ("something absolute", "<div style='position: absolute; max-width: 100%'>{}</div>"),
        ("something as wide as its content", "<div style='width: fit-content'>{}</div>"),
    ] {
        open_styled(page, "", &around.replace("{}", &format!("<p id=words style='margin: 0'>{text}</p>")))
            .await?;
        let words = page.element("#words").await?.area().await?.width;
        let briefing = open_in(page, "", around, &article()).await?;
        let width = briefing.element().await?.area().await?.width;
        ensure!((width - words).abs() < 2.0, "in {name} it is {width} wide, where words take {words}");
    }
    // Whatever layout the page sets on the element itself.
    for layout in [
        "display: flex",
        "display: flex; flex-direction: column; align-items: center",
        "display: grid; place-items: center",
    ] {
        let styles = ["news-briefing { ", layout, " }"].concat();
        let briefing = open_in(page, &styles, "{}", &article()).await?;
        let (frame, element) =
            (briefing.find(".frame").await?.area().await?, briefing.element().await?.area().await?);
        ensure!((frame.width - element.width).abs() < 1.0, "in {layout}: {frame:?} in {element:?}");
        ensure!(element.width > 900.0, "in {layout}: {element:?}");
    }
    // Beside a sibling, the briefing takes the remaining width.
    let row =
        "<div style='display: flex; width: 900px'>{}<aside style='flex: none; width: 300px'></aside></div>";
    let width = open_in(page, "", row, &article()).await?.element().await?.area().await?.width;
    ensure!((width - 600.0).abs() < 2.0, "beside 300 of 900 pixels it is {width} wide");
    Ok(())
}

async fn text_follows_the_page(page: &Page) -> Result<()> {
    for (styles, size) in [
        ("", 16.0),
        ("html { font-size: 62.5% } body { font-size: 1.6rem }", 16.0),
        ("html { font-size: 62.5% } body { font-size: 1.8rem }", 18.0),
        ("html { font-size: 10px } main { font-size: 2rem }", 20.0),
        ("html { font-size: 24px } body { font-size: 16px }", 16.0),
        ("html { font-size: 62.5% } news-briefing { --briefing-size: 1.7rem }", 17.0),
        ("body { --briefing-size: 22px }", 22.0),
        // Text has a minimum size.
        ("html { font-size: 62.5% }", 13.0),
        // Where only paragraphs have a size, the guide says what to do.
        ("html { font-size: 62.5% } p { font-size: 1.6rem }", 13.0),
        ("html { font-size: 62.5% } p { font-size: 1.6rem } news-briefing { --briefing-size: 1.6rem }", 16.0),
    ] {
        let briefing = open_in(page, styles, "{}", &article()).await?;
        let text = number(
            &briefing,
            "return parseFloat(getComputedStyle(host.shadowRoot.querySelector('[part=body] p')).fontSize)",
        )
        .await?;
        ensure!((text - size * 1.0625).abs() < 0.1, "{styles:?}: its text is {text}px");
        let padding = number(&briefing, "return parseFloat(getComputedStyle(host.shadowRoot.querySelector('[part=briefing]')).paddingTop)").await?;
        ensure!((size * 0.99..=size * 2.01).contains(&padding), "{styles:?}: its padding is {padding}px");
        let play = briefing.part("play-button").await?.area().await?;
        ensure!(play.width >= 44.0 && play.height >= 44.0, "{styles:?}: the play button is {play:?}");
        let small = script_on(
            &briefing,
            "return [...host.shadowRoot.querySelectorAll('button:not(.citation, .timestamp), select, summary')]
                .map((element) => [element.outerHTML.slice(0, 60), element.getBoundingClientRect()])
                .filter(([, box]) => box.width > 0 && (box.width < 23.9 || box.height < 23.9)).map(([html]) => html)",
        )
        .await?;
        ensure!(small == json!([]), "{styles:?}: too small to press: {small:#}");
    }
    Ok(())
}

/// Returns the colours of a briefing: whether it has no background of its own, the background of its popover
/// as a colour and as a relative luminance, and the relative luminances of its texts.
const COLOURS: &str = "
    const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    const channels = (colour) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
    };
    const luminance = (colour) => {
        const [red, green, blue] = channels(colour).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const find = (selector) => host.shadowRoot.querySelector(selector);
    const style = (selector) => getComputedStyle(find(selector));
    const popover = find('[popover]');
    return {
        clear: channels(style('[part=briefing]').backgroundColor)[3] === 0,
        background: style('.popover').backgroundColor,
        paper: luminance(style('.popover').backgroundColor),
        inks: ['[part=title]', '.byline', '.citation', '[part=category]', '.popover', '.excerpt', '.count']
            .map((selector) => [selector, luminance(style(selector).color)]),
    }";

/// Fails unless a briefing has no background of its own and is set for reading on this colour.
async fn is_readable_on(briefing: &Briefing<'_>, background: [f64; 3], case: &str) -> Result<()> {
    until(&format!("it is readable on {case}"), async || {
        let colours = script_on(briefing, COLOURS).await?;
        ensure!(colours["clear"] == json!(true), "{case}: it has a background of its own");
        let paper = colours["background"].as_str().unwrap_or_default();
        let parts: Vec<f64> = paper
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter_map(|part| part.parse().ok())
            .collect();
        ensure!(
            parts.iter().zip(background).all(|(part, wanted)| (part - wanted).abs() <= 2.0)
                && parts.len() == 3,
            "{case}: the popover background is {paper}"
        );
        let paper = colours["paper"].as_f64().unwrap_or_default();
        for ink in colours["inks"].as_array().into_iter().flatten() {
            let luminance = ink[1].as_f64().unwrap_or_default();
            let contrast = contrast(luminance, paper);
            ensure!(contrast >= 4.5, "{case}: {} has a contrast of {contrast:.2}", ink[0]);
        }
        Ok(())
    })
    .await
}

async fn adapts_to_the_background(page: &Page) -> Result<()> {
    page.site().add("/dark.png", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let plain = if page.script("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await?
        == json!(true)
    {
        None
    } else {
        Some([255.0, 255.0, 255.0])
    };
    for (styles, background) in [
        ("", plain),
        ("body { background: #fffaf0 }", Some([255.0, 250.0, 240.0])),
        ("body { background: #101418; color: #eee }", Some([16.0, 20.0, 24.0])),
        (":root { background: navy; color: white }", Some([0.0, 0.0, 128.0])),
        ("main { background: oklch(0.3 0.05 250) } body { background: white }", Some([25.0, 47.0, 70.0])),
        (
            "body { background: #000 } main { background: rgb(255 255 255 / 0.9) }",
            Some([230.0, 230.0, 230.0]),
        ),
        ("body { background: #777 }", Some([119.0, 119.0, 119.0])),
        ("body { background: #b0301f; color: white }", Some([176.0, 48.0, 31.0])),
        ("main { background: linear-gradient(#123456, #234567) }", Some([18.0, 52.0, 86.0])),
        ("news-briefing { background: #f4ecd8 }", Some([244.0, 236.0, 216.0])),
        // Dots, lines and words that a gradient draws are not a background.
        (
            "body { background: #fff radial-gradient(#333 1px, transparent 1px) 0 0 / 20px 20px; color: #111 }",
            Some([255.0, 255.0, 255.0]),
        ),
        (
            "main { background: linear-gradient(#c00, #c00) no-repeat top / 100% 4px } body { background: #fffaf0 }",
            Some([255.0, 250.0, 240.0]),
        ),
        (
            "main { background: linear-gradient(#333, #333) no-repeat 0 100% / 0 100% } body { background: #fffaf0 }",
            Some([255.0, 250.0, 240.0]),
        ),
        // If the background cannot be determined, the colour of the page's text decides.
        (
            "body { color: #eee } body::before { content: ''; position: fixed; inset: 0; background: #111; z-index: -1 }",
            plain.map(|_| [0.0, 0.0, 0.0]),
        ),
        ("main { background: #fff url(/dark.png); color: #fff }", Some([0.0, 0.0, 0.0])),
    ] {
        let briefing = open_in(page, styles, "{}", &article()).await?;
        if let Some(background) = background {
            is_readable_on(&briefing, background, styles).await?;
        }
    }
    // With a `theme` attribute, the briefing has a background of its own.
    let briefing = open_in(page, "body { background: #101418 }", "{}", &article()).await?;
    briefing.set_attribute("theme", "light").await?;
    until("it has a light background", async || {
        let colours = script_on(&briefing, COLOURS).await?;
        ensure!(
            colours["clear"] == json!(false) && colours["background"] == json!("rgb(255, 255, 255)"),
            "{colours}"
        );
        Ok(())
    })
    .await
}

async fn prerendered_is_readable(page: &Page) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], &article().to_string())?;
    for (styles, background) in [
        ("body { background: #fffaf0 }", [255.0, 250.0, 240.0]),
        ("body { background: #101418; color: #eee }", [16.0, 20.0, 24.0]),
        (":root { color-scheme: dark } body { background: #15171b }", [21.0, 23.0, 27.0]),
        ("main { background: #002b36; color: #fdf6e3 }", [0.0, 43.0, 54.0]),
    ] {
        page.site().add("/made.css", "text/css", styles);
        open_waiting(page, &format!("<link rel=stylesheet href=/made.css>{fragment}")).await?;
        let briefing = page.briefing_at("#made");
        let read = async |case: &str| -> Result<()> {
            let colours = script_on(&briefing, COLOURS).await?;
            ensure!(colours["clear"] == json!(true), "{case}, {styles}: it has a background of its own");
            let paper = relative_luminance(background);
            for ink in colours["inks"].as_array().context("a list")? {
                // The popover and its excerpt are on another background.
                if !ink[0].as_str().is_some_and(|selector| [".popover", ".excerpt"].contains(&selector)) {
                    let contrast = contrast(ink[1].as_f64().unwrap_or_default(), paper);
                    ensure!(contrast >= 4.5, "{case}, {styles}: {} has a contrast of {contrast:.2}", ink[0]);
                }
            }
            // The text of an open source is legible, too.
            let paper = colours["paper"].as_f64().context("a luminance")?;
            for ink in colours["inks"].as_array().context("a list")? {
                if ink[0] == json!(".popover") || ink[0] == json!(".excerpt") {
                    let contrast = contrast(ink[1].as_f64().unwrap_or_default(), paper);
                    ensure!(contrast >= 4.5, "{case}, {styles}: {} has a contrast of {contrast:.2}", ink[0]);
                }
            }
            Ok(())
        };
        read("prerendered").await?;
        hydrate(page).await?;
        until("it is hydrated", async || read("hydrated").await).await?;
        is_readable_on(&briefing, background, styles).await?;
    }
    Ok(())
}

/// Returns the relative luminance of an sRGB colour with channels from 0 to 255.
fn relative_luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Returns the contrast ratio of two luminances, as WCAG defines it.
fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

async fn theme_changes_around_a_shadow_root(page: &Page) -> Result<()> {
    let styles = "* { transition: none !important }
        body { background: #fffaf0; color: #111 }
        body:has(#night:checked) { background: #101418; color: #eee }";
    let body = "<input type=checkbox id=night aria-label=Night><div id=application></div>";
    page.site().add("/made.json", "application/json", &article().to_string());
    open_styled(page, styles, body).await?;
    let make = "const main = document.createElement('main');
        const made = document.createElement('news-briefing');
        Object.assign(made, { id: 'made' }).setAttribute('src', '/made.json');
        main.append(made);
        document.querySelector('#application').attachShadow({ mode: 'open' }).append(main);
        window.made = made";
    page.script(make, vec![]).await?;
    let text = "return getComputedStyle(made.shadowRoot?.querySelector('[part~=title]') ?? made).color";
    until("it is dark on light", async || {
        let color = page.script(text, vec![]).await?;
        ensure!(luminance(&color)? < 0.2, "{color}");
        Ok(())
    })
    .await?;
    page.element("#night").await?.click().await?;
    until("it is light on dark", async || {
        let color = page.script(text, vec![]).await?;
        ensure!(luminance(&color)? > 0.6, "{color}");
        Ok(())
    })
    .await
}

/// Returns about how light a colour is, `rgb(…)` or `color(srgb …)`, from 0 to 1.
fn luminance(color: &Value) -> Result<f64> {
    let color = color.as_str().context("no colour")?;
    let scale = if color.starts_with("rgb") { 255.0 } else { 1.0 };
    let numbers =
        color.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|part| part.parse::<f64>().ok());
    let channels: Vec<f64> = numbers.take(3).map(|channel| channel / scale).collect();
    ensure!(channels.len() == 3, "{color}");
    Ok(channels.iter().sum::<f64>() / 3.0)
}

async fn theme_changes(page: &Page) -> Result<()> {
    let styles = "body { background: #fffaf0; color: #111 }
        .night body, [data-theme=night] { background: #101418; color: #eee }
        .slow { transition: background-color 0.3s }
        :root:has(#night:checked) body { background: #101418; color: #eee }
        @media (prefers-color-scheme: dark) { .auto body { background: #202020 } }";
    page.site().add("/late.css", "text/css", "body { background: #101418 !important }");
    let around = "<input type=checkbox id=night aria-label=Night>{}";
    let briefing = open_in(page, styles, around, &article()).await?;
    let (day, night) = ([255.0, 250.0, 240.0], [16.0, 20.0, 24.0]);
    is_readable_on(&briefing, day, "paper").await?;
    // A briefing without a box, as in a hidden tab, does not affect the others.
    page.script(
        "const tab = document.createElement('div'), other = document.querySelector('#made').cloneNode();
        other.id = 'other';
        tab.id = 'tab';
        tab.append(other);
        document.querySelector('main').prepend(tab)",
        vec![],
    )
    .await?;
    page.briefing_at("#other").shows_its_article().await?;
    page.script("document.querySelector('#tab').attachShadow({ mode: 'open' })", vec![]).await?;
    for (change, background, case) in [
        ("document.documentElement.classList.add('night')", night, "a class of the root"),
        ("document.documentElement.classList.remove('night')", day, "the class removed"),
        ("document.body.dataset.theme = 'night'", night, "data-theme of the body"),
        ("delete document.body.dataset.theme", day, "data-theme removed"),
        (
            "document.body.classList.add('slow'); document.documentElement.classList.add('night')",
            night,
            "a transition",
        ),
        ("document.documentElement.classList.remove('night')", day, "a transition back"),
        (
            "document.querySelector('main').style.background = '#101418'",
            night,
            "a style of what is around it",
        ),
        ("document.querySelector('main').style.background = ''", day, "the style removed"),
        (
            "const sheet = document.createElement('link'); sheet.id = 'late'; sheet.rel = 'stylesheet'; sheet.href = '/late.css'; document.head.append(sheet)",
            night,
            "a stylesheet that loads late",
        ),
        ("document.querySelector('#late').remove()", day, "the stylesheet removed"),
        ("document.querySelector('#night').click()", night, "a box that is ticked"),
        ("document.querySelector('#night').click()", day, "a box that is not"),
        (
            "const sheet = new CSSStyleSheet(); sheet.replaceSync('body { background: #101418; color: #eee }'); document.adoptedStyleSheets = [sheet]",
            night,
            "a stylesheet of the document's",
        ),
        ("document.adoptedStyleSheets = []", day, "none of the document's"),
    ] {
        page.script(change, vec![]).await?;
        is_readable_on(&briefing, background, case).await?;
    }
    Ok(())
}

async fn nothing_is_inherited(page: &Page) -> Result<()> {
    let all = "const found = [];
        for (const element of host.shadowRoot.querySelectorAll('[part~=title], [part~=summary], [part~=block] p, .byline, .count, .citation, .popover, .time')) {
            const style = getComputedStyle(element);
            const values = {};
            for (const name of style) if (!/^(-|width|height|inline-size|block-size|perspective-origin|transform-origin|inset|top|left|bottom|right|margin|padding)/.test(name)) values[name] = style.getPropertyValue(name);
            found.push([element.className, values]);
        }
        return found;";
    let briefing = open_in(page, "", "<div>{}</div>", &article()).await?;
    let plain = script_on(&briefing, all).await?;
    for style in [
        "text-transform: uppercase; letter-spacing: 4px; word-spacing: 1em; text-indent: 3em",
        "text-align: center; font-style: italic; font-weight: 900; font-variant: small-caps; font-stretch: condensed",
        "line-height: 3; white-space: pre; tab-size: 9; text-shadow: 1px 1px red; hyphens: none; text-align-last: right",
        "list-style: square inside; border-collapse: collapse; border-spacing: 9px; caption-side: bottom; empty-cells: hide",
        "word-break: break-all; overflow-wrap: normal; line-break: anywhere; quotes: none; orphans: 9; widows: 9; cursor: wait",
        "font-feature-settings: 'smcp'; font-kerning: none; font-variant-numeric: oldstyle-nums; text-rendering: geometricPrecision; text-underline-offset: 9px; text-decoration-skip-ink: none; text-emphasis: dot; -webkit-text-stroke: 1px red; -webkit-text-fill-color: red; caret-color: red; accent-color: red; font-size-adjust: 0.9; text-wrap: nowrap; text-underline-position: under",
    ] {
        let briefing =
            open_in(page, "", &format!("<div style='{}'>{{}}</div>", style.replace('\'', "\"")), &article())
                .await?;
        let inherited = script_on(&briefing, all).await?;
        let pairs = plain.as_array().into_iter().flatten().zip(inherited.as_array().into_iter().flatten());
        for (before, after) in pairs {
            for (name, value) in before[1].as_object().into_iter().flatten() {
                ensure!(&after[1][name] == value, "{style}: {} of {}: {}", name, before[0], after[1][name]);
            }
        }
    }
    Ok(())
}

async fn long_words_fit(page: &Page) -> Result<()> {
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);
    let article = json!({
        "format": "briefing", "version": "1.0", "title": word, "category": word, "summary": word,
        "authors": [word, word], "published": "2026-03-04",
        "image": { "url": "/articles/images/none.svg", "alt": "A", "caption": word, "credit": word, "width": 16, "height": 9 },
        "key_points": [{ "text": format!("{word}[1]"), "detail": [word], "supports": ["p1"] }, { "text": word, "detail": [word] }],
        "body": [
            { "id": "p1", "type": "paragraph", "text": format!("{word}[1]") }, { "type": "heading", "text": word },
            { "type": "heading", "level": 3, "text": word }, { "type": "list", "items": [word, { "text": word, "items": [word] }] },
            { "type": "quote", "text": word, "attribution": word, "url": format!("https://{}.example/{word}", "w".repeat(40)) },
            { "type": "quote", "text": word, "url": format!("https://{}.example/", "w".repeat(60)) },
            { "type": "code", "text": word }, { "type": "table", "caption": word, "header": [word, word], "rows": [[word, word]] },
            { "type": "embed_link", "url": "https://e.example/", "title": word, "description": word, "publisher": word },
            format!("`{word}` **{word}** [{word}](https://x.example/{word})"),
        ],
        "references": [{ "id": "r", "title": word, "publisher": word, "authors": [word], "url": "https://r.example/", "excerpt": word }],
    });
    page.site().add(
        "/articles/images/none.svg",
        "image/svg+xml",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    );
    let briefing = open_in(page, "body { margin: 0 }", "{}", &article).await?;
    unfold(&briefing).await?;
    let fits = async |case: &str| -> Result<()> {
        page_fits(page).await.with_context(|| case.to_owned())?;
        nothing_overflows(&briefing, "[popover]:not(:popover-open)").await.with_context(|| case.to_owned())
    };
    fits("at rest").await?;
    let _stopped = Clock::stop(page).await?;
    briefing.call("play", vec![]).await?;
    fits("in use").await?;
    briefing.call("openReference", vec![json!("r")]).await?;
    briefing.popover().await?;
    fits("with a source open").await
}

async fn large_text_fits(page: &Page) -> Result<()> {
    let styles = "html { font-size: 200% } body { margin: 0 } h1 { font-size: 1rem }";
    let briefing = open_in(page, styles, "{}", &article()).await?;
    page_fits(page).await?;
    briefing.press_play().await?;
    briefing.plays().await?;
    page_fits(page).await?;
    for control in ["[data-control=more]", "[data-control=play]", "[part=progress]"] {
        let area = briefing.find(control).await?.area().await?;
        ensure!(area.left >= 0.0 && area.right() <= 320.0 && area.width >= 24.0, "{control}: {area:?}");
    }
    page.picture("playing").await.map(drop)
}

async fn directions(page: &Page) -> Result<()> {
    let texts = |lang: &str, text: &str| {
        json!({
            "format": "briefing", "version": "1.0", "lang": lang, "title": text, "summary": text, "category": text,
            "key_points": [text], "body": [text, { "type": "heading", "text": text }, { "type": "list", "items": [text] },
                { "type": "embed_link", "url": "https://e.example/", "title": text },
                { "type": "quote", "text": text }],
            "references": [{ "id": "r", "title": text, "excerpt": text, "authors": [text], "lang": lang, "url": "https://r.example/" }],
        })
    };
    let directions = "return [...host.shadowRoot.querySelectorAll('[part~=title], [part~=summary], [part~=category], .point, [part~=block] :is(p, h3, li, a, blockquote), .source-title span:first-child, .excerpt')]
        .map((element) => [element.outerHTML.slice(0, 50), getComputedStyle(element).direction])";
    for (lang, text, expected) in [
        ("ar", "OpenAI تعلن عن نموذج جديد", "rtl"),
        ("he", "NASA הודיעה על משימה", "rtl"),
        ("fa", "iPhone تازه معرفی شد", "rtl"),
        ("en", "الجزيرة reported it first", "ltr"),
        // If no language is given, the letters decide.
        ("", "الجزيرة تعلن عن نموذج", "rtl"),
        ("", "An article in some language", "ltr"),
    ] {
        let mut article = texts(lang, text);
        if lang.is_empty() {
            article.as_object_mut().context("an object")?.remove("lang");
            article["references"][0].as_object_mut().context("an object")?.remove("lang");
        }
        let briefing = open_in(page, "", "{}", &article).await?;
        let found = script_on(&briefing, directions).await?;
        let found = found.as_array().context("a list")?;
        ensure!(found.len() > 9, "{found:?}");
        for pair in found {
            ensure!(pair[1] == json!(expected), "{lang:?}: {} runs {}", pair[0], pair[1]);
        }
    }
    Ok(())
}

async fn no_layout_shift_on_play(page: &Page) -> Result<()> {
    let places = "return [...host.shadowRoot.querySelectorAll('.passage, .block p, [part~=player], .facts, .reference'), document.querySelector('#after')]
        .map((element) => { const { left, top, width } = element.getBoundingClientRect(); return [element.textContent.slice(0, 20), left, top + scrollY, width] })";
    for width in [280, 360, 480, 700, 1000] {
        let around = format!("<div style='width: {width}px'>{{}}</div><p id=after>What comes after it</p>");
        let briefing = open_in(page, "body { margin: 0 }", &around, &article()).await?;
        let before = script_on(&briefing, places).await?;
        let _stopped = Clock::stop(page).await?;
        briefing.find("[data-control='play-link']").await?.click().await?;
        briefing.plays().await?;
        // Only the player moves, to its sticky position.
        let after = script_on(&briefing, places).await?;
        let pairs = before.as_array().context("a list")?.iter().zip(after.as_array().context("a list")?);
        for (before, after) in
            pairs.filter(|(before, _)| !before[0].as_str().is_some_and(|text| text.starts_with("Play")))
        {
            ensure!(before == after, "at {width}: {before} has moved: {after}");
        }
    }
    Ok(())
}

async fn player_in_view_where_clipped(page: &Page) -> Result<()> {
    let floats = async |briefing: &Briefing<'_>, case: &str| -> Result<()> {
        until(&format!("the player is in view in {case}"), async || {
            let player = briefing.part("player").await?.area().await?;
            let (_, height) = page.size().await?;
            ensure!(
                player.top >= 0.0 && player.bottom() <= height + 1.0 && player.height < 160.0,
                "{player:?} on a screen {height} high"
            );
            let own = briefing.find("[part=briefing]").await?.area().await?;
            ensure!(
                (player.left - own.left).abs() < 2.0 && (player.width - own.width).abs() < 2.0,
                "{player:?} in {own:?}"
            );
            Ok(())
        })
        .await
    };
    for (case, around) in [
        ("a page without a clip", "<div>{}</div>"),
        ("overflow-x: hidden", "<div style='overflow-x: hidden'>{}</div>"),
        ("overflow: hidden", "<div style='overflow: hidden'>{}</div>"),
        ("overflow: auto", "<div style='overflow: auto'>{}</div>"),
        (
            "overflow: hidden and a transform",
            "<div style='overflow: hidden; transform: translateX(20px)'>{}</div>",
        ),
        ("overflow: hidden and a zoom", "<div style='overflow: hidden; zoom: 1.25'>{}</div>"),
        ("overflow: hidden and a filter", "<div style='overflow: hidden; filter: grayscale(1)'>{}</div>"),
    ] {
        let around = format!("{around}<div style='height: 3000px'></div>");
        let briefing = open_in(page, "", &around, &article()).await?;
        let height = number(&briefing, "return host.getBoundingClientRect().height").await?;
        briefing.call("play", vec![]).await?;
        briefing.plays().await?;
        floats(&briefing, case).await?;
        page.script("scrollTo(0, 300)", vec![]).await?;
        floats(&briefing, case).await?;
        let now = number(&briefing, "return host.getBoundingClientRect().height").await?;
        ensure!((now - height).abs() < 1.0, "{case}: it was {height} high and is {now}");
        // A link inside the briefing leaves the player in view.
        script_on(&briefing, "host.shadowRoot.querySelector('.provenance').click()").await?;
        floats(&briefing, case).await?;
        // WebKitGTK's driver misses zoomed elements.
        if case.ends_with("a zoom") {
            briefing.call("pause", vec![]).await?;
        } else {
            briefing.part("play-button").await?.click().await?;
        }
        briefing.is_paused().await?;
        // At the end of the briefing, the player is at its normal position.
        script_on(&briefing, "host.scrollIntoView({ block: 'end' })").await?;
        until("it is at its place", async || {
            let player = briefing.part("player").await?.area().await?;
            let own = briefing.element().await?.area().await?;
            ensure!((player.bottom() - own.bottom()).abs() < 40.0, "{case}: {player:?} in {own:?}");
            Ok(())
        })
        .await?;
        page.script("scrollTo(0, 6000)", vec![]).await?;
        until("it has scrolled away with the briefing", async || {
            let player = briefing.part("player").await?.area().await?;
            ensure!(player.bottom() < 0.0, "{case}: {player:?}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn respects_insets(page: &Page) -> Result<()> {
    let styles = "body { --briefing-inset-block-start: 80px; --briefing-inset-block-end: 60px; margin: 0 }
        #top, #bottom { position: fixed; inset-inline: 0; background: gold; z-index: 9 } #top { top: 0; height: 80px } #bottom { bottom: 0; height: 60px }";
    let around = "<div id=top></div><div id=bottom></div>{}";
    let briefing = open_in(page, styles, around, &article()).await?;
    let (_, height) = page.size().await?;
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    let player = briefing.part("player").await?.area().await?;
    ensure!(
        (player.bottom() - (height - 60.0)).abs() < 1.5,
        "the player ends at {} of {height}",
        player.bottom()
    );
    // The targets of links, and focused elements, scroll to the area between the two bars.
    let seen = async |case: &str, selector: &str| -> Result<()> {
        until(case, async || {
            let area = briefing.find(selector).await?.area().await?;
            ensure!(area.top >= 79.0 && area.top < player.top, "{case}: {area:?}");
            Ok(())
        })
        .await
    };
    script_on(&briefing, "const links = [...host.shadowRoot.querySelectorAll('[part~=references] .back a')]; links.at(-1).click()").await?;
    seen("the last citation is scrolled to", "[data-arrived]").await?;
    script_on(&briefing, "const all = [...host.shadowRoot.querySelectorAll('.citation')]; scrollTo(0, document.body.scrollHeight); all[2].focus()").await?;
    until("the focused citation is seen", async || {
        let top =
            number(&briefing, "return host.shadowRoot.activeElement.getBoundingClientRect().top").await?;
        ensure!((79.0..player.top).contains(&top), "it is at {top}");
        Ok(())
    })
    .await?;
    // A bottom sheet is placed above the bottom bar.
    page.set_up(&crate::setup::Setup { window: (400, 700), ..Default::default() }).await?;
    briefing.call("openReference", vec![json!("r1")]).await?;
    let sheet = briefing.popover().await?.area().await?;
    let (_, height) = page.size().await?;
    ensure!(
        (sheet.bottom() - (height - 60.0)).abs() < 1.5 && sheet.top >= 80.0,
        "the sheet is at {sheet:?} of {height}"
    );
    Ok(())
}

async fn scrolls_to_the_beginning(page: &Page) -> Result<()> {
    let rows: Vec<Value> = (0..40).map(|row| json!([row.to_string(), "x"])).collect();
    let long =
        "A sentence that goes on and on, and is one of very many of its kind in this text. ".repeat(40);
    let items: Vec<String> = (0..60).map(|item| format!("Item {item}")).collect();
    let article = json!({
        "format": "briefing", "version": "1.0", "title": "Tall",
        "key_points": [{ "text": "All.", "supports": ["table", "text", "list", "short"] }],
        "body": ["First.", { "id": "table", "type": "table", "rows": rows }, "Between.", { "id": "text", "type": "paragraph", "text": long },
            { "id": "list", "type": "list", "items": items }, { "id": "short", "type": "paragraph", "text": "Short." }, long],
    });
    let styles = "body { --briefing-inset-block-start: 50px }";
    let briefing = open_in(page, styles, "{}", &article).await?;
    unfold(&briefing).await?;
    for (index, tall) in [true, true, true, false].into_iter().enumerate() {
        script_on(
            &briefing,
            &format!("scrollTo(0, 0); host.shadowRoot.querySelectorAll('.backing a')[{index}].click()"),
        )
        .await?;
        until("it is scrolled to", async || {
            let area = briefing.find("[data-arrived]").await?.area().await?;
            let (_, height) = page.size().await?;
            if tall {
                ensure!(
                    (50.0..height / 2.0).contains(&area.top),
                    "{index}: its first line is at {}",
                    area.top
                );
            } else {
                ensure!(area.top > 50.0 && area.bottom() < height, "{index}: {area:?}");
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn page_translation(page: &Page) -> Result<()> {
    let briefing = open_in(page, "", "{}", &article()).await?;
    let stopped = Clock::stop(page).await?;
    // As page translation does: each text moves into new elements, with other words.
    let rewrite = "const walker = document.createTreeWalker(host.shadowRoot, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest('style')) texts.push(walker.currentNode);
        for (const text of texts) {
            const outer = document.createElement('font');
            const inner = outer.appendChild(document.createElement('font'));
            inner.textContent = text.data;
            text.replaceWith(outer);
        }";
    script_on(&briefing, rewrite).await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    for seconds in 1..=3 {
        stopped.advance(1.0).await?;
        reaches_time(&briefing, seconds).await?;
    }
    briefing.find(".elapsed").await?.text_becomes("0:03").await?;
    script_on(&briefing, rewrite).await?;
    for seconds in 4..=5 {
        stopped.advance(1.0).await?;
        reaches_time(&briefing, seconds).await?;
    }
    briefing.find(".elapsed").await?.text_becomes("0:05").await?;
    briefing.part("play-button").await?.click().await?;
    briefing.is_paused().await?;
    briefing.named("Expand all").await?.click().await?;
    briefing.named("Collapse all").await?;
    // The element can still be removed.
    script_on(&briefing, "host.remove()").await.map(drop)
}

/// Waits until the player is at a time, whatever text it shows.
pub(crate) async fn reaches_time(briefing: &Briefing<'_>, seconds: u32) -> Result<()> {
    until(&format!("the player is at {seconds} s"), async || {
        let time = briefing.property("currentTime").await?.as_f64().context("a time")?;
        ensure!((time - f64::from(seconds)).abs() < 0.5, "it is at {time} s");
        Ok(())
    })
    .await
}
