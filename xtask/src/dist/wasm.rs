//! Builds the WebAssembly from the Rust sources, and the glue for it.

use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use super::linked::Linked;
use super::split::Planned;
use super::{Recipe, disposable, glue, pack, split, unused};
use crate::call::{Call, Environment};
use crate::file_io;
use crate::progress::Progress;
use crate::tools::TARGET;
use crate::workspace::Workspace;

/// Whether functions keep their names. Readers need none; the code is the same either way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// For developers, who analyse the module.
    Kept,
    /// For readers, who download the module.
    Dropped,
}

/// A module as which the library is built.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// The element, with the adapters, which are split off.
    Widget,
    /// The module that applies the times of a recording to an article.
    Timings,
}

impl Part {
    /// Returns the name of its files.
    fn name(self) -> &'static str {
        match self {
            Self::Widget => "news-briefing",
            Self::Timings => "timings",
        }
    }

    /// Returns the arguments of Cargo that build it.
    pub(super) fn features(self) -> &'static [&'static str] {
        match self {
            Self::Widget => &["--features", "adapters"],
            Self::Timings => &["--no-default-features", "--features", "timings"],
        }
    }

    /// Returns which script to make of its glue.
    fn script(self, workspace: &Workspace) -> Script {
        match self {
            Self::Widget => Script::Engine,
            Self::Timings => Script::File(workspace.root.join("src/adapters/align_timings.js")),
        }
    }
}

/// The script to make of the glue.
pub(super) enum Script {
    /// What the page uses of the glue, without the function that would fetch and compile the WebAssembly: the loader has
    /// done so. In addition, `retire`, which ends the calls of a broken WebAssembly, and functions that add chunks.
    Engine,
    /// The exports of this file, which imports the glue with `letGo`, and other scripts of its folder.
    File(PathBuf),
}

/// The files of a built module.
pub(crate) struct Module {
    /// The WebAssembly.
    pub(crate) wasm: PathBuf,
    /// The script between the WebAssembly and the page.
    pub(crate) glue: PathBuf,
    /// The chunks that were split off the WebAssembly, with their published paths.
    pub(crate) chunks: Vec<(&'static str, PathBuf)>,
}

/// Builds a module as small as it is published, inside of the build folder.
pub(crate) fn build_wasm(
    workspace: &Workspace,
    environment: &Environment,
    recipe: Recipe,
    part: Part,
    names: Names,
) -> Result<Module> {
    let built = build_each(workspace, environment, recipe, &[part], names)?;
    built.into_iter().next().context("it is one module")
}

/// Builds several modules and returns them in the same order. The compiler needs only one core to link a
/// module; meanwhile the previous module is optimised.
pub(super) fn build_each(
    workspace: &Workspace,
    environment: &Environment,
    recipe: Recipe,
    parts: &[Part],
    names: Names,
) -> Result<Vec<Module>> {
    thread::scope(|scope| {
        let mut tasks = Vec::with_capacity(parts.len());
        for part in parts {
            let compiled = Compiled::of(workspace, environment, recipe, *part, names)?;
            tasks.push(scope.spawn(move || compiled.finish(workspace, environment, names)));
        }
        let progress = Progress::start("optimising the WebAssembly for size");
        let modules = tasks.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)));
        let modules = modules.collect::<Result<_>>()?;
        progress.done();
        Ok(modules)
    })
}

/// A module with its glue, before it is optimised.
struct Compiled {
    part: Part,
    bound: Module,
    /// The chunks to split off.
    chunks: Vec<Planned>,
    /// The folder of both.
    folder: PathBuf,
    /// The path, without a suffix, of the cached result of optimisation.
    cache: PathBuf,
}

impl Compiled {
    /// Compiles a module. Cargo writes the next module to the same path, so it is processed in another
    /// folder.
    fn of(
        workspace: &Workspace,
        environment: &Environment,
        recipe: Recipe,
        part: Part,
        names: Names,
    ) -> Result<Self> {
        recipe.cargo(part, workspace, environment)?.run()?;
        let target = workspace.dist_target(recipe.name());
        let mut built = target.join(TARGET).join("release/news_briefing.wasm");
        let folder = target.join(if names == Names::Kept { "named" } else { "bound" }).join(part.name());
        let mut chunks = Vec::new();
        if part == Part::Widget {
            // Before the glue is generated, so that the glue omits imports that only unused functions need.
            let trapped = target.join("trapped.wasm");
            fs::copy(&built, &trapped).with_context(|| format!("cannot copy {}", built.display()))?;
            rewrite(&trapped, |wasm| {
                let linked = Linked::read(wasm)?;
                ensure!(linked.has_relocations, "the linker has kept no relocations");
                chunks = Planned::all(&linked);
                let wasm = unused::with_traps(wasm, &linked)?;
                disposable::without_destructors(&wasm, &split::disposable(&linked))
            })?;
            built = trapped;
        }
        let bound = bind(&built, part, &folder, environment)?;
        let cache = target.join("optimised");
        file_io::create_folder(&cache)?;
        Ok(Self { part, bound, chunks, folder, cache: cache.join(part.name()) })
    }

