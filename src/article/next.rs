use super::{Text, Url};

/// The article that is offered once this one has been played to its end.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Next {
    /// The address of its JSON, as in `src`.
    pub url: Url,
    /// Its headline. Plain text.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub title: Option<Text>,
}
