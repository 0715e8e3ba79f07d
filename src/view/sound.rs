/// What is heard while an article is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// Its recording.
    Recording,
    /// A voice of the reader's device.
    Voice,
    /// Nothing: it goes at the pace of reading.
    Silence,
}
