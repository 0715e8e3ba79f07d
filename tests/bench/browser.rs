//! A browser for one measurement. It ends with the measurement, even if that fails.

use std::io::{BufRead, BufReader, ErrorKind};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::cdp::Tab;

/// The names under which the browser may be installed.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The arguments of a quiet browser with an empty cache, and `gc()` in its pages.
const ARGUMENTS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    // The shared memory of a container is often too small.
    "--disable-dev-shm-usage",
    "--js-flags=--expose-gc",
    "--remote-debugging-port=0",
    "--window-size=1024,768",
];

/// A running browser.
pub(crate) struct Browser {
    address: String,
    process: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser with a fresh profile and further arguments.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("news-briefing-bench-").tempdir()?;
        let mut process = spawn(&profile, arguments)?;
        let errors = process.stderr.take().context("the browser has no standard error")?;
        let mut browser = Self { address: String::new(), process, _profile: profile };
        let mut lines = BufReader::new(errors);
        browser.address = address(&mut lines)?;
        // Keep draining the output, or the browser blocks when the pipe is full.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok(browser)
    }

    /// Opens an empty tab.
    pub(crate) fn tab(&self) -> Result<Tab> {
        Tab::open(&self.address)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let group = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.process.wait();
    }
}

fn spawn(profile: &TempDir, arguments: &[&str]) -> Result<Child> {
    for name in NAMES {
        let process = Command::new(name)
            .args(ARGUMENTS)
            .args(arguments)
            .arg(format!("--user-data-dir={}", profile.path().join("profile").display()))
            .arg("about:blank")
            // The temporary files of a killed browser are removed together with the profile.
            .env("TMPDIR", profile.path())
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        match process {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            process => return process.with_context(|| format!("cannot start {name}")),
        }
    }
    bail!("there is no Chromium on PATH: `cargo xtask bench` provides it")
}

/// Reads the address at which the browser reports that it listens.
fn address(lines: &mut impl BufRead) -> Result<String> {
    let mut output = String::new();
    while lines.read_line(&mut output)? > 0 {
        let last = output.lines().last().unwrap_or_default();
        if let Some(address) = last.strip_prefix("DevTools listening on ") {
            return Ok(address.to_owned());
        }
    }
    bail!("the browser did not print where it listens:\n{output}")
}
