//! The findings of `check`, for people and for programs.

use serde_json::{Value, json};

use super::{CallResult, call};
use news_briefing::cli::Outcome;

/// Returns an article with an invalid part, as one line of far more than 200 KB.
fn long_line() -> String {
    let text = "On Monday talks resume. 会谈周一恢复。".repeat(4_000);
    let article = json!({
        "format": "briefing", "version": "1.0", "title": "T", "body": [text, text, text],
        "references": [{ "id": "r1", "title": "Port", "url": "javascript:alert(1)" }]
    });
    article.to_string()
}

fn lines_of_json(called: &CallResult) -> Vec<Value> {
    called.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn problems_are_shown_with_an_excerpt() {
    let called = call(&["check", "www/articles/broken.json"], "");
    assert!(
        called.out.contains(
            "found \"rumour\"\n  39 |       \"kind\": \"rumour\",\n     |               ^^^^^^^^\n"
        ),
        "{}",
        called.out
    );
    // A problem of the whole article has no line to show.
    let called = call(&["check", "-"], r#"{ "format": "briefing", "version": "1.0", "body": ["x"] }"#);
    assert_eq!(called.out.lines().count(), 1, "{}", called.out);
}

#[test]
fn long_lines_are_cut_around_the_problem() {
    let called = call(&["check", "-"], &long_line());
    let lines: Vec<&str> = called.out.lines().collect();
    let line = lines.iter().position(|line| line.contains("references[0].url: expected an http")).unwrap();
    let (shown, mark) = (lines[line + 1], lines[line + 2]);
    assert!(
        shown.starts_with("   1 | …") && shown.ends_with("\"url\":\"javascript:alert(1)\"}]}"),
        "{shown}"
    );
    // Ideographs take two columns.
    let before = shown.split_once("\"javascript").unwrap().0.chars();
    let before = before.map(|c| if c >= '\u{3000}' { 2 } else { 1 }).sum();
    assert_eq!(mark.find('^'), Some(before), "{shown}\n{mark}");
    assert_eq!(mark.matches('^').count(), "\"javascript:alert(1)\"".len());
    assert!(lines.iter().all(|line| line.len() < 400), "{}", called.out);
}

#[test]
fn marks_are_aligned_under_wide_and_combining_characters() {
    let article = r#"{ "format": "briefing", "version": "1.0", "title": "会谈", "lang": "zh", "x": "👩‍👩‍👧‍👦e\u0301", "source_count": "很多", "body": ["会谈。"] }"#;
    let article = article.replace("\\u0301", "\u{301}");
    let called = call(&["check", "-"], &article);
    let lines: Vec<&str> = called.out.lines().collect();
    let (shown, mark) = (lines[1], lines[2]);
    let before = shown.split_once("\"很多\"").unwrap_or_else(|| super::panic_with("\"很多\"", &called.out)).0;
    // Two ideographs and a family emoji take two columns each, an accent none.
    let columns = before.chars().filter(|c| !"\u{200D}\u{301}".contains(*c)).count() + 2 - 3 + 1;
    assert_eq!(mark.find('^'), Some(columns), "{shown}\n{mark}");
    assert_eq!(mark.matches('^').count(), 6, "{mark}");
}

#[test]
fn a_line_break_in_a_string_is_reported_at_its_position() {
    let called = call(&["check", "-"], "{\n\"title\": \"T\",\n\"body\": [\"a\nb\"]\n}");
    assert!(
        called.out.starts_with(
            "standard input:3:12: error: is not JSON: text contains a line break or control character; write \\n instead\n   3 | \"body\": [\"a\n     |            ^\n"
        ),
        "{}",
        called.out
    );
}

#[test]
fn json_syntax_errors_are_reported_at_their_position() {
    let called = call(&["check", "-"], "{\n  \"title\": \"é\", \"body\" [\"x\"]\n}");
    assert_eq!(
        called.out,
        "standard input:2:24: error: is not JSON: expected `:`\n   2 |   \"title\": \"é\", \"body\" [\"x\"]\n     |                        ^\n"
    );
}

#[test]
fn problems_of_converted_articles_refer_to_the_canonical_json() {
    let post = include_str!("../cms/strapi/markdown.json");
    let called = call(&["check", "-"], post);
    let canonical: Vec<&str> =
        called.out.lines().filter(|line| line.contains(" of the canonical JSON: ")).collect();
    assert_eq!(canonical.len(), 1, "{}", called.out);
    assert!(
        canonical[0].starts_with("standard input: warning: body[14].text of the canonical JSON: has \"_y_\"")
    );

    let called = call(&["check", "--format", "json", "-"], post);
    let lines = lines_of_json(&called);
    let canonical: Vec<&Value> = lines.iter().filter(|line| line["in"] == "canonical").collect();
    assert_eq!(canonical.len(), 1, "{}", called.out);
    assert_eq!((&canonical[0]["line"], &canonical[0]["column"]), (&Value::Null, &Value::Null));
    assert_eq!(canonical[0]["path"], "body[14].text");
}

#[test]
fn the_json_report_has_one_object_per_line() {
    let files = ["www/articles/broken.json", "www/articles/refused.json", "no/such/file.json"];
    let called = call(&[&["check", "--format", "json"], &files[..]].concat(), "");
    assert_eq!(called.outcome, Outcome::Failed);
    let lines = lines_of_json(&called);
    assert_eq!(lines.len(), 14);
    assert_eq!(
        lines[0],
        json!({
            "file": "www/articles/broken.json", "line": 37, "column": 20, "path": "references[0].published",
            "severity": "warning",
            "message": "expected a date such as 2026-03-04 or 2026-03-04T14:15:00Z, found \"2026-13-40\""
        })
    );
    assert_eq!(lines[13]["severity"], "error");
    assert_eq!(called.out, call(&[&["check", "--json"], &files[..]].concat(), "").out);
    assert!(
        called.err.ends_with("2 articles: 1 error, 13 warnings; 1 file could not be read\n"),
        "{}",
        called.err
    );
}

/// The requirements of SARIF 2.1.0 for a result, beyond the presence of its members: §3.27.5 to
/// 3.27.7, 3.30.5, 3.4.3.
#[test]
fn the_sarif_report_is_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("a b:c.json");
    std::fs::copy("www/articles/refused.json", &odd).unwrap();
    let odd = odd.to_str().unwrap();
    let files =
        ["www/articles/minimal.json", "www/articles/broken.json", "./www/articles/seed.json", odd, "-"];
    let called = call(&[&["check", "--format", "sarif"], &files[..]].concat(), "{");
    assert_eq!(called.outcome, Outcome::Faulty);
    let sarif: Value = serde_json::from_str(&called.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"].as_array().unwrap().len(), 1);
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true }]));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 13 + 3 + 1 + 1);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
        assert!(place["region"]["startColumn"].as_u64().unwrap() > 0);
    }
    let places: Vec<&str> = results
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .map(|uri| uri.as_str().unwrap())
        .collect();
    assert_eq!((places[0], places[13]), ("www/articles/broken.json", "www/articles/seed.json"));
    assert!(places[16].starts_with("file:///") && places[16].ends_with("/a%20b%3Ac.json"), "{}", places[16]);
    assert_eq!(places[17], "-");
    let place = &results[0]["locations"][0];
    assert_eq!(place["physicalLocation"]["region"], json!({ "startLine": 37, "startColumn": 20 }));
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "references[0].published");
}

