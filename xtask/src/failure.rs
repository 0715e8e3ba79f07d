//! Errors with a hint what to do next.

use std::fmt;

use console::style;

/// A problem and its remedy, attached to another error as `anyhow` context.
#[derive(Debug)]
pub(crate) struct Failure {
    problem: String,
    help: String,
}

impl Failure {
    /// Creates a failure from a problem and the remedy, such as a command to run.
    pub(crate) fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { problem: problem.into(), help: help.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for Failure {}

/// Prints an error, its causes, and the remedy if one is known.
pub(crate) fn print(error: &anyhow::Error) {
    eprintln!("{} {error}", style("error:").red().bold().for_stderr());
    explain(error);
}

/// Prints what is skipped because of an error, its causes, and how to include it.
pub(crate) fn print_skipped(name: &str, error: &anyhow::Error) {
    eprintln!("{} {name}: {error}", style("skipped:").yellow().bold().for_stderr());
    explain(error);
}

fn explain(error: &anyhow::Error) {
    for cause in error.chain().skip(1) {
        for (index, line) in cause.to_string().lines().enumerate() {
            eprintln!("  {} {line}", if index == 0 { "because" } else { "       " });
        }
    }
    if let Some(failure) = error.downcast_ref::<Failure>() {
        eprintln!("{} {}", style("help:").cyan().bold().for_stderr(), failure.help);
    }
}
