use super::mentions::Inferred;
use crate::article::{Problem, Severity};

/// A problem in an article, or a note about it.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    /// The path in the JSON, such as `references[1].url`; empty for the whole article.
    pub(super) path: String,
    pub(super) level: Level,
    /// The message, in words for editors.
    pub(super) message: String,
    pub(super) origin: Origin,
    /// The mention, if the finding is a note about an inferred one.
    pub(super) mention: Option<Mention>,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// The article cannot be shown.
    Error,
    /// The article is shown; the part in question is omitted or corrected.
    Warning,
    /// Nothing is wrong; the note reports an inference.
    Note,
}

/// The document that the path of a finding refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The given JSON.
    Source,
    /// The canonical JSON made from the given JSON. The corresponding place in the given JSON is unknown.
    Canonical,
    /// The place where the text stops being JSON: a line, and a column in bytes, both counted from 1.
    Syntax { line: usize, column: usize },
}

/// An inferred mention.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The words of the text.
    pub(super) words: String,
    /// The indices of the references that it cites.
    pub(super) references: Vec<usize>,
}

impl Finding {
    pub(super) fn of(problem: Problem, origin: Origin) -> Self {
        let level = match problem.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        };
        Self { path: problem.path, level, message: problem.message, origin, mention: None }
    }

    pub(super) fn of_mention(inferred: Inferred) -> Self {
        let Inferred { path, words, references, message } = inferred;
        let mention = Some(Mention { words, references });
        Self { path, level: Level::Note, message, origin: Origin::Source, mention }
    }

    /// Returns the path and the message, for output that shows the path nowhere else.
    pub(super) fn text(&self) -> String {
        let of = if self.origin == Origin::Canonical { " of the canonical JSON" } else { "" };
        let path = if self.path.is_empty() { "the whole" } else { &self.path };
        match (self.path.is_empty(), of.is_empty()) {
            (true, true) => self.message.clone(),
            _ => [path, of, ": ", &self.message].concat(),
        }
    }
}

impl Level {
    /// Returns the name of the level.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
