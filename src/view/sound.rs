/// What plays while an article is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// The recording of the article.
    Recording,
    /// A voice of the reader's device.
    Voice,
    /// Nothing: the player runs silently at reading pace.
    Silence,
}

impl Sound {
    /// Returns the name by which script knows it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Voice => "voice",
            Self::Silence => "silence",
        }
    }
}
