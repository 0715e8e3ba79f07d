//! `cargo xtask adapters`: builds the scripts and the module that the newsroom loads besides the widget. Trunk builds
//! only one module per package. A hook in Trunk.toml calls this command at each build, so a manual `trunk serve`
//! calls it as well.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::dist::{ADAPTERS, Part, TIMINGS, TIMINGS_WASM, adapters_script, build_to_serve};
use crate::failure::Failure;
use crate::file_io;
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// Builds the files as Trunk builds the widget, and copies them to where Trunk gathers the newsroom.
pub(crate) fn run() -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).with_context(|| {
        Failure::new("$TRUNK_STAGING_DIR is not set: only Trunk runs this command", "run `cargo xtask serve`")
    })?;
    let is_release = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let workspace = Workspace::find()?;
    let toolbox = Toolbox::open(&workspace)?;
    let environment = toolbox.provide_all([Tool::WasmTarget, Tool::WasmBindgen, Tool::Esbuild])?;
    // The engine that Trunk builds is whole.
    let script = adapters_script(&[], &workspace.served_adapters().join("script"), &workspace, &environment)?;
    copy(&script, &staging.join(ADAPTERS))?;
    let timings = build_to_serve(&workspace, &environment, is_release, Part::Timings)?;
    copy(&timings.glue, &staging.join(TIMINGS))?;
    copy(&timings.wasm, &staging.join(TIMINGS_WASM))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        file_io::create_folder(folder)?;
    }
    fs::copy(from, to).map(drop).with_context(|| format!("cannot write {}", to.display()))
}
