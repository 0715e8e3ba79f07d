//! Waiting for what must come, without sleeping for it.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::time::{Instant, sleep};

/// How long anything may take. Long, because a busy machine is slow, and no passing test waits.
const DEADLINE: Duration = Duration::from_secs(15);
/// How long something is watched that must stay: longer than any of the page's timers.
const A_WHILE: Duration = Duration::from_millis(700);
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks again and again until `look` succeeds, and returns what it found. Past the deadline the
/// error says what was waited for, and what the last look saw: the error that `look` returned.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFn() -> Result<T>) -> Result<T> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        match look().await {
            Ok(found) => return Ok(found),
            Err(seen) if Instant::now() >= deadline => {
                return Err(seen.context(format!("waited {} s until {what}; seen last:", DEADLINE.as_secs())));
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Looks again and again for a while, and fails as soon as `look` does: for what must not change.
/// On a slow machine it sees less, but it never fails for being slow.
pub(crate) async fn stays(what: &str, look: impl AsyncFn() -> Result<()>) -> Result<()> {
    let end = Instant::now() + A_WHILE;
    while Instant::now() < end {
        look().await.with_context(|| format!("{what} no longer"))?;
        sleep(PAUSE).await;
    }
    Ok(())
}
