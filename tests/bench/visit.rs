//! Pages as a reader opens them: with a briefing, with the same text as plain HTML, and with the same text
//! and comparable widgets by others.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::article::article;
use crate::cdp::Tab;
use crate::server::Files;

/// The path of the scripts by others.
const PEERS: &str = "/peers/";

/// When something was first visible, in milliseconds from the start of the visit.
#[derive(Deserialize)]
pub(crate) struct Marks {
    /// The screen is full of text, as far as there is enough.
    pub(crate) text: f64,
    /// The player is visible and its button works; with a recording, the button was pressed then, and the
    /// recording is playing.
    #[serde(default)]
    pub(crate) player: Option<f64>,
}

/// Waits for the marks of the page in a tab, and returns them.
pub(crate) fn marks(tab: &mut Tab) -> Result<Marks> {
    let marks = tab.evaluate("seen")?;
    serde_json::from_value(marks).context("the page did not report its marks")
}

/// Returns the path of the page with a briefing of this number of blocks.
pub(crate) fn briefing_path(blocks: usize) -> String {
    format!("/visit/briefing-{blocks}.html")
}

/// Returns the path of the page with a prerendered briefing of this number of blocks.
pub(crate) fn prerendered_path(blocks: usize) -> String {
    format!("/visit/prerendered-{blocks}.html")
}

/// Returns the path of the page with a briefing of this number of blocks that preloads the widget's files.
pub(crate) fn preload_path(blocks: usize) -> String {
    format!("/visit/preload-{blocks}.html")
}

/// Returns the path of the page with the same text and nothing else.
pub(crate) fn plain_path(blocks: usize) -> String {
    format!("/visit/plain-{blocks}.html")
}

/// Returns the path of the page with the same text, and a player and footnotes by others.
pub(crate) fn peer_path(blocks: usize) -> String {
    format!("/visit/peer-{blocks}.html")
}

/// Returns the path of the page with a prerendered briefing of this number of blocks and inline styles.
pub(crate) fn inline_path(blocks: usize) -> String {
    format!("/visit/inline-{blocks}.html")
}

/// Returns the path of the same page with a recording.
pub(crate) fn audible_path(blocks: usize) -> String {
    format!("/visit/audible-{blocks}.html")
}

/// Returns the path of the page with the same text, and a player for the same recording and footnotes by
/// others.
pub(crate) fn peer_audible_path(blocks: usize) -> String {
    format!("/visit/peer-audible-{blocks}.html")
}

/// Returns the path of the page with a briefing far below the first screen.
pub(crate) fn below_path(blocks: usize) -> String {
    format!("/visit/below-{blocks}.html")
}

/// Adds the page with a briefing.
pub(crate) fn add_briefing(files: &mut Files, blocks: usize) {
    files.add(briefing_path(blocks), page("briefing", LOADER, &briefing(blocks)));
}

/// Adds the page with an eager briefing on the first screen, which preloads the widget's files: its head
/// contains the lines that the build provides for this purpose. An older build provides none.
pub(crate) fn add_preload(files: &mut Files, blocks: usize, dist: &Path) {
    let links = std::fs::read_to_string(dist.join("preload.html")).unwrap_or_default();
    let head = format!("{}{LOADER}", links.replace("href=\"", "href=\"/"));
    let body = format!(r#"<news-briefing src="/article/{blocks}.json" loading="eager"></news-briefing>"#);
    files.add(preload_path(blocks), page("briefing", &head, &body));
}

/// Adds a prerendered article of this number of blocks, and the page with it.
pub(crate) fn add_prerendered(files: &mut Files, blocks: usize, command: &Path) -> Result<()> {
    let html = rendered(article(blocks), "link", command)?;
    files.add(format!("/prerendered/{blocks}.html"), html.clone());
    let (_, link) = html.split_once("<link ").context("the command names no stylesheet")?;
    let (link, _) = link.split_once('>').context("the link to the stylesheet has no end")?;
    files.add(prerendered_path(blocks), page("prerendered", &format!("<link {link}>{LOADER}"), &html));
    Ok(())
}

/// Adds the pages with a prerendered article with inline styles, without and with a recording.
pub(crate) fn add_inline(files: &mut Files, blocks: usize, command: &Path) -> Result<()> {
    files.add(
        inline_path(blocks),
        page("prerendered", LOADER, &rendered(article(blocks), "inline", command)?),
    );
    let mut article = article(blocks);
    article["audio"] = json!({ "sources": [{ "url": RECORDING, "type": "audio/mpeg" }] });
    files.add(audible_path(blocks), page("audible", LOADER, &rendered(article, "inline", command)?));
    files.add(RECORDING, include_bytes!("../../www/articles/audio/shipping-forecast.mp3"));
    Ok(())
}

/// Renders an article with the command, with its styles as a `link` or `inline`.
fn rendered(mut article: Value, style: &str, command: &Path) -> Result<String> {
    let mut rendering = Command::new(command)
        .args(["render", "-", "--assets", "/", "--style", style])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} is missing: `cargo xtask bench` builds it", command.display()))?;
    let mut input = rendering.stdin.take().context("the command takes no input")?;
    // Otherwise the missing type of each paragraph would fill the log.
    for block in article["body"].as_array_mut().into_iter().flatten().filter(|block| block["type"].is_null())
    {
        block["type"] = "paragraph".into();
    }
    let json = article.to_string();
    let writer = std::thread::spawn(move || input.write_all(json.as_bytes()));
    let rendered = rendering.wait_with_output()?;
    ensure!(rendered.status.success() && writer.join().is_ok_and(|written| written.is_ok()), "cannot render");
    Ok(String::from_utf8(rendered.stdout)?)
}

