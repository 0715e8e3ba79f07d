//! Makes the engine of a page trap, as a host page can by breaking functions that the engine relies on.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::Briefing;
use crate::wait::until;

impl Briefing<'_> {
    /// Makes a playing briefing trap. A host page that throws where no error can be expected leaves a
    /// player that never finished its work; the next call detects this state and panics.
    pub(crate) async fn make_engine_trap(&self) -> Result<()> {
        let page = self.page();
        for expected in ["the clock is broken", "Script error.", "unreachable", "Unreachable"] {
            page.expect_complaint(expected);
        }
        let break_the_clock = "const { now } = performance;
            performance.now = () => { performance.now = now; window.broken = true; throw new Error('the clock is broken') }";
        page.script(break_the_clock, vec![]).await?;
        until("the clock has broken", async || {
            ensure!(page.script("return window.broken ?? null", vec![]).await? == json!(true), "not yet");
            Ok(())
        })
        .await?;
        // The next tick may panic before the press; then the button no longer exists.
        let press = "arguments[0].shadowRoot.querySelector('[part~=play-button]')?.click()";
        self.element().await?.script(press, vec![]).await.map(drop)
    }
}
