/// A half-open range of a text, in bytes or UTF-16 units, or of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first index.
    pub start: usize,
    /// The index after the last.
    pub end: usize,
}

impl Span {
    /// Returns the length.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Returns whether the range is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Returns this range of a text; empty if it does not fall on character boundaries.
    #[must_use]
    pub fn of_text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns this range of a list.
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start..self.end).unwrap_or_default()
    }
}
