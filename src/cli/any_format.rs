//! Reads an article from JSON of any supported format.

use std::ffi::OsString;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::finding::{Finding, Level, Origin};
use super::outcome::Failure;
use crate::article::{Article, Json, Problem, ReadResult, Severity, Url, parse_text, read};
use crate::cms::{FieldMap, Format, NativeParsers, Options, convert, is_canonical};

/// The options that describe the JSON, as the attributes of the element do on a page.
#[derive(Args)]
pub(super) struct FormatOptions {
    /// The format of the JSON, such as `wordpress`; detected by structure if omitted
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// Which item of a list to take: its id, slug or address, or `first` or `last`
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,
    /// A file with a field map, for JSON of your own
    #[arg(long, value_name = "FILE")]
    map: Option<OsString>,
    /// What else becomes a reference, besides the references that the CMS marks: `links` to other sites
    #[arg(long, value_name = "WHAT", value_parser = ["links"])]
    references: Option<String>,
    /// The web address of the JSON, against which relative addresses are resolved
    #[arg(long, value_name = "URL")]
    base: Option<String>,
}

/// Reads articles as the options demand.
pub(super) struct AnyFormat {
    /// Whether to read all JSON as canonical, whatever its structure.
    is_canonical: bool,
    options: Options,
}

/// The result of reading an article.
pub(super) struct Reading {
    /// The article, unless there was an error.
    pub(super) article: Option<Article>,
    /// All problems, errors first. At equal severity, the problems of the given JSON come before those of the
    /// canonical JSON made from it.
    pub(super) findings: Vec<Finding>,
    /// Whether the JSON was in another format than the canonical one.
    pub(super) is_converted: bool,
}

impl FormatOptions {
    /// Validates the options. Fails if the format is unknown, the field map cannot be read, or the base is no
    /// http or https address.
    pub(super) fn validated(&self) -> Result<AnyFormat, Failure> {
        let is_canonical = self.from.as_deref() == Some("briefing");
        let format = match self.from.as_deref().filter(|_| !is_canonical) {
            None => None,
            Some(name) => Some(Format::from_name(name).ok_or_else(|| {
                let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
                Failure::new(
                    format!("there is no format {name:?}; the formats are briefing, {}", names.join(", ")),
                    "name one of these, or omit the option",
                )
            })?),
        };
        let map = self.map.as_ref().map(|path| {
            let name = path.to_string_lossy();
            let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {name}: {error}"));
            let map = text.and_then(|text| parse_text(&text)).and_then(|json| FieldMap::read(&json));
            map.map_err(|error| {
                Failure::new(format!("{name}: {error}"), "see docs/cms/map.md for how to write a field map")
            })
        });
        let base = self.base.as_deref().map(|base| {
            Url::parse(base).map_err(|_| {
                Failure::new(
                    format!("{base:?} is not an http or https address"),
                    "give the address of the JSON",
                )
            })
        });
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
        let options = Options {
            format,
            item: self.item.clone(),
            references_from_links: self.references.is_some(),
            base: base.transpose()?,
            map: map.transpose()?,
            now,
        };
        Ok(AnyFormat { is_canonical, options })
    }
}

impl AnyFormat {
    /// Reads an article from JSON text.
    pub(super) fn read(&self, text: &str) -> Reading {
        let json = match parse_text(text) {
            Ok(json) => json,
            Err(message) => return not_json(text, message),
        };
        let is_explicit = self.options.format.is_some() || self.options.map.is_some();
        if self.is_canonical || (!is_explicit && (is_canonical(&json) || !is_structured(&json))) {
            return canonical(read(&json));
        }
        match convert(&json, &self.options, &NativeParsers) {
            Err(error) => {
                let (path, severity) = (String::new(), Severity::Error);
                let problem = Problem { path, severity, message: error.message() };
                let findings = vec![Finding::of(problem, Origin::Source)];
                Reading { article: None, findings, is_converted: true }
            }
            Ok(conversion) => {
                let result = read(&conversion.content.into_canonical());
                let mut findings: Vec<Finding> = findings(conversion.problems, Origin::Source).collect();
                findings.extend(self::findings(result.problems, Origin::Canonical));
                findings.sort_by_key(|finding| finding.level == Level::Warning);
                Reading { article: result.article, findings, is_converted: true }
            }
        }
    }
}

fn canonical(result: ReadResult) -> Reading {
    let findings = findings(result.problems, Origin::Source).collect();
    Reading { article: result.article, findings, is_converted: false }
}

fn findings(problems: Vec<Problem>, origin: Origin) -> impl Iterator<Item = Finding> {
    problems.into_iter().map(move |problem| Finding::of(problem, origin))
}

/// Returns the error for text that is not JSON, with the position where parsing failed if its message ends in one.
fn not_json(text: &str, message: String) -> Reading {
    let mut reading = canonical(ReadResult::failed(message));
    for finding in &mut reading.findings {
        let Some((what, position)) = finding.message.rsplit_once(" at line ") else { continue };
        let Some((line, column)) = position.split_once(" column ") else { continue };
        let (Ok(line), Ok(column)) = (line.parse(), column.parse()) else { continue };
        let (line, column) = at_line_break(text, line, column);
        // Other findings print their position in front of the message, so this one must not repeat it.
        finding.message = what.to_owned();
        finding.origin = Origin::Syntax { line, column };
    }
    reading
}

/// Moves a position from column 0, where the parser reports a line break inside a string, to the end of the line
/// before.
fn at_line_break(text: &str, line: usize, column: usize) -> (usize, usize) {
    let before = text.lines().nth(line.saturating_sub(2)).filter(|_| column == 0 && line > 1);
    before.map_or((line, column), |before| (line - 1, before.len() + 1))
}

fn is_structured(json: &Json) -> bool {
    matches!(json, Json::List(_) | Json::Object(_))
}
