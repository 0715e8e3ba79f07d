//! Shortens the names that the WebAssembly and its glue share.
//!
//! `wasm-bindgen` writes names such as `__wbg_setAttribute_f75317b2b5cabfb4` into both files. A hash does not
//! compress: with short names every reader downloads some 5 KB less.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::split::{self, Planned};
use super::wasm::{LOW_MEMORY_IS_UNUSED, Module, Names, Script, rewrite};
use super::{names, order, pack, script, segments};
use crate::call::{Call, Environment};
use crate::file_io;
use crate::workspace::Workspace;

/// The names that `wasm-opt` has given, as it reports them.
#[derive(Deserialize)]
struct Renamed {
    /// For each import: the name of its module, its old name and its new one.
    imports: Vec<(String, String, String)>,
    /// For each export: its old name and its new one.
    exports: Vec<(String, String)>,
}

/// The name that `wasm-opt` gives to the module of the imports.
const MODULE: &str = "a";

/// The name that the module gives itself, by which src/embed/loader/engine.js recognises its traps: a module that
/// was compiled from bytes has no URL, and the stacks of Chromium and WebKit name it instead.
const NAME_IN_STACKS: &str = "wasm/news-briefing";

/// Releases the WebAssembly, whose state is unreliable after a trap. Listeners and timers that it has
/// attached to the page then call functions that do nothing, and code that is still running in it finds its
/// memory.
const RETIRE: &str = "
export function retire() {
    const broken = wasm;
    const get = (_, name) => typeof broken[name] === 'function' ? () => [] : broken[name];
    wasm = new Proxy({}, { get });
}
";

