//! What the browser counts of a page by itself.

use std::collections::HashMap;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cdp::Tab;

/// The counts at one moment, or between two.
pub(crate) struct Metrics(HashMap<String, f64>);

impl Metrics {
    /// The counts of a page up to now.
    pub(crate) fn of(tab: &mut Tab) -> Result<Self> {
        // By the thread's own clock: what other programs take of the processor does not count.
        tab.send("Performance.enable", json!({ "timeDomain": "threadTicks" }))?;
        let answer = tab.send("Performance.getMetrics", json!({}))?;
        let metrics = answer["metrics"].as_array().into_iter().flatten();
        let pair = |metric: &Value| Some((metric["name"].as_str()?.to_owned(), metric["value"].as_f64()?));
        Ok(Self(metrics.filter_map(pair).collect()))
    }

    /// What came about since an earlier moment.
    pub(crate) fn since(mut self, before: &Self) -> Self {
        for (name, value) in &mut self.0 {
            *value -= before.get(name);
        }
        self
    }

    /// A count by its name in the protocol, such as `Nodes`.
    pub(crate) fn get(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// The time that the page's thread was at work, in milliseconds.
    pub(crate) fn work(&self) -> f64 {
        self.get("TaskDuration") * 1_000.0
    }

    /// The part of it spent on styles and layout.
    pub(crate) fn layout(&self) -> f64 {
        (self.get("RecalcStyleDuration") + self.get("LayoutDuration")) * 1_000.0
    }
}
