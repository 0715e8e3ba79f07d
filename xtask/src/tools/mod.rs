//! Provides the tools that the project needs: each tool is looked up on `PATH`, then in the cache,
//! and is installed into the cache if it is in neither.

mod axe_core;
mod biome;
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
mod rustup;
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
    /// `wasm-bindgen` and its test runner, in the version of the library.
    WasmBindgen,
    /// `wasm-opt`.
    WasmOpt,
    /// `esbuild`, which bundles and minifies scripts.
    Esbuild,
    /// `biome`, which finds mistakes in scripts.
    Biome,
    /// The accessibility checker that runs inside a page.
    AxeCore,
    /// `html-validate`, which checks markup against the HTML standard.
    HtmlValidate,
    /// `cargo deny`, which checks dependencies against deny.toml.
    CargoDeny,
    /// Fonts for the writing systems of the newsroom.
    Fonts,
    /// Voices, and a sound server without a loudspeaker.
    Speech,
    /// React, Vue, Svelte and Angular, with their compilers.
    Frameworks,
    /// A player and footnotes by others, with which the bench compares.
    Peers,
    /// The newest and the oldest supported WordPress, and the PHP that runs them.
    WordPress,
    /// Ghost, with the package that stores its data in SQLite.
    Ghost,
    /// The browser of an engine, with its driver.
    Browser(Engine),
}

/// A provided tool.
pub(crate) struct Provided {
    /// The tool with its version, for messages.
    pub(crate) name: String,
    /// The environment in which programs find it.
    pub(crate) environment: Environment,
}

/// Provides tools, from this machine or by installing them.
pub(crate) struct Toolbox<'a> {
    workspace: &'a Workspace,
    cache: Cache,
}

impl<'a> Toolbox<'a> {
    /// Opens the cache of this machine, for the versions of this workspace.
    pub(crate) fn open(workspace: &'a Workspace) -> Result<Self> {
        Ok(Self { workspace, cache: Cache::open()? })
    }

    /// Finds a tool, or installs it if it is missing, and prints its name.
    pub(crate) fn provide(&self, tool: Tool) -> Result<Environment> {
        let provided = match tool {
            Tool::WasmTarget => wasm_target::provide(self),
            Tool::RustSrc => rust_src::provide(self),
            Tool::Trunk => trunk::provide(self),
            Tool::WasmBindgen => wasm_bindgen::provide(self),
            Tool::WasmOpt => wasm_opt::provide(self),
            Tool::Esbuild => esbuild::provide(self),
            Tool::Biome => biome::provide(self),
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

    /// Finds several tools, or installs those that are missing; returns their common environment.
    pub(crate) fn provide_all(&self, tools: impl IntoIterator<Item = Tool>) -> Result<Environment> {
        let mut environment = Environment::default();
        for tool in tools {
            environment.extend(self.provide(tool)?);
        }
        Ok(environment)
    }
}
