//! Counters that the browser keeps for a page.

use std::collections::HashMap;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cdp::Tab;

/// The counters at one moment, or their differences between two moments.
pub(crate) struct Metrics(HashMap<String, f64>);

impl Metrics {
    /// Returns the current counters of a page.
    pub(crate) fn of(tab: &mut Tab) -> Result<Self> {
        // Thread time, so that other programs on the processor do not count.
        tab.send("Performance.enable", json!({ "timeDomain": "threadTicks" }))?;
        let answer = tab.send("Performance.getMetrics", json!({}))?;
        let metrics = answer["metrics"].as_array().into_iter().flatten();
        let pair = |metric: &Value| Some((metric["name"].as_str()?.to_owned(), metric["value"].as_f64()?));
        Ok(Self(metrics.filter_map(pair).collect()))
    }

    /// Returns the differences since an earlier moment.
    pub(crate) fn since(mut self, before: &Self) -> Self {
        for (name, value) in &mut self.0 {
            *value -= before.get(name);
        }
        self
    }

    /// Returns a counter by its protocol name, such as `Nodes`.
    pub(crate) fn get(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Returns the time that the main thread has worked, in milliseconds.
    pub(crate) fn work(&self) -> f64 {
        self.get("TaskDuration") * 1_000.0
    }

    /// Returns the part of that time spent on styles and layout.
    pub(crate) fn layout(&self) -> f64 {
        (self.get("RecalcStyleDuration") + self.get("LayoutDuration")) * 1_000.0
    }
}
