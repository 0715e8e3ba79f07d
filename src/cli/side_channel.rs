use std::io::{ErrorKind, Result, Write};

/// Standard error, to which writing always succeeds, so that the work goes on when nobody reads what it says
/// about itself, as after `2>&1 | head -1`. What cannot be written is dropped.
pub(super) struct SideChannel<'w> {
    inner: &'w mut dyn Write,
    is_open: bool,
    has_failed: bool,
}

impl<'w> SideChannel<'w> {
    pub(super) fn new(inner: &'w mut dyn Write) -> Self {
        Self { inner, is_open: true, has_failed: false }
    }

    /// Returns whether something could not be written for another reason than that the reader has closed the
    /// pipe.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    fn note(&mut self, result: Result<()>) {
        if let Err(error) = result {
            self.is_open = false;
            self.has_failed = error.kind() != ErrorKind::BrokenPipe;
        }
    }
}

impl Write for SideChannel<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.is_open {
            let result = self.inner.write_all(bytes);
            self.note(result);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        if self.is_open {
            let result = self.inner.flush();
            self.note(result);
        }
        Ok(())
    }
}
