//! Does what comes out of an article, and what it takes, grow as the article does and no faster? Steps are counted, so
//! the library is built to call a function at each of them.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use super::{Run, Step};

pub(super) const STEP: Step = Step {
    name: "growth",
    title: "Growth of work with what comes in",
    needs: &[],
    in_browser: false,
    after: &[],
    run,
};

/// Set where this program is called in place of the compiler.
const AS_COMPILER: &str = "XTASK_COUNTS_STEPS";

/// What makes the compiler write such calls, as sanitizers and fuzzers have it do.
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
    run.cargo(&["test", "--features", "cli", "--lib", "--", "--ignored", "--nocapture", "cli::growth"])
        .var("RUSTC_WORKSPACE_WRAPPER", this)
        .var(AS_COMPILER, "1")
        .run()
}

/// Compiles in place of the compiler, if that is what this program was called for. Only this project's tests get the
/// flags: what they depend on is as it is built otherwise, and so is what others link to.
pub(crate) fn compile() -> Option<ExitCode> {
    env::var_os(AS_COMPILER)?;
    let mut arguments = env::args_os().skip(1);
    let mut compiler = Command::new(arguments.next()?);
    let arguments: Vec<OsString> = arguments.collect();
    let counts = ["--test", "src/lib.rs"].iter().all(|needed| arguments.iter().any(|given| given == needed));
    compiler.args(&arguments).args(FLAGS.iter().filter(|_| counts));
    let done = compiler.status().is_ok_and(|status| status.success());
    Some(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
