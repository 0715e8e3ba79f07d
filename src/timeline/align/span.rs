/// A stretch of a text, in bytes or UTF-16 units, or of a list; half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// Where it is over.
    pub end: usize,
}

impl Span {
    /// How long it is.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// This stretch of a text; empty where it parts a character.
    #[must_use]
    pub fn of_text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// This stretch of a list.
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start..self.end).unwrap_or_default()
    }
}
