use crate::article::Passage;

/// The time one passage takes, half-open: its end belongs to what follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// The passage that has its turn.
    pub passage: Passage,
    /// When it begins, in seconds; finite and not negative.
    pub start: f64,
    /// When it is over, in seconds; after the start and not after the timeline's duration.
    pub end: f64,
}

impl Segment {
    /// Whether this moment is within the segment.
    #[must_use]
    pub fn contains(&self, seconds: f64) -> bool {
        self.start <= seconds && seconds < self.end
    }
}
