//! How Firefox is started and set up.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Result, ensure};
use axum::http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::{Command as DriverCommand, ExtensionCommand};
use thirtyfour::{Capabilities, WebDriver};

use crate::setup::Setup;
use crate::wait::until;

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
pub(crate) fn capabilities() -> Result<Capabilities> {
    let mut capabilities = Capabilities::new();
    capabilities.set("moz:firefoxOptions", json!({ "args": ["-headless"] }))?;
    Ok(capabilities)
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
