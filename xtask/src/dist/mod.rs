//! `cargo xtask dist`: builds what publishers upload.
//!
//! The files have fixed names and places: `news-briefing.js`, which a page names, loads the rest from its own
//! folder. The demo newsroom has the same layout.

mod compressed;
mod disposable;
#[cfg(test)]
mod fixtures;
mod glue;
mod linked;
mod manifest;
pub(crate) mod names;
pub(crate) mod offset;
mod order;
mod pack;
mod paths;
mod preload;
mod recipe;
mod script;
mod segments;
mod split;
mod stylesheet;
mod unused;
mod wasm;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use sha2::{Digest, Sha256};

pub(crate) use self::manifest::{FILE as MANIFEST, Manifest};
pub(crate) use self::pack::pack;
pub(crate) use self::preload::FILE as PRELOAD;
pub(crate) use self::recipe::Recipe;
pub(crate) use self::split::is_chunk;
pub(crate) use self::wasm::{Names, Part, build_to_serve, build_wasm};
use crate::call::Environment;
use crate::file_io::{self, read};
use crate::progress::Progress;
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// The tools that the build needs.
pub(crate) const TOOLS: &[Tool] =
    &[Tool::WasmTarget, Tool::RustSrc, Tool::WasmBindgen, Tool::WasmOpt, Tool::Esbuild];

/// The loader, which a page names.
pub(crate) const LOADER: &str = "news-briefing.js";
/// The script between the loader and the WebAssembly.
pub(crate) const GLUE: &str = "wasm/news-briefing.js";
/// The WebAssembly; the stylesheet is in it.
pub(crate) const WASM: &str = "wasm/news-briefing_bg.wasm";
/// The stylesheet of prerendered briefings.
pub(crate) const STYLESHEET: &str = "news-briefing.css";
/// The script that fetches an article, and the interface strings to show it with.
pub(crate) const READING: &str = "reading.js";
/// The script that converts other JSON to canonical JSON, for pages that have other JSON. It loads chunks of the
/// WebAssembly.
pub(crate) const ADAPTERS: &str = "adapters.js";
/// The script that applies a file with the times of a recording to an article, and the WebAssembly behind it.
pub(crate) const TIMINGS: &str = "timings.js";
pub(crate) const TIMINGS_WASM: &str = "wasm/timings_bg.wasm";
/// The script that stores the reader's state for the next visit, for pages that enable this.
const PERSIST: &str = "persist.js";
/// The script that reads aloud, for pages that enable this.
const SPEECH: &str = "speech.js";
/// The script that plays the recording of an article.
const RECORDING: &str = "recording.js";
/// The scripts that show a long article and that redraw a briefing, each with a chunk of the WebAssembly.
const WITH_CHUNKS: [(&str, &str); 2] =
    [("long_article.js", "wasm/long_article.wasm"), ("redraw.js", "wasm/redraw.wasm")];
/// The chunk of the WebAssembly that links mentions. `split/` lists all chunks.
const MENTIONS: &str = "wasm/mentions.wasm";
/// The script that highlights the spoken word, if the times of words are known.
const HIGHLIGHT: &str = "highlight.js";
/// The script of everything that a briefing needs once it is played.
const PLAYING: &str = "playing.js";
/// The script that plays and seeks by keys, while the focus is inside.
const KEYS: &str = "keys.js";
/// The menu of the player, loaded when it is first opened.
const MENU: &str = "menu.js";
/// The script that scrolls to the place that the page's address names, for elements that enable this.
const DEEP_LINKS: &str = "deep_links.js";
/// The script that offers the next article, for articles that name one.
const NEXT: &str = "next.js";
/// The script of a page inside a frame.
pub(crate) const FRAME: &str = "frame.js";
/// The script of a page with such frames.
pub(crate) const FRAMES: &str = "frames.js";
const SCHEMA: &str = "briefing.schema.json";

