use super::{RichText, Text};

/// A point the reader should take away.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct KeyPoint {
    /// What the timings of a recording call it. Without one, a key point is called `k` and its
    /// place, from `k1`.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<super::schema::Id>"))]
    pub id: Text,
    /// The point, in one sentence.
    #[cfg_attr(feature = "native", schemars(schema_with = "super::schema::filled_text"))]
    pub text: RichText,
    /// What unfolds under it, a paragraph each.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Vec::is_empty"), schemars(default))]
    pub detail: Vec<RichText>,
    /// The ids of the blocks that back it; links to them unfold under it.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<super::schema::Id>")
    )]
    pub supports: Vec<Text>,
}

impl KeyPoint {
    /// Whether there is anything to unfold.
    #[must_use]
    pub fn unfolds(&self) -> bool {
        !self.detail.is_empty() || !self.supports.is_empty()
    }
}
