//! Opening the newsroom.

use anyhow::{Result, ensure};

use crate::page::Page;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![scenario("the newsroom opens without errors", the_newsroom_opens)]
}

async fn the_newsroom_opens(page: &Page) -> Result<()> {
    page.open("/").await?;
    let title = page.element("h1").await?;
    ensure!(title.is_shown().await?);
    page.picture("top").await?;
    Ok(())
}
