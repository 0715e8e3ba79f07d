//! Starts and sets up Firefox.

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

use crate::browser::{connect, new_folder, start_and_read_port};
use crate::fonts::FontSet;
use crate::process::Process;
use crate::setup::Setup;
use crate::speech;
use crate::wait::until;

/// The prepared profile; scenarios start with copies of it.
static READY: OnceLock<PathBuf> = OnceLock::new();

/// The script that sets up the browser from the chrome context.
const SET_UP: &str = include_str!("firefox.js");

/// Starts geckodriver and returns it with its port, and the capabilities of a headless browser with a
/// profile in the folder.
pub(crate) fn start_driver(folder: &Path, fonts: FontSet) -> Result<(Process, u16, Capabilities)> {
    let mut command = Command::new(std::env::var_os("GECKODRIVER").unwrap_or_else(|| "geckodriver".into()));
    // System access allows scripts in the chrome context, which set up the browser.
    command.args(["--port=0", "--allow-system-access", "--profile-root"]).arg(folder).env("TMPDIR", folder);
    command.envs(speech::variables(folder)).envs(fonts.variables(folder)?);
    let (process, port) = start_and_read_port(&mut command)?;
    let mut capabilities = Capabilities::new();
    let args = json!(["-headless", "-profile", new_profile(folder)?]);
    // With this preference on, a navigation replaces the whole browsing context, and the emulated
    // preferences are lost with it.
    let prefs = json!({ "fission.bfcacheInParent": false });
    capabilities.set("moz:firefoxOptions", json!({ "args": args, "prefs": prefs }))?;
    Ok((process, port, capabilities))
}

/// Starts Firefox once and ends it, to prepare a profile. Preparing an empty profile takes as long as most
/// scenarios. The prepared profile has visited no page. Scenarios start with copies of it until the folder
/// is dropped.
pub(crate) fn prepare() -> Result<TempDir> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(first_start())
}

async fn first_start() -> Result<TempDir> {
    let folder = new_folder()?;
    let (_process, port, capabilities) = start_driver(folder.path(), FontSet::DejaVu)?;
    let driver = connect(port, capabilities).await?;
    driver.goto("about:blank").await?;
    driver.quit().await?;
    READY.get_or_init(|| profile_in(folder.path()));
    Ok(folder)
}

fn profile_in(folder: &Path) -> PathBuf {
    folder.join("profile")
}

/// Creates a profile in a folder: a copy of the prepared one, or an empty one.
fn new_profile(folder: &Path) -> io::Result<PathBuf> {
    let profile = profile_in(folder);
    match READY.get() {
        Some(ready) => copy(ready, &profile)?,
        None => fs::create_dir(&profile)?,
    }
    Ok(profile)
}

/// Copies a folder. Symbolic links are skipped, because they lock a profile.
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

/// Makes the browser emulate the reader's device and preferences. The processor speed stays unchanged.
pub(crate) async fn set_up(driver: &WebDriver, setup: &Setup) -> Result<()> {
    let (width, height) = setup.window;
    context(driver, "chrome").await?;
    let settings = json!({
        "width": width,
        "height": height,
        "dark": setup.dark,
        "reducedMotion": setup.reduced_motion,
        "forcedColors": setup.forced_colors,
        "print": setup.print,
        "touch": setup.touch,
    });
    let done = driver.execute(SET_UP, vec![settings]).await;
    context(driver, "content").await?;
    done?;
    until("the viewport has its size", async || {
        let size = driver.execute("return [innerWidth, innerHeight]", vec![]).await?;
        ensure!(*size.json() == json!([width, height]), "it is {}", size.json());
        Ok(())
    })
    .await
}

/// Selects the context in which scripts run: `content` (the page) or `chrome` (the browser's own window).
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
