//! What all subcommands do with the files they are given: each is read, worked on by as many threads as there are cores,
//! and told of in the order of the files; one that is bad keeps nothing else from being done, and the last line sums
//! up. What comes of a file is given away before long, so that memory does not grow with their number.

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
use super::workers::in_order;

/// Which files, and how.
#[derive(Args)]
pub(super) struct Files {
    /// Files with one article each as JSON of any format; a pattern in quotes, such as 'articles/**/*.json', names as many
    /// as it matches; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// How many files are worked on at a time; by default as many as there are cores
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<NonZeroUsize>,
}

/// What came of one file.
#[derive(Default)]
pub(super) struct Done {
    /// What goes to standard output.
    pub(super) out: String,
    /// What is told on standard error.
    pub(super) err: String,
    pub(super) outcome: Outcome,
    /// Why it could not be read, if that is what became of it.
    pub(super) unread: Option<String>,
    pub(super) count: Count,
}

/// How much is wrong.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Count {
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// What came of all files.
#[derive(Default)]
pub(super) struct Tally {
    /// How many there were.
    pub(super) files: usize,
    /// How many were not read, or not written.
    pub(super) failed: usize,
    pub(super) count: Count,
    /// The names of those that are not as they should be.
    bad: Vec<String>,
}

impl Files {
    /// Finds them.
    pub(super) fn find(&self, streams: &mut Streams<'_>) -> Sources {
        Sources::find(&self.files, streams.input)
    }

    /// Works on each, by a worker for each thread, and gives what came of it away.
    pub(super) fn each<W>(
        &self,
        sources: &Sources,
        streams: &mut Streams<'_>,
        worker: &(impl Fn() -> Result<W, Failure> + Sync),
        mut give: impl FnMut(&mut Streams<'_>, &Source, &Done) -> std::io::Result<()>,
    ) -> Result<Tally, Failure>
    where
        W: FnMut(&Source, &Input) -> Done,
    {
        let list = sources.list();
        let threads = self.jobs.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let progress = Progress::start(list.len(), streams.is_watched);
        let mut tally = Tally { files: list.len(), ..Tally::default() };
        let worker = || {
            let mut work = worker()?;
            Ok(move |place: usize| {
                let Some(source) = list.get(place) else { return Done::default() };
                let done = catch_unwind(AssertUnwindSafe(|| match sources.read(source) {
                    Ok(input) => work(source, &input),
                    Err(failure) => Done::unread(&failure),
                }));
                // Where a panic unwinds, as it does in what is installed, it costs one file.
                done.unwrap_or_else(|_| Done::unread(&fault(source)))
            })
        };
        in_order(list.len(), threads, &worker, |place, done: Done| {
            let Some(source) = list.get(place) else { return Ok(()) };
            if !done.err.is_empty() || !done.out.is_empty() {
                progress.aside(|| give(streams, source, &done))?;
            }
            progress.advance();
            tally.add(source, &done);
            Ok(())
        })?;
        Ok(tally)
    }
}

/// Something no article should be able to do.
fn fault(source: &Source) -> Failure {
    Failure::new(
        format!("cannot process {}: this is a bug in news-briefing", source.name()),
        "please report it, with the file",
    )
}

impl Done {
    fn unread(failure: &Failure) -> Self {
        let unread = Some(failure.what().to_owned());
        Self { err: failure.to_string(), outcome: Outcome::Failed, unread, ..Self::default() }
    }

    /// What was found in an article, told on standard error.
    pub(super) fn told(input: &Input, reading: &Reading) -> Self {
        let err = reading.findings.iter().map(|finding| line(input, finding)).collect();
        let outcome = if reading.article.is_some() { Outcome::Good } else { Outcome::Faulty };
        Self { err, outcome, count: Count::of(&reading.findings), ..Self::default() }
    }

    /// Puts what was made of a file where it belongs: into a folder, or else on standard output.
    pub(super) fn put(&mut self, source: &Source, text: String, folder: Option<&Folder<'_>>) {
        match folder.map(|folder| folder.write(source, &text)) {
            None => self.out = text,
            Some(Ok(())) => {}
            Some(Err(failure)) => {
                self.err += &failure.to_string();
                self.outcome = Outcome::Failed;
            }
        }
    }

    /// What goes to the streams, each to its own.
    pub(super) fn write(&self, streams: &mut Streams<'_>) -> std::io::Result<()> {
        streams.err.write_all(self.err.as_bytes())?;
        streams.out.write_all(self.out.as_bytes())
    }
}

impl Count {
    /// How many of each there are.
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

    /// Names the files that are not as they should be, where there was more than one, and sums up.
    pub(super) fn tell(&self, streams: &mut Streams<'_>, sum: &str) -> std::io::Result<()> {
        if self.files > 1 {
            for name in &self.bad {
                writeln!(streams.err, "failed: {name}")?;
            }
        }
        writeln!(streams.err, "{sum}")
    }

    /// The same, where all there is to say of the others is that it was done: `converted`, `rendered`.
    pub(super) fn tell_done(&self, streams: &mut Streams<'_>, what: &str) -> std::io::Result<()> {
        if self.files < 2 {
            return Ok(());
        }
        self.tell(streams, &format!("{} of {} files were {what}", self.good(), self.files))
    }

    /// How many are as they should be.
    pub(super) fn good(&self) -> usize {
        self.files - self.bad.len()
    }

    /// How it ended: as badly as the worst of them.
    pub(super) fn outcome(&self) -> Outcome {
        match (self.failed, self.bad.len()) {
            (0, 0) => Outcome::Good,
            (0, _) => Outcome::Faulty,
            _ => Outcome::Failed,
        }
    }
}

/// A number of things, such as `1 article` or `2 articles`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "that is what is tested")]
    fn a_fault_costs_one_file() {
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
                is_watched: false,
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
