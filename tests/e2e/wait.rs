//! Polling for expected conditions, without fixed sleeps.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::time::{Instant, sleep};

/// The longest wait for a condition. It is generous because a busy machine is slow, and no passing
/// test waits this long.
const DEADLINE: Duration = Duration::from_secs(15);
/// How long an unchanging condition is observed: longer than any of the page's timers.
const OBSERVATION_TIME: Duration = Duration::from_millis(700);
/// The interval between two polls.
const PAUSE: Duration = Duration::from_millis(20);

/// Polls until `check` succeeds, and returns its value. Past the deadline, the error states the
/// condition and includes the last error that `check` returned.
pub(crate) async fn until<T>(condition: &str, check: impl AsyncFn() -> Result<T>) -> Result<T> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        match check().await {
            Ok(found) => return Ok(found),
            Err(error) if Instant::now() >= deadline => {
                return Err(
                    error.context(format!("waited {} s until {condition}; seen last:", DEADLINE.as_secs()))
                );
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Polls for a while, and fails as soon as `check` fails: for conditions that must not change. On a
/// slow machine it polls less often, but it never fails for slowness.
pub(crate) async fn stays(condition: &str, check: impl AsyncFn() -> Result<()>) -> Result<()> {
    let end = Instant::now() + OBSERVATION_TIME;
    while Instant::now() < end {
        check().await.with_context(|| format!("{condition} no longer"))?;
        sleep(PAUSE).await;
    }
    Ok(())
}
