//! A browser with its driver. Starting a browser takes longer than most scenarios, so a scenario that
//! passes leaves its browser to the next one, which gets a new tab and its own server, hence another
//! origin. A scenario that fails, or that would be audible in the next one, ends its browser.

use std::io;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use crate::engine::Engine;
use crate::fonts::FontSet;
use crate::process::Process;
use crate::setup::Setup;
use crate::{chromium, firefox, speech, webkit};

/// How many scenarios share a browser, one after the other. The browser's memory grows with each.
const MAX_SCENARIOS: u32 = 25;

/// Idle browsers, ready for a scenario.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A running browser.
pub(crate) struct Browser {
    /// The WebDriver session.
    pub(crate) driver: WebDriver,
    engine: EngineState,
    kind: Kind,
    scenarios: u32,
    // Dropped in this order: the processes end before their profile is removed.
    _process: Process,
    _synthesizer: Option<Process>,
    _profile: TempDir,
}

/// The engine, with its engine-specific state.
enum EngineState {
    Chromium,
    Firefox,
    WebKit(Box<webkit::Desktop>),
}

/// The properties that a browser keeps from its start.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    fonts: FontSet,
    touch: bool,
}

impl Kind {
    fn of(setup: &Setup) -> Self {
        Self { fonts: setup.fonts, touch: setup.touch }
    }
}

impl Browser {
    /// Returns a browser for a scenario: an idle one or a new one.
    pub(crate) async fn take(engine: Engine, setup: &Setup) -> Result<Self> {
        while !setup.new_browser
            && let Some(mut browser) = idle(Kind::of(setup))
        {
            browser.scenarios += 1;
            // A browser that has crashed while idle must not fail the next scenario.
            if browser.renew(setup).await.is_ok() {
                return Ok(browser);
            }
        }
        Self::start(engine, setup).await
    }

    /// Leaves the browser to the next scenario.
    pub(crate) fn release_to_idle(self, setup: &Setup) {
        if !setup.new_browser && self.scenarios < MAX_SCENARIOS {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }

    /// Ends the idle browsers.
    pub(crate) fn end_all() {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Opens a new tab and closes all others, so that nothing of the previous scenario remains.
    async fn renew(&self, setup: &Setup) -> Result<()> {
        let driver = &self.driver;
        driver.action_chain().reset_actions().await?;
        let before = driver.windows().await?;
        let new = driver.new_tab().await?;
        for window in before {
            driver.switch_to_window(window).await?;
            driver.close_window().await?;
        }
        driver.switch_to_window(new).await?;
        self.take_complaints().await?;
        self.set_up(setup).await
    }

    /// Starts a driver and a browser with a fresh profile, set up for a scenario. Occasionally a start
    /// fails: another program took the port first, or the process exited or hung. No test code has run by
    /// then, so a retry is safe.
    #[expect(clippy::print_stderr, reason = "a scenario that passes has no other place to say it")]
    async fn start(engine: Engine, setup: &Setup) -> Result<Self> {
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
                let (process, port) = start_and_read_port(&mut chromium::driver(folder, setup.fonts)?)?;
                let capabilities = chromium::capabilities(&folder.join("profile"), setup)?;
                (EngineState::Chromium, process, port, capabilities)
            }
            Engine::Firefox => {
                let (process, port, capabilities) = firefox::start_driver(folder, setup.fonts)?;
                (EngineState::Firefox, process, port, capabilities)
            }
            Engine::WebKit => {
                let desktop = webkit::Desktop::start(folder, setup)?;
                let (process, port) = desktop.start_driver(folder, setup.fonts).await?;
                (EngineState::WebKit(Box::new(desktop)), process, port, Capabilities::new())
            }
        };
        if synthesizer.is_some() {
            speech::synthesizer_answers(folder).await?;
        }
        let driver = connect(port, capabilities).await.with_context(|| process.state())?;
        let browser = Self {
            driver,
            engine,
            kind: Kind::of(setup),
            scenarios: 1,
            _process: process,
            _synthesizer: synthesizer,
            _profile: profile,
        };
        browser.set_up(setup).await?;
        Ok(browser)
    }

    /// Makes the browser emulate the reader's device and preferences.
    pub(crate) async fn set_up(&self, setup: &Setup) -> Result<()> {
        match &self.engine {
            EngineState::Chromium => chromium::set_up(&self.driver, setup).await,
            EngineState::Firefox => firefox::set_up(&self.driver, setup).await,
            EngineState::WebKit(desktop) => desktop.set_up(&self.driver, setup).await,
        }
    }

    /// Applies the print layout to content added since the setup, in engines that need it.
    pub(crate) async fn lay_out(&self) -> Result<()> {
        match &self.engine {
            EngineState::Chromium | EngineState::Firefox => Ok(()),
            EngineState::WebKit(desktop) => desktop.lay_out(&self.driver).await,
        }
    }

    /// Returns the browser's own complaints since the last call, in engines that report them.
    pub(crate) async fn take_complaints(&self) -> Result<Vec<String>> {
        match &self.engine {
            EngineState::Chromium => chromium::take_complaints(&self.driver).await,
            EngineState::Firefox | EngineState::WebKit(_) => Ok(Vec::new()),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The process group is killed next, so do not close the WebDriver session.
        let _ = self.driver.clone().leak();
    }
}

/// Takes an idle browser of this kind.
fn idle(kind: Kind) -> Option<Browser> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let found = idle.iter().position(|browser| browser.kind == kind)?;
    Some(idle.swap_remove(found))
}

/// Creates a folder for a profile; dropping it removes the folder.
pub(crate) fn new_folder() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("news-briefing-e2e-").tempdir()
}

/// Makes a driver start its browser.
pub(crate) async fn connect(port: u16, capabilities: Capabilities) -> Result<WebDriver> {
    Ok(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?)
}

/// Starts a driver that takes a free port and reports which.
pub(crate) fn start_and_read_port(command: &mut Command) -> Result<(Process, u16)> {
    let mut process = Process::start(command)?;
    let port = process.wait_for_output("port", port)?;
    Ok((process, port))
}

/// Parses the port: ChromeDriver prints it after `on port`, geckodriver after the address.
fn port(line: &str) -> Option<u16> {
    let rest = ["on port ", "Listening on 127.0.0.1:"].iter().find_map(|before| line.split_once(before))?.1;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    number.parse().ok().filter(|port| *port != 0)
}
