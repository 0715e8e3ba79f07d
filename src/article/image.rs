use super::{RichText, Text, Url};

/// A picture.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Image {
    /// Where the picture is.
    pub url: Url,
    /// What it shows, for those who do not see it: do not leave it out. Empty for mere decoration.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<Text>"))]
    pub alt: Text,
    /// Its width in pixels; with the height it keeps the page from jumping.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 1)))]
    pub width: Option<u32>,
    /// Its height in pixels.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 1)))]
    pub height: Option<u32>,
    /// What stands under it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
    pub caption: RichText,
    /// Who made it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub credit: Option<Text>,
}
