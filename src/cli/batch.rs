//! The work that all subcommands share: they read the given files, process them on as many threads as there
//! are cores, report results in the order of the files, and sum up in the last line. A bad file does not stop
//! the others. Results are written out soon after they are ready, so that memory does not grow with the
//! number of files.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;

use clap::Args;

use super::Streams;
use super::any_format::Reading;
use super::finding::{Finding, Level};
use super::input::Input;
use super::outcome::{Failure, Outcome};
use super::output::Folder;
use super::progress::Progress;
use super::report::line;
use super::sources::{Source, Sources};
use super::workers::process_in_order;

/// The files to process, and on how many threads.
#[derive(Args)]
pub(super) struct Files {
    /// Files with one article each, as JSON of any format; a pattern in quotes, such as 'articles/**/*.json',
    /// names all files that it matches; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// How many files to process at a time; by default as many as there are cores
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<NonZeroUsize>,
}

/// The result of processing one file.
#[derive(Default)]
pub(super) struct Done {
    /// The text for standard output.
    pub(super) out: String,
    /// The text for standard error.
    pub(super) err: String,
    pub(super) outcome: Outcome,
    /// The reason, if the file could not be read or processing it panicked.
    pub(super) unread: Option<String>,
    pub(super) count: Count,
}

/// The number of errors and warnings.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Count {
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// The totals over all files.
#[derive(Default)]
pub(super) struct Tally {
    /// The number of files.
    pub(super) files: usize,
    /// The number of files that could not be read or written.
    pub(super) failed: usize,
    pub(super) count: Count,
    /// The names of the files whose outcome is not [`Outcome::Good`].
    bad: Vec<String>,
}

impl Files {
    /// Finds the files that the arguments name.
    pub(super) fn find(&self, streams: &mut Streams<'_>) -> Sources {
        Sources::find(&self.files, streams.input)
    }

    /// Processes each source, with one worker per thread. Passes each result that has output to `deliver`, in
    /// the order of the sources.
    pub(super) fn each<W>(
        &self,
        sources: &Sources,
        streams: &mut Streams<'_>,
        worker: &(impl Fn() -> Result<W, Failure> + Sync),
        mut deliver: impl FnMut(&mut Streams<'_>, &Source, &Done) -> std::io::Result<()>,
    ) -> Result<Tally, Failure>
    where
        W: FnMut(&Source, &Input) -> Done,
    {
        let list = sources.list();
        let threads = self.jobs.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let progress = Progress::start(list.len(), streams.err_is_terminal);
        let mut tally = Tally { files: list.len(), ..Tally::default() };
        let worker = || {
            let mut work = worker()?;
            Ok(move |index: usize| {
                let Some(source) = list.get(index) else { return Done::default() };
                let done = catch_unwind(AssertUnwindSafe(|| match sources.read(source) {
                    Ok(input) => work(source, &input),
                    Err(failure) => Done::unread(&failure),
                }));
                // If panics unwind, as they do in the installed command, a panic costs only this file.
                done.unwrap_or_else(|_| Done::unread(&panic_failure(source)))
            })
        };
        process_in_order(list.len(), threads, &worker, |index, done: Done| {
            let Some(source) = list.get(index) else { return Ok(()) };
            if !done.err.is_empty() || !done.out.is_empty() {
                progress.suspend(|| deliver(streams, source, &done))?;
            }
            progress.advance();
            tally.add(source, &done);
            Ok(())
        })?;
        Ok(tally)
    }
}

/// Returns the failure for a panic, which no article should be able to cause.
fn panic_failure(source: &Source) -> Failure {
    Failure::new(
        format!("cannot process {}: this is a bug in news-briefing", source.name()),
        "please report it, with the file",
    )
}

impl Done {
    fn unread(failure: &Failure) -> Self {
        let unread = Some(failure.reason().to_owned());
        Self { err: failure.to_string(), outcome: Outcome::Failed, unread, ..Self::default() }
    }

