//! A browser with its driver, for one scenario. Both end with it, however it ends.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;
use thirtyfour::WebDriver;

use crate::chromium;
use crate::engine::Engine;
use crate::setup::Setup;

/// A running browser.
pub(crate) struct Browser {
    /// The session in it.
    pub(crate) driver: WebDriver,
    engine: Engine,
    // Dropped in this order: the processes end before their profile is removed.
    _process: DriverProcess,
    _profile: TempDir,
}

impl Browser {
    /// Starts a driver and a browser with a fresh profile, set up for a scenario.
    pub(crate) async fn start(engine: Engine, setup: &Setup) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("news-briefing-e2e-").tempdir()?;
        let (mut command, capabilities) = match engine {
            Engine::Chromium => {
                (chromium::driver(), chromium::capabilities(&profile.path().join("profile"), setup)?)
            }
        };
        // What is left by a browser that is killed goes away with the profile.
        let process = DriverProcess::start(command.env("TMPDIR", profile.path()))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", process.port), capabilities).await?;
        let browser = Self { driver, engine, _process: process, _profile: profile };
        browser.set_up(setup).await?;
        Ok(browser)
    }

    /// Tells the browser of the reader's device and wishes.
    pub(crate) async fn set_up(&self, setup: &Setup) -> Result<()> {
        match self.engine {
            Engine::Chromium => chromium::set_up(&self.driver, setup).await,
        }
    }

    /// What the browser itself complained of since this was last asked, where the engine tells.
    pub(crate) async fn take_complaints(&self) -> Result<Vec<String>> {
        match self.engine {
            Engine::Chromium => chromium::take_complaints(&self.driver).await,
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The process group is ended next: there is nobody left to say goodbye to.
        let _ = self.driver.clone().leak();
    }
}

/// A driver and all that it starts, in a process group of their own.
struct DriverProcess {
    child: Child,
    port: u16,
}

impl DriverProcess {
    /// Starts a driver that takes a free port and says which.
    fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}: `cargo xtask test --only e2e` brings it"))?;
        let output = child.stdout.take();
        let mut process = Self { child, port: 0 };
        let mut lines = BufReader::new(output.context("the driver has no output")?);
        process.port = port(&mut lines).with_context(|| format!("{name} did not say its port"))?;
        // Read on, or the driver stops when its output is full.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok(process)
    }
}

/// The number after `on port`, or after the last colon: drivers say it in one of these ways.
fn port(lines: &mut BufReader<ChildStdout>) -> Result<u16> {
    let mut said = String::new();
    for line in lines.lines() {
        let line = line?;
        let number = line
            .rsplit_once("on port ")
            .map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        if let Some(port) = number.and_then(|number| number.parse().ok()).filter(|port| *port != 0) {
            return Ok(port);
        }
        said.push_str(&line);
        said.push('\n');
    }
    anyhow::bail!("it said:\n{said}")
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
