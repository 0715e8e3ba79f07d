//! `cargo xtask test`: runs every check and test, or only some.

use std::ffi::OsStr;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use console::style;

use crate::call::Environment;
use crate::engine::Engine;
use crate::failure;
use crate::progress::time;
use crate::steps::{Run, STEPS, Step};
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// The options of `test`.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this step and the steps that it depends on (can be given several times)
    #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    only: Vec<String>,
    /// Run steps in a browser only in this engine (can be given several times). By default, in every engine
    /// that is installed or can be installed; if `CI` is set, all engines are required
    #[arg(long, value_enum)]
    engine: Vec<Engine>,
    /// Arguments for the test programs, such as part of a test's name
    #[arg(last = true, value_name = "ARGUMENTS")]
    extra: Vec<String>,
}

/// The outcome of a step.
enum Outcome {
    Passed,
    Failed,
    /// The step did not run, for this reason.
    NotRun(String),
}

/// A step, with an engine if the step runs in a browser.
#[derive(Clone, Copy)]
struct Job {
    step: &'static Step,
    engine: Option<Engine>,
}

/// The engines to run steps in.
#[derive(Default)]
struct Engines {
    /// The engines that are available, each with its environment.
    available: Vec<(Engine, Environment)>,
    /// The required engines that are missing.
    missing: Vec<Engine>,
    /// The other engines that are missing.
    skipped: Vec<Engine>,
}

/// Runs the chosen steps. A failing step does not stop the others, so that one run reports all failures.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let steps = chosen(&options.only);
    let started = Instant::now();

    heading("Tools");
    let mut environment = Environment::default();
    let mut missing: Vec<Tool> = Vec::new();
    let toolbox = Toolbox::open(&workspace)?;
    for tool in needed(&steps) {
        match toolbox.provide(tool) {
            Ok(found) => environment.extend(found),
            Err(error) => {
                failure::print(&error);
                missing.push(tool);
            }
        }
    }
    let in_browser = steps.iter().any(|step| step.in_browser);
    let wanted = wanted(&options.engine, in_ci());
    let engines = if in_browser { engines(&toolbox, &wanted) } else { Engines::default() };
    let prepared = started.elapsed();

    let mut results: Vec<(Job, Outcome, Duration)> = Vec::new();
    for job in jobs(&steps, &engines) {
        let started = Instant::now();
        heading(&job.title());
        let mut environment = environment.clone();
        let browser = engines.available.iter().find(|(engine, _)| Some(*engine) == job.engine);
        environment.extend(browser.map(|(_, browser)| browser.clone()).unwrap_or_default());
        let run = Run {
            workspace: &workspace,
            environment: &environment,
            engine: job.engine,
            extra: &options.extra,
        };
        let outcome = match obstacle(job, &missing, &engines, &results) {
            Some(obstacle) => Outcome::NotRun(obstacle),
            None => match (job.step.run)(&run) {
                Ok(()) => Outcome::Passed,
                Err(error) => {
                    failure::print(&error);
                    Outcome::Failed
                }
            },
        };
        results.push((job, outcome, started.elapsed()));
    }
    summary(&results, &engines.skipped, prepared, started.elapsed())
}

/// Returns whether this process runs in CI.
pub(crate) fn in_ci() -> bool {
    is_ci(std::env::var_os("CI").as_deref())
}

/// Returns whether this value of `CI` means CI: any value except those that are empty or say no.
fn is_ci(variable: Option<&OsStr>) -> bool {
    variable.is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")))
}

/// Returns the required engines: those that were named; in CI all of them, or a missing engine would go
/// unnoticed.
fn wanted(named: &[Engine], is_ci: bool) -> Vec<Engine> {
    if named.is_empty() && is_ci { Engine::value_variants().to_vec() } else { named.to_vec() }
}

