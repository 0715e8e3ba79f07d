//! What is found in articles, as people and programs read it.

mod github;
mod json;
mod sarif;
mod text;

use clap::ValueEnum;

use super::finding::Finding;
use super::input::Input;
pub(super) use text::line;

/// How what is found is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people: a line each, and what it is about
    Text,
    /// JSON, one object a line
    Json,
    /// SARIF 2.1.0, which code scanning takes
    Sarif,
    /// Annotations in a workflow of GitHub Actions
    Github,
}

impl ReportFormat {
    /// What is found in a file.
    pub(super) fn findings(self, input: &Input, findings: &[Finding]) -> String {
        match self {
            Self::Text => text::findings(input, findings),
            Self::Json => json::findings(input, findings),
            Self::Sarif => sarif::findings(input, findings),
            Self::Github => github::findings(input, findings),
        }
    }

    /// That a file could not be read, where the report itself tells it.
    pub(super) fn unread(self, name: &str, why: &str) -> String {
        if self == Self::Github { github::unread(name, why) } else { String::new() }
    }

    /// What stands before all.
    pub(super) fn head(self) -> String {
        if self == Self::Sarif { sarif::head() } else { String::new() }
    }

    /// What stands between what is found in two files.
    pub(super) fn separator(self) -> &'static str {
        if self == Self::Sarif { sarif::SEPARATOR } else { "" }
    }

    /// What stands behind all, with why files could not be read.
    pub(super) fn tail(self, unread: &[String]) -> String {
        if self == Self::Sarif { sarif::tail(unread) } else { String::new() }
    }
}