    /// Optimises the module for size.
    fn finish(self, workspace: &Workspace, environment: &Environment, names: Names) -> Result<Module> {
        let Self { part, bound, chunks, folder, cache } = self;
        let wasm = folder.join(format!("{}.wasm", part.name()));
        let bound_wasm = bound.wasm;
        let module = Module { wasm, glue: bound.glue, chunks: bound.chunks };
        optimise(&bound_wasm, &module.wasm, &cache, environment)?;
        glue::shorten(&module, &chunks, names, &part.script(workspace), &folder, workspace, environment)
    }
}

/// Builds a module without optimising it, in the profile in which Trunk builds the widget: for the
/// developers' newsroom, where it should be ready soon and may be large.
pub(crate) fn build_to_serve(
    workspace: &Workspace,
    environment: &Environment,
    is_release: bool,
    part: Part,
) -> Result<Module> {
    // A folder of its own: in Trunk's folder, each build would wait for the other and undo what the other
    // built.
    let target = workspace.served_adapters();
    let mut cargo = Call::new("cargo")
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--target", TARGET])
        .args(part.features())
        .folder(&workspace.root)
        .within(environment)
        .var("CARGO_TARGET_DIR", &target);
    if is_release {
        cargo = cargo.arg("--release");
    }
    cargo.run()?;
    let profile = if is_release { "release" } else { "debug" };
    let built = target.join(TARGET).join(profile).join("news_briefing.wasm");
    let folder = target.join("bound").join(profile).join(part.name());
    let bound = bind(&built, part, &folder, environment)?;
    // As in a published module, so that the same scripts can load it.
    pack::pack(&bound.wasm, workspace, environment)?;
    let glue = glue::bundle_unchanged(&bound, &part.script(workspace), &folder, workspace, environment)?;
    Ok(Module { glue, ..bound })
}

/// Generates the glue of a built module with wasm-bindgen, into a folder that is emptied first.
fn bind(built: &Path, part: Part, folder: &Path, environment: &Environment) -> Result<Module> {
    file_io::remove_folder(folder)?;
    Call::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-debug", "--no-demangle"])
        .args(["--out-name", part.name(), "--out-dir"])
        .arg(folder)
        .arg(built)
        .within(environment)
        .run_quietly()?;
    let file = |suffix: &str| folder.join(format!("{}{suffix}", part.name()));
    Ok(Module { wasm: file("_bg.wasm"), glue: file(".js"), chunks: Vec::new() })
}

/// Replaces a module by a changed one.
pub(super) fn rewrite(file: &Path, change: impl FnOnce(&[u8]) -> Result<Vec<u8>>) -> Result<()> {
    let wasm = file_io::read(file)?;
    file_io::write(file, change(&wasm)?)
}

/// The first kilobyte of memory is the far end of the stack, which holds nothing. So an address and a
/// constant that is added to it may become one instruction.
pub(super) const LOW_MEMORY_IS_UNUSED: &str = "--low-memory-unused";

/// Optimises the code for size. Functions keep their names, by which they are sorted at the end. This takes a
/// minute or more, so the result is cached by the hash of the command and the code.
fn optimise(from: &Path, to: &Path, cache: &Path, environment: &Environment) -> Result<()> {
    // Features stay as the compiler declares them: with all of them enabled, wasm-opt writes code that no
    // browser accepts.
    let call = Call::new("wasm-opt")
        .arg(LOW_MEMORY_IS_UNUSED)
        .arg("-Oz")
        // Flattened into single expressions and built again, the code becomes smaller; twice, smaller still.
        .args(["--flatten", "--rereloop", "-Oz", "--flatten", "--rereloop", "-Oz", "--converge"])
        .args(["--strip-producers", "--debuginfo"]);
    let code = file_io::read(from)?;
    let hash = Sha256::new().chain_update(call.to_string()).chain_update(&code).finalize();
    let (cached_wasm, cached_hash) = (cache.with_extension("wasm"), cache.with_extension("sha256"));
    if fs::read(&cached_hash).is_ok_and(|known| known == hash.as_slice())
        && fs::copy(&cached_wasm, to).is_ok()
    {
        return Ok(());
    }
    call.arg(from).arg("--output").arg(to).within(environment).run_quietly()?;
    fs::copy(to, &cached_wasm).with_context(|| format!("cannot write {}", cached_wasm.display()))?;
    file_io::write(&cached_hash, hash)
}
