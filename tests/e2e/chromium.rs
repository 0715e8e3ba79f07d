//! Starts and sets up Chromium.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};

use crate::fonts::FontSet;
use crate::setup::Setup;
use crate::speech;

/// Returns the command for ChromeDriver, which takes a free port and reports which, with a folder
/// for its temporary files.
pub(crate) fn driver(folder: &Path, fonts: FontSet) -> Result<Command> {
    let mut command = Command::new(std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into()));
    command.arg("--port=0").env("TMPDIR", folder).envs(speech::variables(folder));
    command.envs(fonts.variables(folder)?);
    Ok(command)
}

/// Returns the capabilities of a headless browser that contacts no other hosts and keeps a console
/// log.
pub(crate) fn capabilities(profile: &Path, setup: &Setup) -> Result<Capabilities> {
    let (width, height) = setup.window;
    let mut args = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        // Without this switch there are no voices.
        "--enable-speech-dispatcher".to_owned(),
        // The shared memory of a container is often too small.
        "--disable-dev-shm-usage".to_owned(),
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={width},{height}"),
    ];
    if !setup.touch {
        // On a machine without a mouse, the browser would report that no pointer can hover.
        let mouse = "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4";
        args.push(format!("--blink-settings={mouse}"));
    }
    let mut capabilities = Capabilities::new();
    capabilities.set("goog:chromeOptions", json!({ "args": args }))?;
    capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
    Ok(capabilities)
}

/// Makes the browser emulate the reader's device and preferences.
pub(crate) async fn set_up(driver: &WebDriver, setup: &Setup) -> Result<()> {
    let cdp = driver.cdp();
    // A new tab is in the background until it is brought to the front.
    cdp.send_raw("Page.bringToFront", json!({})).await?;
    let (width, height) = setup.window;
    // A window cannot be as narrow as a phone; an emulated viewport can.
    cdp.send_raw(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": setup.touch }),
    )
    .await?;
    let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
    cdp.send_raw(
        "Emulation.setEmulatedMedia",
        json!({
            "media": if setup.print { "print" } else { "" },
            "features": [
                feature("prefers-color-scheme", if setup.dark { "dark" } else { "light" }),
                feature("prefers-reduced-motion", if setup.reduced_motion { "reduce" } else { "no-preference" }),
                feature("forced-colors", if setup.forced_colors { "active" } else { "none" }),
            ],
        }),
    )
    .await?;
    if setup.touch {
        let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
        cdp.send_raw("Emulation.setTouchEmulationEnabled", touch).await?;
    }
    if setup.slower > 1.0 {
        cdp.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": setup.slower })).await?;
    }
    Ok(())
}

/// Returns the errors in the browser's log that a script in the page cannot see. `watch.js` reports
/// the others.
pub(crate) async fn take_complaints(driver: &WebDriver) -> Result<Vec<String>> {
    let seen_in_the_page = |source: &str| ["console-api", "javascript", "security"].contains(&source);
    Ok(driver
        .browser_log()
        .await?
        .into_iter()
        .filter(|entry| entry.level == "SEVERE" && !entry.source.as_deref().is_some_and(seen_in_the_page))
        .map(|entry| format!("browser log: {}", entry.message))
        .collect())
}
