use std::fmt;
use std::process::ExitCode;

/// How the command ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well: exit code 0.
    #[default]
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

/// The reason why the command could not do its work, and the remedy.
#[derive(Debug)]
pub(super) struct Failure {
    reason: String,
    remedy: &'static str,
    /// Whether the reader of the output has closed the pipe.
    is_closed_pipe: bool,
}

impl Failure {
    pub(super) fn new(reason: String, remedy: &'static str) -> Self {
        Self { reason, remedy, is_closed_pipe: false }
    }

    /// Returns the reason without the remedy.
    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns whether the reader of the output has closed the pipe, as `head` does when it has enough. Users
    /// do not see that as a failure.
    pub(super) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        let failure =
            Self::new(format!("cannot write: {error}"), "check where the output goes; the disk may be full");
        Self { is_closed_pipe: error.kind() == std::io::ErrorKind::BrokenPipe, ..failure }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  help: {}\n", self.reason, self.remedy)
    }
}
