//! html-validate, which checks markup against the HTML standard.

use anyhow::Result;

use super::{Provided, Toolbox, npm};
use crate::call::Environment;

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = toolbox.workspace.pinned("html-validate")?;
    let mut environment = Environment::default();
    let modules = npm::provide(toolbox, "html-validate", &version)?;
    environment.put_on_path(modules.join(".bin"));
    Ok(Provided { name: format!("html-validate {version}"), environment })
}
