//! Where things are, and which versions are pinned.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use serde_json::Value;

/// The workspace that the command was called in.
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's build folder, wherever it was set to be.
    pub(crate) target: PathBuf,
    /// The version that is being made.
    pub(crate) version: String,
    /// `[workspace.metadata.tools]`.
    tools: Value,
}

impl Workspace {
    /// Asks Cargo, which knows of every way to move a workspace or its build folder.
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

    /// The version of a tool that Cargo.toml pins under `[workspace.metadata.tools]`.
    pub(crate) fn pinned(&self, tool: &str) -> Result<String> {
        self.tools
            .get(tool)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.toml has no version of {tool} under [workspace.metadata.tools]"))
    }

    /// The version of a library that Cargo.lock names.
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

    /// Where the newsroom that the tests look at is built. `trunk serve` builds elsewhere, so that
    /// neither overwrites the other's files.
    pub(crate) fn tested_site(&self) -> PathBuf {
        self.target.join("newsroom-tested")
    }

    /// Where the other modules of the newsroom are built that Trunk builds.
    pub(crate) fn served_adapters(&self) -> PathBuf {
        self.target.join("adapters")
    }

    /// Where the applications are built that the tests put briefings into.
    pub(crate) fn applications(&self) -> PathBuf {
        self.target.join("applications")
    }

    /// Where Cargo builds the native command.
    pub(crate) fn command(&self) -> PathBuf {
        self.target.join("debug/news-briefing")
    }

    /// Where Cargo builds what is published, one folder for each way of building it.
    pub(crate) fn dist_target(&self, recipe: &str) -> PathBuf {
        self.target.join("dist").join(recipe)
    }

    /// Where the files for publishers are that the tests look at, for each way of building them.
    pub(crate) fn tested_dist(&self, recipe: &str) -> PathBuf {
        self.dist_target(recipe).join("files")
    }

    fn read_toml(&self, file: &str) -> Result<toml::Table> {
        let path = self.root.join(file);
        read(&path)?.parse().with_context(|| format!("cannot parse {}", path.display()))
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    /// Trunk fetches a tool of its own choosing when Trunk.toml names another version than the one
    /// that is installed, so both files must name the same.
    #[test]
    fn trunk_uses_the_tools_that_are_installed() {
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
