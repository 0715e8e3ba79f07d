//! A page clock that advances only when a scenario says so.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::Page;

/// The stopped clock of a page. Timers and animation frames still run at full speed.
pub(crate) struct Clock<'a> {
    page: &'a Page,
}

impl<'a> Clock<'a> {
    /// Stops the clock of an open page.
    pub(crate) async fn stop(page: &'a Page) -> Result<Self> {
        let script = "const clock = { now: performance.now() };
            performance.now = () => clock.now;
            window.stoppedClock = clock";
        page.script(script, vec![]).await?;
        Ok(Self { page })
    }

    /// Advances the clock by some seconds. A larger step would look to the page like a suspended
    /// computer.
    pub(crate) async fn advance(&self, seconds: f64) -> Result<()> {
        ensure!(seconds < 2.0, "{seconds} s are too long at once");
        self.page.script("stoppedClock.now += arguments[0] * 1000", vec![json!(seconds)]).await.map(drop)
    }
}
