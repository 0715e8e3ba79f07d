//! Shows progress of long work: a spinner with the elapsed time, or plain lines if there is no
//! terminal.

use std::cell::Cell;
use std::time::{Duration, Instant};

use console::style;
use indicatif::{ProgressBar, ProgressStyle};

/// The interval of plain lines that say that the work goes on.
const PLAIN_INTERVAL: Duration = Duration::from_secs(30);

/// Work in progress.
pub(crate) struct Progress {
    what: String,
    started: Instant,
    spinner: Option<ProgressBar>,
    next_plain_line: Cell<Duration>,
}

impl Progress {
    /// Prints what begins, such as `building trunk 0.21.14`.
    pub(crate) fn start(what: impl Into<String>) -> Self {
        let what = what.into();
        let spinner = console::user_attended_stderr().then(|| {
            let spinner = ProgressBar::new_spinner().with_message(what.clone());
            // `wide_msg` cuts the message at the width of the terminal.
            if let Ok(style) = ProgressStyle::with_template("  {spinner} {elapsed:.dim} {wide_msg}") {
                spinner.set_style(style);
            }
            spinner.enable_steady_tick(Duration::from_millis(100));
            spinner
        });
        if spinner.is_none() {
            println!("  {what} …");
        }
        Self { what, started: Instant::now(), spinner, next_plain_line: Cell::new(PLAIN_INTERVAL) }
    }

    /// Shows a line that the running program printed.
    pub(crate) fn line(&self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if let Some(spinner) = &self.spinner {
            spinner.set_message(format!("{}: {line}", self.what));
        } else if self.started.elapsed() >= self.next_plain_line.get() {
            println!("  {} … {}: {line}", self.what, time(self.started.elapsed()));
            self.next_plain_line.set(self.started.elapsed() + PLAIN_INTERVAL);
        }
    }

    /// Reports success.
    pub(crate) fn done(self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
        println!("  {} {}, {}", style("✓").green(), self.what, time(self.started.elapsed()));
    }
}

/// Clears the spinner, however the work ended.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}

/// Formats a duration for a table: `0.4 s`, `12 s`, `3 min 42 s`.
pub(crate) fn time(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::time;

    #[test]
    fn durations_are_formatted_for_tables() {
        assert_eq!(time(Duration::from_millis(420)), "0.4 s");
        assert_eq!(time(Duration::from_millis(12_900)), "12 s");
        assert_eq!(time(Duration::from_secs(222)), "3 min 42 s");
    }
}
