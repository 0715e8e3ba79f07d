//! `cargo xtask dist`: what a publisher uploads.
//!
//! The files keep their names and their places: `news-briefing.js`, which a page names, finds the rest
//! from beside it. The demo newsroom has the same layout.

mod compressed;
mod glue;
mod manifest;
pub(crate) mod names;
mod order;
mod paths;
mod preload;
mod recipe;
mod script;
mod stylesheet;
mod unused;
mod wasm;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use clap::Args;
use sha2::{Digest, Sha256};

pub(crate) use self::manifest::{FILE as MANIFEST, Manifest};
pub(crate) use self::preload::FILE as PRELOAD;
pub(crate) use self::recipe::Recipe;
pub(crate) use self::wasm::{Module, Names, Part, build_to_serve, build_wasm};
use crate::call::Environment;
use crate::progress::Progress;
use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// The tools that it takes.
pub(crate) const TOOLS: &[Tool] =
    &[Tool::WasmTarget, Tool::RustSrc, Tool::WasmBindgen, Tool::WasmOpt, Tool::Esbuild];

/// The file that a page names.
pub(crate) const LOADER: &str = "news-briefing.js";
/// The script between the loader and the WebAssembly.
pub(crate) const GLUE: &str = "wasm/news-briefing.js";
/// The WebAssembly; the stylesheet is in it.
pub(crate) const WASM: &str = "wasm/news-briefing_bg.wasm";
/// The stylesheet of what is rendered ahead.
pub(crate) const STYLESHEET: &str = "news-briefing.css";
/// What reads an article, and the words to show it in.
pub(crate) const READING: &str = "reading.js";
/// What makes canonical JSON of what a CMS sends, where a page has other JSON, and the WebAssembly behind it: one for each
/// family of formats, by its name.
pub(crate) const ADAPTERS: &str = "adapters.js";
pub(crate) const FAMILIES: [(&str, Part, &str); 3] = [
    ("blog", Part::AdaptersBlog, "wasm/adapters_blog_bg.wasm"),
    ("headless", Part::AdaptersHeadless, "wasm/adapters_headless_bg.wasm"),
    ("news", Part::AdaptersNews, "wasm/adapters_news_bg.wasm"),
];
/// What lays the times of a recording over an article, where they stand in a file, and the WebAssembly behind it.
pub(crate) const TIMINGS: &str = "timings.js";
pub(crate) const TIMINGS_WASM: &str = "wasm/timings_bg.wasm";
/// What keeps things for a reader's next visit, where a page wants that.
const PERSIST: &str = "persist.js";
/// What reads aloud, where a page wants that.
const SPEECH: &str = "speech.js";
/// What plays the recording of an article that has one.
const RECORDING: &str = "recording.js";
/// What lights the word that is heard, where the times of words are known.
const HIGHLIGHT: &str = "highlight.js";
/// What a briefing has once it is played.
const PLAYING: &str = "playing.js";
/// What plays and seeks by keys, where the focus is inside.
const KEYS: &str = "keys.js";
/// The menu of the player, once it is opened.
const MENU: &str = "menu.js";
/// What leads to the place that the page's address names, where an element wants that.
const DEEP_LINKS: &str = "deep_links.js";
/// What offers the next article, where one names one.
const NEXT: &str = "next.js";
/// The script of a page that stands in a frame.
pub(crate) const FRAME: &str = "frame.js";
/// The script of a page with such frames.
pub(crate) const FRAMES: &str = "frames.js";
const SCHEMA: &str = "briefing.schema.json";

/// How to build.
#[derive(Args)]
pub(crate) struct Options {
    /// Build with stable Rust as it comes, though the small build could be made
    #[arg(long)]
    plain: bool,
    /// Write this text as the nonce of each line of preload.html that names a script, for pages whose policy
    /// allows scripts by one
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
}

/// Builds into `dist/` and prints what lies there.
pub(crate) fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::find()?;
    let toolbox = Toolbox::open(&workspace)?;
    let mut environment = Environment::default();
    for tool in TOOLS {
        environment.extend(toolbox.provide(*tool)?);
    }
    let recipe = if options.plain { Recipe::Plain } else { Recipe::best(&environment)? };
    let folder = workspace.root.join("dist");
    let manifest = build(&workspace, &environment, recipe, options.nonce.as_deref(), &folder)?;
    manifest.print();
    println!("\nIn {}: {}", folder.display(), recipe.remark());
    Ok(())
}

