//! Fonts for the tests and for the writing systems of the newsroom: line breaks depend on fonts,
//! and without a font for a writing system, screenshots show boxes.

use anyhow::Result;

use super::{Provided, debian};
use crate::call::Call;

/// A family of each package that the font sets of `tests/e2e/fonts.rs` use, and the Debian package
/// that contains it.
const FAMILIES: [(&str, &str); 5] = [
    ("DejaVu Sans", "fonts-dejavu-core"),
    ("DejaVu Serif", "fonts-dejavu-core"),
    ("Noto Sans", "fonts-noto-core"),
    ("Noto Sans Mono", "fonts-noto-mono"),
    ("Noto Sans CJK SC", "fonts-noto-cjk"),
];

/// Never fails, since most tests pass with other fonts as well.
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

/// Returns whether fontconfig lacks a family. Systems without fontconfig have fonts of their own.
fn is_missing(family: &str) -> bool {
    Call::new("fc-list").arg(format!(":family={family}")).read().is_ok_and(|fonts| fonts.trim().is_empty())
}
