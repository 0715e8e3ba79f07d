//! Do the dependencies keep to deny.toml? Advisories are left out: they change without us.

use super::Step;
use crate::tools::Tool;

pub(super) const STEP: Step = Step {
    name: "licences",
    title: "Dependencies: licences, bans, sources",
    needs: &[Tool::CargoDeny],
    in_browser: false,
    after: &[],
    run: |run| run.cargo(&["deny", "check", "licenses", "bans", "sources"]).run(),
};
