//! Fonts for the scripts that the newsroom is set in: without them pictures show boxes, and lines
//! break where they would not for a reader.

use anyhow::Result;

use super::{Provided, debian};
use crate::call::Call;

/// A language of each script that plain systems lack, and the Debian package that brings it.
const SCRIPTS: [(&str, &str); 2] = [("ar", "fonts-noto-core"), ("zh", "fonts-noto-cjk")];

/// Never fails: no test is about glyphs.
pub(super) fn provide() -> Result<Provided> {
    let missing: Vec<&str> =
        SCRIPTS.iter().filter(|(language, _)| is_missing(language)).map(|(_, package)| *package).collect();
    Ok(debian::provide_if_possible("fonts", &missing, "not for every script: pictures will show boxes"))
}

/// Whether fontconfig knows of no font for a language. Systems without fontconfig bring their own.
fn is_missing(language: &str) -> bool {
    Call::new("fc-list").arg(format!(":lang={language}")).read().is_ok_and(|fonts| fonts.trim().is_empty())
}
