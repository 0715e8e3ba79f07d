use std::fmt;

use serde::Serialize;

/// A fault in an article, described so that an editor can correct it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The path in the JSON, such as `references[1].url`; empty for the whole.
    pub path: String,
    /// Whether the article can still be shown.
    pub severity: Severity,
    /// What was expected and what was found.
    pub message: String,
}

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The article is shown; the part in question is corrected or left out.
    Warning,
    /// The article cannot be shown.
    Error,
}

impl Severity {
    /// Returns its name: `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.severity.name())?;
        f.write_str(": ")?;
        if !self.path.is_empty() {
            f.write_str(&self.path)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}
