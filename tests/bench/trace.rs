//! The browser's trace of a page: what ran, for how long, and nested in what.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::cdp::Tab;

/// The spans of the main thread in a trace.
pub(crate) struct Trace {
    spans: Vec<Span>,
}

/// A traced operation.
#[derive(Clone)]
pub(crate) struct Span {
    /// Its name in the trace, such as `TimerFire` or `Layout`.
    pub(crate) name: String,
    /// Its start, in microseconds.
    start: f64,
    /// Its wall-clock duration, in microseconds.
    duration: f64,
    /// The time that the thread itself worked, in milliseconds, independent of the machine's load.
    pub(crate) milliseconds: f64,
    /// The event's arguments.
    pub(crate) details: Value,
}

impl Trace {
    /// Traces a page while `act` runs.
    pub(crate) fn of<T>(tab: &mut Tab, act: impl FnOnce(&mut Tab) -> Result<T>) -> Result<(Self, T)> {
        Self::of_categories(tab, &["devtools.timeline", "blink.user_timing"], act)
    }

    /// Traces other categories than those of the timeline. `blink.user_timing` must be among them: it
    /// contains the mark that identifies the main thread.
    pub(crate) fn of_categories<T>(
        tab: &mut Tab,
        categories: &[&str],
        act: impl FnOnce(&mut Tab) -> Result<T>,
    ) -> Result<(Self, T)> {
        tab.collect_events("Tracing");
        let config = json!({ "recordMode": "recordAsMuchAsPossible", "includedCategories": categories });
        tab.send("Tracing.start", json!({ "transferMode": "ReturnAsStream", "traceConfig": config }))?;
        // This mark identifies the page's thread among those of the browser.
        tab.evaluate("performance.mark('bench-thread')")?;
        let result = act(tab);
        tab.send("Tracing.end", json!({}))?;
        let complete = tab.event("Tracing.tracingComplete")?;
        let text = stream(tab, &complete["stream"])?;
        Ok((Self::read(&text)?, result?))
    }

    fn read(text: &str) -> Result<Self> {
        let trace: Value = serde_json::from_str(text)?;
        let events = trace["traceEvents"].as_array().context("a trace without events")?;
        let mark = events.iter().find(|event| event["name"] == "bench-thread");
        let mark = mark.context("a trace without the page's thread")?;
        let mut spans: Vec<Span> = events
            .iter()
            .filter(|event| event["pid"] == mark["pid"] && event["tid"] == mark["tid"])
            .filter_map(Span::of)
            .collect();
        spans.sort_by(|a, b| a.start.total_cmp(&b.start).then(b.duration.total_cmp(&a.duration)));
        Ok(Self { spans })
    }

    /// Returns the part of the trace between two marks that the page set.
    pub(crate) fn between(&self, first: &str, last: &str) -> Result<Self> {
        let at = |name: &str| {
            let mark = self.spans.iter().find(|span| span.name == name);
            mark.map(|span| span.start).with_context(|| format!("the page set no mark {name}"))
        };
        let (first, last) = (at(first)?, at(last)?);
        let spans = self.spans.iter().filter(|span| first <= span.start && span.start < last);
        Ok(Self { spans: spans.cloned().collect() })
    }

    /// Returns the self time of each kind of operation, without nested ones, in milliseconds.
    pub(crate) fn by_itself(&self) -> HashMap<&str, f64> {
        let mut times = HashMap::new();
        let mut around: Vec<&Span> = Vec::new();
        for span in &self.spans {
            while around.last().is_some_and(|last| !last.contains(span)) {
                around.pop();
            }
            if let Some(outer) = around.last() {
                *times.entry(&*outer.name).or_default() -= span.milliseconds;
            }
            *times.entry(&*span.name).or_default() += span.milliseconds;
            around.push(span);
        }
        times
    }

    /// Returns the spans with one of these names, in order.
    pub(crate) fn named<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a Span> {
        self.spans.iter().filter(|span| names.contains(&&*span.name))
    }

    /// Returns the spans with one of these names that are not nested in another of them.
    pub(crate) fn outermost<'a>(&'a self, names: &'a [&str]) -> Vec<&'a Span> {
        let mut outermost: Vec<&Span> = Vec::new();
        for span in self.named(names) {
            if !outermost.last().is_some_and(|last| last.contains(span)) {
                outermost.push(span);
            }
        }
        outermost
    }
}

impl Span {
    fn of(event: &Value) -> Option<Self> {
        let number = |name: &str| event[name].as_f64();
        let duration = number("dur").unwrap_or_default();
        Some(Self {
            name: event["name"].as_str()?.to_owned(),
            start: number("ts")?,
            duration,
            milliseconds: number("tdur").unwrap_or(duration) / 1_000.0,
            details: event["args"].clone(),
        })
    }

    /// Returns whether this span began before another.
    pub(crate) fn is_before(&self, other: &Self) -> bool {
        self.start < other.start
    }

    /// Returns whether another span began during this one.
    pub(crate) fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.start < self.start + self.duration
    }
}

/// Reads a stream to its end.
fn stream(tab: &mut Tab, handle: &Value) -> Result<String> {
    let mut text = String::new();
    loop {
        let piece = tab.send("IO.read", json!({ "handle": handle, "size": 8 << 20 }))?;
        // A trace may contain half a character where a text was cut.
        text.push_str(piece["data"].as_str().unwrap_or_default());
        if piece["eof"] == json!(true) {
            tab.send("IO.close", json!({ "handle": handle }))?;
            return Ok(text);
        }
    }
}
