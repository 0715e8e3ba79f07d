use super::super::finding::Finding;
use super::super::input::{Input, Spot};

/// Returns a line for each finding. It begins with the position, as in the output of compilers, which editors
/// can follow. An excerpt comes below, unless the previous finding has just shown the same one.
pub(super) fn findings(input: &Input, findings: &[Finding]) -> String {
    let mut report = String::new();
    let mut shown = None;
    for finding in findings {
        let spot = input.spot(finding);
        report.push_str(&line_at(input, spot.as_ref(), finding));
        let excerpt = spot.and_then(|spot| input.excerpt(&spot));
        if excerpt != shown {
            report.push_str(excerpt.as_deref().unwrap_or_default());
            shown = excerpt;
        }
    }
    report
}

/// Returns the line for one finding.
pub(in super::super) fn line(input: &Input, finding: &Finding) -> String {
    line_at(input, input.spot(finding).as_ref(), finding)
}

fn line_at(input: &Input, spot: Option<&Spot>, finding: &Finding) -> String {
    let place = spot.map_or_else(String::new, |spot| format!(":{}:{}", spot.place.line, spot.place.column));
    format!("{}{place}: {}: {}\n", input.name, finding.level.name(), finding.text())
}
