//! Tests that the output for an article, and the work for it, grow no faster than the article. Steps are
//! counted, so the library is built to call a function at each step.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use super::{Run, Step};

pub(super) const STEP: Step = Step {
    name: "growth",
    title: "Growth of work with input size",
    needs: &[],
    in_browser: false,
    after: &[],
    run,
};

/// The environment variable that is set when this program is called in place of the compiler.
const AS_COMPILER: &str = "XTASK_COUNTS_STEPS";

/// The flags with which the compiler inserts such calls, as for sanitizers and fuzzers.
const FLAGS: [&str; 6] = [
    "-C",
    "passes=sancov-module",
    "-C",
    "llvm-args=-sanitizer-coverage-level=3",
    "-C",
    "llvm-args=-sanitizer-coverage-trace-pc",
];

fn run(run: &Run<'_>) -> Result<()> {
    let this = env::current_exe().context("cannot find the path of this program")?;
    // Steps are counted for the whole process, so one test runs at a time.
    run.cargo(&["test", "--features", "cli", "--lib", "--", "--ignored", "--nocapture", "--test-threads=1"])
        .args(["cli::growth"])
        .var("RUSTC_WORKSPACE_WRAPPER", this)
        .var(AS_COMPILER, "1")
        .run()
}

/// Runs the compiler, if this program was called in its place. Only this project's tests get the flags;
/// dependencies, and the library that other targets link to, are built as usual.
pub(crate) fn run_as_compiler() -> Option<ExitCode> {
    env::var_os(AS_COMPILER)?;
    let mut arguments = env::args_os().skip(1);
    let mut compiler = Command::new(arguments.next()?);
    let arguments: Vec<OsString> = arguments.collect();
    let counts_steps =
        ["--test", "src/lib.rs"].iter().all(|needed| arguments.iter().any(|given| given == needed));
    compiler.args(&arguments).args(FLAGS.iter().filter(|_| counts_steps));
    let done = compiler.status().is_ok_and(|status| status.success());
    Some(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
