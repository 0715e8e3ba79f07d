//! Xvfb, a virtual display, and xsettingsd, which passes the reader's preferences to programs on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use super::on_path;

/// Returns the packages of the missing programs.
pub(super) fn missing() -> Vec<&'static str> {
    on_path::missing(&[("Xvfb", "xvfb"), ("xsettingsd", "xsettingsd")])
}

/// A virtual display, which ends when it is dropped.
pub(crate) struct Screen {
    server: Child,
    /// The value of `$DISPLAY` for programs on this display.
    pub(crate) display: String,
}

impl Screen {
    /// Starts the X server on a free display.
    pub(crate) fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1600x1200x24"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start Xvfb")?;
        let output = server.stdout.take().context("Xvfb has no output")?;
        let mut screen = Self { server, display: String::new() };
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number).context("cannot read the output of Xvfb")?;
        let number: u32 = number.trim().parse().context("Xvfb did not print its display number")?;
        screen.display = format!(":{number}");
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Terminated like this, Xvfb removes its lock file.
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        let _ = self.server.wait();
    }
}