/// Builds into a folder, which is emptied before.
pub(crate) fn build(
    workspace: &Workspace,
    environment: &Environment,
    recipe: Recipe,
    nonce: Option<&str>,
    folder: &Path,
) -> Result<Manifest> {
    let parts: Vec<Part> =
        [Part::Widget, Part::Timings].into_iter().chain(FAMILIES.map(|(_, part, _)| part)).collect();
    let modules = wasm::build_each(workspace, environment, recipe, &parts, Names::Dropped)?;
    let [module, timings, adapters @ ..] = modules.as_slice() else { bail!("a module is missing") };
    let adapters_script = adapters_script(workspace, environment, adapters)?;
    for module in &modules {
        let told = paths::told(&read(&module.wasm)?, workspace, environment)?;
        ensure!(told.is_empty(), "the WebAssembly contains paths of this machine: {told:?}");
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
    for ((_, _, path), module) in FAMILIES.iter().zip(adapters) {
        files.push(((*path).to_owned(), read(&module.wasm)?));
    }
    let words = words(workspace)?;
    let script = |path: &str, define: Option<String>| {
        let to = module.glue.with_file_name("script.js");
        let more: Vec<String> = ["--bundle".to_owned()].into_iter().chain(define).collect();
        script::minify(&workspace.root.join("src/embed").join(path), &to, &more, environment)?;
        read(&to)
    };
    for path in [PERSIST, SPEECH, RECORDING, HIGHLIGHT, KEYS, MENU, DEEP_LINKS, NEXT, PLAYING, FRAME, FRAMES]
    {
        files.push((path.to_owned(), script(path, None)?));
    }
    // What only this one asks for, it knows by itself: the loader is on every page.
    let mut known = hashes(&files, &[SPEECH, RECORDING, HIGHLIGHT, KEYS, MENU, DEEP_LINKS, NEXT, PLAYING]);
    known.insert(ADAPTERS, integrity(&read(&adapters_script)?));
    known.insert(TIMINGS, integrity(&read(&timings.glue)?));
    let reading = script(READING, Some(format!("--define:HASHES={}", serde_json::to_string(&known)?)))?;
    files.push((READING.to_owned(), reading));
    // Last, when every other file is what it will be: it knows whether it got the right ones, and at which
    // address a browser may keep them for ever.
    let mut known = hashes(&files, &[READING, PERSIST, GLUE, WASM]);
    let preload = preload::links(&known, nonce);
    known.insert("words", hash_of_words(&words));
    let known = serde_json::to_string(&known)?;
    let loader = script(LOADER, Some(format!("--define:HASHES={known}")))?;
    files.push((LOADER.to_owned(), loader));
    files.extend(words);

    let progress = Progress::start("compressing");
    empty(folder)?;
    let mut manifest = Manifest::new(&workspace.version, recipe);
    for (path, bytes) in files {
        let (gzip, brotli) = (compressed::gzip(&bytes)?, compressed::brotli(&bytes)?);
        manifest.add(&path, &bytes, gzip.len(), brotli.len());
        for (suffix, content) in [("", &bytes), (".gz", &gzip), (".br", &brotli)] {
            write(&folder.join(format!("{path}{suffix}")), content)?;
        }
    }
    progress.done();
    write(&folder.join(PRELOAD), preload.as_bytes())?;
    manifest.write(folder)?;
    Ok(manifest)
}

/// Makes the script that fetches the modules of the families of formats, given in their order; where it is then.
pub(crate) fn adapters_script(
    workspace: &Workspace,
    environment: &Environment,
    modules: &[Module],
) -> Result<PathBuf> {
    let named: Vec<(&str, &Module)> = FAMILIES.iter().map(|(name, ..)| *name).zip(modules).collect();
    let beside = modules.first().and_then(|module| module.glue.parent()).context("there are modules")?;
    let from = workspace.root.join("src/adapters/convert.js");
    glue::gather(&named, &from, &beside.join("adapters"), environment)
}

/// The hash of each file that a script checks, by its path. It travels in the script, so it is the
/// shortest that serves.
fn hashes<'files>(files: &'files [(String, Vec<u8>)], checked: &[&str]) -> BTreeMap<&'files str, String> {
    files
        .iter()
        .filter(|(path, _)| checked.contains(&path.as_str()))
        .map(|(path, bytes)| (path.as_str(), integrity(bytes)))
        .collect()
}

/// The hash of a file, as the attribute `integrity` has it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// A short hash of all words together.
fn hash_of_words(words: &[(String, Vec<u8>)]) -> String {
    let all: Vec<u8> = words.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    BASE64_URL_SAFE.encode(Sha256::digest(&all)).chars().take(8).collect()
}

/// The words of each language, without the space that is for translators, by their paths.
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
    // Folders tell their files in no order.
    files.sort();
    Ok(files)
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
