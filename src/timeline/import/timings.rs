use crate::article::Problem;

/// What a file of timings says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timings {
    /// The format it is in, by the name people know; empty where it is in none.
    pub format: &'static str,
    /// What one cue is.
    pub grain: Grain,
    /// What is said when, sorted by start. Where the file has both words and sentences, these are the words.
    pub cues: Vec<Cue>,
    /// How long the recording is, in seconds, where the file says so.
    pub duration: Option<f64>,
    /// What was wrong, errors first. A path is that in the JSON, or `line 12` in a file of lines.
    pub problems: Vec<Problem>,
}

/// What one cue of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// Some words: a sentence, a line, a segment.
    #[default]
    Phrase,
    /// A word.
    Word,
    /// The title of what begins there.
    Chapter,
    /// The name of a passage of the article, with or without its words.
    Target,
}

/// What is said from one moment to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// When it begins, in seconds; finite and not negative.
    pub start: f64,
    /// When it ends, in seconds; finite, and not before the start. Where the file does not say it, when the next
    /// begins.
    pub end: f64,
    /// What is said, as plain text.
    pub text: String,
    /// The passage it belongs to, by its name in the article, where the file has such names.
    pub target: Option<String>,
}