/// Looks for the required engines or, if there are none, for all engines, each of which may be missing.
fn engines(toolbox: &Toolbox<'_>, named: &[Engine]) -> Engines {
    let mut engines = Engines::default();
    for engine in Engine::value_variants() {
        if !named.is_empty() && !named.contains(engine) {
            continue;
        }
        match toolbox.provide(Tool::Browser(*engine)) {
            Ok(found) => engines.available.push((*engine, found)),
            Err(error) if named.is_empty() => {
                failure::print_skipped(engine.name(), &error);
                engines.skipped.push(*engine);
            }
            Err(error) => {
                failure::print(&error);
                engines.missing.push(*engine);
            }
        }
    }
    engines
}

/// Returns the steps in their order, those in a browser once for each engine.
fn jobs(steps: &[&'static Step], engines: &Engines) -> Vec<Job> {
    let chosen: Vec<Engine> =
        engines.available.iter().map(|(engine, _)| engine).chain(&engines.missing).copied().collect();
    steps
        .iter()
        .flat_map(|step| {
            // A step that needs an engine has a row in the summary even if there is no engine.
            let engines: Vec<Option<Engine>> = match (step.in_browser, chosen.is_empty()) {
                (true, false) => chosen.iter().copied().map(Some).collect(),
                _ => vec![None],
            };
            engines.into_iter().map(|engine| Job { step, engine })
        })
        .collect()
}

impl Job {
    fn title(self) -> String {
        match self.engine {
            Some(engine) => format!("{}, {}", self.step.title, engine.name()),
            None => self.step.title.to_owned(),
        }
    }

    /// Returns the command that reruns the step.
    fn rerun_command(self) -> String {
        let step = format!("cargo xtask test --only {}", self.step.name);
        match self.engine {
            Some(engine) => format!("{step} --engine {}", engine.name()),
            None => step,
        }
    }
}

/// Returns the named steps and those they depend on, in their order; all steps if none is named.
fn chosen(only: &[String]) -> Vec<&'static Step> {
    let mut names: Vec<&str> = only.iter().map(String::as_str).collect();
    // A step comes after its dependencies, so one pass from the end finds them all.
    for step in STEPS.iter().rev() {
        if names.contains(&step.name) {
            names.extend(step.after);
        }
    }
    STEPS.iter().filter(|step| only.is_empty() || names.contains(&step.name)).collect()
}

/// Returns the tools that steps need besides a browser, each once.
fn needed(steps: &[&Step]) -> Vec<Tool> {
    let mut tools = Vec::new();
    for tool in steps.iter().flat_map(|step| step.needs) {
        if !tools.contains(tool) {
            tools.push(*tool);
        }
    }
    tools
}

/// Returns the reason why a step cannot run.
fn obstacle(
    job: Job,
    missing: &[Tool],
    engines: &Engines,
    results: &[(Job, Outcome, Duration)],
) -> Option<String> {
    let Job { step, engine } = job;
    if step.in_browser && engine.is_none() {
        return Some("no browser is installed, see above".to_owned());
    }
    let lacks_engine = engine.is_some_and(|engine| engines.missing.contains(&engine));
    if lacks_engine || step.needs.iter().any(|tool| missing.contains(tool)) {
        return Some("a tool is missing, see above".to_owned());
    }
    let broken = |after: &str| {
        results.iter().any(|(job, outcome, _)| job.step.name == after && !matches!(outcome, Outcome::Passed))
    };
    let after = step.after.iter().find(|after| broken(after))?;
    Some(format!("it needs {after}, which did not pass"))
}

fn heading(title: &str) {
    println!("\n{}", style(format!("━━ {title} ━━")).bold());
}

