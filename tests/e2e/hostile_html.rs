//! HTML attacks in the JSON of a CMS: whatever they contain, nothing runs, nothing is requested, and only known
//! elements, attributes and addresses are in the page.
//!
//! The page converts each attack, under the strictest policy and under one that forbids nothing, and must arrive
//! at the same article as natively. `tests/cms.rs` checks the articles.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow, ensure};
use news_briefing::article::Url;
use news_briefing::cms::{NativeParsers, Options, convert};
use serde_json::{Value, json};

use crate::hostile::{Case, after_markdown, in_pieces};
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::stringify::stringify;
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a post of many attacks", many_attacks),
        scenario("each attack, in an article of its own", async |page| {
            let articles: Vec<_> = Case::all().iter().map(|case| (case.name.clone(), case.whole())).collect();
            each_attack(page, &articles, ARTICLES_ON_A_PAGE).await
        }),
        scenario("each attack, in a piece of HTML", async |page| {
            each_attack(page, &together(), ATTACKS_ON_A_PAGE / IN_AN_ARTICLE).await
        }),
        scenario("each attack, without a policy", async |page| {
            page.site().replace_policy(NO_POLICY)?;
            each_attack(page, &together(), ATTACKS_ON_A_PAGE / IN_AN_ARTICLE).await
        }),
    ]
}

/// A policy that forbids nothing, so that an attack would succeed.
const NO_POLICY: &str = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'";

/// In 2025 the HTML standard extended the allowed content of `<select>`. An older parser, such as that of WebKit,
/// ends the element earlier, so that a picture in it is shown.
const NEWER_PARSERS_ONLY: &str = "mutation by select";

/// How many attacks an article of many has.
const IN_AN_ARTICLE: usize = 40;

/// How many attacks a page has at most, in its articles together: a slow machine shows them well within the time
/// that a scenario waits.
const ATTACKS_ON_A_PAGE: usize = 160;

/// How many articles of one attack a page has at most: an instance of the engine is started for each.
const ARTICLES_ON_A_PAGE: usize = 20;

/// Returns articles of many attacks, each with a name.
fn together() -> Vec<(String, Value)> {
    let cases: Vec<Case> = Case::all().into_iter().filter(|case| case.name != NEWER_PARSERS_ONLY).collect();
    let articles = cases.chunks(IN_AN_ARTICLE).flat_map(|cases| {
        let name = |kind| format!("{kind} {} to {}", cases[0].name, cases[cases.len() - 1].name);
        [(name("pieces"), in_pieces(cases)), (name("Markdown"), after_markdown(cases))]
    });
    articles.collect()
}

/// The elements that briefings of these attacks consist of, with their attributes.
const ALLOWED: &[(&str, &str)] = &[
    ("a", "class data-place dir href id lang part rel title"),
    ("article", "aria-labelledby class part"),
    ("bdi", ""),
    ("blockquote", "class dir id lang part"),
    (
        "button",
        "aria-haspopup aria-label aria-pressed class data-control data-seek id lang part popovertarget \
        popovertargetaction tabindex title type",
    ),
    ("b", ""),
    ("code", ""),
    ("details", "open"),
    (
        "div",
        "aria-hidden aria-label aria-orientation aria-valuemax aria-valuemin aria-valuenow aria-valuetext class \
        data-room data-slot data-sound data-source dir hidden id lang part popover role style tabindex",
    ),
    ("em", ""),
    ("figcaption", "class dir lang"),
    ("figure", "class id"),
    ("h2", "class dir id lang part"),
    ("h3", "class dir id lang part"),
    ("header", "class"),
    ("img", "alt decoding height loading src width"),
    ("li", "class dir id lang part"),
    ("ol", "role"),
    ("option", "selected value"),
    ("p", "class dir id lang part"),
    ("path", "class d fill"),
    ("pre", "aria-label dir lang role tabindex translate"),
    ("section", "class id part"),
    ("select", "aria-label class dir part"),
    ("span", "aria-hidden class data-room dir lang part"),
    ("strong", ""),
    ("summary", ""),
    ("svg", "aria-hidden class focusable height preserveAspectRatio viewBox width"),
    ("table", "dir lang"),
    ("tbody", ""),
    ("td", ""),
    ("time", "datetime"),
    ("tr", ""),
    ("ul", ""),
];

