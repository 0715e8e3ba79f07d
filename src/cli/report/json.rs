use serde::Serialize;

use super::super::finding::{Finding, Origin};
use super::super::input::Input;

/// A finding, for programs.
#[derive(Serialize)]
struct Line<'f> {
    file: &'f str,
    /// `null` if the position in the file is unknown.
    line: Option<usize>,
    column: Option<usize>,
    path: &'f str,
    /// The document that the path refers to, if it is not the JSON in the file.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    document: Option<&'static str>,
    severity: &'static str,
    message: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mention: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<&'f [usize]>,
}

/// Returns an object for each finding, each on a line of its own.
pub(super) fn findings(input: &Input, findings: &[Finding]) -> String {
    let mut report = String::new();
    for finding in findings {
        let place = input.spot(finding).map(|spot| spot.place);
        let line = Line {
            file: &input.name,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            path: &finding.path,
            document: (finding.origin == Origin::Canonical).then_some("canonical"),
            severity: finding.level.name(),
            message: &finding.message,
            mention: finding.mention.as_ref().map(|mention| &*mention.words),
            references: finding.mention.as_ref().map(|mention| &*mention.references),
        };
        report.push_str(&serde_json::to_string(&line).unwrap_or_default());
        report.push('\n');
    }
    report
}
