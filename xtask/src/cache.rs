//! The folder outside the clone that holds the installed tools.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use etcetera::BaseStrategy;
use fs4::{FileExt, TryLockError};

use crate::file_io;

/// The environment variable that overrides where tools are kept.
const VARIABLE: &str = "NEWS_BRIEFING_TOOLS";

/// The installed tools, each in a folder named after the tool and its version, so that several
/// versions coexist.
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Opens the cache at `$NEWS_BRIEFING_TOOLS` or, without this variable, in the platform's cache
    /// folder.
    pub(crate) fn open() -> Result<Self> {
        let folder = match std::env::var_os(VARIABLE) {
            Some(folder) => {
                std::path::absolute(folder).context("$NEWS_BRIEFING_TOOLS is not a valid folder")?
            }
            None => etcetera::choose_base_strategy()
                .context("cannot find your home folder: set $NEWS_BRIEFING_TOOLS to where tools may be kept")?
                .cache_dir()
                .join("news-briefing/tools"),
        };
        file_io::create_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Returns the folder of a tool, whether it is installed or not.
    pub(crate) fn home(&self, tool: &str, version: &str) -> PathBuf {
        self.folder.join(format!("{tool}-{version}"))
    }

    /// Returns the folder of a tool; `fill` installs the tool if it is missing.
    ///
    /// `fill` works in a temporary folder that is renamed only after success, so that a killed
    /// installation leaves no incomplete tool. A second process that needs the same tool waits for
    /// the first.
    pub(crate) fn install(
        &self,
        tool: &str,
        version: &str,
        fill: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let home = self.home(tool, version);
        if home.is_dir() {
            return Ok(home);
        }
        let _lock = self.lock(tool, version)?;
        if home.is_dir() {
            return Ok(home);
        }
        let unfinished = self.folder.join(format!(".{tool}-{version}.unfinished"));
        file_io::remove_folder(&unfinished)?;
        file_io::create_folder(&unfinished)?;
        fill(&unfinished)?;
        fs::rename(&unfinished, &home).with_context(|| format!("cannot create {}", home.display()))?;
        Ok(home)
    }

    /// Locks a tool until the returned file is dropped.
    fn lock(&self, tool: &str, version: &str) -> Result<File> {
        let path = self.folder.join(format!(".{tool}-{version}.lock"));
        let file = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
        if let Err(TryLockError::WouldBlock) = FileExt::try_lock(&file) {
            println!("  waiting for another process that installs {tool} {version} …");
        }
        FileExt::lock(&file).with_context(|| format!("cannot lock {}", path.display()))?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Cache;

    fn empty(name: &str) -> Cache {
        let folder = std::env::temp_dir().join(format!("news-briefing-cache-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Cache { folder }
    }

    #[test]
    fn a_tool_is_installed_once() {
        let cache = empty("once");
        let home = cache.install("tool", "1.0.0", |to| Ok(fs::write(to.join("tool"), "first")?)).unwrap();
        let again = cache.install("tool", "1.0.0", |_| panic!("is installed")).unwrap();
        assert_eq!(home, again);
        assert_eq!(fs::read_to_string(home.join("tool")).unwrap(), "first");
        fs::remove_dir_all(&cache.folder).unwrap();
    }

    #[test]
    fn a_failed_installation_can_be_repeated() {
        let cache = empty("failed");
        let failed = cache.install("tool", "1.0.0", |to| {
            fs::write(to.join("half"), "a tool")?;
            anyhow::bail!("no network")
        });
        assert!(failed.is_err());
        assert!(!cache.home("tool", "1.0.0").exists());

        let home = cache.install("tool", "1.0.0", |to| Ok(fs::write(to.join("tool"), "whole")?)).unwrap();
        assert!(home.join("tool").exists());
        assert!(!home.join("half").exists());
        fs::remove_dir_all(&cache.folder).unwrap();
    }

    #[test]
    fn versions_coexist() {
        let cache = empty("versions");
        let old = cache.install("tool", "1.0.0", |_| Ok(())).unwrap();
        let new = cache.install("tool", "2.0.0", |_| Ok(())).unwrap();
        assert!(old.is_dir() && new.is_dir() && old != new);
        fs::remove_dir_all(&cache.folder).unwrap();
    }
}
