//! The project's own commands, run as `cargo xtask …`: see `cargo xtask --help`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to the person who ran it")]

mod adapters;
mod bench;
mod budget;
mod cache;
mod call;
mod dist;
mod engine;
mod failure;
mod file_io;
mod native_command;
mod progress;
mod schema;
mod serve;
mod size;
mod steps;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The daily tasks of a developer of news-briefing.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the demo newsroom and rebuild it at every change
    Serve(serve::Options),
    /// Run every check and test, or only some
    Test(test::Options),
    /// Build what publishers upload, into dist/
    Dist(dist::Options),
    /// Show what takes up the bytes of the WebAssembly that readers download
    Size(size::Options),
    /// Measure the speed and the memory of the widget, in a browser, and of the command
    Bench(bench::Options),
    /// Write www/briefing.schema.json from the types of an article
    Schema,
    /// Build the other modules of the newsroom; Trunk calls this at each build
    #[command(hide = true)]
    Adapters,
}

fn main() -> ExitCode {
    if let Some(done) = steps::run_as_compiler() {
        return done;
    }
    let result = match Cli::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Dist(options) => dist::run(&options),
        Command::Size(options) => size::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Schema => schema::run(),
        Command::Adapters => adapters::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            failure::print(&error);
            ExitCode::FAILURE
        }
    }
}
