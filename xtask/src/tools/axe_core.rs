//! axe-core, which looks for accessibility problems from inside a page.

use anyhow::Result;

use super::{Provided, Toolbox, npm};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = toolbox.workspace.pinned("axe-core")?;
    let mut environment = Environment::default();
    let modules = npm::provide(toolbox, "axe-core", &version)?;
    environment.set("NEWS_BRIEFING_AXE", modules.join("axe-core/axe.min.js"));
    Ok(Provided { name: format!("axe-core {version}"), environment })
}
