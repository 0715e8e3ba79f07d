//! Alternatives that a publisher could put beside an article: a player and footnotes by others. The
//! bench compares with a page that has them.

use anyhow::Result;

use super::{Provided, Toolbox, npm};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let mut environment = Environment::default();
    let mut names = Vec::new();
    for (package, variable) in
        [("media-chrome", "NEWS_BRIEFING_MEDIA_CHROME"), ("littlefoot", "NEWS_BRIEFING_LITTLEFOOT")]
    {
        let version = toolbox.workspace.pinned(package)?;
        environment.set(variable, npm::provide(toolbox, package, &version)?.join(package));
        names.push(format!("{package} {version}"));
    }
    Ok(Provided { name: names.join(", "), environment })
}
