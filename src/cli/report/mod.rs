//! Formats findings for people and for programs.

mod github;
mod json;
mod sarif;
mod text;

use clap::ValueEnum;

use super::finding::Finding;
use super::input::Input;
pub(super) use text::line;

/// The output format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people: one line per finding, and an excerpt
    Text,
    /// JSON, one object per line
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in GitHub Actions
    Github,
}

impl ReportFormat {
    /// Formats the findings of a file.
    pub(super) fn findings(self, input: &Input, findings: &[Finding]) -> String {
        match self {
            Self::Text => text::findings(input, findings),
            Self::Json => json::findings(input, findings),
            Self::Sarif => sarif::findings(input, findings),
            Self::Github => github::findings(input, findings),
        }
    }

    /// Returns the report of a file that could not be read, in formats that report it at this
    /// place.
    pub(super) fn unread(self, name: &str, reason: &str) -> String {
        if self == Self::Github { github::unread(name, reason) } else { String::new() }
    }

    /// Returns the text before all findings.
    pub(super) fn head(self) -> String {
        if self == Self::Sarif { sarif::head() } else { String::new() }
    }

    /// Returns the text between the findings of two files.
    pub(super) fn separator(self) -> &'static str {
        if self == Self::Sarif { sarif::SEPARATOR } else { "" }
    }

    /// Returns the text after all findings, with the reasons why files could not be read.
    pub(super) fn tail(self, unread: &[String]) -> String {
        if self == Self::Sarif { sarif::tail(unread) } else { String::new() }
    }
}
