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

use crate::browser::{connect, new_folder, start_telling_port};
use crate::fonts::FontSet;
use crate::process::Process;
use crate::setup::Setup;
use crate::speech;
use crate::wait::until;

/// The profile that those of the scenarios are copies of.
static READY: OnceLock<PathBuf> = OnceLock::new();

/// Sets up the browser from its own window.
const SET_UP: &str = include_str!("firefox.js");

/// geckodriver with its port, and the headless browser that it is to start, with a profile in the folder.
pub(crate) fn start_driver(folder: &Path, fonts: FontSet) -> Result<(Process, u16, Capabilities)> {
    let mut command = Command::new(std::env::var_os("GECKODRIVER").unwrap_or_else(|| "geckodriver".into()));
    // With the access to the browser's own window, by which it is set up.
    command.args(["--port=0", "--allow-system-access", "--profile-root"]).arg(folder).env("TMPDIR", folder);
    command.envs(speech::variables(folder)).envs(fonts.variables(folder)?);
    let (process, port) = start_telling_port(&mut command)?;
    let mut capabilities = Capabilities::new();
    let args = json!(["-headless", "-profile", new_profile(folder)?]);
    // Otherwise the next page stands in the place of this one, which is put aside whole, and with it all
    // that it was told of the reader.
    let prefs = json!({ "fission.bfcacheInParent": false });
    capabilities.set("moz:firefoxOptions", json!({ "args": args, "prefs": prefs }))?;
    Ok((process, port, capabilities))
}

/// Starts Firefox once and ends it, to have a profile that is ready: making an empty one ready takes it as
/// long as most scenarios. It has been nowhere. Scenarios start with copies until the folder is dropped.
pub(crate) fn make_ready() -> Result<TempDir> {
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

/// Makes a profile in a folder: of one that is ready, or empty.
fn new_profile(folder: &Path) -> io::Result<PathBuf> {
    let profile = profile_in(folder);
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

/// Tells the browser of the reader's device and preferences. The processor stays as fast as it is.
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
