//! How long each scenario took, so that a run names those that a faster run would begin with.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many scenarios are named.
const NAMED: usize = 10;

/// Names of the scenarios that have ended, each with its time.
static MEASURED: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// Runs a scenario and records how long it takes, second try included.
pub(crate) fn measured<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    MEASURED.lock().unwrap_or_else(PoisonError::into_inner).push((name.to_owned(), start.elapsed()));
    result
}

/// Prints the scenarios that took longest.
#[expect(clippy::print_stdout, reason = "it ends what the runner prints")]
pub(crate) fn conclude() {
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    measured.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    println!("the slowest of {}:", measured.len());
    for (name, time) in measured.iter().take(NAMED) {
        println!("{:6.1} s  {name}", time.as_secs_f64());
    }
}
