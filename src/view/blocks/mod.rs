//! One file for each type of block.

mod code;
mod embed_link;
mod heading;
mod list;
mod quote;
mod table;

use super::edition::Edition;
use super::image::picture;
use super::inline::rich_text;
use super::markup::Markup;
use crate::article::{Block, BlockKind};

/// Shows a block, by its place in the body.
pub(crate) fn block(markup: &mut Markup, edition: &Edition, index: usize, block: &Block) {
    match &block.kind {
        BlockKind::Paragraph { text } => {
            markup.element("p", &[], |markup| rich_text(markup, edition, text));
        }
        BlockKind::Heading { text, .. } => {
            heading::heading(markup, edition, edition.heading_level(index), text);
        }
        BlockKind::List { ordered, items } => list::list(markup, edition, *ordered, items),
        BlockKind::Quote { text, attribution, url } => {
            quote::quote(markup, edition, text, attribution, url.as_ref());
        }
        BlockKind::Image(image) => {
            markup.element("figure", &[], |markup| picture(markup, edition, image));
        }
        BlockKind::Code { text, language } => code::code(markup, edition, text, language.as_ref()),
        BlockKind::Table { caption, header, rows } => table::table(markup, edition, caption, header, rows),
        BlockKind::EmbedLink { url, title, description, publisher } => {
            let (description, publisher) = (description.as_ref(), publisher.as_ref());
            embed_link::embed_link(markup, edition, url, title, description, publisher);
        }
    }
}
