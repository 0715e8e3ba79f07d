use super::{RichText, Text};

/// A point the reader should take away.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct KeyPoint {
    /// The name that the timings of a recording use. Without one, a key point is named `k` and its
    /// position, from `k1`.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<super::schema::Id>"))]
    pub id: Text,
    /// The point, in one sentence.
    #[cfg_attr(feature = "native", schemars(schema_with = "super::schema::filled_text"))]
    pub text: RichText,
    /// The text that unfolds under it, one item per paragraph.
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
