//! The native command `news-briefing`: checks articles, converts them to canonical JSON, prerenders them as
//! HTML and prints the JSON Schema of articles. `docs/command.md` is the manual for its users.

mod any_format;
mod batch;
mod check;
mod compact;
mod completions;
mod convert;
mod document;
mod excerpt;
mod finding;
mod fragment;
#[cfg(test)]
mod growth;
mod input;
mod line_column;
mod linked_data;
mod mentions;
mod outcome;
mod output;
mod path_url;
mod progress;
mod render;
mod report;
mod side_channel;
mod sources;
mod words;
mod workers;

use std::ffi::OsString;
use std::io::{Read, Write};

use clap::{Parser, Subcommand};

pub use outcome::Outcome;

use crate::article::schema;
use side_channel::SideChannel;

/// The streams that the command reads and writes.
pub struct Streams<'a> {
    /// Standard input, which the argument `-` names.
    pub input: &'a mut dyn Read,
    /// Standard output, for results.
    pub out: &'a mut dyn Write,
    /// Standard error, for everything else. What cannot be written there is dropped.
    pub err: &'a mut dyn Write,
    /// Whether standard error is a terminal; the progress bar is shown only then.
    pub err_is_terminal: bool,
}

/// Check, convert and prerender news briefings
#[derive(Parser)]
#[command(name = "news-briefing", version, after_help = EXIT_CODES)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  an article has an error or, with check --strict, a warning
  2  something could not be done, such as reading or writing a file; everything else was done";

#[derive(Subcommand)]
enum Task {
    /// Report problems in articles and inferred mentions, each with its position in the JSON
    Check(check::Options),
    /// Render articles as HTML that is readable before any script runs
    Render(render::Options),
    /// Convert articles to canonical JSON
    Convert(convert::Options),
    /// Print the JSON Schema of articles
    Schema,
    /// Print a shell completion script
    Completions(completions::Options),
}

/// Runs the command with these arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Outcome {
    let mut err = SideChannel::new(streams.err);
    let (input, out) = (&mut *streams.input, &mut *streams.out);
    let outcome = run_with(
        arguments,
        &mut Streams { input, out, err: &mut err, err_is_terminal: streams.err_is_terminal },
    );
    if err.has_failed() { Outcome::Failed } else { outcome }
}

fn run_with(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Outcome {
    let command = match Command::try_parse_from(arguments) {
        Ok(command) => command,
        Err(help) => {
            let (text, is_help) = (help.render(), !help.use_stderr());
            let printed = if is_help { write!(streams.out, "{text}") } else { write!(streams.err, "{text}") };
            return if is_help && printed.is_ok() { Outcome::Good } else { Outcome::Failed };
        }
    };
    let result = match command.task {
        Task::Check(options) => check::run(&options, streams),
        Task::Render(options) => render::run(&options, streams),
        Task::Convert(options) => convert::run(&options, streams),
        Task::Completions(options) => completions::run::<Command>(&options, streams),
        Task::Schema => serde_json::to_string_pretty(&schema())
            .map_err(std::io::Error::from)
            .and_then(|schema| writeln!(streams.out, "{schema}"))
            .map(|()| Outcome::Good)
            .map_err(Into::into),
    };
    // Output that is still buffered may fail here; without this flush, the failure would go unnoticed.
    let result = result.and_then(|outcome| streams.out.flush().map(|()| outcome).map_err(Into::into));
    result.unwrap_or_else(|failure| {
        if failure.is_closed_pipe() {
            return Outcome::Good;
        }
        // Writing to standard error always succeeds here.
        let _ = write!(streams.err, "{failure}");
        Outcome::Failed
    })
}
