//! Starts and sets up WebKitGTK, on its own X server because it has no headless mode.

use std::cell::Cell;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};
use rustix::process::Signal;
use serde_json::json;
use thirtyfour::WebDriver;

use crate::fonts::FontSet;
use crate::process::Process;
use crate::setup::Setup;
use crate::speech;
use crate::wait::until;

/// The size of the screen.
const SCREEN: (i64, i64) = (1600, 1200);

/// A window cannot be narrower than its header bar, so this style makes the bar narrower than any phone.
const NARROW_BAR: &str =
    "* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px }
button { margin: 0 -4px }";

/// The script that applies print styles to the screen.
const ON_PAPER: &str = include_str!("webkit_on_paper.js");

/// An X server, and the daemon that publishes the reader's preferences to its programs.
pub(crate) struct Desktop {
    display: String,
    print: Cell<bool>,
    settings: PathBuf,
    settings_daemon: Process,
    _server: Process,
}

impl Desktop {
    /// Starts the X server and the settings daemon.
    pub(crate) fn start(folder: &Path, setup: &Setup) -> Result<Self> {
        let (width, height) = SCREEN;
        let mut server = Process::start(Command::new("Xvfb").args([
            "-displayfd",
            "1",
            // Otherwise the server resets after its last client disconnects, and rejects clients that
            // connect meanwhile.
            "-noreset",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            &format!("{width}x{height}x24"),
        ]))?
        .with_graceful_shutdown();
        let display = server.wait_for_output("display", |line| line.trim().parse::<u32>().ok())?;
        let display = format!(":{display}");

        let bar = folder.join("config/gtk-3.0");
        fs::create_dir_all(&bar)?;
        fs::write(bar.join("gtk.css"), NARROW_BAR)?;

        let settings = folder.join("xsettings");
        write_settings(&settings, setup)?;
        let mut settings_daemon = Command::new("xsettingsd");
        let settings_daemon =
            Process::start(settings_daemon.arg("--config").arg(&settings).env("DISPLAY", &display))?;
        Ok(Self { display, print: Cell::new(setup.print), settings, settings_daemon, _server: server })
    }

    /// Starts WebKitWebDriver and returns its port. The driver does not report a port of its own choice,
    /// so it receives a port that was free a moment before; another program may take it first.
    pub(crate) async fn start_driver(&self, folder: &Path, fonts: FontSet) -> Result<(Process, u16)> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let program = std::env::var_os("WEBKITWEBDRIVER").unwrap_or_else(|| "WebKitWebDriver".into());
        let mut driver = Process::start(
            Command::new(program)
                .arg(format!("--port={port}"))
                .env("DISPLAY", &self.display)
                .env("GDK_BACKEND", "x11")
                .env("GSETTINGS_BACKEND", "memory")
                .env("NO_AT_BRIDGE", "1")
                .env("XDG_CACHE_HOME", folder.join("cache"))
                .env("XDG_CONFIG_HOME", folder.join("config"))
                .env("XDG_DATA_HOME", folder.join("data"))
                .envs(speech::variables(folder))
                .envs(fonts.variables(folder)?),
        )?;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            ensure!(!driver.has_ended()?, driver.state());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok((driver, port))
    }

    /// Makes the browser emulate the reader's device and preferences. The processor speed stays unchanged.
    pub(crate) async fn set_up(&self, driver: &WebDriver, setup: &Setup) -> Result<()> {
        self.print.set(setup.print);
        write_settings(&self.settings, setup)?;
        self.settings_daemon.signal(Signal::HUP)?;

        let (width, height) = setup.window;
        // Without a window manager, the window under the mouse has the keyboard focus. The mouse of the X
        // server rests in the middle of the screen, so the top left corner of the window, which is outside
        // of the page, is placed there.
        let (x, y) = (SCREEN.0 / 2 - 1, SCREEN.1 / 2 - 1);
        let bar = driver.execute("return outerHeight - innerHeight", vec![]).await?;
        let bar = u32::try_from(bar.json().as_u64().unwrap_or_default())?;
        driver.set_window_rect(x, y, width, height + bar).await?;
        let expected = json!([width, height, true, setup.dark, setup.reduced_motion]);
        let now = "const is = (query) => matchMedia(query).matches;
            return [innerWidth, innerHeight, document.hasFocus(), is('(prefers-color-scheme: dark)'),
                is('(prefers-reduced-motion: reduce)')]";
        until("size, focus, colour scheme and motion are as requested", async || {
            let now = driver.execute(now, vec![]).await?;
            ensure!(*now.json() == expected, "they are {} instead of {expected}", now.json());
            Ok(())
        })
        .await
    }

    /// Applies the print layout to content added since the setup, if requested; the driver cannot do so
    /// itself.
    pub(crate) async fn lay_out(&self, driver: &WebDriver) -> Result<()> {
        if self.print.get() {
            driver.execute(ON_PAPER, vec![]).await?;
        }
        Ok(())
    }
}

/// Writes the settings that xsettingsd publishes.
fn write_settings(settings: &Path, setup: &Setup) -> Result<()> {
    let theme = if setup.dark { "Adwaita-dark" } else { "Adwaita" };
    let animations = u8::from(!setup.reduced_motion);
    fs::write(settings, format!("Net/ThemeName \"{theme}\"\nGtk/EnableAnimations {animations}\n"))?;
    Ok(())
}
