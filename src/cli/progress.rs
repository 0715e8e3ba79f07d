use indicatif::{ProgressBar, ProgressStyle};

/// How far the work has come, shown on a terminal to who waits for it.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins with so many files. Nothing is shown where nobody watches, and nothing of a single file.
    pub(super) fn start(files: usize, is_watched: bool) -> Self {
        if !is_watched || files < 2 {
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

    /// One more file is done.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
    }

    /// Makes room for what is written by this.
    pub(super) fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }
}

/// It goes away with the work, however that ended.
impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
