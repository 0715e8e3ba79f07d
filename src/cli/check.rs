use clap::Args;

use super::Streams;
use super::any_format::{AnyFormat, FormatOptions};
use super::batch::{Count, Done, Files, counted};
use super::finding::Finding;
use super::input::Input;
use super::mentions::inferred;
use super::outcome::{Failure, Outcome};
use super::report::ReportFormat;

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    files: Files,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    from: FormatOptions,
    /// The output format of problems and notes
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: ReportFormat,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// Prints the problems of each article, and its inferred mentions of publishers as notes.
pub(super) fn run(options: &Options, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    // Invalid options are reported before any file is read.
    options.from.validated()?;
    let format = if options.json { ReportFormat::Json } else { options.format };
    let worker = || {
        let any_format = options.from.validated()?;
        Ok(move |_: &_, input: &_| check(input, &any_format, format, options.strict))
    };
    let sources = options.files.find(streams);
    streams.out.write_all(format.head().as_bytes())?;
    let (mut unread, mut is_first) = (Vec::new(), true);
    let tally = options.files.each(&sources, streams, &worker, |streams, source, done| {
        streams.err.write_all(done.err.as_bytes())?;
        let unread_report = done.unread.as_ref().map(|why| format.unread(&source.name(), why));
        unread.extend(done.unread.clone());
        let report = unread_report.as_ref().unwrap_or(&done.out);
        if !report.is_empty() && !std::mem::take(&mut is_first) {
            streams.out.write_all(format.separator().as_bytes())?;
        }
        streams.out.write_all(report.as_bytes())
    })?;
    streams.out.write_all(format.tail(&unread).as_bytes())?;

    let articles = counted(tally.files - tally.failed, "article");
    let (errors, warnings) = (counted(tally.count.errors, "error"), counted(tally.count.warnings, "warning"));
    let mut summary = format!("{articles}: {errors}, {warnings}");
    if tally.failed > 0 {
        summary += &format!("; {} could not be read", counted(tally.failed, "file"));
    }
    tally.print_summary(streams, &summary)?;
    Ok(tally.outcome())
}

fn check(input: &Input, format: &AnyFormat, report: ReportFormat, is_strict: bool) -> Done {
    let reading = format.read(&input.text);
    let mut findings = reading.findings;
    // A converted article has its mentions in texts that are not part of the given JSON.
    let own = reading.article.iter().filter(|_| !reading.is_converted);
    findings.extend(own.flat_map(|article| inferred(article, &input.text)).map(Finding::of_mention));
    let count = Count::of(&findings);
    let is_faulty = count.errors > 0 || (is_strict && count.warnings > 0);
    let outcome = if is_faulty { Outcome::Faulty } else { Outcome::Good };
    Done { out: report.findings(input, &findings), outcome, count, ..Done::default() }
}
