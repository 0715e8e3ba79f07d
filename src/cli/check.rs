use std::io::Write;

use clap::Args;

use super::Streams;
use super::input::Input;
use super::outcome::{Failure, Outcome};
use super::place::place;
use crate::article::{Problem, Severity, read_text};

#[derive(Args)]
pub(super) struct Options {
    /// Files with one article each as JSON; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Take warnings for errors, for articles that are to have none
    #[arg(long)]
    strict: bool,
    /// Print the problems as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Prints the problems of each article.
pub(super) fn run(options: &Options, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (mut errors, mut warnings) = (0_usize, 0_usize);
    for file in &options.files {
        let input = Input::read(file, streams.input)?;
        for problem in &read_text(&input.text).problems {
            match problem.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
            }
            if options.json {
                writeln!(streams.out, "{}", as_json(&input, problem))?;
            } else {
                tell(streams.out, &input, problem)?;
            }
        }
    }
    if !options.json {
        let articles = counted(options.files.len(), "article");
        writeln!(streams.err, "{articles}: {}, {}", counted(errors, "error"), counted(warnings, "warning"))?;
    }
    let is_faulty = errors > 0 || (options.strict && warnings > 0);
    Ok(if is_faulty { Outcome::Faulty } else { Outcome::Good })
}

/// Tells of a problem, with its place in front as compilers tell it: editors know how to go there.
pub(super) fn tell(to: &mut dyn Write, input: &Input, problem: &Problem) -> std::io::Result<()> {
    let place = place(&input.text, &problem.path);
    writeln!(to, "{}:{}:{}: {problem}", input.name, place.line, place.column)
}

fn as_json(input: &Input, problem: &Problem) -> serde_json::Value {
    let place = place(&input.text, &problem.path);
    serde_json::json!({
        "file": input.name,
        "line": place.line,
        "column": place.column,
        "path": problem.path,
        "severity": problem.severity.name(),
        "message": problem.message,
    })
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
