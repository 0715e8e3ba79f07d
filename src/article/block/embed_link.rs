use super::{BlockKind, Content};
use crate::article::read::{Object, Reader};
use crate::article::spoken::Spoken;
use crate::article::{RichText, Text, Url};

/// A link shown as a block of its own.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct EmbedLink {
    /// The address it links to.
    pub url: Url,
    /// The title of the link. Without it, the address is shown.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<Text>"))]
    pub title: Text,
    /// A sentence about its content.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub description: Option<Text>,
    /// The publisher of the linked page.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub publisher: Option<Text>,
}

impl Content for EmbedLink {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        let title = object.text(reader, "title");
        let description = object.text(reader, "description");
        let publisher = object.name(reader, "publisher");
        let Some(url) = object.url(reader, "url") else {
            let message = match title {
                Some(_) => "is missing or invalid; only the title is shown",
                None => "is missing or invalid; the block was left out",
            };
            reader.warn(object.path.key("url"), message);
            return title.map(|title| BlockKind::paragraph(RichText::plain(title)));
        };
        let title = title.unwrap_or_else(|| url.to_text());
        Some(BlockKind::EmbedLink(Self { url, title, description, publisher }))
    }

    fn each_text<'a>(&'a self, _: &mut impl FnMut(&'a RichText)) {}

    fn each_text_mut(&mut self, _: &mut impl FnMut(&mut RichText)) {}
}

/// The title.
impl Spoken for EmbedLink {
    fn push_spoken(&self, words: &mut String) {
        words.push_str(&self.title);
    }
}
