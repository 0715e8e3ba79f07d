//! Time in the page that passes only when a scenario says so.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::Page;

/// The page's clock, stopped. The page still does its work as fast as it can.
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

    /// Lets some seconds pass. More at once would seem to the page as if the computer had slept.
    pub(crate) async fn pass(&self, seconds: f64) -> Result<()> {
        ensure!(seconds < 2.0, "{seconds} s are too long at once");
        self.page.script("stoppedClock.now += arguments[0] * 1000", vec![json!(seconds)]).await.map(drop)
    }
}