/// Adds all pages with the same text. The widgets by others are given as folders of npm packages.
pub(crate) fn add_all(
    files: &mut Files,
    blocks: usize,
    media_chrome: &Path,
    littlefoot: &Path,
) -> Result<()> {
    let text = html(&article(blocks));
    files.add(plain_path(blocks), page("plain", "", &text));

    for (name, path) in [
        ("media-chrome.js", media_chrome.join("dist/iife/index.js")),
        ("littlefoot.js", littlefoot.join("dist/littlefoot.js")),
        ("littlefoot.css", littlefoot.join("dist/littlefoot.css")),
    ] {
        let content = std::fs::read(&path);
        let content = content
            .with_context(|| format!("{} is missing: `cargo xtask bench` provides it", path.display()))?;
        files.add(format!("{PEERS}{name}"), content);
    }
    let head = format!(
        r#"<link rel="stylesheet" href="{PEERS}littlefoot.css">
<script defer src="{PEERS}media-chrome.js"></script>
<script defer src="{PEERS}littlefoot.js"></script>
<script defer src="/bench/littlefoot-start.js"></script>"#
    );
    let player = |recording| {
        format!(
            r#"<media-controller audio>
<audio slot="media" preload="none" src="{recording}"></audio>
<media-control-bar><media-play-button></media-play-button><media-time-display showduration></media-time-display>
<media-time-range></media-time-range><media-playback-rate-button></media-playback-rate-button></media-control-bar>
</media-controller>"#
        )
    };
    files.add(peer_path(blocks), page("peer", &head, &format!("{text}{}", player("/none.mp3"))));
    files
        .add(peer_audible_path(blocks), page("peer-audible", &head, &format!("{text}{}", player(RECORDING))));

    add_briefing(files, blocks);
    let below = format!(r#"<div style="block-size: 400vh"></div>{}"#, briefing(blocks));
    files.add(below_path(blocks), page("below", LOADER, &below));
    Ok(())
}

/// The path of the recording.
const RECORDING: &str = "/visit/recording.mp3";

const LOADER: &str = r#"<script type="module" src="/news-briefing.js"></script>"#;

fn briefing(blocks: usize) -> String {
    format!(r#"<news-briefing src="/article/{blocks}.json"></news-briefing>"#)
}

fn page(kind: &str, head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en" data-kind="{kind}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A visit</title>
<link rel="icon" href="data:,">
<style>body {{ margin: 0 auto; max-inline-size: 45rem; font: 18px/1.5 serif }}</style>
<script>{}</script>
{head}
<body>
{body}
"#,
        include_str!("pages/visit.js")
    )
}

/// Returns an article as an author would write it in HTML, with footnotes.
fn html(article: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value, to_html: &dyn Fn(usize, &Value) -> String| -> String {
        value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| to_html(index, value))
            .collect()
    };
    let mut notes = Notes::default();
    let points = article["key_points"].as_array().cloned().unwrap_or_default();
    let points: String =
        points.iter().map(|point| format!("<li>{}</li>", notes.linked(&text(&point["text"])))).collect();
    let mut body = String::new();
    for block in article["body"].as_array().into_iter().flatten() {
        let words = notes.linked(&text(&block["text"]));
        body.push_str(&match block["type"].as_str() {
            Some("heading") => format!("<h2>{words}</h2>"),
            Some("quote") => format!("<blockquote><p>{words}</p></blockquote>"),
            Some("list") => {
                format!("<ul>{}</ul>", list(&block["items"], &|_, item| format!("<li>{}</li>", text(item))))
            }
            _ => format!("<p>{words}</p>"),
        });
    }
    let references = list(&article["references"], &|index, reference| {
        format!(
            r##"<li class="footnote" id="fn:{0}"><p><a href="{1}">{2}</a>, {3}. {4} <a href="#fnref:{0}" title="return to article">↩</a></p></li>"##,
            index,
            text(&reference["url"]),
            text(&reference["title"]),
            text(&reference["publisher"]),
            text(&reference["excerpt"]),
        )
    });
    format!(
        r#"<article><h1>{}</h1><p>{}</p><ul>{points}</ul>{body}<div class="footnotes"><ol>{references}</ol></div></article>"#,
        text(&article["title"]),
        text(&article["summary"]),
    )
}

/// The footnote links in the text; only the first link to each footnote has the id that the footnote links
/// back to.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    /// Converts the markers of a text, such as `[^r3]`, to links.
    fn linked(&mut self, text: &str) -> String {
        let mut pieces = text.split("[^r");
        let mut html = emphasized(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (number, rest) = piece.split_once(']').unwrap_or((piece, ""));
            let id = if self.0.iter().any(|known| known == number) {
                String::new()
            } else {
                self.0.push(number.to_owned());
                format!(r#" id="fnref:{number}""#)
            };
            html.push_str(&format!(r##"<sup{id}><a href="#fn:{number}">{number}</a></sup>"##));
            html.push_str(&emphasized(rest));
        }
        html
    }
}

fn emphasized(text: &str) -> String {
    let mark = |text: &str, mark: &str, tag: &str| {
        text.split(mark)
            .enumerate()
            .map(
                |(index, piece)| {
                    if index % 2 == 1 { format!("<{tag}>{piece}</{tag}>") } else { piece.to_owned() }
                },
            )
            .collect::<String>()
    };
    mark(&mark(text, "**", "strong"), "*", "em")
}
