//! The steps of `cargo xtask test`, in the order they run: what fails soonest and cheapest first.

mod applications;
mod budget;
mod cms;
mod dist;
mod doc;
mod e2e;
mod format;
mod growth;
mod in_browser;
mod licences;
mod lint;
mod markup;
mod native;
mod site;

use anyhow::{Context, Result};

pub(crate) use self::growth::compile;

use crate::call::{Call, Environment};
use crate::engine::Engine;
use crate::tools::Tool;
use crate::workspace::Workspace;

/// One thing to check.
pub(crate) struct Step {
    /// What `--only` calls it.
    pub(crate) name: &'static str,
    /// What it does, as a heading.
    pub(crate) title: &'static str,
    /// What it cannot do without.
    pub(crate) needs: &'static [Tool],
    /// Whether it runs in a browser, once for each engine.
    pub(crate) in_browser: bool,
    /// The steps that make what this one looks at.
    pub(crate) after: &'static [&'static str],
    /// Does it.
    pub(crate) run: fn(&Run<'_>) -> Result<()>,
}

/// All steps.
pub(crate) const STEPS: &[Step] = &[
    format::STEP,
    licences::STEP,
    lint::PURE,
    lint::VIEW,
    lint::XTASK,
    lint::WASM,
    native::PURE,
    native::VIEW,
    native::XTASK,
    growth::STEP,
    doc::STEP,
    markup::STEP,
    in_browser::STEP,
    dist::STEP,
    budget::STEP,
    site::STEP,
    applications::STEP,
    e2e::STEP,
    cms::STEP,
];

/// What a step works with.
pub(crate) struct Run<'a> {
    /// Where things are.
    pub(crate) workspace: &'a Workspace,
    /// Where the tools are.
    pub(crate) environment: &'a Environment,
    /// The engine that a step in a browser runs in.
    pub(crate) engine: Option<Engine>,
    /// What stood after `--`: for the test programs.
    pub(crate) extra: &'a [String],
}

impl Run<'_> {
    /// The engine to run in.
    fn engine(&self) -> Result<Engine> {
        self.engine.context("this step does not run in a browser")
    }

    /// A call of Cargo among the tools.
    fn cargo(&self, args: &[&str]) -> Call {
        Call::new("cargo").args(args).folder(&self.workspace.root).within(self.environment)
    }

    /// Runs tests, with the arguments meant for the test program.
    fn cargo_test(&self, args: &[&str]) -> Call {
        let call = self.cargo(&["test"]).args(args);
        if self.extra.is_empty() { call } else { call.arg("--").args(self.extra) }
    }
}
