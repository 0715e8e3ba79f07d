//! `cargo xtask test`: every check and test, or only some.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use clap::Args;
use clap::builder::PossibleValuesParser;
use console::style;

use crate::call::Environment;
use crate::engine::Engine;
use crate::failure;
use crate::progress::time;
use crate::steps::{Run, STEPS, Step};
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// What to test, and how.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this step, and those it builds on (can be given several times)
    #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    only: Vec<String>,
    /// The browser engine that browser tests run in
    #[arg(long, value_enum, default_value_t = Engine::Chromium)]
    engine: Engine,
    /// Passed on to the test programs, such as part of a test's name
    #[arg(last = true, value_name = "ARGUMENTS")]
    extra: Vec<String>,
}

/// How a step ended.
enum Outcome {
    Passed,
    Failed,
    /// Not run, and why.
    Left(String),
}

/// Runs the chosen steps. A failing step does not keep the others from running: one run tells all.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let steps = chosen(&options.only);
    let started = Instant::now();

    heading("Tools");
    let mut environment = Environment::default();
    let mut missing: Vec<Tool> = Vec::new();
    let toolbox = Toolbox::open(&workspace)?;
    for tool in needed(&steps, options.engine) {
        match toolbox.provide(tool) {
            Ok(found) => environment.extend(found),
            Err(error) => {
                failure::print(&error);
                missing.push(tool);
            }
        }
    }
    let prepared = started.elapsed();

    let run = Run {
        workspace: &workspace,
        environment: &environment,
        engine: options.engine,
        extra: &options.extra,
    };
    let mut results: Vec<(&Step, Outcome, Duration)> = Vec::new();
    for step in steps {
        let started = Instant::now();
        heading(step.title);
        let outcome = match obstacle(step, &missing, &results, options.engine) {
            Some(obstacle) => Outcome::Left(obstacle),
            None => match (step.run)(&run) {
                Ok(()) => Outcome::Passed,
                Err(error) => {
                    failure::print(&error);
                    Outcome::Failed
                }
            },
        };
        results.push((step, outcome, started.elapsed()));
    }
    summary(&results, prepared, started.elapsed())
}

/// The steps that were named and those they build on, in their order; all when none is named.
fn chosen(only: &[String]) -> Vec<&'static Step> {
    let mut names: Vec<&str> = only.iter().map(String::as_str).collect();
    // A step comes after what it builds on, so one look from the end finds all.
    for step in STEPS.iter().rev() {
        if names.contains(&step.name) {
            names.extend(step.after);
        }
    }
    STEPS.iter().filter(|step| only.is_empty() || names.contains(&step.name)).collect()
}

/// The tools that steps need, each once.
fn needed(steps: &[&Step], engine: Engine) -> Vec<Tool> {
    let mut tools = Vec::new();
    for step in steps {
        for tool in needs(step, engine) {
            if !tools.contains(&tool) {
                tools.push(tool);
            }
        }
    }
    tools
}

fn needs(step: &Step, engine: Engine) -> impl Iterator<Item = Tool> {
    step.needs.iter().copied().chain(step.in_browser.then_some(Tool::Browser(engine)))
}

/// What keeps a step from running.
fn obstacle(
    step: &Step,
    missing: &[Tool],
    results: &[(&Step, Outcome, Duration)],
    engine: Engine,
) -> Option<String> {
    if needs(step, engine).any(|tool| missing.contains(&tool)) {
        return Some("a tool is missing, see above".to_owned());
    }
    let after = step.after?;
    let broken =
        results.iter().any(|(step, outcome, _)| step.name == after && !matches!(outcome, Outcome::Passed));
    broken.then(|| format!("it builds on {after}"))
}

fn heading(title: &str) {
    println!("\n{}", style(format!("━━ {title} ━━")).bold());
}

/// Prints how each step went, and fails if one did not pass.
fn summary(results: &[(&Step, Outcome, Duration)], prepared: Duration, all: Duration) -> Result<()> {
    heading("Summary");
    let row = |mark: String, title: &str, time: &str, remark: &str| {
        println!("  {mark} {title:<40} {time:>12}  {remark}")
    };
    row(style("·").dim().to_string(), "Tools", &time(prepared), "");
    for (step, outcome, took) in results {
        let took = time(*took);
        let again = format!("cargo xtask test --only {}", step.name);
        match outcome {
            Outcome::Passed => row(style("✓").green().to_string(), step.title, &took, ""),
            Outcome::Failed => {
                row(style("✗").red().to_string(), step.title, &took, &format!("again: {again}"))
            }
            Outcome::Left(why) => {
                row(style("✗").red().to_string(), step.title, "not run", &format!("{why}; again: {again}"));
            }
        }
    }
    row(" ".to_owned(), "", &time(all), "");

    let bad = results.iter().filter(|(_, outcome, _)| !matches!(outcome, Outcome::Passed)).count();
    if bad == 0 { Ok(()) } else { Err(anyhow!("{bad} of {} steps did not pass", results.len())) }
}

#[cfg(test)]
mod tests {
    use super::{chosen, needed};
    use crate::engine::Engine;
    use crate::steps::STEPS;
    use crate::tools::Tool;

    #[test]
    fn a_step_brings_what_it_builds_on() {
        let names: Vec<_> = chosen(&["e2e".to_owned()]).iter().map(|step| step.name).collect();
        assert_eq!(names, ["dist", "site", "e2e"]);
    }

    #[test]
    fn all_steps_run_when_none_is_named() {
        assert_eq!(chosen(&[]).len(), STEPS.len());
    }

    #[test]
    fn a_tool_is_provided_once() {
        let tools = needed(&chosen(&[]), Engine::Chromium);
        assert_eq!(tools.iter().filter(|tool| **tool == Tool::WasmBindgen).count(), 1);
        assert!(tools.contains(&Tool::Browser(Engine::Chromium)));
    }
}
