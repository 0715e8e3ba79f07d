//! A reader's actions on the sources of a briefing.

use anyhow::{Context, Result, ensure};

use crate::page::Briefing;
use crate::part::Part;
use crate::wait::until;

impl<'a> Briefing<'a> {
    /// Waits for the first visible citation with these numbers, such as `6,8`.
    pub(crate) async fn citation(&self, numbers: &str) -> Result<Part<'a>> {
        until(&format!("there is a citation {numbers}"), async || {
            for citation in self.parts("citation").await? {
                if citation.is_shown().await? && citation.text().await? == numbers {
                    return Ok(citation);
                }
            }
            anyhow::bail!("none of those shown")
        })
        .await
    }

    /// Returns the open popovers, without waiting.
    pub(crate) async fn open_popovers(&self) -> Result<Vec<Part<'a>>> {
        self.find_all("[part~='popover']:popover-open").await
    }

    /// Waits until exactly one popover is open, and returns it.
    pub(crate) async fn popover(&self) -> Result<Part<'a>> {
        until("one popover is open", async || {
            let mut open = self.open_popovers().await?;
            ensure!(open.len() == 1, "{} are", open.len());
            let popover = open.pop().context("none")?;
            Ok(popover)
        })
        .await
    }

    /// Waits until the popover of a source is open, and no other.
    pub(crate) async fn popover_of(&self, title: &str) -> Result<Part<'a>> {
        until(&format!("the popover of {title:?} is open"), async || {
            let popover = self.popover().await?;
            let text = popover.text().await?;
            ensure!(text.contains(title), "the open one contains: {text}");
            Ok(popover)
        })
        .await
    }

    /// Waits until no popover is open.
    pub(crate) async fn popover_closes(&self) -> Result<()> {
        until("no popover is open", async || {
            let count = self.open_popovers().await?.len();
            ensure!(count == 0, "{count} are open");
            Ok(())
        })
        .await
    }

    /// Fails unless a popover lies beside its citation and wholly inside the viewport.
    pub(crate) async fn is_beside(&self, popover: &Part<'_>, citation: &Part<'_>) -> Result<()> {
        const NEAR: f64 = 24.0;
        const ROUNDING: f64 = 0.5;
        let (width, height) = self.page().size().await?;
        let (area, mark) = (popover.area().await?, citation.area().await?);
        ensure!(
            area.left >= -ROUNDING
                && area.top >= -ROUNDING
                && area.right() <= width + ROUNDING
                && area.bottom() <= height + ROUNDING,
            "{area:?} is not inside of {width} × {height}"
        );
        let below_or_above = (area.top - mark.bottom()).max(mark.top - area.bottom());
        let to_a_side = (area.left - mark.right()).max(mark.left - area.right());
        let gap = below_or_above.max(to_a_side);
        ensure!(gap >= -ROUNDING, "{area:?} covers {mark:?}");
        ensure!(gap <= NEAR, "{area:?} is {gap} px away from {mark:?}");
        Ok(())
    }
}