/// Returns what each briefing contains that no briefing may contain, and its article. Only an address may have a
/// word of an attack in it.
const LOOK: &str = r#"const allowed = new Map(arguments[0].map(([name, attributes]) => [name, new Set(attributes.split(/\s+/))]));
    return [...document.querySelectorAll('news-briefing')].map((briefing) => {
        const faults = new Set();
        for (const element of briefing.shadowRoot.querySelectorAll('*')) {
            const attributes = allowed.get(element.localName);
            if (!attributes || element.shadowRoot) faults.add(`<${element.localName}>`);
            for (const { name, value } of element.attributes) {
                const isAddress = ['href', 'src'].includes(name) && /^(https?:\/\/|#)/.test(value);
                const isSafe = !/XSS|url\(/i.test(value) && !['href', 'src'].includes(name);
                if (!attributes?.has(name) || !(isAddress || isSafe)) faults.add(`<${element.localName} ${name}="${value}">`);
            }
        }
        const text = briefing.shadowRoot.textContent;
        const at = text.indexOf('XSS');
        if (at >= 0) faults.add(text.slice(Math.max(at - 50, 0), at + 50));
        return { faults: [...faults], article: briefing.article };
    })"#;

/// Shows each article, of one attack or several, with so many on a page, and looks at what becomes of it.
async fn each_attack(page: &Page, articles: &[(String, Value)], on_a_page: usize) -> Result<()> {
    // Chromium reports violations that an inert parsed document would cause. The pictures of articles do not exist.
    for expected in ["forbids inline", "https://a.example/p.jpg", "404 (Not Found)"] {
        page.expect_complaint(expected);
    }
    ensure!(Case::all().len() >= 300);
    let (mut faults, mut pictures) = (Vec::new(), Vec::new());
    for (number, articles) in articles.chunks(on_a_page).enumerate() {
        let mut elements = String::new();
        let mut expected = Vec::new();
        for (index, (name, json)) in articles.iter().enumerate() {
            let src = format!("/attacks/{number}/{index}.json");
            // The server would see a request.
            let json = json.to_string().replace("https://evil.example/", &page.site().url("/evil/"));
            page.site().add(&src, "application/json", &json);
            elements += &format!("<news-briefing src={src} loading=eager></news-briefing>");
            expected.push(Expected::new(name, &json, &page.site().url(&src))?);
        }
        page.open_page(&elements).await?;
        let found = shown(page, articles.len()).await?;
        faults.extend(expected.iter().zip(&found).flat_map(|(expected, found)| expected.faults(found)));
        // The server also knows the requests of the pages before.
        pictures.extend(expected.iter().flat_map(|expected| &expected.pictures).cloned());
        for (_, found) in expected.iter().zip(&found).filter(|(one, _)| one.name == NEWER_PARSERS_ONLY) {
            add_pictures(&found["article"], &mut pictures);
        }
        faults.extend(requested(page, &pictures).await?);
    }
    ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

/// Returns how many blocks of their articles the briefings have not drawn yet.
const LEFT: &str = "const left = ({ article, shadowRoot }) =>
        article === null ? 0 : article.body.length - shadowRoot.querySelectorAll('[part~=block]').length;
    return [...document.querySelectorAll('news-briefing')].map(left).reduce((sum, count) => sum + count, 0)";

/// Waits until each briefing shows its whole article or an error, and looks at them.
async fn shown(page: &Page, count: usize) -> Result<Vec<Value>> {
    until("each briefing has loaded", async || {
        let events = page.events().await?;
        let ends = ["briefing-load", "briefing-error"];
        let ended = events.iter().filter(|event| ends.contains(&event.name.as_str())).count();
        ensure!(ended == count, "{ended} of {count}");
        Ok(())
    })
    .await?;
    until("each article is drawn", async || {
        let left = page.script(LEFT, vec![]).await?;
        ensure!(left == json!(0), "{left} blocks are left");
        Ok(())
    })
    .await?;
    let found = page.script(LOOK, vec![json!(ALLOWED)]).await?;
    Ok(serde_json::from_value(found)?)
}

/// Returns what the page and its server know to have been requested, without the files of the site and the
/// pictures of articles.
async fn requested(page: &Page, pictures: &[String]) -> Result<Vec<String>> {
    let entries =
        page.script("return performance.getEntriesByType('resource').map(({ name }) => name)", vec![]);
    let mut requested: BTreeSet<String> = serde_json::from_value(entries.await?)?;
    requested.extend(page.site().requests().iter().map(|path| page.site().url(path)));
    let is_expected = |url: &String| {
        let path = [page.site().url(""), page.site().files_url("")]
            .iter()
            .find_map(|origin| url.strip_prefix(origin))
            .map(|path| path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').to_owned());
        pictures.contains(url)
            || path.is_some_and(|path| {
                path.starts_with("attacks/") && path.ends_with(".json")
                    || path.starts_with("e2e/")
                    || ["made.html", "favicon.ico"].contains(&path.as_str())
                    || page.site().files().join(&path).is_file()
            })
    };
    Ok(requested.into_iter().filter(|url| !is_expected(url)).map(|url| format!("requested: {url}")).collect())
}

/// Adds the addresses of the pictures in canonical JSON.
fn add_pictures(json: &Value, pictures: &mut Vec<String>) {
    let body = json["body"].as_array().into_iter().flatten().filter(|block| block["type"] == "image");
    let urls = body.chain([&json["image"]]).filter_map(|image| image["url"].as_str());
    pictures.extend(urls.map(str::to_owned));
}

/// What becomes of an attack natively.
struct Expected<'a> {
    name: &'a str,
    article: Value,
    /// The addresses of the article's pictures.
    pictures: Vec<String>,
}

impl<'a> Expected<'a> {
    fn new(name: &'a str, json: &str, base: &str) -> Result<Self> {
        let options = Options { base: Url::parse(base).ok(), ..Options::default() };
        let converted = convert(&serde_json::from_str(json)?, &options, &NativeParsers);
        let converted = converted.map_err(|why| anyhow!("{name}: {why}"))?;
        let article = serde_json::from_str(&stringify(&converted.content.into_canonical()))?;
        let mut pictures = Vec::new();
        add_pictures(&article, &mut pictures);
        Ok(Self { name, article, pictures })
    }

    fn faults(&self, found: &Value) -> Vec<String> {
        let mut faults: Vec<String> = found["faults"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|fault| format!("{}: {fault}", self.name))
            .collect();
        let here = &found["article"];
        if *here != self.article && self.name != NEWER_PARSERS_ONLY {
            let blocks = |article: &Value| article["body"].as_array().cloned().unwrap_or_default();
            let (native, here) = (blocks(&self.article), blocks(here));
            let at = native.iter().zip(&here).take_while(|(native, here)| native == here).count();
            let block = |blocks: &[Value]| blocks.get(at).map_or("nothing".to_owned(), Value::to_string);
            let (native, here) = (block(&native), block(&here));
            faults.push(format!("{}:\n  natively {native}\n  here     {here}", self.name));
        }
        faults
    }
}

/// Markup that could run scripts or send requests. Each attempt leaves a trace.
const HOSTILE: &str = r#"<p>Before</p>
<script>window.ran = 1</script><script src="/asked?1"></script>
<svg onload="window.ran = 2"><script>window.ran = 3</script><image href="/asked?2"/><animate onbegin="window.ran = 4"/></svg>
<math><mi xlink:href="javascript:window.ran = 5">x</mi><mtext><style><img src=/asked?3 onerror="window.ran = 6"></style></mtext></math>
<form><input name=attributes><input name=firstChild><input name=nextSibling><input name=parentNode><input name=localName></form>
<form id=documentElement action="/asked?4"><button formaction="javascript:window.ran = 7">Button</button></form>
<iframe srcdoc="<script>parent.ran = 8</script>"></iframe><iframe src="javascript:parent.ran = 9"></iframe>
<object data="javascript:window.ran = 10"></object><embed src="data:text/html,<script>parent.ran = 11</script>">
<link rel=stylesheet href="/asked?5"><style>@import url(/asked?6); body { background: url(/asked?7) }</style>
<meta http-equiv=refresh content="0; url=/asked?8"><base href="https://evil.example/">
<div style="background: url(/asked?9)">Styled</div><table background="/asked?10"><tr><td>a<td>b</table>
<template><img src="/asked?11" onerror="window.ran = 12"></template><noscript><p title="</noscript><img src=/asked?12>"></p></noscript>
<details open ontoggle="window.ran = 13"><summary>More</summary>less</details><input autofocus onfocus="window.ran = 14">
<a href="javascript:window.ran = 15">one</a> <a href="java&#9;script:window.ran = 16">two</a> <a href=" &#1;javascript:window.ran = 17">three</a>
<a href="https://good.example/" ping="/asked?13" onclick="window.ran = 18">good</a>
<video poster="/asked?14"><source onerror="window.ran = 19"></video><select><option><img src=/asked?15></select>
<svg></p><style><a title="</style><img src=/favicon.svg alt=Picture onerror=window.ran=20>"></a></svg>
<p>After</p>"#;

async fn many_attacks(page: &Page) -> Result<()> {
    let post = json!({ "title": { "rendered": "Hostile <img src=/asked?0 onerror=window.ran=0>" },
        "content": { "rendered": HOSTILE } });
    // Chromium also reports the violations that an inert parsed document would cause.
    page.expect_complaint("forbids inline");
    let briefing = page.open_with("", &post).await?;
    briefing.part("title").await?.text_becomes("Hostile").await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    let look = "const root = document.querySelector('#made').shadowRoot;
        const names = (node) => [...node.attributes].map(({ name }) => name);
        const all = [...root.querySelectorAll('[part~=body] *')];
        return {
            text: root.querySelector('[part~=body]').textContent,
            ran: String(window.ran),
            handlers: all.flatMap(names).filter((name) => /^on|^style$|^ping$|srcdoc/.test(name)),
            links: all.filter(({ localName }) => localName === 'a').map((link) => link.href),
            elements: all.map(({ localName }) => localName)
                .filter((name) => /^(iframe|object|embed|script|style|form|input|base|meta|template|link)$/.test(name)),
        }";
    let result = page.script(look, vec![]).await?;
    let text = result["text"].as_str().unwrap_or_default();
    ensure!(
        ["Before", "Styled", "one", "two", "three", "good", "After"].iter().all(|word| text.contains(word)),
        "{text}"
    );
    ensure!(result["ran"] == "undefined", "{result}");
    ensure!(result["handlers"] == json!([]) && result["elements"] == json!([]), "{result}");
    ensure!(!result["links"].to_string().contains("script:"), "{result}");
    let requests: Vec<String> =
        page.site().requests().into_iter().filter(|path| path.contains("asked")).collect();
    ensure!(requests.is_empty(), "{requests:?}");
    Ok(())
}