#[test]
fn sarif_reports_unreadable_files_and_unknown_positions() {
    let sarif = |files: &[&str]| {
        let called = call(&[&["check", "--format", "sarif"], files].concat(), "");
        (called.outcome, serde_json::from_str::<Value>(&called.out).expect(&called.out))
    };
    let (outcome, none) = sarif(&["www/articles/minimal.json"]);
    assert_eq!((outcome, &none["runs"][0]["results"]), (Outcome::Good, &json!([])));
    let (outcome, unread) = sarif(&["no/such/file.json", "www/articles/refused.json"]);
    assert_eq!(outcome, Outcome::Failed);
    let run = &unread["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let message = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(message.starts_with("cannot read no/such/file.json: "), "{message}");
    // A problem of a converted article without a known position has no region, but still names the
    // file.
    let (_, converted) = sarif(&["tests/cms/strapi/markdown.json"]);
    let results = converted["runs"][0]["results"].as_array().unwrap();
    let physical = results.iter().map(|result| &result["locations"][0]["physicalLocation"]);
    let unknown: Vec<&Value> = physical.filter(|place| place.get("region").is_none()).collect();
    assert_eq!(unknown, [&json!({ "artifactLocation": { "uri": "tests/cms/strapi/markdown.json" } })]);
}

#[test]
fn the_github_report_has_escaped_annotations() {
    let article = json!({
        "format": "briefing", "version": "1.0", "title": "T", "body": ["x"],
        "references": [{ "id": "r1", "title": "R", "url": "ftp://a%\n::error::x" }]
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a,b:c.json");
    std::fs::write(&file, article.to_string()).unwrap();
    let called = call(&["check", "--format", "github", file.to_str().unwrap(), "no/such.json"], "");
    assert_eq!(called.outcome, Outcome::Failed);
    let lines: Vec<&str> = called.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", called.out);
    assert!(lines[0].starts_with("::warning file="), "{}", lines[0]);
    assert!(lines[0].contains("/a%2Cb%3Ac.json,line=1,col="), "{}", lines[0]);
    assert!(lines[0].contains("::references[0].url: expected an http or https URL"), "{}", lines[0]);
    assert!(lines[0].contains("%25") && lines[0].matches("::error").count() <= 1, "{}", lines[0]);
    assert!(lines[1].starts_with("::error file=no/such.json::cannot read no/such.json: "), "{}", lines[1]);
    // Problems of standard input have no file.
    let called = call(&["check", "--format", "github", "-"], include_str!("../../www/articles/refused.json"));
    assert!(called.out.starts_with("::error::version: "), "{}", called.out);
}
