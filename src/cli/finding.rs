use super::mentions::Inferred;
use crate::article::{Problem, Severity};

/// Something to tell about an article.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    /// Where it is in the JSON, such as `references[1].url`; empty for the whole.
    pub(super) path: String,
    pub(super) level: Level,
    /// What it is, in an editor's words.
    pub(super) message: String,
    pub(super) origin: Origin,
    /// What was taken for a mention, where that is what is told.
    pub(super) mention: Option<Mention>,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// The article cannot be shown.
    Error,
    /// The article is shown, without or with a mended form of the part in question.
    Warning,
    /// All is well; this is what was inferred.
    Note,
}

/// What a path leads into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The JSON that was given.
    Source,
    /// The canonical JSON that was made of it: where that came from in the JSON that was given, nobody knows.
    Canonical,
    /// Where the text is no JSON any more: a line and the bytes of it, both counted from 1.
    Syntax { line: usize, column: usize },
}

/// What was taken for a mention.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The words.
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

    /// The path and the message, for who cannot see the path elsewhere.
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
    /// The word for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
