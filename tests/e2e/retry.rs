//! A scenario that fails is tried once more, alone on the machine. What passes then is told at the end: a
//! busy machine makes browsers lose a click or a voice now and then, and that must not hide among passes.

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError, RwLock};

use anyhow::{Error, Result};
use libtest_mimic::Conclusion;

/// How many may need a second try in one run. More are a fault, of the tests or of what they test.
const MOST: usize = 3;

/// Held by all that run side by side, and alone by what is tried again.
static MACHINE: RwLock<()> = RwLock::new(());
/// Names of those that passed at the second try, with what failed at the first.
static FLAKY: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Runs a scenario, and once more if it fails. The error is that of the second try.
pub(crate) fn twice(name: &str, run: impl Fn() -> Result<()>, told: fn(&Error) -> String) -> Result<()> {
    let first = {
        let _beside_others = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
        run()
    };
    let Err(first) = first else { return Ok(()) };
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    run()?;
    FLAKY.lock().unwrap_or_else(PoisonError::into_inner).push((name.to_owned(), told(&first)));
    Ok(())
}

/// Tells of what had to be tried again, and whether all is well.
#[expect(clippy::print_stdout, reason = "it ends what the runner prints")]
pub(crate) fn conclude(conclusion: &Conclusion) -> ExitCode {
    let flaky = FLAKY.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, error) in flaky.iter() {
        println!("passed at the second try: {name}\n{error}\n");
    }
    if flaky.len() > MOST {
        println!("{} scenarios had to be tried again, more than {MOST}", flaky.len());
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}
