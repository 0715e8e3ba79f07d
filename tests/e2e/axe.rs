//! Runs axe-core inside the page. It descends into open shadow roots by itself.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::page::Page;

/// WCAG 2.0 to 2.2 at levels A and AA, and axe's best practices.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Returns all violations that axe finds in the page in its current state, one or more lines for
/// each.
pub(crate) async fn findings(page: &Page) -> Result<Vec<String>> {
    // WebDriver scripts are exempt from the page's Content-Security-Policy.
    page.script(&source()?, vec![]).await.context("cannot load axe")?;
    let answer = page
        .script_later(
            "const answer = arguments[arguments.length - 1];
            const options = { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'], preload: false };
            axe.run(document, options).then(
                ({ violations }) => answer({ violations }),
                (error) => answer({ error: String(error) }))",
            vec![json!(TAGS)],
        )
        .await?;
    ensure!(answer["error"].is_null(), "axe failed: {}", answer["error"]);
    let violations = answer["violations"].as_array().context("axe returned no violations list")?;
    Ok(violations.iter().flat_map(describe).collect())
}

/// Formats a violation: the rule, then each element with its faults.
fn describe(violation: &Value) -> Vec<String> {
    let rule = format!("{}: {}", text(&violation["id"]), text(&violation["help"]));
    violation["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| {
            let target = node["target"].to_string();
            let summary = text(&node["failureSummary"]).replace('\n', "\n      ");
            format!("  {rule}\n    at {target}\n      {summary}")
        })
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn source() -> Result<String> {
    let path = std::env::var_os("NEWS_BRIEFING_AXE").context(
        "$NEWS_BRIEFING_AXE names no axe.min.js: run `cargo xtask test --only e2e`, which installs it",
    )?;
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}
