//! `cargo xtask bench`: measures the speed and the memory of the widget in a real browser, and of the
//! command.

mod archive;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::call::{Call, Environment};
use crate::dist::{self, GLUE, LOADER, Names, Part, Recipe, WASM, build_wasm, integrity};
use crate::engine::Engine;
use crate::file_io;
use crate::native_command;
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// The names of measurements: those of `tests/bench/reader.rs`, repeated here so that a misspelt name is
/// rejected before anything is built, and [`ARCHIVE`].
const MEASURES: [&str; 9] =
    ["render", "long-task", "tick", "interaction", "many", "memory", "cold-start", "first-screen", ARCHIVE];

/// The measurement of the command, which needs no browser.
const ARCHIVE: &str = "archive";

/// The maximum number of runs of that measurement, which takes long and varies little.
const ARCHIVE_RUNS: usize = 3;

/// The number of runs by default, and with `--quick`.
const RUNS: usize = 15;
const QUICK_RUNS: usize = 5;

/// The options of `bench`.
#[derive(Args)]
pub(crate) struct Options {
    /// Measure only this (can be given several times)
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(MEASURES))]
    only: Vec<String>,
    /// How often to measure each
    #[arg(long, default_value_t = RUNS)]
    runs: usize,
    /// Measure only a few times
    #[arg(long, conflicts_with = "runs")]
    quick: bool,
    /// Measure the files in this folder, such as an older dist/, instead of building
    #[arg(long, value_name = "FOLDER")]
    of: Option<PathBuf>,
    /// Instead, write a CPU profile of rendering so many blocks, with the names of functions
    #[arg(long, value_name = "BLOCKS", conflicts_with_all = ["only", "runs", "quick"])]
    profile: Option<usize>,
}

/// Builds what publishers upload, and measures it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let toolbox = Toolbox::open(&workspace)?;
    let results = workspace.target.join("bench");
    file_io::create_folder(&results)?;
    if options.only.iter().any(|name| name != ARCHIVE) || options.only.is_empty() {
        in_browser(options, &workspace, &toolbox, &results)?;
    }
    // With `--of` or `--profile`, only the widget is meant; the command would be the same.
    let is_all = options.only.is_empty() && options.of.is_none() && options.profile.is_none();
    if is_all || options.only.iter().any(|name| name == ARCHIVE) {
        let runs = if options.quick { 1 } else { options.runs.clamp(1, ARCHIVE_RUNS) };
        archive::measure(&workspace, &Environment::default(), runs, &results)?;
    }
    Ok(())
}

/// Runs the measurements in a browser.
fn in_browser(options: &Options, workspace: &Workspace, toolbox: &Toolbox, results: &Path) -> Result<()> {
    let tools = dist::TOOLS.iter().copied().chain([Tool::Browser(Engine::Chromium), Tool::Peers]);
    let environment = toolbox.provide_all(tools)?;
    let folder = match &options.of {
        Some(folder) => std::path::absolute(folder)?,
        None => results.join("files"),
    };
    if options.of.is_none() {
        let recipe = Recipe::best(&environment)?;
        dist::build(workspace, &environment, recipe, None, &folder)?;
        if options.profile.is_some() {
            use_named_module(workspace, &environment, recipe, &folder)?;
        }
    }
    native_command::build(workspace, &environment)?;

    let mut call = Call::new("cargo")
        // The time of the browser is measured. The program that drives it need not be fast, but should build
        // quickly.
        .args(["bench", "--quiet", "--profile", "dev", "--no-default-features", "--features", "native"])
        .args(["--bench", "reader", "--"])
        .folder(&workspace.root)
        .within(&environment)
        .var("NEWS_BRIEFING_DIST", folder)
        .var("NEWS_BRIEFING_COMMAND", workspace.command());
    let written = match options.profile {
        Some(blocks) => {
            let profile = results.join(format!("render-{blocks}.cpuprofile"));
            call = call.args(["--profile", &blocks.to_string(), "--to"]).arg(&profile);
            profile
        }
        None => {
            let figures = results.join("bench.json");
            let runs = if options.quick { QUICK_RUNS } else { options.runs };
            call = call.args(["--runs", &runs.to_string(), "--to"]).arg(&figures);
            for name in options.only.iter().filter(|name| *name != ARCHIVE) {
                call = call.args(["--only", name]);
            }
            figures
        }
    };
    call.run()?;
    println!("\nWritten to {}", written.display());
    Ok(())
}

/// Replaces the module that readers download by one whose functions have names.
fn use_named_module(
    workspace: &Workspace,
    environment: &Environment,
    recipe: Recipe,
    folder: &Path,
) -> Result<()> {
    let module = build_wasm(workspace, environment, recipe, Part::Widget, Names::Kept)?;
    // As published, so that the same loader can extract it.
    dist::pack(&module.wasm, workspace, environment)?;
    let mut loader = fs::read_to_string(folder.join(LOADER))?;
    for (built, path) in [(&module.wasm, WASM), (&module.glue, GLUE)] {
        // The loader runs only files whose hashes it has.
        let [before, now] =
            [&folder.join(path), built].map(|file| fs::read(file).map(|bytes| integrity(&bytes)));
        loader = loader.replace(&before?, &now?);
        fs::copy(built, folder.join(path)).with_context(|| format!("cannot copy {}", built.display()))?;
        fs::remove_file(folder.join(format!("{path}.br")))?;
    }
    fs::write(folder.join(LOADER), loader)?;
    fs::remove_file(folder.join(format!("{LOADER}.br")))?;
    Ok(())
}
