//! Checks the dependencies against deny.toml. Advisories are left out, since they change without a
//! change here.

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
