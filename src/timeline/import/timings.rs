use crate::article::Problem;

/// The contents of a file of timings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timings {
    /// The common name of the format; empty if the format is unknown.
    pub format: &'static str,
    /// What one cue is: a word, a phrase, a chapter or a target.
    pub grain: Grain,
    /// The cues, sorted by start. If the file has both words and sentences, these are the words.
    pub cues: Vec<Cue>,
    /// The length of the recording in seconds, if the file states it.
    pub duration: Option<f64>,
    /// The problems, errors first. A path is a path in the JSON, or `line 12` in a file of lines.
    pub problems: Vec<Problem>,
}

/// What one cue of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// Several words: a sentence, a line, a segment.
    #[default]
    Phrase,
    /// A word.
    Word,
    /// The title of a chapter that begins there.
    Chapter,
    /// The name of a passage of the article, with or without its words.
    Target,
}

/// Text that is spoken from one moment to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// The start in seconds; finite and not negative.
    pub start: f64,
    /// The end in seconds; finite, and not before the start. The start of the next cue if the file does not
    /// state the end.
    pub end: f64,
    /// The spoken text, as plain text.
    pub text: String,
    /// The passage that the cue belongs to, by its name in the article, if the file has such names.
    pub target: Option<String>,
}
