//! A first visit on a slow phone over a slow network, with empty caches.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::Browser;
use crate::cdp::Tab;
use crate::measure::Bench;
use crate::report::{Figure, Section, Target};
use crate::statistics::median;
use crate::visit::{self, Marks};

/// The size of the article, in blocks: about five minutes of reading.
pub(crate) const BLOCKS: usize = 30;

/// The network that Lighthouse calls slow 4G: 1.6 Mbit/s down and 750 kbit/s up, in bytes per
/// second, and a round trip of 150 ms.
const DOWN: f64 = 1_600_000.0 / 8.0;
const UP: f64 = 750_000.0 / 8.0;
const ROUND_TRIP: f64 = 150.0;

/// The slowdown factor of the processor.
const CPU_SLOWDOWN: f64 = 4.0;

/// The maximum transfer size of the whole widget, and of the part before a briefing comes near the
/// viewport, in bytes.
const MAX_BYTES: f64 = 120_000.0;
const MAX_BYTES_BEFORE: f64 = 2_500.0;

/// One visit.
struct Visit {
    marks: Marks,
    /// All bytes received over the network.
    bytes: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let mut section = Section::new(
        format!(
            "First visit: slow 4G (1.6 Mbit/s, 150 ms), processor {CPU_SLOWDOWN} × slower, {BLOCKS} blocks"
        ),
        "the same text with Media Chrome and littlefoot",
    );
    let paths = [
        visit::briefing_path(BLOCKS),
        visit::preload_path(BLOCKS),
        visit::prerendered_path(BLOCKS),
        visit::peer_path(BLOCKS),
        visit::plain_path(BLOCKS),
        visit::inline_path(BLOCKS),
        visit::audible_path(BLOCKS),
        visit::peer_audible_path(BLOCKS),
    ];
    let mut visits: [Vec<Visit>; 8] = Default::default();
    for _ in 0..bench.runs.div_ceil(2) {
        for (path, visits) in paths.iter().zip(&mut visits) {
            visits.push(measure_visit(&bench.url(path))?);
        }
    }
    let [briefing, preload, prerendered, peer, plain, inline, audible, peer_audible] = &visits;
    let text = |visits: &[Visit]| median(visits.iter().map(|visit| visit.marks.text));
    let player = |visits: &[Visit]| median(visits.iter().filter_map(|visit| visit.marks.player));
    let (prerendered_path, peer_path) = (visit::prerendered_path(BLOCKS), visit::peer_path(BLOCKS));
    #[allow(clippy::cast_precision_loss, reason = "files are not that large")]
    let kilobytes = |bytes: usize| format!("{:.1} KB", bytes as f64 / 1_000.0);
    let size = |path: &str| bench.files.transfer_size(path).map_or_else(String::new, kilobytes);
    let bytes = |visits: &[Visit]| median(visits.iter().map(|visit| visit.bytes));
    section.add(
        Figure::milliseconds("until the player can play", player(briefing))
            .against(player(peer))
            .target(Target::RatioAtMost(1.5)),
    );
    section.add(
        Figure::milliseconds("until the text is seen", text(briefing))
            .against(text(peer))
            .note(format!("without any script {:.0} ms", text(plain))),
    );
    section.add(
        Figure::milliseconds("preloaded: until the player can play", player(preload))
            .against(player(peer))
            .target(Target::RatioAtMost(1.5)),
    );
    section.add(
        Figure::milliseconds("prerendered: until the text is seen", text(inline))
            .against(text(peer))
            .target(Target::RatioAtMost(1.0))
            .note(format!(
                "{} of HTML with its styles instead of {}",
                size(&visit::inline_path(BLOCKS)),
                size(&peer_path)
            )),
    );
    section.add(
        Figure::milliseconds("prerendered, styles linked: until the text is seen", text(prerendered))
            .against(text(peer))
            .note(format!("{} of HTML instead of {}", size(&prerendered_path), size(&peer_path))),
    );
    section.add(
        Figure::milliseconds("prerendered: until the player can play", player(prerendered))
            .against(player(peer)),
    );
    section.add(
        Figure::milliseconds("prerendered, with a recording: until it is heard", player(audible))
            .against(player(peer_audible))
            .target(Target::RatioAtMost(1.0))
            .note("pressed as soon as there is something to press"),
    );
    section.add(Figure::bytes("all that was fetched", bytes(briefing)).against(bytes(peer)).note(format!(
        "with the article and the headers; without any script {:.1} KB",
        bytes(plain) / 1_000.0
    )));

