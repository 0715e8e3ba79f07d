//! `cargo xtask schema`: writes the published JSON Schema of canonical JSON.

use anyhow::{Context, Result};

use crate::file_io;
use crate::workspace::Workspace;

/// Writes `www/briefing.schema.json`.
pub(crate) fn run() -> Result<()> {
    let path = Workspace::find()?.root.join("www/briefing.schema.json");
    let mut text = serde_json::to_string_pretty(&news_briefing::article::schema())
        .context("cannot write the schema as JSON")?;
    text.push('\n');
    file_io::write(&path, text)?;
    println!("Wrote {}", path.display());
    Ok(())
}
