//! A browser with its driver. Starting one takes longer than most scenarios, so that what has passed leaves
//! its browser to the next: with a new tab, at a server of its own, which is another origin each time. What
//! fails, and what would be heard by the next, ends with its browser.

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

/// As many scenarios share a browser, one after the other. It grows with each.
const MOST: u32 = 25;

/// Browsers that wait for a scenario.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A running browser.
pub(crate) struct Browser {
    /// The session in it.
    pub(crate) driver: WebDriver,
    engine: Running,
    kind: Kind,
    scenarios: u32,
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

/// What stays as a browser was started with it.
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
    /// A browser for a scenario: one that waits, or a new one.
    pub(crate) async fn take(engine: Engine, setup: &Setup) -> Result<Self> {
        while !setup.new_browser
            && let Some(mut browser) = idle(Kind::of(setup))
        {
            browser.scenarios += 1;
            // One that has broken down meanwhile is no fault of what comes next.
            if browser.renew(setup).await.is_ok() {
                return Ok(browser);
            }
        }
        Self::start(engine, setup).await
    }

    /// Leaves it to the next scenario.
    pub(crate) fn give_back(self, setup: &Setup) {
        if !setup.new_browser && self.scenarios < MOST {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }

    /// Ends those that wait.
    pub(crate) fn end_all() {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Opens a new tab and closes all others, so that nothing is left of what was before.
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

    /// Starts a driver and a browser with a fresh profile, set up for a scenario. Now and then one does
    /// not start: another program was quicker with its port, or it ended or stood still. Nothing that is
    /// tested has begun by then, so it is tried again.
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
                let (process, port) = start_telling_port(&mut chromium::driver(folder, setup.fonts)?)?;
                let capabilities = chromium::capabilities(&folder.join("profile"), setup)?;
                (Running::Chromium, process, port, capabilities)
            }
            Engine::Firefox => {
                let (process, port, capabilities) = firefox::start_driver(folder, setup.fonts)?;
                (Running::Firefox, process, port, capabilities)
            }
            Engine::WebKit => {
                let desktop = webkit::Desktop::start(folder, setup)?;
                let (process, port) = desktop.start_driver(folder, setup.fonts).await?;
                (Running::WebKit(Box::new(desktop)), process, port, Capabilities::new())
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

    /// Tells the browser of the reader's device and preferences.
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

/// One that waits and is of this kind.
fn idle(kind: Kind) -> Option<Browser> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let found = idle.iter().position(|browser| browser.kind == kind)?;
    Some(idle.swap_remove(found))
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
