//! Builds what publishers upload: the small build if possible, otherwise the plain one.

use super::Step;
use crate::dist::{self, Recipe};

/// The name of the step, on which the tested newsroom and the budgets depend.
pub(super) const NAME: &str = "dist";

pub(super) const STEP: Step = Step {
    name: NAME,
    title: "Build the published files",
    needs: dist::TOOLS,
    in_browser: false,
    after: &[],
    run: |run| {
        let recipe = Recipe::best(run.environment)?;
        let folder = run.workspace.tested_dist(recipe.name());
        dist::build(run.workspace, run.environment, recipe, None, &folder)?.print();
        Ok(())
    },
};
