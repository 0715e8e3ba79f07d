//! What the project needs and does not bring: each tool is looked for on `PATH`, then in the
//! cache, and installed into the cache when it is in neither.

mod axe_core;
mod cargo_deny;
mod cargo_install;
mod chromium;
mod debian;
mod debian_rust;
mod esbuild;
mod firefox;
mod fonts;
mod frameworks;
mod geckodriver;
mod ghost;
mod html_validate;
mod npm;
mod on_path;
mod peers;
pub(crate) mod rust_src;
mod speech;
mod trunk;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_target;
mod webkit;
mod wordpress;
mod xvfb;

pub(crate) use frameworks::MODULES as FRAMEWORKS;
pub(crate) use ghost::FOLDER as GHOST;
pub(crate) use wasm_target::TARGET;
pub(crate) use webkit::DRIVER as WEBKIT_DRIVER;
pub(crate) use wordpress::{FOLDER as WORDPRESS, OLDEST_FOLDER as OLDEST_WORDPRESS};
pub(crate) use xvfb::Screen;

use anyhow::Result;
use console::style;

use crate::cache::Cache;
use crate::call::Environment;
use crate::engine::Engine;
use crate::workspace::Workspace;

/// A tool that a step or a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The standard library for `wasm32-unknown-unknown`.
    WasmTarget,
    /// The source of the standard library, for the small build.
    RustSrc,
    /// `trunk`, which builds and serves the newsroom.
    Trunk,
    /// `wasm-bindgen` and its test runner, in the library's version.
    WasmBindgen,
    /// `wasm-opt`.
    WasmOpt,
    /// `esbuild`, which makes scripts smaller.
    Esbuild,
    /// The accessibility checker that runs inside a page.
    AxeCore,
    /// `html-validate`, which knows the rules of HTML.
    HtmlValidate,
    /// `cargo deny`, which holds dependencies to deny.toml.
    CargoDeny,
    /// Fonts for the newsroom's scripts.
    Fonts,
    /// Voices, and sound that goes nowhere.
    Speech,
    /// React, Vue, Svelte and Angular, with their compilers.
    Frameworks,
    /// A player and footnotes by others, which the bench measures against.
    Peers,
    /// WordPress, its newest and its oldest, and the PHP that runs them.
    WordPress,
    /// Ghost, with what it needs to keep its data in SQLite.
    Ghost,
    /// The browser of an engine, with its driver.
    Browser(Engine),
}

/// A tool that is there: which, and what programs need in their environment to find it.
pub(crate) struct Provided {
    /// The tool with its version, for people.
    pub(crate) name: String,
    /// How it is found.
    pub(crate) environment: Environment,
}

/// Where tools are taken from.
pub(crate) struct Toolbox<'a> {
    workspace: &'a Workspace,
    cache: Cache,
}

impl<'a> Toolbox<'a> {
    /// The cache of this machine and the versions of this workspace.
    pub(crate) fn open(workspace: &'a Workspace) -> Result<Self> {
        Ok(Self { workspace, cache: Cache::open()? })
    }

    /// Finds a tool, installing it when it is missing, and says so.
    pub(crate) fn provide(&self, tool: Tool) -> Result<Environment> {
        let provided = match tool {
            Tool::WasmTarget => wasm_target::provide(self),
            Tool::RustSrc => rust_src::provide(self),
            Tool::Trunk => trunk::provide(self),
            Tool::WasmBindgen => wasm_bindgen::provide(self),
            Tool::WasmOpt => wasm_opt::provide(self),
            Tool::Esbuild => esbuild::provide(self),
            Tool::AxeCore => axe_core::provide(self),
            Tool::HtmlValidate => html_validate::provide(self),
            Tool::CargoDeny => cargo_deny::provide(self),
            Tool::Fonts => fonts::provide(),
            Tool::Speech => speech::provide(),
            Tool::Frameworks => frameworks::provide(self),
            Tool::Peers => peers::provide(self),
            Tool::WordPress => wordpress::provide(self),
            Tool::Ghost => ghost::provide(self),
            Tool::Browser(Engine::Chromium) => chromium::provide(),
            Tool::Browser(Engine::Firefox) => firefox::provide(self),
            Tool::Browser(Engine::WebKit) => webkit::provide(),
        }?;
        println!("  {} {}", style("✓").green(), provided.name);
        Ok(provided.environment)
    }
}
