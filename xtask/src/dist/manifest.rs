//! The list of the files in `dist/`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use console::style;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha384};

use super::{GLUE, LOADER, READING, Recipe, WASM};

use crate::file_io;

/// The name of the list, which is for publishers, not for readers.
pub(crate) const FILE: &str = "manifest.json";

/// Every file with its sizes and its hash.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of the project.
    version: String,
    /// Which build it is.
    pub(crate) build: Recipe,
    /// The total of what every reader of a briefing in English downloads: scripts and WebAssembly.
    pub(crate) whole: Sizes,
    /// The files, by path.
    pub(crate) files: BTreeMap<String, Entry>,
}

/// The sizes of a file in bytes, uncompressed and compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sizes {
    /// Uncompressed.
    pub(crate) bytes: usize,
    /// Compressed by gzip.
    pub(crate) gzip: usize,
    /// Compressed by Brotli.
    pub(crate) brotli: usize,
}

/// A file in the manifest.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its sizes.
    #[serde(flatten)]
    pub(crate) sizes: Sizes,
    /// Its hash, in the form of the attribute `integrity`.
    integrity: String,
}

impl Manifest {
    /// Creates a manifest without files.
    pub(crate) fn new(version: &str, build: Recipe) -> Self {
        Self { version: version.to_owned(), build, whole: Sizes::default(), files: BTreeMap::new() }
    }

    /// Reads the manifest in a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let text = file_io::read(&path)?;
        serde_json::from_slice(&text).with_context(|| format!("{} is not a manifest", path.display()))
    }

    /// Writes the manifest into a folder.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(FILE);
        file_io::write(&path, serde_json::to_string_pretty(self)? + "\n")
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, path: &str, bytes: &[u8], gzip: usize, brotli: usize) {
        let sizes = Sizes { bytes: bytes.len(), gzip, brotli };
        if [LOADER, READING, GLUE, WASM].contains(&path) {
            self.whole.bytes += sizes.bytes;
            self.whole.gzip += sizes.gzip;
            self.whole.brotli += sizes.brotli;
        }
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)));
        self.files.insert(path.to_owned(), Entry { sizes, integrity });
    }

    /// Prints the sizes.
    pub(crate) fn print(&self) {
        println!("\n{}", style(format!("The {} build, in bytes", self.build.name())).bold());
        println!("{:>9} {:>9} {:>9}", "", "gzip", "brotli");
        let row = |name: &str, sizes: &Sizes| {
            println!("{:>9} {:>9} {:>9}  {name}", sizes.bytes, sizes.gzip, sizes.brotli);
        };
        for (path, entry) in &self.files {
            row(path, &entry.sizes);
        }
        row("what every reader downloads: scripts and WebAssembly", &self.whole);
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;
    use crate::dist::{LOADER, Recipe, WASM};

    #[test]
    fn the_total_counts_only_what_every_reader_downloads() {
        let mut manifest = Manifest::new("1.0.0", Recipe::Small);
        manifest.add(LOADER, b"loader", 5, 4);
        manifest.add(WASM, b"wasm", 3, 2);
        manifest.add("words/ar.json", b"{}", 1, 1);
        assert_eq!(manifest.whole.brotli, 6);
        assert_eq!(manifest.files.len(), 3);
    }

    /// `openssl dgst -sha384 -binary | openssl base64 -A` prints the same hash.
    #[test]
    fn integrity_hashes_match_those_of_browsers() {
        let mut manifest = Manifest::new("1.0.0", Recipe::Small);
        manifest.add(LOADER, b"alert('Hello, world.');", 0, 0);
        assert_eq!(
            manifest.files[LOADER].integrity,
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }

    #[test]
    fn a_written_manifest_can_be_read() {
        let mut manifest = Manifest::new("1.0.0", Recipe::Plain);
        manifest.add(LOADER, b"loader", 5, 4);
        let folder = std::env::temp_dir().join(format!("news-briefing-manifest-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        manifest.write(&folder).unwrap();
        assert_eq!(Manifest::read(&folder).unwrap(), manifest);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
