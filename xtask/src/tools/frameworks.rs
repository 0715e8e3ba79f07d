//! The frameworks of other sites, with the compilers of their applications: the end-to-end tests
//! put briefings into such applications.

use anyhow::Result;

use super::{Provided, Toolbox, npm};
use crate::call::Environment;

/// The variable with the folder of the packages, for the step that bundles the applications.
pub(crate) const MODULES: &str = "NEWS_BRIEFING_FRAMEWORKS";

/// Each version that Cargo.toml pins, and the packages of this version.
const PACKAGES: [(&str, &[&str]); 6] = [
    ("react", &["react", "react-dom"]),
    ("vue", &["vue"]),
    ("svelte", &["svelte"]),
    (
        "angular",
        &[
            "@angular/common",
            "@angular/compiler",
            "@angular/compiler-cli",
            "@angular/core",
            "@angular/platform-browser",
        ],
    ),
    ("typescript", &["typescript"]),
    ("esbuild", &["esbuild"]),
];

pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let mut names = Vec::new();
    let mut versions = Vec::new();
    let mut packages = Vec::new();
    for (pinned, members) in PACKAGES {
        let version = toolbox.workspace.pinned(pinned)?;
        packages.extend(members.iter().map(|member| format!("{member}@{version}")));
        names.push(format!("{pinned} {version}"));
        versions.push(version);
    }
    // In one folder, since the compilers must find the packages for which they compile.
    let modules = npm::provide_all(toolbox, "frameworks", &versions.join("-"), &packages)?;
    let mut environment = Environment::default();
    environment.set(MODULES, modules);
    Ok(Provided { name: names.join(", "), environment })
}
