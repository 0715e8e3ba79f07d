//! Checks that both builds keep to their budgets.

use anyhow::{Context, Result, bail};

use super::{Run, Step, dist as small};
use crate::budget::Budgets;
use crate::call::Call;
use crate::dist::{self, Manifest, Recipe};
use crate::failure::Failure;

pub(super) const STEP: Step = Step {
    name: "budget",
    title: "Size budgets",
    needs: dist::TOOLS,
    in_browser: false,
    after: &[small::NAME],
    run: |run| {
        let (workspace, environment) = (run.workspace, run.environment);
        let budgets = Budgets::read(workspace)?;
        let rust = rust_version(run)?;
        if Recipe::best(environment)? != Recipe::Small {
            bail!(Failure::new(
                "the small build cannot be made here, so its size is unknown",
                "run `rustup update stable` and `rustup component add rust-src`, then try again"
            ));
        }
        let plain = dist::build(
            workspace,
            environment,
            Recipe::Plain,
            None,
            &workspace.tested_dist(Recipe::Plain.name()),
        )?;
        let small = Manifest::read(&workspace.tested_dist(Recipe::Small.name()))?;

        if rust != budgets.rust {
            println!(
                "\nThe budgets were measured with Rust {}, this is {rust}: deviations of up to 3 % pass.",
                budgets.rust
            );
        }
        let mut wrong: Vec<String> = [(&small, &plain), (&plain, &small)]
            .iter()
            .flat_map(|(build, other)| budgets.check(build, other, &rust))
            .collect();
        // The same problem is reported once for each build, if a file is the same in both.
        wrong.sort();
        wrong.dedup();
        if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
    },
};

/// Returns the version of the compiler, such as `1.95.0`.
fn rust_version(run: &Run<'_>) -> Result<String> {
    let printed = Call::new("rustc").arg("--version").within(run.environment).read()?;
    printed.split_whitespace().nth(1).map(str::to_owned).context("rustc did not print its version")
}
