//! The `wasm-bindgen` command and its test runner. Both must have the version of the library, so
//! they follow Cargo.lock.

use anyhow::Result;

use super::{Provided, Toolbox, cargo_install, on_path};
use crate::call::Environment;

/// The program that runs tests built for WebAssembly.
const TEST_RUNNER: &str = "wasm-bindgen-test-runner";

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let version = &toolbox.workspace.locked("wasm-bindgen")?;
    let mut environment = Environment::default();
    let is_on_path =
        ["wasm-bindgen", TEST_RUNNER].iter().all(|name| on_path::with_version(name, version).is_some());
    if !is_on_path {
        environment.put_on_path(cargo_install::provide(
            toolbox,
            // Not locked, since it does not build with the versions of dependencies with which it
            // was published.
            &cargo_install::Package {
                name: "wasm-bindgen-cli",
                version,
                locked: false,
                takes: "1.5 minutes",
            },
        )?);
    }
    environment.set("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", TEST_RUNNER);
    Ok(Provided { name: format!("wasm-bindgen {version}"), environment })
}
