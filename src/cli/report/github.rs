//! Workflow commands of GitHub Actions, which become annotations of the files:
//! `::error file=a.json,line=1::message`.

use super::super::finding::{Finding, Level};
use super::super::input::Input;

/// Returns a command for each finding.
pub(super) fn findings(input: &Input, findings: &[Finding]) -> String {
    let command = |finding: &Finding| {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        // Standard input is not a file of the repository.
        let file = input.path.is_some().then_some(&*input.name);
        let place = file.and(input.spot(finding)).map(|spot| spot.place);
        let line = place.map(|place| place.line.to_string());
        let column = place.map(|place| place.column.to_string());
        let properties = [("file", file), ("line", line.as_deref()), ("col", column.as_deref())];
        workflow_command(command, &properties, &finding.text())
    };
    findings.iter().map(command).collect()
}

/// Returns a command for a file that could not be read.
pub(super) fn unread(name: &str, reason: &str) -> String {
    workflow_command("error", &[("file", Some(name))], reason)
}

fn workflow_command(command: &str, properties: &[(&str, Option<&str>)], message: &str) -> String {
    let given = properties.iter().filter_map(|(name, value)| Some((name, (*value)?)));
    let properties: Vec<String> = given.map(|(name, value)| [name, "=", &property(value)].concat()).collect();
    let space = if properties.is_empty() { "" } else { " " };
    ["::", command, space, &properties.join(","), "::", &data(message), "\n"].concat()
}

/// Escapes a message for the parser of the runner.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, in which two more characters are special.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_of_workflow_commands_are_escaped() {
        let properties = [("file", Some("a,b:c%.json")), ("line", None)];
        let command = workflow_command("error", &properties, "100 %: one,\r\ntwo::three");
        assert_eq!(command, "::error file=a%2Cb%3Ac%25.json::100 %25: one,%0D%0Atwo::three\n");
        assert_eq!(workflow_command("notice", &[], "x"), "::notice::x\n");
    }
}