/// The options of `dist`.
#[derive(Args)]
pub(crate) struct Options {
    /// Build with stable Rust, even if the small build is possible
    #[arg(long)]
    plain: bool,
    /// Write this text as the nonce of each line of preload.html that names a script, for pages whose policy
    /// allows scripts by a nonce
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
}

/// Builds into `dist/`, and prints the files with their sizes.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let toolbox = Toolbox::open(&workspace)?;
    let environment = toolbox.provide_all(TOOLS.iter().copied())?;
    let recipe = if options.plain { Recipe::Plain } else { Recipe::best(&environment)? };
    let folder = workspace.root.join("dist");
    let manifest = build(&workspace, &environment, recipe, options.nonce.as_deref(), &folder)?;
    manifest.print();
    println!("\nIn {}: {}", folder.display(), recipe.remark());
    Ok(())
}

/// Builds into a folder, which is emptied first.
pub(crate) fn build(
    workspace: &Workspace,
    environment: &Environment,
    recipe: Recipe,
    nonce: Option<&str>,
    folder: &Path,
) -> Result<Manifest> {
    let modules =
        wasm::build_each(workspace, environment, recipe, &[Part::Widget, Part::Timings], Names::Dropped)?;
    let [module, timings] = modules.as_slice() else { bail!("a module is missing") };
    let beside = timings.glue.with_file_name("adapters");
    let adapters_script = adapters_script(&module.chunks, &beside, workspace, environment)?;
    for module in &modules {
        let leaked = paths::leaked(&read(&module.wasm)?, workspace, environment)?;
        ensure!(leaked.is_empty(), "the WebAssembly contains paths of this machine: {leaked:?}");
    }

    let mut files = vec![
        (WASM.to_owned(), read(&module.wasm)?),
        (GLUE.to_owned(), read(&module.glue)?),
        (ADAPTERS.to_owned(), read(&adapters_script)?),
        (TIMINGS_WASM.to_owned(), read(&timings.wasm)?),
        (TIMINGS.to_owned(), read(&timings.glue)?),
        (STYLESHEET.to_owned(), stylesheet::stylesheet().into_bytes()),
        (SCHEMA.to_owned(), read(&workspace.root.join("www").join(SCHEMA))?),
    ];
    for (path, wasm) in &module.chunks {
        files.push(((*path).to_owned(), read(wasm)?));
    }
    let words = words(workspace)?;
    let script = |path: &str, define: Option<String>| {
        let to = module.glue.with_file_name("script.js");
        let more: Vec<String> = ["--bundle".to_owned()].into_iter().chain(define).collect();
        script::minify(&workspace.root.join("src/embed").join(path), &to, &more, environment)?;
        read(&to)
    };
    for path in [PERSIST, SPEECH, RECORDING, HIGHLIGHT, KEYS, MENU, DEEP_LINKS, NEXT, FRAME, FRAMES] {
        files.push((path.to_owned(), script(path, None)?));
    }
    // Each script has the hashes of the files that only it loads.
    let playing = script(PLAYING, Some(define(&hashes(&files, &[HIGHLIGHT, NEXT]))?))?;
    files.push((PLAYING.to_owned(), playing));
    for (path, chunk) in WITH_CHUNKS {
        let script = script(path, Some(define(&hashes(&files, &[chunk]))?))?;
        files.push((path.to_owned(), script));
    }
    let scripts = [PERSIST, SPEECH, RECORDING, KEYS, MENU, DEEP_LINKS, PLAYING, MENTIONS];
    let with_chunks = WITH_CHUNKS.map(|(path, _)| path);
    let mut known = hashes(&files, &[&scripts[..], &with_chunks].concat());
    known.insert(ADAPTERS, integrity(&read(&adapters_script)?));
    known.insert(TIMINGS, integrity(&read(&timings.glue)?));
    known.insert("words", integrity_of_words(&words));
    let reading = script(READING, Some(define(&known)?))?;
    files.push((READING.to_owned(), reading));
    // The loader is built last, when all other files are final. Hashes verify the files, and form addresses that a
    // browser may cache for ever.
    let loader = script(LOADER, Some(define(&hashes(&files, &[READING, GLUE, WASM]))?))?;
    files.push((LOADER.to_owned(), loader));
    files.extend(words);

    let progress = Progress::start("compressing");
    empty(folder)?;
    let mut manifest = Manifest::new(&workspace.version, recipe);
    for (path, bytes) in files {
        let (gzip, brotli) = (compressed::gzip(&bytes)?, compressed::smallest_brotli(&bytes)?);
        manifest.add(&path, &bytes, gzip.len(), brotli.len());
        for (suffix, content) in [("", &bytes), (".gz", &gzip), (".br", &brotli)] {
            write(&folder.join(format!("{path}{suffix}")), content)?;
        }
    }
    progress.done();
    write_preload(folder, nonce, &folder.join(PRELOAD))?;
    manifest.write(folder)?;
    Ok(manifest)
}

