//! The steps of `cargo xtask test`, in the order in which they run: those that fail soonest and
//! cheapest come first.

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

pub(crate) use self::growth::run_as_compiler;

use crate::call::{Call, Environment};
use crate::engine::Engine;
use crate::tools::Tool;
use crate::workspace::Workspace;

/// A check, a build or a set of tests.
pub(crate) struct Step {
    /// The name for `--only`.
    pub(crate) name: &'static str,
    /// A description, as a heading.
    pub(crate) title: &'static str,
    /// The tools that it needs.
    pub(crate) needs: &'static [Tool],
    /// Whether it runs in a browser, once for each engine.
    pub(crate) in_browser: bool,
    /// The steps whose results it uses.
    pub(crate) after: &'static [&'static str],
    /// Runs the step.
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
    lint::SCRIPTS,
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

/// The context in which a step runs.
pub(crate) struct Run<'a> {
    /// The folders and pinned versions.
    pub(crate) workspace: &'a Workspace,
    /// The environment in which programs find the tools.
    pub(crate) environment: &'a Environment,
    /// The engine, if the step runs in a browser.
    pub(crate) engine: Option<Engine>,
    /// The arguments after `--`, for the test programs.
    pub(crate) extra: &'a [String],
}

impl Run<'_> {
    /// Returns the engine to run in.
    fn engine(&self) -> Result<Engine> {
        self.engine.context("this step does not run in a browser")
    }

    /// Creates a call of Cargo, in the environment of the tools.
    fn cargo(&self, args: &[&str]) -> Call {
        Call::new("cargo").args(args).folder(&self.workspace.root).within(self.environment)
    }

    /// Creates a call of `cargo test`, with the arguments for the test program.
    fn cargo_test(&self, args: &[&str]) -> Call {
        let call = self.cargo(&["test"]).args(args);
        if self.extra.is_empty() { call } else { call.arg("--").args(self.extra) }
    }
}
