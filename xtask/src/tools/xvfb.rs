//! Xvfb is a screen that nobody sees, and xsettingsd tells programs on it of the reader's preferences.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// The packages whose programs are not there.
pub(super) fn missing() -> Vec<&'static str> {
    [("Xvfb", "xvfb"), ("xsettingsd", "xsettingsd")]
        .into_iter()
        .filter(|(program, _)| which::which(program).is_err())
        .map(|(_, package)| package)
        .collect()
}

/// A screen, until it is dropped.
pub(crate) struct Screen {
    server: Child,
    /// What `$DISPLAY` must be for a program to show itself on it.
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
        // Asked to end, it takes its lock away with it.
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        let _ = self.server.wait();
    }
}
