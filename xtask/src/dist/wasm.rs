//! From the Rust sources to WebAssembly that a browser runs, and the glue beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Recipe, glue};
use crate::call::{Call, Environment};
use crate::progress::Progress;
use crate::tools::TARGET;
use crate::workspace::Workspace;

/// Whether functions keep their names. Readers need none; the code is the same either way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// For who wants to know what is in it.
    Kept,
    /// For who downloads it.
    Dropped,
}

/// What was built.
pub(crate) struct Module {
    /// The WebAssembly.
    pub(crate) wasm: PathBuf,
    /// The script between it and the page.
    pub(crate) glue: PathBuf,
}

/// Builds the module, as small as it is published, into a folder of the build folder.
pub(crate) fn build_wasm(
    workspace: &Workspace,
    environment: &Environment,
    recipe: Recipe,
    names: Names,
) -> Result<Module> {
    recipe.cargo(workspace, environment)?.run()?;
    let target = workspace.dist_target(recipe.name());
    let built = target.join(TARGET).join("release/news_briefing.wasm");

    let folder = target.join(if names == Names::Kept { "named" } else { "bound" });
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Call::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-debug", "--no-demangle"])
        .args(["--out-name", "news-briefing", "--out-dir"])
        .arg(&folder)
        .arg(&built)
        .within(environment)
        .run_unseen()?;

    let bound = folder.join("news-briefing_bg.wasm");
    let module = Module { wasm: folder.join("news-briefing.wasm"), glue: folder.join("news-briefing.js") };
    optimise(&bound, &module.wasm, environment)?;
    glue::shorten(&module, names, &folder, environment)
}

/// The first kilobyte of the memory is the far end of the stack, where nothing lies: an address and
/// what is added to it may become one instruction.
pub(super) const LOW_MEMORY_IS_UNUSED: &str = "--low-memory-unused";

/// Makes the code small. Functions keep their names, by which they are sorted at the end.
fn optimise(from: &Path, to: &Path, environment: &Environment) -> Result<()> {
    // Features are left as the compiler names them: with all of them on, it writes what no browser reads.
    let call = Call::new("wasm-opt")
        .arg(LOW_MEMORY_IS_UNUSED)
        .arg("-Oz")
        // Taken apart to the last expression, it is put together smaller than it came; twice, smaller still.
        .args(["--flatten", "--rereloop", "-Oz", "--flatten", "--rereloop", "-Oz", "--converge"])
        .args(["--strip-producers", "--debuginfo"]);
    let progress = Progress::start("optimising the WebAssembly for size");
    call.arg(from).arg("--output").arg(to).within(environment).run_behind(&progress)?;
    progress.done();
    Ok(())
}