    let (before, after) = widget_bytes(bench)?;
    section.add(
        Figure::bytes("the widget alone, before it comes near the viewport", before)
            .target(Target::AtMost(MAX_BYTES_BEFORE / 1_000.0)),
    );
    section
        .add(Figure::bytes("the widget alone, all of it", after).target(Target::AtMost(MAX_BYTES / 1_000.0)));
    Ok(section)
}

/// Opens a page in a browser with empty caches.
fn measure_visit(url: &str) -> Result<Visit> {
    // The browser does not treat a click by script as a user gesture.
    let browser = Browser::start(&["--autoplay-policy=no-user-gesture-required"])?;
    let mut tab = browser.tab()?;
    tab.collect_events("Network");
    tab.send("Network.enable", json!({}))?;
    let network = json!({
        "offline": false, "latency": ROUND_TRIP, "downloadThroughput": DOWN, "uploadThroughput": UP,
    });
    tab.send("Network.emulateNetworkConditions", network)?;
    tab.send("Emulation.setCPUThrottlingRate", json!({ "rate": CPU_SLOWDOWN }))?;
    tab.go(url)?;
    let marks = visit::marks(&mut tab)?;
    let loaded = tab.take("Network.loadingFinished");
    let bytes = loaded.iter().filter_map(|event| event["encodedDataLength"].as_f64()).sum();
    Ok(Visit { marks, bytes })
}

/// Returns the compressed size of the widget's own files that a page fetches, in bytes: before a
/// briefing far below comes into view, and in total.
fn widget_bytes(bench: &Bench) -> Result<(f64, f64)> {
    let browser = Browser::start(&[])?;
    let mut tab = browser.tab()?;
    tab.collect_events("Network");
    tab.send("Network.enable", json!({}))?;
    tab.go(&bench.url(&visit::below_path(BLOCKS)))?;
    let mut sizes = HashMap::new();
    wait_until_network_idle(&mut tab)?;
    record_sizes(bench, &mut tab, &mut sizes)?;
    let before = sizes.values().sum();
    tab.evaluate("document.querySelector('news-briefing').scrollIntoView()")?;
    wait_until_network_idle(&mut tab)?;
    record_sizes(bench, &mut tab, &mut sizes)?;
    Ok((before, sizes.values().sum()))
}

/// Waits until the page has fetched nothing for a second.
fn wait_until_network_idle(tab: &mut Tab) -> Result<()> {
    let script = "new Promise((resolve) => {
        let timer = setTimeout(resolve, 1000);
        new PerformanceObserver(() => {
            clearTimeout(timer);
            timer = setTimeout(resolve, 1000);
        }).observe({ type: 'resource' });
    })";
    tab.evaluate(script).map(drop)
}

fn record_sizes(bench: &Bench, tab: &mut Tab, sizes: &mut HashMap<String, f64>) -> Result<()> {
    for request in tab.take("Network.requestWillBeSent") {
        let url = request["request"]["url"].as_str().context("a request without an address")?;
        let Some(path) = url.strip_prefix(&bench.address) else { continue };
        // The query only distinguishes versions of the same file.
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let is_page_file = ["/article/", "/visit/", "/bench/"].iter().any(|own| path.starts_with(own));
        if !is_page_file {
            #[allow(clippy::cast_precision_loss, reason = "files are not that large")]
            let size = bench.files.transfer_size(path).map_or(f64::NAN, |size| size as f64);
            sizes.insert(path.to_owned(), size);
        }
    }
    Ok(())
}
