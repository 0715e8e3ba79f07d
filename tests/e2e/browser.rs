//! A browser with its driver, for one scenario. Both end with it, however it ends.

use std::io;
use std::process::Command;

use anyhow::{Context, Result};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use crate::engine::Engine;
use crate::process::Process;
use crate::setup::Setup;
use crate::{chromium, firefox, speech, webkit};

/// A running browser.
pub(crate) struct Browser {
    /// The session in it.
    pub(crate) driver: WebDriver,
    engine: Running,
    // Dropped in this order: the processes end before their profile is removed.
    _process: Process,
    _synthesizer: Option<Process>,
    _profile: TempDir,
}

/// The engine, with what stays with it.
enum Running {
    Chromium,
    Firefox,
    WebKit(Box<webkit::Desktop>),
}

impl Browser {
    /// Starts a driver and a browser with a fresh profile, set up for a scenario. Now and then one does
    /// not start: another program was quicker with its port, or it ended or stood still. Nothing that is
    /// tested has begun by then, so it is tried again.
    #[expect(clippy::print_stderr, reason = "a scenario that passes has no other place to say it")]
    pub(crate) async fn start(engine: Engine, setup: &Setup) -> Result<Self> {
        const ATTEMPTS: u32 = 3;
        let mut attempt = 1;
        loop {
            match Self::start_once(engine, setup).await {
                Err(error) if attempt < ATTEMPTS => {
                    eprintln!("{engine} did not start, attempt {attempt} of {ATTEMPTS}: {error:#}");
                    attempt += 1;
                }
                started => return started,
            }
        }
    }

    async fn start_once(engine: Engine, setup: &Setup) -> Result<Self> {
        let profile = new_folder()?;
        let folder = profile.path();
        let synthesizer = match engine {
            Engine::Chromium | Engine::Firefox => speech::start_synthesizer(folder)?,
            Engine::WebKit => None,
        };
        let (engine, mut process, port, capabilities) = match engine {
            Engine::Chromium => {
                let (process, port) = start_telling_port(&mut chromium::driver(folder))?;
                let capabilities = chromium::capabilities(&folder.join("profile"), setup)?;
                (Running::Chromium, process, port, capabilities)
            }
            Engine::Firefox => {
                let (process, port, capabilities) = firefox::start_driver(folder)?;
                (Running::Firefox, process, port, capabilities)
            }
            Engine::WebKit => {
                let desktop = webkit::Desktop::start(folder, setup)?;
                let (process, port) = desktop.start_driver(folder).await?;
                (Running::WebKit(Box::new(desktop)), process, port, Capabilities::new())
            }
        };
        if synthesizer.is_some() {
            speech::synthesizer_answers(folder).await?;
        }
        let driver = connect(port, capabilities).await.with_context(|| process.state())?;
        let browser =
            Self { driver, engine, _process: process, _synthesizer: synthesizer, _profile: profile };
        browser.set_up(setup).await?;
        Ok(browser)
    }

    /// Tells the browser of the reader's device and wishes.
    pub(crate) async fn set_up(&self, setup: &Setup) -> Result<()> {
        match &self.engine {
            Running::Chromium => chromium::set_up(&self.driver, setup).await,
            Running::Firefox => firefox::set_up(&self.driver, setup).await,
            Running::WebKit(desktop) => desktop.set_up(&self.driver, setup).await,
        }
    }

    /// Lays out what the page has got since as it is set up, where the engine does not do so by itself.
    pub(crate) async fn lay_out(&self) -> Result<()> {
        match &self.engine {
            Running::Chromium | Running::Firefox => Ok(()),
            Running::WebKit(desktop) => desktop.lay_out(&self.driver).await,
        }
    }

    /// What the browser itself complained of since this was last asked, where the engine tells.
    pub(crate) async fn take_complaints(&self) -> Result<Vec<String>> {
        match &self.engine {
            Running::Chromium => chromium::take_complaints(&self.driver).await,
            Running::Firefox | Running::WebKit(_) => Ok(Vec::new()),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The process group is ended next: there is nobody left to say goodbye to.
        let _ = self.driver.clone().leak();
    }
}

/// A folder for a profile, which is removed when it is dropped.
pub(crate) fn new_folder() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("news-briefing-e2e-").tempdir()
}

/// Has a driver start its browser.
pub(crate) async fn connect(port: u16, capabilities: Capabilities) -> Result<WebDriver> {
    Ok(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?)
}

/// Starts a driver that takes a free port and says which.
pub(crate) fn start_telling_port(command: &mut Command) -> Result<(Process, u16)> {
    let mut process = Process::start(command)?;
    let port = process.told("port", port)?;
    Ok((process, port))
}

/// The number after `on port`, as ChromeDriver says it, or after the address, as geckodriver does.
fn port(line: &str) -> Option<u16> {
    let rest = ["on port ", "Listening on 127.0.0.1:"].iter().find_map(|before| line.split_once(before))?.1;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    number.parse().ok().filter(|port| *port != 0)
}
