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
