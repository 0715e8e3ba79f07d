//! Checks the dependencies against deny.toml. Advisories are skipped, since they change without a
//! change here.

use super::Step;
use crate::tools::Tool;

pub(super) const STEP: Step = Step {
    name: "licences",
    title: "Licences, bans and sources of crates",
    needs: &[Tool::CargoDeny],
    in_browser: false,
    after: &[],
    run: |run| run.cargo(&["deny", "check", "licenses", "bans", "sources"]).run(),
};
