//! Fonts for the tests and the newsroom's scripts: lines break by them, and without those of a script
//! pictures show boxes.

use anyhow::Result;

use super::{Provided, debian};
use crate::call::Call;

/// A family of each package that the sets of `tests/e2e/fonts.rs` are made of, and the Debian package
/// that brings it.
const FAMILIES: [(&str, &str); 5] = [
    ("DejaVu Sans", "fonts-dejavu-core"),
    ("DejaVu Serif", "fonts-dejavu-core"),
    ("Noto Sans", "fonts-noto-core"),
    ("Noto Sans Mono", "fonts-noto-mono"),
    ("Noto Sans CJK SC", "fonts-noto-cjk"),
];

/// Never fails: with other fonts most tests hold as well.
pub(super) fn provide() -> Result<Provided> {
    let mut missing: Vec<&str> =
        FAMILIES.iter().filter(|(family, _)| is_missing(family)).map(|(_, package)| *package).collect();
    missing.dedup();
    Ok(debian::provide_if_possible(
        "fonts",
        &missing,
        "not all are installed: lines will break at other places",
    ))
}

/// Whether fontconfig knows nothing of a family. Systems without fontconfig bring their own.
fn is_missing(family: &str) -> bool {
    Call::new("fc-list").arg(format!(":family={family}")).read().is_ok_and(|fonts| fonts.trim().is_empty())
}
