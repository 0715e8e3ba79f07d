//! The folders of the workspace, and the pinned versions.

use std::path::PathBuf;

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use serde_json::Value;

use crate::file_io;

/// The workspace in which the command was called.
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's build folder, wherever it is configured to be.
    pub(crate) target: PathBuf,
    /// The version of the package `news-briefing`.
    pub(crate) version: String,
    /// The table `[workspace.metadata.tools]`.
    tools: Value,
}

impl Workspace {
    /// Finds the workspace with Cargo, which knows all ways to configure a workspace and its build
    /// folder.
    pub(crate) fn find() -> Result<Self> {
        let metadata = MetadataCommand::new().no_deps().exec().context("cannot read the workspace")?;
        let package = metadata.packages.iter().find(|package| package.name == "news-briefing");
        Ok(Self {
            version: package.context("the workspace has no package news-briefing")?.version.to_string(),
            root: metadata.workspace_root.into(),
            target: metadata.target_directory.into(),
            tools: metadata.workspace_metadata.get("tools").cloned().unwrap_or_default(),
        })
    }

    /// Returns the version of a tool that Cargo.toml pins under `[workspace.metadata.tools]`.
    pub(crate) fn pinned(&self, tool: &str) -> Result<String> {
        self.tools
            .get(tool)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.toml has no version of {tool} under [workspace.metadata.tools]"))
    }

    /// Returns the version of a library in Cargo.lock.
    pub(crate) fn locked(&self, package: &str) -> Result<String> {
        self.read_toml("Cargo.lock")?
            .get("package")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
            .and_then(|entry| entry.get("version")?.as_str())
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock has no {package}"))
    }

    /// Returns the folder of the newsroom that the tests use. `trunk serve` builds into another
    /// one, so that neither overwrites the other's files.
    pub(crate) fn tested_site(&self) -> PathBuf {
        self.target.join("newsroom-tested")
    }

    /// Returns the build folder of the other modules of the newsroom that Trunk builds.
    pub(crate) fn served_adapters(&self) -> PathBuf {
        self.target.join("adapters")
    }

    /// Returns the folder of the built applications into which the tests put briefings.
    pub(crate) fn applications(&self) -> PathBuf {
        self.target.join("applications")
    }

    /// Returns the path where Cargo builds the native command.
    pub(crate) fn command(&self) -> PathBuf {
        self.target.join("debug/news-briefing")
    }

    /// Returns Cargo's build folder of published files, one for each recipe.
    pub(crate) fn dist_target(&self, recipe: &str) -> PathBuf {
        self.target.join("dist").join(recipe)
    }

    /// Returns the folder of published files that the tests use, one for each recipe.
    pub(crate) fn tested_dist(&self, recipe: &str) -> PathBuf {
        self.dist_target(recipe).join("files")
    }

    fn read_toml(&self, file: &str) -> Result<toml::Table> {
        let path = self.root.join(file);
        file_io::read_text(&path)?.parse().with_context(|| format!("cannot parse {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    /// Trunk downloads a tool by itself if Trunk.toml names another version than the installed one,
    /// so both files must name the same.
    #[test]
    fn trunk_uses_the_installed_tool_versions() {
        let workspace = Workspace::find().unwrap();
        let trunk = workspace.read_toml("Trunk.toml").unwrap();
        let tool = |name: &str| trunk.get("tools").unwrap().get(name).unwrap().as_str().unwrap().to_owned();

        let binaryen = workspace.pinned("binaryen").unwrap();
        let major = binaryen.split('.').next().unwrap();
        assert_eq!(tool("wasm_opt"), format!("version_{major}"));
        assert_eq!(tool("wasm_bindgen"), workspace.locked("wasm-bindgen").unwrap());

        let trunk_version = trunk.get("trunk-version").unwrap().as_str().unwrap();
        assert_eq!(trunk_version, format!("={}", workspace.pinned("trunk").unwrap()));
    }
}
