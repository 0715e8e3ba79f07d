use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::Args;

use super::Streams;
use super::any_format::{AnyFormat, FormatOptions};
use super::batch::{Done, Files};
use super::finding::{Finding, Origin};
use super::input::Input;
use super::outcome::{Failure, Outcome};
use super::output::Folder;
use super::report::line;
use super::sources::Source;
use crate::article::{Article, Problem, Severity};
use crate::timeline::align::align;
use crate::timeline::import::import;

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    format: FormatOptions,
    /// Write each article to a file of the same name in this folder, each whole or not at all
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A file with the times of the speech in the recording, such as WebVTT or the output of a speech
    /// recognizer: sets the times of passages and words in the one given article
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    timings: Option<OsString>,
    /// The duration of the recording; by default that of the file of timings, else that of the article
    #[arg(long, value_name = "SECONDS", requires = "timings", value_parser = seconds)]
    duration: Option<f64>,
}

/// Converts articles to canonical JSON.
pub(super) fn run(options: &Options, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let format = options.format.validated()?;
    let sources = options.files.find(streams);
    if let Some(timings) = &options.timings {
        let [source] = sources.list() else {
            return Err(Failure::new(
                "timings belong to one article, but there are several".to_owned(),
                "convert that article on its own",
            ));
        };
        return convert_with_timings(&sources.read(source)?, &format, timings, options.duration, streams);
    }
    let folder = options.out.as_deref().map(|path| Folder::open(path, "json", &sources)).transpose()?;
    let worker = || {
        let format = options.format.validated()?;
        let folder = folder.as_ref();
        Ok(move |source: &Source, input: &Input| convert(source, input, &format, folder))
    };
    let tally = options.files.each(&sources, streams, &worker, |streams, _, done| done.write(streams))?;
    tally.print_processed(streams, "converted")?;
    Ok(tally.outcome())
}

/// Converts one article.
fn convert(source: &Source, input: &Input, format: &AnyFormat, folder: Option<&Folder<'_>>) -> Done {
    let reading = format.read(&input.text);
    let mut done = Done::with_findings(input, &reading);
    if let Some(article) = &reading.article {
        done.set_output(source, article.to_json() + "\n", folder);
    }
    done
}

/// Writes one article as canonical JSON, with times from a file of timings.
fn convert_with_timings(
    input: &Input,
    format: &AnyFormat,
    timings: &OsStr,
    duration: Option<f64>,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let reading = format.read(&input.text);
    streams.err.write_all(Done::with_findings(input, &reading).err.as_bytes())?;
    let origin = if reading.is_converted { Origin::Canonical } else { Origin::Source };
    let Some(mut article) = reading.article else { return Ok(Outcome::Faulty) };
    let outcome = add_timings(&mut article, (input, origin), timings, duration, streams)?;
    if outcome == Outcome::Good {
        writeln!(streams.out, "{}", article.to_json())?;
    }
    Ok(outcome)
}

/// Replaces the times of an article by those of a file of timings.
fn add_timings(
    article: &mut Article,
    (input, origin): (&Input, Origin),
    file: &OsStr,
    duration: Option<f64>,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let timings_input = Input::read(file, streams.input)?;
    let stated = article.audio.as_ref().and_then(|audio| audio.duration);
    let timings = import(&timings_input.text, duration.or(stated));
    for problem in &timings.problems {
        match problem.path.strip_prefix("line ") {
            // The file need not be JSON; a problem of another format names a line instead of a path.
            Some(line) => {
                let what = Problem { path: String::new(), ..problem.clone() };
                writeln!(streams.err, "{}:{line}:1: {what}", timings_input.name)?;
            }
            None => print_problem(streams, &timings_input, problem, Origin::Source)?,
        }
    }
    if timings.problems.iter().any(is_error) {
        return Ok(Outcome::Faulty);
    }
    let length = duration.or(timings.duration).or(stated);
    let alignment = align(article, &timings, length);
    for problem in &alignment.problems {
        print_problem(streams, input, problem, origin)?;
    }
    if alignment.problems.iter().any(is_error) {
        return Ok(Outcome::Faulty);
    }
    let passages = alignment.segments.len();
    write!(streams.err, "{}: {} cues, {passages} passages", timings.format, timings.cues.len())?;
    match alignment.found {
        Some(found) => writeln!(streams.err, ", {:.0} % of the words found", found * 100.0)?,
        None => writeln!(streams.err)?,
    }
    let audio = article.audio.get_or_insert_default();
    audio.duration = length;
    audio.segments = alignment.segments;
    Ok(Outcome::Good)
}

fn print_problem(
    streams: &mut Streams<'_>,
    input: &Input,
    problem: &Problem,
    origin: Origin,
) -> std::io::Result<()> {
    streams.err.write_all(line(input, &Finding::of(problem.clone(), origin)).as_bytes())
}

fn is_error(problem: &Problem) -> bool {
    problem.severity == Severity::Error
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    seconds.ok_or_else(|| "expected a number of seconds above 0, such as 105.8".to_owned())
}
