use std::fmt;
use std::process::ExitCode;

/// How the command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well: exit code 0.
    Good,
    /// An article is not as it should be: exit code 1.
    Faulty,
    /// The command could not do its work: exit code 2.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Good => Self::SUCCESS,
            Outcome::Faulty => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// What kept the command from doing its work, and the way out.
#[derive(Debug)]
pub(super) struct Failure {
    what: String,
    way_out: &'static str,
}

impl Failure {
    pub(super) fn new(what: String, way_out: &'static str) -> Self {
        Self { what, way_out }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(
            format!("cannot write: {error}"),
            "see where the output goes, such as whether the disk is full",
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  help: {}\n", self.what, self.way_out)
    }
}
