use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar on the terminal.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar for so many files. The bar is hidden if standard error is not a terminal, and for a
    /// single file.
    pub(super) fn start(files: usize, is_terminal: bool) -> Self {
        if !is_terminal || files < 2 {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new(files as u64);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} files, {eta} left")
        {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Counts one more file as done.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
    }

    /// Hides the bar while `write` prints.
    pub(super) fn suspend<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }
}

/// Removes the bar, however the work ended.
impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
