//! Measures the widget's speed and memory use in a real browser: `cargo xtask bench`.
//!
//! Each figure is printed beside its floor, which is a comparable measurement, and beside its target. Both
//! sides of a ratio are measured alternately in one run, so a busy machine slows both. The bench never fails
//! for slowness: the table marks missed targets. `docs/performance.md` explains the figures.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench may fail, and prints to the person who ran it"
)]

mod article;
mod browser;
mod cdp;
mod cold_start;
mod first_screen;
mod interaction;
mod long_task;
mod many;
mod measure;
mod memory;
mod metrics;
mod profile;
mod render;
mod report;
mod server;
mod statistics;
mod tick;
mod trace;
mod visit;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Parser;

use crate::measure::{Bench, Measure};
use crate::server::Files;

const MEASURES: &[Measure] = &[
    Measure { name: "render", run: render::measure },
    Measure { name: "long-task", run: long_task::measure },
    Measure { name: "tick", run: tick::measure },
    Measure { name: "interaction", run: interaction::measure },
    Measure { name: "many", run: many::measure },
    Measure { name: "memory", run: memory::measure },
    Measure { name: "cold-start", run: cold_start::measure },
    Measure { name: "first-screen", run: first_screen::measure },
];

/// The files of the measured pages.
const PAGES: [(&str, &str); 3] = [
    ("/bench/littlefoot-start.js", include_str!("pages/littlefoot-start.js")),
    ("/bench/testbed.html", include_str!("pages/testbed.html")),
    ("/bench/testbed.js", include_str!("pages/testbed.js")),
];

/// The sizes of the served articles, in blocks.
const ARTICLES: [usize; 5] = [10, cold_start::BLOCKS, 100, 1_000, 10_000];

/// What to measure, and how thoroughly.
#[derive(Parser)]
struct Options {
    /// Measure only this (can be given several times)
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(MEASURES.iter().map(|measure| measure.name)))]
    only: Vec<String>,
    /// How often to measure
    #[arg(long, default_value_t = 15)]
    runs: usize,
    /// The folder that a page loads the widget from
    #[arg(long, env = "NEWS_BRIEFING_DIST")]
    dist: PathBuf,
    /// The npm package Media Chrome
    #[arg(long, env = "NEWS_BRIEFING_MEDIA_CHROME")]
    media_chrome: PathBuf,
    /// The npm package littlefoot
    #[arg(long, env = "NEWS_BRIEFING_LITTLEFOOT")]
    littlefoot: PathBuf,
    /// The command `news-briefing`
    #[arg(long, env = "NEWS_BRIEFING_COMMAND")]
    command: PathBuf,
    /// Where to write the figures as JSON, or the profile
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Instead of measuring, write a CPU profile of rendering so many blocks, for DevTools
    #[arg(long, value_name = "BLOCKS")]
    profile: Option<usize>,
    /// Given by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => code,
        Err(error) => {
            print_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<ExitCode> {
    let files = Arc::new(files(options)?);
    let address = server::start(Arc::clone(&files))?;
    let bench = Bench { address, files, runs: options.runs.max(1) };
    if let Some(blocks) = options.profile {
        profile::write(&bench, blocks, &options.to)?;
        return Ok(ExitCode::SUCCESS);
    }

    let mut sections = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for measure in MEASURES {
        if !options.only.is_empty() && !options.only.iter().any(|name| name == measure.name) {
            continue;
        }
        eprintln!("measuring {} …", measure.name);
        // A failed measurement must not prevent the others.
        match (measure.run)(&bench) {
            Ok(section) => sections.push(section),
            Err(error) => {
                print_error(&error.context(format!("cannot measure {}", measure.name)));
                code = ExitCode::FAILURE;
            }
        }
    }
    report::print(&sections);
    std::fs::write(&options.to, format!("{:#}\n", report::json(&sections)))
        .with_context(|| format!("cannot write {}", options.to.display()))?;
    Ok(code)
}

/// Returns all served files.
fn files(options: &Options) -> Result<Files> {
    let mut files = Files::default();
    files.add_folder("/", &options.dist)?;
    for (path, content) in PAGES {
        files.add(path, content);
    }
    for blocks in ARTICLES.into_iter().chain(options.profile) {
        files.add(format!("/article/{blocks}.json"), article::article(blocks).to_string());
        visit::add_briefing(&mut files, blocks);
        visit::add_prerendered(&mut files, blocks, &options.command)?;
    }
    visit::add_preload(&mut files, cold_start::BLOCKS, &options.dist);
    visit::add_inline(&mut files, cold_start::BLOCKS, &options.command)?;
    visit::add_all(&mut files, cold_start::BLOCKS, &options.media_chrome, &options.littlefoot)?;
    Ok(files)
}

fn print_error(error: &anyhow::Error) {
    for (index, cause) in error.chain().enumerate() {
        eprintln!("{}: {cause}", if index == 0 { "error" } else { "because" });
    }
}
