//! `cargo xtask serve`: serves the demo newsroom and rebuilds it at every change.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};
use clap::Args;

use crate::call::Call;
use crate::failure::Failure;
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// The options of `serve`.
#[derive(Args)]
pub(crate) struct Options {
    /// The port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the newsroom in a browser
    #[arg(long)]
    open: bool,
    /// Build as for publication: smaller and faster code, but a slower build
    #[arg(long)]
    release: bool,
}

/// Provides the tools, then runs Trunk until it is stopped.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let toolbox = Toolbox::open(&workspace)?;
    let tools = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::WasmOpt, Tool::Esbuild];
    let environment = toolbox.provide_all(tools)?;
    require_free(options.port)?;

    println!(
        "\nThe newsroom will be at http://127.0.0.1:{}/ once it is built. Ctrl-C ends it.\n",
        options.port
    );
    let mut trunk = Call::new("trunk")
        .args(["serve", "--port", &options.port.to_string()])
        .folder(&workspace.root)
        .within(&environment);
    for (flag, given) in [("--open", options.open), ("--release", options.release)] {
        if given {
            trunk = trunk.arg(flag);
        }
    }
    trunk.exec()
}

/// Fails if the port is taken, before the user waits for a build.
fn require_free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).with_context(|| {
        Failure::new(
            format!("cannot listen on port {port}"),
            format!("choose a free one: `cargo xtask serve --port {}`", port.saturating_add(1)),
        )
    })
}
