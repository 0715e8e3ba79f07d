use super::{BlockKind, Content};
use crate::article::read::{Object, Reader};
use crate::article::spoken::Spoken;
use crate::article::{RichText, Text, Url};

/// A picture: a block of its own, or the lead image of an article.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "native",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(description = "A picture.")
)]
pub struct Image {
    /// Where the picture is.
    pub url: Url,
    /// What it shows, for those who do not see it: do not leave it out. Empty for mere decoration.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<Text>"))]
    pub alt: Text,
    /// Its width in pixels; with the height it prevents layout shifts.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 1)))]
    pub width: Option<u32>,
    /// Its height in pixels.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"), schemars(range(min = 1)))]
    pub height: Option<u32>,
    /// The text under it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
    pub caption: RichText,
    /// Who made it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub credit: Option<Text>,
}

impl Image {
    /// Reads a picture; `None` without an address.
    pub(in crate::article) fn of(reader: &mut Reader, object: &Object) -> Option<Self> {
        let url = object.url(reader, "url");
        if url.is_none() {
            reader.warn(object.path.key("url"), "is missing or invalid; the image was left out");
        }
        if !object.has("alt") {
            reader.warn(
                object.path.key("alt"),
                "is missing: describe the image, or write \"\" if it is decorative",
            );
        }
        let alt = object.text(reader, "alt").unwrap_or_else(|| "".into());
        let (width, height) = (object.count(reader, "width"), object.count(reader, "height"));
        let caption = object.rich(reader, "caption");
        let credit = object.name(reader, "credit");
        url.map(|url| Self { url, alt, width, height, caption, credit })
    }
}

#[cfg(test)]
impl Image {
    /// A picture with an address and nothing else.
    pub(crate) fn with_url(url: Url) -> Self {
        let (alt, caption) = (Text::default(), RichText::default());
        Self { url, alt, width: None, height: None, caption, credit: None }
    }
}

impl Content for Image {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        Self::of(reader, object).map(BlockKind::Image)
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        visit(&self.caption);
    }

    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        visit(&mut self.caption);
    }
}

/// The caption; without one, the alternative text.
impl Spoken for Image {
    fn push_spoken(&self, words: &mut String) {
        if self.caption.is_empty() {
            words.push_str(&self.alt);
        } else {
            self.caption.push_spoken(words);
        }
    }
}
