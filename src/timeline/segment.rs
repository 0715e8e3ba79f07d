use crate::article::Passage;

/// The time that one passage takes, as a half-open interval: its end belongs to the next segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// The passage that is read or spoken.
    pub passage: Passage,
    /// The start in seconds; finite and not negative.
    pub start: f64,
    /// The end in seconds; after the start and not after the timeline's duration.
    pub end: f64,
}

impl Segment {
    /// Returns whether a moment is within the segment.
    #[must_use]
    pub fn contains(&self, seconds: f64) -> bool {
        self.start <= seconds && seconds < self.end
    }
}