    /// Returns a result with the findings of an article as text for standard error.
    pub(super) fn with_findings(input: &Input, reading: &Reading) -> Self {
        let err = reading.findings.iter().map(|finding| line(input, finding)).collect();
        let outcome = if reading.article.is_some() { Outcome::Good } else { Outcome::Faulty };
        Self { err, outcome, count: Count::of(&reading.findings), ..Self::default() }
    }

    /// Writes the text made from a file into the folder or, without a folder, to standard output.
    pub(super) fn set_output(&mut self, source: &Source, text: String, folder: Option<&Folder<'_>>) {
        match folder.map(|folder| folder.write(source, &text)) {
            None => self.out = text,
            Some(Ok(())) => {}
            Some(Err(failure)) => {
                self.err += &failure.to_string();
                self.outcome = Outcome::Failed;
            }
        }
    }

    /// Writes each text to its stream.
    pub(super) fn write(&self, streams: &mut Streams<'_>) -> std::io::Result<()> {
        streams.err.write_all(self.err.as_bytes())?;
        streams.out.write_all(self.out.as_bytes())
    }
}

impl Count {
    /// Counts the errors and warnings among findings.
    pub(super) fn of(findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self { errors: count(Level::Error), warnings: count(Level::Warning) }
    }
}

impl Tally {
    fn add(&mut self, source: &Source, done: &Done) {
        self.count.errors += done.count.errors;
        self.count.warnings += done.count.warnings;
        self.failed += usize::from(done.outcome == Outcome::Failed);
        if done.outcome != Outcome::Good {
            self.bad.push(source.name());
        }
    }

    /// Prints the names of the files that are not good, unless there was only one file, and then the summary.
    pub(super) fn print_summary(&self, streams: &mut Streams<'_>, summary: &str) -> std::io::Result<()> {
        if self.files > 1 {
            for name in &self.bad {
                writeln!(streams.err, "failed: {name}")?;
            }
        }
        writeln!(streams.err, "{summary}")
    }

    /// Prints how many of several files were processed; `participle` is a word such as `converted` or
    /// `rendered`.
    pub(super) fn print_processed(&self, streams: &mut Streams<'_>, participle: &str) -> std::io::Result<()> {
        if self.files < 2 {
            return Ok(());
        }
        self.print_summary(streams, &format!("{} of {} files were {participle}", self.good(), self.files))
    }

    /// Returns the number of files whose outcome is good.
    pub(super) fn good(&self) -> usize {
        self.files - self.bad.len()
    }

    /// Returns the worst outcome of all files.
    pub(super) fn outcome(&self) -> Outcome {
        match (self.failed, self.bad.len()) {
            (0, 0) => Outcome::Good,
            (0, _) => Outcome::Faulty,
            _ => Outcome::Failed,
        }
    }
}

/// Formats a count, such as `1 article` or `2 articles`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "that is what is tested")]
    fn a_panic_fails_only_its_file() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        for jobs in [1, 2] {
            let pattern = folder.path().join("*").into_os_string();
            let files = Files { files: vec![pattern], jobs: NonZeroUsize::new(jobs) };
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let streams = &mut Streams {
                input: &mut std::io::empty(),
                out: &mut out,
                err: &mut err,
                err_is_terminal: false,
            };
            let worker = || {
                Ok(|_: &Source, input: &Input| match &*input.text {
                    "b" => panic!("for a test"),
                    text => Done { out: text.to_owned(), ..Done::default() },
                })
            };
            let tally =
                files.each(&files.find(streams), streams, &worker, |streams, _, done| done.write(streams));
            assert_eq!(tally.map(|tally| tally.outcome()).ok(), Some(Outcome::Failed));
            let (out, err) = (String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
            assert_eq!(out, "ac");
            assert!(err.contains("error: cannot process ") && err.contains("/b: this is a bug"), "{err}");
        }
    }
}
