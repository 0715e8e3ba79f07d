//! Tests briefings with real content management systems, which are started for the tests.

use anyhow::Result;
use console::style;

use super::{Run, Step, applications, e2e, site};
use crate::tools::{self, Tool};

/// The group of scenarios with such a system, which the step `e2e` skips.
pub(super) const GROUP: &str = "systems::";

pub(super) const STEP: Step = Step {
    name: "cms",
    title: "End-to-end tests with CMSs",
    needs: &[Tool::AxeCore, Tool::Fonts, Tool::WordPress, Tool::Ghost],
    in_browser: true,
    after: &[site::NAME, applications::NAME],
    run,
};

/// The systems that may be missing, each with the variable that names its folder.
const SYSTEMS: [(&str, &str); 3] = [
    ("the newest WordPress", tools::WORDPRESS),
    ("the oldest WordPress", tools::OLDEST_WORDPRESS),
    ("Ghost", tools::GHOST),
];

fn run(run: &Run<'_>) -> Result<()> {
    for (name, variable) in SYSTEMS {
        if run.environment.get(variable).is_none() {
            println!("  {} {name} is skipped: see the reason above", style("–").yellow());
        }
    }
    e2e::scenarios(run, GROUP, &[])
}
