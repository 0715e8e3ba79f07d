//! The native command, `news-briefing`: checks articles, renders them ahead of the page, prints the
//! schema of their JSON.

mod check;
mod compact;
mod document;
mod fragment;
mod input;
mod linked_data;
mod outcome;
mod place;
mod render;
mod words;

use std::ffi::OsString;
use std::io::{Read, Write};

use clap::{Parser, Subcommand};

pub use outcome::Outcome;

use crate::article::schema;

/// What a program reads and writes.
pub struct Streams<'a> {
    /// What `-` reads.
    pub input: &'a mut dyn Read,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where everything else is told.
    pub err: &'a mut dyn Write,
}

/// Checks news briefings, and renders them so that they can be read before any script runs
#[derive(Parser)]
#[command(name = "news-briefing", version)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Tell what is wrong with articles, each problem with its place in the JSON
    Check(check::Options),
    /// Write an article as HTML that can be read before any script runs
    Render(render::Options),
    /// Print the JSON Schema of articles
    Schema,
}

/// Runs the command with these arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Outcome {
    let command = match Command::try_parse_from(arguments) {
        Ok(command) => command,
        Err(help) => {
            let (text, is_asked_for) = (help.render(), !help.use_stderr());
            let told =
                if is_asked_for { write!(streams.out, "{text}") } else { write!(streams.err, "{text}") };
            return if is_asked_for && told.is_ok() { Outcome::Good } else { Outcome::Failed };
        }
    };
    let done = match command.task {
        Task::Check(options) => check::run(&options, streams),
        Task::Render(options) => render::run(&options, streams),
        Task::Schema => serde_json::to_string_pretty(&schema())
            .map_err(std::io::Error::from)
            .and_then(|schema| writeln!(streams.out, "{schema}"))
            .map(|()| Outcome::Good)
            .map_err(Into::into),
    };
    done.unwrap_or_else(|failure| {
        // Who cannot be told of a failure still gets the exit code.
        let _ = write!(streams.err, "{failure}");
        Outcome::Failed
    })
}
