//! Builds the newsroom for the end-to-end tests: as Trunk builds it for developers, with the files that
//! publishers upload copied over it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Run, Step, dist};
use crate::call::Call;
use crate::dist::{FRAME, FRAMES, MANIFEST, PRELOAD, Recipe, STYLESHEET, is_chunk, write_preload};
use crate::file_io;
use crate::tools::Tool;

/// The name of the step, on which the end-to-end tests depend.
pub(super) const NAME: &str = "site";

/// What `cargo xtask dist --nonce` would write as `preload.html`, for the scenarios.
const PRELOAD_WITH_NONCE: &str = "preload-with-nonce.html";

/// The placeholder that the server of the scenarios replaces.
const NONCE: &str = "{{ nonce | attr(\"csp\") }}";

pub(super) const STEP: Step = Step {
    name: NAME,
    title: "Build the newsroom",
    needs: &[Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::WasmOpt, Tool::Esbuild],
    in_browser: false,
    after: &[dist::NAME],
    run: |run| {
        let (site, upload) = (run.workspace.tested_site(), dist_folder(run)?);
        file_io::remove_folder(&site)?;
        Call::new("trunk")
            // All tools are provided, so Trunk has nothing to download.
            .args(["build", "--offline", "--dist"])
            .arg(&site)
            .folder(&run.workspace.root)
            .within(run.environment)
            .run()?;
        let files = files(&upload)?;
        if let Some(file) = files.iter().find(|file| is_required_on_site(file) && !site.join(file).is_file())
        {
            bail!(
                "Trunk does not build {}, which publishers upload: add it to www/index.html, so that the newsroom \
                 has the same layout",
                file.display()
            );
        }
        for file in files {
            let (from, to) = (upload.join(&file), site.join(&file));
            fs::copy(&from, &to)
                .with_context(|| format!("cannot copy {} to the newsroom", from.display()))?;
        }
        write_preload(&upload, Some(NONCE), &site.join(PRELOAD_WITH_NONCE))
    },
};

/// Returns the folder into which the step `dist` has put what publishers upload.
fn dist_folder(run: &Run<'_>) -> Result<PathBuf> {
    Ok(run.workspace.tested_dist(Recipe::best(run.environment)?.name()))
}

/// Returns whether the newsroom must have a file: false for compressed copies, for files that are meant for
/// publishers, for files of prerendered pages, of which the newsroom has none, and for chunks of the WebAssembly, which
/// Trunk builds whole.
fn is_required_on_site(file: &Path) -> bool {
    let is_compressed = file.extension().is_some_and(|extension| extension == "br" || extension == "gz");
    !is_compressed
        && !is_chunk(file)
        && ![MANIFEST, PRELOAD, STYLESHEET, FRAME, FRAMES].map(Path::new).contains(&file)
}

/// Returns all files under a folder, by their relative paths.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("cannot read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    Ok(files)
}
