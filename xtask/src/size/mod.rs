//! `cargo xtask size`: shows what takes up the bytes of the WebAssembly that readers download.
//!
//! All sizes are uncompressed. The compressed size cannot be divided among functions;
//! `cargo xtask dist` prints it for the whole file.

mod data;
mod module;
mod report;
mod symbol;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use self::module::Module;
use self::report::Report;
use crate::dist::{self, Names, Part, Recipe, build_wasm};
use crate::file_io;
use crate::tools::Toolbox;
use crate::workspace::Workspace;

/// The options of `size`.
#[derive(Args)]
pub(crate) struct Options {
    /// How many of the largest functions, and of the largest pieces of data, to show
    #[arg(long, default_value_t = 25)]
    top: usize,
    /// Which module to build
    #[arg(long, value_enum, default_value = "widget")]
    module: Part,
    /// Show only functions whose name or module contains this
    #[arg(long, value_name = "TEXT")]
    of: Option<String>,
    /// Build the plain version, even if the small one is possible
    #[arg(long)]
    plain: bool,
    /// Write the complete report to a file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Builds the module with names, analyses it and prints the report.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let toolbox = Toolbox::open(&workspace)?;
    let environment = toolbox.provide_all(dist::TOOLS.iter().copied())?;
    let recipe = if options.plain { Recipe::Plain } else { Recipe::best(&environment)? };
    let built = build_wasm(&workspace, &environment, recipe, options.module, Names::Kept)?;
    let wasm = file_io::read(&built.wasm)?;
    let report = Report::of(recipe, &Module::read(&wasm)?);
    report.print(options.top, options.of.as_deref());
    if let Some(file) = &options.json {
        file_io::write(file, report.json()?)?;
        println!("\nAll of it is in {}.", file.display());
    }
    Ok(())
}
