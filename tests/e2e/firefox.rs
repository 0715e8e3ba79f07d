//! How Firefox is started and set up.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use anyhow::{Result, ensure};
use axum::http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::{Command as DriverCommand, ExtensionCommand};
use thirtyfour::{Capabilities, WebDriver};

use crate::browser::start_telling_port;
use crate::setup::Setup;
use crate::wait::until;

/// The profile that those of the scenarios are copies of.
static READY: OnceLock<PathBuf> = OnceLock::new();

/// Sets up the browser from its own window.
const SET_UP: &str = include_str!("firefox.js");

/// geckodriver, which takes a free port and says which.
pub(crate) fn driver(profiles: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("GECKODRIVER").unwrap_or_else(|| "geckodriver".into()));
    // With the access to the browser's own window, by which it is set up.
    command.args(["--port=0", "--allow-system-access", "--profile-root"]).arg(profiles);
    command
}

/// A headless browser.
pub(crate) fn capabilities(profile: &Path) -> Result<Capabilities> {
    let mut capabilities = Capabilities::new();
    capabilities.set("moz:firefoxOptions", json!({ "args": ["-headless", "-profile", profile] }))?;
    Ok(capabilities)
}

/// Starts Firefox once and ends it, to have a profile that is ready: making an empty one ready takes it as
/// long as most scenarios. It has been nowhere. Scenarios start with copies until the folder is dropped.
pub(crate) fn make_ready() -> Result<TempDir> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(first_start())
}

async fn first_start() -> Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("news-briefing-e2e-").tempdir()?;
    let (_process, port) = start_telling_port(driver(folder.path()).env("TMPDIR", folder.path()))?;
    let profile = new_profile(folder.path())?;
    let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(&profile)?).await?;
    driver.goto("about:blank").await?;
    driver.quit().await?;
    READY.get_or_init(|| profile);
    Ok(folder)
}

/// Makes a profile in a folder: of one that is ready, or empty.
pub(crate) fn new_profile(folder: &Path) -> io::Result<PathBuf> {
    let profile = folder.join("profile");
    match READY.get() {
        Some(ready) => copy(ready, &profile)?,
        None => fs::create_dir(&profile)?,
    }
    Ok(profile)
}

/// Copies a folder. Links are left out: they lock a profile.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, to) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &to)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Tells the browser of the reader's device and wishes. The processor stays as fast as it is.
pub(crate) async fn set_up(driver: &WebDriver, setup: &Setup) -> Result<()> {
    let (width, height) = setup.window;
    context(driver, "chrome").await?;
    let told = json!({
        "width": width,
        "height": height,
        "dark": setup.dark,
        "reducedMotion": setup.reduced_motion,
        "forcedColors": setup.forced_colors,
        "print": setup.print,
        "touch": setup.touch,
    });
    let done = driver.execute(SET_UP, vec![told]).await;
    context(driver, "content").await?;
    done?;
    until("the viewport has its size", async || {
        let size = driver.execute("return [innerWidth, innerHeight]", vec![]).await?;
        ensure!(*size.json() == json!([width, height]), "it is {}", size.json());
        Ok(())
    })
    .await
}

/// Whether scripts run in the page or in the browser's own window.
async fn context(driver: &WebDriver, name: &'static str) -> Result<()> {
    driver.handle().cmd(DriverCommand::ExtensionCommand(Box::new(SetContext(name)))).await?;
    Ok(())
}

#[derive(Debug)]
struct SetContext(&'static str);

impl ExtensionCommand for SetContext {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "context": self.0 }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/moz/context".into()
    }
}