/// Prints the outcome of each step, and fails if a step did not pass.
fn summary(
    results: &[(Job, Outcome, Duration)],
    skipped: &[Engine],
    prepared: Duration,
    all: Duration,
) -> Result<()> {
    heading("Summary");
    let row = |mark: String, title: &str, time: &str, remark: &str| {
        println!("  {mark} {title:<40} {time:>12}  {remark}")
    };
    row(style("·").dim().to_string(), "Tools", &time(prepared), "");
    for (job, outcome, took) in results {
        let (title, took, rerun) = (job.title(), time(*took), job.rerun_command());
        match outcome {
            Outcome::Passed => row(style("✓").green().to_string(), &title, &took, ""),
            Outcome::Failed => row(style("✗").red().to_string(), &title, &took, &format!("rerun: {rerun}")),
            Outcome::NotRun(why) => {
                row(style("✗").red().to_string(), &title, "not run", &format!("{why}; rerun: {rerun}"));
            }
        }
    }
    for engine in skipped {
        let title = format!("Tests in {}", engine.name());
        row(style("–").yellow().to_string(), &title, "skipped", "not installed; see above how to install it");
    }
    row(" ".to_owned(), "", &time(all), "");

    let bad = results.iter().filter(|(_, outcome, _)| !matches!(outcome, Outcome::Passed)).count();
    if bad == 0 { Ok(()) } else { Err(anyhow!("{bad} of {} steps did not pass", results.len())) }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use clap::ValueEnum;

    use super::{Duration, Engines, Job, Outcome, chosen, is_ci, jobs, needed, obstacle, summary, wanted};
    use crate::call::Environment;
    use crate::engine::Engine;
    use crate::steps::STEPS;
    use crate::tools::Tool;

    #[test]
    fn a_step_includes_its_dependencies() {
        let names: Vec<_> = chosen(&["e2e".to_owned()]).iter().map(|step| step.name).collect();
        assert_eq!(names, ["dist", "site", "applications", "e2e"]);
    }

    #[test]
    fn all_steps_run_when_none_is_named() {
        assert_eq!(chosen(&[]).len(), STEPS.len());
    }

    #[test]
    fn a_tool_is_provided_once() {
        let tools = needed(&chosen(&[]));
        assert_eq!(tools.iter().filter(|tool| **tool == Tool::WasmBindgen).count(), 1);
    }

    #[test]
    fn a_step_in_a_browser_runs_in_each_engine() {
        let available = [Engine::Chromium, Engine::WebKit].map(|engine| (engine, Environment::default()));
        let engines = Engines { available: available.into(), ..Engines::default() };
        let titles: Vec<_> =
            jobs(&chosen(&["browser".to_owned()]), &engines).into_iter().map(Job::title).collect();
        assert_eq!(titles, ["In-browser tests, chromium", "In-browser tests, webkit"]);
    }

    #[test]
    fn all_engines_are_required_in_ci() {
        assert_eq!(wanted(&[], true), Engine::value_variants());
        assert_eq!(wanted(&[], false), []);
        assert_eq!(wanted(&[Engine::Firefox], true), [Engine::Firefox]);
        assert_eq!(["true", "1", "woodpecker"].map(|value| is_ci(Some(OsStr::new(value)))), [true; 3]);
        assert_eq!(["", "0", "false"].map(|value| is_ci(Some(OsStr::new(value)))), [false; 3]);
        assert!(!is_ci(None));
    }

    #[test]
    fn a_missing_required_engine_fails_its_steps() {
        let engines = Engines {
            available: vec![(Engine::Chromium, Environment::default())],
            missing: vec![Engine::Firefox],
            skipped: Vec::new(),
        };
        let jobs = jobs(&chosen(&["browser".to_owned()]), &engines);
        let obstacles: Vec<bool> =
            jobs.iter().map(|job| obstacle(*job, &[], &engines, &[]).is_some()).collect();
        assert_eq!(obstacles, [false, true]);
        let results = [(jobs[1], Outcome::NotRun("missing".to_owned()), Duration::ZERO)];
        assert!(summary(&results, &[], Duration::ZERO, Duration::ZERO).is_err());
    }

    /// Developers without WebKit can still run the other engines; the summary lists WebKit as skipped.
    #[test]
    fn an_optional_engine_may_be_missing() {
        assert!(summary(&[], &[Engine::WebKit], Duration::ZERO, Duration::ZERO).is_ok());
    }

    #[test]
    fn a_browser_step_does_not_run_without_an_engine() {
        let engines = Engines { skipped: vec![Engine::Firefox], ..Engines::default() };
        let jobs = jobs(&chosen(&["browser".to_owned()]), &engines);
        assert_eq!(jobs.len(), 1);
        assert!(obstacle(jobs[0], &[], &engines, &[]).is_some());
    }
}