/// Adds chunks to the WebAssembly, from which they import: one to the engine of the page, or several to an engine that
/// only `work` sees, and that ends with it. See `split/`.
const LINK: &str = "
const linked = new WeakSet();
function instantiate(chunk) {
    wasm = { ...wasm, ...new WebAssembly.Instance(chunk, { \"\": wasm }).exports };
}
export function link(chunk) {
    if (linked.has(chunk)) return;
    instantiate(chunk);
    linked.add(chunk);
}
export function apart(chunks, work) {
    const before = wasm;
    const forget = () => (cachedUint8ArrayMemory0 = cachedDataViewMemory0 = null);
    wasm = undefined;
    forget();
    try {
        initSync({ module: wasmModule });
        chunks.forEach(instantiate);
        return work(wasm);
    } finally {
        wasm = before;
        forget();
    }
}
export { wasmModule };
";

/// What the page uses of the engine; `wasmModule` is the module of the last call of `initSync`. The glue of everything else
/// is for chunks that the page calls itself.
const ENGINE: &str = "export { Embedded, apart, initSync, link, retire, wasmModule } from \"./whole.js\";\n";

/// Releases the instance and its memory; the next call of `initSync` creates another one.
const LET_GO: &str = "
export function letGo() {
    wasm = wasmInstance = undefined;
    cachedUint8ArrayMemory0 = cachedDataViewMemory0 = null;
}
";

/// The declarations in the glue that hold the WebAssembly and its memory.
const STATE_DECLARATIONS: [&str; 3] = [
    "let wasmModule, wasmInstance, wasm;",
    "let cachedUint8ArrayMemory0 = null;",
    "let cachedDataViewMemory0 = null;",
];

/// Gives short names to both files of a module, and minifies the glue. `chunks` are split off.
pub(super) fn shorten(
    module: &Module,
    chunks: &[Planned],
    names_of_functions: Names,
    from: &Script,
    folder: &Path,
    workspace: &Workspace,
    environment: &Environment,
) -> Result<Module> {
    let mut short =
        Module { wasm: folder.join("short.wasm"), glue: folder.join("glue.js"), chunks: Vec::new() };
    if names_of_functions == Names::Dropped {
        rewrite(&module.wasm, |wasm| order::named_in_order(wasm, &Planned::moved(chunks, wasm)?))?;
    }
    let printed = Call::new("wasm-opt")
        .args([LOW_MEMORY_IS_UNUSED, "-Oz"])
        .arg("--reorder-functions-by-name")
        .args(["--minify-imports-and-exports-and-modules", "--strip-target-features"])
        .arg(if names_of_functions == Names::Kept { "--debuginfo" } else { "--strip-debug" })
        .arg(&module.wasm)
        .arg("--output")
        .arg(&short.wasm)
        .within(environment)
        .read()?;
    let renamed: Renamed =
        serde_json::from_str(&printed).context("wasm-opt did not print the names that it gave")?;

    let glue = file_io::read_text(&module.glue)?;
    let names = renamed.names(&glue)?;
    let cache = folder.join("names.json");
    file_io::write(&cache, serde_json::to_vec(&names)?)?;
    // The names that esbuild may change, and their replacements.
    let pattern: Vec<&str> = names.keys().map(String::as_str).collect();
    let more =
        [format!("--mangle-props=^({})$", pattern.join("|")), format!("--mangle-cache={}", cache.display())];
    if names_of_functions == Names::Dropped {
        if let Script::Engine = from {
            short.chunks = split_off(&short.wasm, chunks, &renamed, folder)?;
            rewrite(&short.wasm, segments::joined)?;
            for wasm in std::iter::once(&short.wasm).chain(short.chunks.iter().map(|(_, wasm)| wasm)) {
                rewrite(wasm, |wasm| names::with_module_name(wasm, NAME_IN_STACKS))?;
            }
        }
        let capacity = pack::pack(&short.wasm, workspace, environment)?;
        let adapters = short.chunks.iter().filter(|(path, _)| split::is_adapter(path));
        pack::pack_chunks(adapters.map(|(_, adapter)| adapter.as_path()), capacity)?;
    }
    let needed = with_script(&module.glue, &glue, from, !short.chunks.is_empty(), folder)?;
    bundle(&needed, &short.glue, &format!("\"{}\"", integrity_of(&short)?), &more, workspace, environment)?;

    let glue = fs::read_to_string(&short.glue)?;
    fs::write(&short.glue, with_module(&glue, renamed.module()?)?)?;
    Ok(short)
}

/// Bundles the unchanged glue with the script that imports it; returns the path of the bundle.
pub(super) fn bundle_unchanged(
    module: &Module,
    from: &Script,
    folder: &Path,
    workspace: &Workspace,
    environment: &Environment,
) -> Result<PathBuf> {
    let glue = file_io::read_text(&module.glue)?;
    let needed = with_script(&module.glue, &glue, from, false, folder)?;
    let joined = folder.join("glue.js");
    bundle(&needed, &joined, &format!("\"{}\"", integrity_of(module)?), &[], workspace, environment)?;
    Ok(joined)
}

/// Bundles a script and everything it imports, into a folder. `INTEGRITY` is replaced by the given value.
pub(super) fn bundle_script(
    from: &Path,
    integrity: &str,
    folder: &Path,
    workspace: &Workspace,
    environment: &Environment,
) -> Result<PathBuf> {
    file_io::create_folder(folder)?;
    let to = folder.join("bundled.js");
    bundle(&copy_scripts(from, folder)?, &to, integrity, &[], workspace, environment)?;
    Ok(to)
}

/// Copies a script and the others of its folder; returns the path of the copy.
fn copy_scripts(script: &Path, folder: &Path) -> Result<PathBuf> {
    let sources = script.parent().context("a file is in a folder")?;
    for source in fs::read_dir(sources).with_context(|| format!("cannot read {}", sources.display()))? {
        let source = source?.path();
        if source.extension().is_some_and(|extension| extension == "js") {
            fs::copy(&source, folder.join(source.file_name().unwrap_or_default()))
                .with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(folder.join(script.file_name().unwrap_or_default()))
}

/// Returns the hash of the WebAssembly of a module.
fn integrity_of(module: &Module) -> Result<String> {
    let wasm = file_io::read(&module.wasm)?;
    Ok(super::integrity(&wasm))
}

/// Splits the chunks off a widget that few readers need; returns them with their published paths.
fn split_off(
    wasm: &Path,
    chunks: &[Planned],
    renamed: &Renamed,
    folder: &Path,
) -> Result<Vec<(&'static str, PathBuf)>> {
    let short_name = |name: &str| {
        let known = renamed.exports.iter().find(|(long, _)| long == name);
        let (_, short) = known.with_context(|| format!("the WebAssembly does not export {name}"))?;
        Ok(short.clone())
    };
    let (main, split_off) = Planned::split_off(chunks, &file_io::read(wasm)?, &short_name)?;
    file_io::write(wasm, main)?;
    let mut written = Vec::new();
    for (path, chunk) in split_off {
        let file = folder.join(path.rsplit('/').next().unwrap_or_default());
        file_io::write(&file, chunk)?;
        written.push((path, file));
    }
    Ok(written)
}

/// Writes the script that imports the glue, and a glue with the code that releases the WebAssembly and, if that
/// has chunks, links them; returns the path of that script.
fn with_script(at: &Path, glue: &str, from: &Script, has_chunks: bool, folder: &Path) -> Result<PathBuf> {
    ensure!(
        STATE_DECLARATIONS.iter().all(|kept| glue.contains(kept)),
        "wasm-bindgen now writes the glue differently: update STATE_DECLARATIONS in xtask/src/dist/glue.rs"
    );
    match from {
        Script::Engine => {
            let (more, exports) = if has_chunks {
                ([RETIRE, LINK].concat(), ENGINE)
            } else {
                (RETIRE.to_owned(), "export * from \"./whole.js\";\n")
            };
            // A copy, since the original must stay as wasm-bindgen has written it.
            let whole = at.with_file_name("whole.js");
            file_io::write(&whole, [glue, &more].concat())?;
            let needed = folder.join("main.js");
            file_io::write(&needed, exports)?;
            Ok(needed)
        }
        Script::File(file) => {
            file_io::write(at, [glue, LET_GO].concat())?;
            copy_scripts(file, folder)
        }
    }
}

/// Bundles and minifies a script with everything it imports. `INTEGRITY` is replaced by the given value, and
/// `news-briefing/` is the folder `src/embed`.
fn bundle(
    from: &Path,
    to: &Path,
    integrity: &str,
    more: &[String],
    workspace: &Workspace,
    environment: &Environment,
) -> Result<()> {
    let embed = workspace.root.join("src/embed");
    let own = [
        // Includes the scripts of the Rust code, which the glue would otherwise fetch one after the other.
        "--bundle".to_owned(),
        format!("--define:INTEGRITY={integrity}"),
        // The scripts to bundle are copies, from which a relative path would lead elsewhere.
        format!("--alias:news-briefing={}", embed.display()),
    ];
    script::minify(from, to, &[more, &own].concat(), environment)
}

impl Renamed {
    /// Returns the module from which everything is imported.
    fn module(&self) -> Result<&str> {
        let (module, ..) = self.imports.first().context("the WebAssembly imports nothing")?;
        match self.imports.iter().find(|(other, ..)| other != module) {
            None => Ok(module),
            Some((other, ..)) => bail!(
                "the glue imports from two modules, {module} and {other}: xtask/src/dist/glue.rs \
                can shorten the names of only one"
            ),
        }
    }

    /// Returns every old name with its new one. Fails if the glue uses one of the names for something else.
    fn names(&self, glue: &str) -> Result<BTreeMap<String, String>> {
        for (name, _) in &self.exports {
            let used = format!(".{name}");
            let all = glue.match_indices(&used).filter(|(at, found)| {
                let next = glue.get(at + found.len()..).and_then(|rest| rest.chars().next());
                !next.is_some_and(|next| next.is_alphanumeric() || next == '_' || next == '$')
            });
            for (at, _) in all {
                ensure!(
                    glue.get(..at).is_some_and(|before| before.ends_with("wasm")),
                    "`{name}` is exported by the WebAssembly, but the glue also uses the name for something else: \
                     export it under another name with `js_name`"
                );
            }
        }
        let imports = self.imports.iter().map(|(_, name, short)| (name, short));
        let exports = self.exports.iter().map(|(name, short)| (name, short));
        Ok(imports.chain(exports).map(|(name, short)| (name.clone(), short.clone())).collect())
    }
}

/// Replaces the name of the imported module in the glue by the short one.
fn with_module(glue: &str, module: &str) -> Result<String> {
    let long = format!("\"{module}\"");
    ensure!(
        glue.matches(&long).count() == 1,
        "the glue does not name {module} exactly once: wasm-bindgen may now write it differently"
    );
    Ok(glue.replacen(&long, &format!("\"{MODULE}\""), 1))
}