/// Writes the lines that preload the files in a folder, with a nonce if there is one.
pub(crate) fn write_preload(folder: &Path, nonce: Option<&str>, to: &Path) -> Result<()> {
    let mut hashes = BTreeMap::new();
    for path in [READING, GLUE, WASM] {
        hashes.insert(path, integrity(&read(&folder.join(path))?));
    }
    write(to, preload::links(&hashes, nonce).as_bytes())
}

/// Builds the script that loads the chunks of adapters, in a folder; returns its path. Without chunks, the engine is
/// whole.
pub(crate) fn adapters_script(
    chunks: &[(&str, PathBuf)],
    folder: &Path,
    workspace: &Workspace,
    environment: &Environment,
) -> Result<PathBuf> {
    let mut hashes = BTreeMap::new();
    for (path, chunk) in chunks {
        let name = path.strip_prefix("wasm/adapters_").and_then(|name| name.strip_suffix(".wasm"));
        if let Some(name) = name {
            hashes.insert(name, integrity(&read(chunk)?));
        }
    }
    let integrity = if hashes.is_empty() { "null".to_owned() } else { serde_json::to_string(&hashes)? };
    let from = workspace.root.join("src/adapters/convert.js");
    glue::bundle_script(&from, &integrity, folder, workspace, environment)
}

/// Returns the option of esbuild that gives a script the hashes of files.
fn define(known: &BTreeMap<&str, String>) -> Result<String> {
    Ok(format!("--define:HASHES={}", serde_json::to_string(known)?))
}

/// Returns the hash of each file that a script verifies, by path. Readers download the hashes with the
/// script, so they are of the shortest suitable kind.
fn hashes<'files>(files: &'files [(String, Vec<u8>)], checked: &[&str]) -> BTreeMap<&'files str, String> {
    files
        .iter()
        .filter(|(path, _)| checked.contains(&path.as_str()))
        .map(|(path, bytes)| (path.as_str(), integrity(bytes)))
        .collect()
}

/// Returns the hash of a file in the form of the attribute `integrity`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// Returns the beginning of the hash of all interface strings together, as long as what addresses need of it.
fn integrity_of_words(words: &[(String, Vec<u8>)]) -> String {
    let all: Vec<u8> = words.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    integrity(&all).chars().take("sha256-".len() + 8).collect()
}

/// Returns the interface strings of each language, by path, without the whitespace that is for translators.
fn words(workspace: &Workspace) -> Result<Vec<(String, Vec<u8>)>> {
    let folder = workspace.root.join("src/view/words");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let words: serde_json::Value = serde_json::from_slice(&read(&path)?)
                .with_context(|| format!("{} is not JSON", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push((format!("words/{name}"), serde_json::to_vec(&words)?));
        }
    }
    // Directories list their files in no particular order.
    files.sort();
    Ok(files)
}

fn empty(folder: &Path) -> Result<()> {
    file_io::remove_folder(folder)?;
    file_io::create_folder(folder)
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        file_io::create_folder(folder)?;
    }
    file_io::write(path, content)
}
