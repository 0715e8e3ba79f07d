//! The Static Analysis Results Interchange Format, 2.1.0, by OASIS. The document is written in pieces, so
//! that it may have any length: the head, the results of each file, the tail.

use serde_json::{Value, json};

use super::super::finding::{Finding, Level};
use super::super::input::Input;
use super::super::path_url::path_to_url;

/// The text between two results.
pub(super) const SEPARATOR: &str = ",\n";

/// The rules: for each level of findings the id and the description.
const RULES: [(Level, &str, &str); 3] = [
    (Level::Error, "article-error", "The article cannot be shown."),
    (Level::Warning, "article-warning", "The article is shown, with a part left out or corrected."),
    (Level::Note, "inferred-mention", "A name in the text was read as a mention of a source and cites it."),
];

/// Returns everything before the first result.
pub(super) fn head() -> String {
    let rules = RULES.map(|(level, id, text)| {
        json!({
            "id": id,
            "shortDescription": { "text": text },
            "defaultConfiguration": { "level": level.name() },
        })
    });
    let driver = json!({
        "name": "news-briefing",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    [
        "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",",
        "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":",
        &driver.to_string(),
        "},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
    ]
    .concat()
}

/// Returns everything after the last result.
pub(super) fn tail(unread: &[String]) -> String {
    let notification = |reason: &String| json!({ "level": "error", "message": { "text": reason } });
    let mut invocation = json!({ "executionSuccessful": unread.is_empty() });
    if let (Some(members), false) = (invocation.as_object_mut(), unread.is_empty()) {
        members.insert("toolExecutionNotifications".to_owned(), unread.iter().map(notification).collect());
    }
    ["\n],\"invocations\":[", &invocation.to_string(), "]}]}\n"].concat()
}

/// Returns a result for each finding.
pub(super) fn findings(input: &Input, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let artifact = artifact(input);
    let results: Vec<String> =
        findings.iter().map(|finding| result(input, &artifact, finding).to_string()).collect();
    results.join(SEPARATOR)
}

fn result(input: &Input, artifact: &Value, finding: &Finding) -> Value {
    let rule = RULES.iter().position(|(level, ..)| *level == finding.level).unwrap_or_default();
    let mut physical = json!({ "artifactLocation": artifact });
    if let (Some(members), Some(spot)) = (physical.as_object_mut(), input.spot(finding)) {
        let region = json!({ "startLine": spot.place.line, "startColumn": spot.place.column });
        members.insert("region".to_owned(), region);
    }
    let mut location = json!({ "physicalLocation": physical });
    if let (Some(members), false) = (location.as_object_mut(), finding.path.is_empty()) {
        let logical = json!([{ "fullyQualifiedName": finding.path, "kind": "value" }]);
        members.insert("logicalLocations".to_owned(), logical);
    }
    json!({
        "ruleId": RULES.get(rule).map(|(_, id, _)| id),
        "ruleIndex": rule,
        "level": finding.level.name(),
        "message": { "text": finding.text() },
        "locations": [location],
    })
}

/// Returns the file as a URL: relative if its path is relative.
fn artifact(input: &Input) -> Value {
    match &input.path {
        Some(path) => json!({ "uri": path_to_url(path) }),
        None => json!({ "uri": "-", "description": { "text": "standard input" } }),
    }
}
