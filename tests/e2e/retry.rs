//! Runs a failed scenario once more, while no other scenario runs. A second-try pass is reported at the
//! end: a busy machine makes browsers lose a click or a voice now and then, and that must not hide among
//! passes.

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError, RwLock};

use anyhow::{Error, Result};
use libtest_mimic::Conclusion;

/// How many scenarios may need a second try in one run. More indicate a fault, of the tests or of the
/// code under test.
const MAX_FLAKY: usize = 3;

/// Scenarios that run in parallel hold it for reading; a second try holds it for writing, and so runs
/// alone.
static MACHINE: RwLock<()> = RwLock::new(());
/// Names of the scenarios that passed at the second try, with the errors of their first.
static FLAKY: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Runs a scenario, and once more if it fails. The error is that of the second try.
pub(crate) fn twice(name: &str, run: impl Fn() -> Result<()>, report: fn(&Error) -> String) -> Result<()> {
    let first = {
        let _beside_others = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
        run()
    };
    let Err(first) = first else { return Ok(()) };
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    run()?;
    FLAKY.lock().unwrap_or_else(PoisonError::into_inner).push((name.to_owned(), report(&first)));
    Ok(())
}

/// Prints the scenarios that needed a second try, and returns the exit code of the run.
#[expect(clippy::print_stdout, reason = "it ends what the runner prints")]
pub(crate) fn conclude(conclusion: &Conclusion) -> ExitCode {
    let flaky = FLAKY.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, error) in flaky.iter() {
        println!("passed at the second try: {name}\n{error}\n");
    }
    if flaky.len() > MAX_FLAKY {
        println!("{} scenarios had to be tried again, more than {MAX_FLAKY}", flaky.len());
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}
