//! One file for each type of block.

mod code;
mod embed_link;
mod heading;
mod list;
mod quote;
mod table;

use super::image::picture;
use super::inline::rich_text;
use crate::article::{Block, BlockKind, Code, EmbedLink, Heading, List, Paragraph, Quote, Table};
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows a block, given its index in the body.
pub(crate) fn block(markup: &mut Markup, model: &ViewModel, index: usize, block: &Block) {
    match &block.kind {
        BlockKind::Paragraph(Paragraph { text }) => {
            markup.tag("p").children(|markup| rich_text(markup, model, text));
        }
        BlockKind::Heading(Heading { text, .. }) => {
            heading::heading(markup, model, model.heading_level(index), text);
        }
        BlockKind::List(List { ordered, items }) => list::list(markup, model, *ordered, items),
        BlockKind::Quote(Quote { text, attribution, url }) => {
            quote::quote(markup, model, text, attribution, url.as_ref());
        }
        BlockKind::Image(image) => {
            markup.tag("figure").children(|markup| picture(markup, model, image));
        }
        BlockKind::Code(Code { text, language }) => code::code(markup, model, text, language.as_ref()),
        BlockKind::Table(Table { caption, header, rows }) => {
            table::table(markup, model, caption, header, rows)
        }
        BlockKind::EmbedLink(EmbedLink { url, title, description, publisher }) => {
            let (description, publisher) = (description.as_ref(), publisher.as_ref());
            embed_link::embed_link(markup, model, url, title, description, publisher);
        }
    }
}
