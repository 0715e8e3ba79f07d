//! The blocks of the text. Each kind has a file that defines its fields, how it is read and what of
//! it is spoken; `kinds!` below lists all kinds.

mod code;
mod embed_link;
mod heading;
mod image;
mod list;
mod paragraph;
mod quote;
mod table;

pub use code::Code;
pub use embed_link::EmbedLink;
pub use heading::Heading;
pub use image::Image;
pub use list::{List, ListItem};
pub use paragraph::Paragraph;
pub use quote::Quote;
pub use table::Table;

use super::read::{Object, Reader};
use super::spoken::Spoken;
use super::{RichText, Text};

/// One block of the text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Block {
    /// The name that the `supports` of key points and the timings of a recording use. Without one,
    /// a block is named `p` and its position in the body, from `p1`.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<super::schema::Id>"))]
    pub id: Text,
    /// What kind of block it is, and its content.
    #[cfg_attr(feature = "native", serde(flatten))]
    pub kind: BlockKind,
    /// Whether mentions of a publisher in this block become citations.
    #[cfg_attr(feature = "native", schemars(default = "super::schema::yes"))]
    pub link_mentions: bool,
}

/// An empty paragraph without a name.
impl Default for Block {
    fn default() -> Self {
        Self { id: Text::default(), kind: BlockKind::default(), link_mentions: true }
    }
}

/// The behaviour that each kind of block implements.
pub(super) trait Content: Spoken {
    /// Reads a block of this kind. If a required member is missing, reports a problem and returns a
    /// paragraph instead, or nothing.
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind>;

    /// Visits the inline texts, which may contain citations, in reading order.
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText));

    /// Visits the same texts to change them.
    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText));
}

/// Defines [`BlockKind`] and its dispatch to the [`Content`] of each kind.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident $name:literal;)+) => {
        /// The kinds of block, by their `type`.
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), serde(tag = "type"))]
        pub enum BlockKind {
            $(
                $(#[doc = $doc])+
                #[cfg_attr(feature = "native", serde(rename = $name))]
                $kind($kind),
            )+
        }

        impl BlockKind {
            /// Reads the kind with this name; `Err` if there is none.
            pub(super) fn read(name: &str, reader: &mut Reader, object: &Object) -> Result<Option<Self>, ()> {
                match name {
                    $($name => Ok(<$kind as Content>::read(reader, object)),)+
                    _ => Err(()),
                }
            }
        }

        impl Block {
            /// Visits every inline text of the block in reading order.
            pub(crate) fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
                match &self.kind {
                    $(BlockKind::$kind(content) => content.each_text(visit),)+
                }
            }

            /// Visits the same texts to change them.
            pub(crate) fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
                match &mut self.kind {
                    $(BlockKind::$kind(content) => content.each_text_mut(visit),)+
                }
            }
        }

        impl Spoken for Block {
            fn push_spoken(&self, words: &mut String) {
                match &self.kind {
                    $(BlockKind::$kind(content) => content.push_spoken(words),)+
                }
            }
        }
    };
}

kinds! {
    /// A paragraph.
    Paragraph "paragraph";
    /// A heading inside the text.
    Heading "heading";
    /// A list. Its items are strings, or objects that may hold items of their own.
    List "list";
    /// A quotation.
    Quote "quote";
    /// A picture.
    Image "image";
    /// Program text or other text in which every space counts.
    Code "code";
    /// A table.
    Table "table";
    /// A link shown as a block of its own.
    EmbedLink "embed_link";
}

/// An empty paragraph.
impl Default for BlockKind {
    fn default() -> Self {
        Self::Paragraph(Paragraph::default())
    }
}

/// Reads the text of a block; without a text, the block is left out.
fn required_text(reader: &mut Reader, object: &Object) -> Option<RichText> {
    let text = object.rich(reader, "text");
    if text.is_empty() {
        reader.warn(object.path.key("text"), "is missing; the block was left out");
        return None;
    }
    Some(text)
}
