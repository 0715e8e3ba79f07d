//! A scenario: a name, a setup, and the actions of a reader.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};
use futures_util::FutureExt;
use libtest_mimic::{Failed, Trial};

use crate::durations;
use crate::engine::Engine;
use crate::exceptions;
use crate::fonts::FontSet;
use crate::page::Page;
use crate::retry;
use crate::setup::Setup;

/// Runs a scenario, given its full name, engine and setup.
type Body = Arc<dyn Fn(&str, Engine, &Setup) -> Result<()> + Send + Sync>;

/// The actions of a reader and their expected results.
pub(crate) struct Scenario {
    name: &'static str,
    setup: Setup,
    every_font_set: bool,
    /// Why the scenario is skipped on this machine.
    skip_reason: Option<&'static str>,
    body: Body,
}

/// Creates a scenario with this name.
pub(crate) fn scenario<F>(name: &'static str, run: F) -> Scenario
where
    F: AsyncFn(&Page) -> Result<()> + Send + Sync + 'static,
{
    let body = move |name: &str, engine: Engine, setup: &Setup| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let page = Page::start(name, engine, setup).await.context("cannot start a browser")?;
            // A failed assertion counts as an ordinary failure.
            let result = AssertUnwindSafe(run(&page)).catch_unwind().await;
            page.end(result.unwrap_or_else(|panic| Err(panicked(panic.as_ref())))).await
        })
    };
    Scenario { name, setup: Setup::default(), every_font_set: false, skip_reason: None, body: Arc::new(body) }
}

impl Scenario {
    /// Sets the size of the viewport in CSS pixels; the default is 1024 × 768.
    pub(crate) fn in_window(mut self, width: u32, height: u32) -> Self {
        self.setup.window = (width, height);
        self
    }

    /// Emulates a preference for a dark colour scheme.
    pub(crate) fn in_dark(mut self) -> Self {
        self.setup.dark = true;
        self
    }

    /// Emulates a preference for reduced motion.
    pub(crate) fn with_reduced_motion(mut self) -> Self {
        self.setup.reduced_motion = true;
        self
    }

    /// Emulates forced colours.
    pub(crate) fn with_forced_colors(mut self) -> Self {
        self.setup.forced_colors = true;
        self
    }

    /// Emulates a touch screen.
    pub(crate) fn by_touch(mut self) -> Self {
        self.setup.touch = true;
        self
    }

    /// Lays out the page as for print.
    pub(crate) fn in_print(mut self) -> Self {
        self.setup.print = true;
        self
    }

    /// Slows the processor down by this factor.
    pub(crate) fn slower_by(mut self, times: f64) -> Self {
        self.setup.slower = times;
        self
    }

    /// Starts a fresh browser, for scenarios about state that a browser keeps beyond one page, such as
    /// speech.
    pub(crate) fn in_a_new_browser(mut self) -> Self {
        self.setup.new_browser = true;
        self
    }

    /// Runs the scenario once per font set, because its layout depends on the fonts.
    pub(crate) fn with_every_font_set(mut self) -> Self {
        self.every_font_set = true;
        self
    }

    /// Runs the scenario only if this environment variable is set; otherwise it is skipped for this
    /// reason.
    pub(crate) fn only_with(mut self, variable: &str, otherwise: &'static str) -> Self {
        self.skip_reason = std::env::var_os(variable).is_none().then_some(otherwise);
        self
    }

    /// Returns the trials to run: one, or one for each font set.
    pub(crate) fn trials(mut self, group: &str, engine: Engine) -> Vec<Trial> {
        let mut trials = vec![self.trial(format!("{group}::{}", self.name), engine)];
        if self.every_font_set {
            self.setup.fonts = FontSet::Noto;
            trials.push(self.trial(format!("{group}::{} ({})", self.name, FontSet::Noto), engine));
        }
        trials
    }

    fn trial(&self, name: String, engine: Engine) -> Trial {
        let (setup, body) = (self.setup.clone(), Arc::clone(&self.body));
        let exception = self.skip_reason.or_else(|| exceptions::reason(&name, engine));
        let full_name = name.clone();
        let trial = Trial::test(name, move || {
            let run = || body(&full_name, engine, &setup);
            let result = durations::measured(&full_name, || retry::twice(&full_name, run, report));
            result.map_err(|error| Failed::from(report(&error)))
        });
        match exception {
            Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
            None => trial,
        }
    }
}

/// Turns the payload of a panic into an error with its message.
fn panicked(panic: &(dyn Any + Send)) -> Error {
    let message =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    anyhow!("{}", message.unwrap_or("the scenario panicked"))
}

/// Formats an error with its causes and the scenario lines of its backtrace.
fn report(error: &Error) -> String {
    let mut text: Vec<String> = error.chain().map(ToString::to_string).collect();
    let backtrace = error.backtrace().to_string();
    let ours = |line: &&str| line.contains("tests/e2e/") && !line.contains("e2e/scenario.rs");
    text.extend(backtrace.lines().filter(ours).map(|line| line.trim().to_owned()));
    text.join("\n")
}
