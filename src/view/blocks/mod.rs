//! One file for each type of block.

mod code;
mod embed_link;
mod heading;
mod list;
mod quote;
mod table;

use yew::prelude::*;

use super::edition::Edition;
use super::image::picture;
use super::inline::rich_text;
use crate::article::{Block, BlockKind};

/// Shows a block, by its place in the body.
pub(crate) fn block(edition: &Edition, index: usize, block: &Block) -> Html {
    match &block.kind {
        BlockKind::Paragraph { text } => html! { <p>{ rich_text(edition, text) }</p> },
        BlockKind::Heading { text, .. } => heading::heading(edition, edition.heading_level(index), text),
        BlockKind::List { ordered, items } => list::list(edition, *ordered, items),
        BlockKind::Quote { text, attribution, url } => quote::quote(edition, text, attribution, url.as_ref()),
        BlockKind::Image(image) => html! { <figure>{ picture(edition, image) }</figure> },
        BlockKind::Code { text, language } => code::code(edition, text, language.as_ref()),
        BlockKind::Table { caption, header, rows } => table::table(edition, caption, header, rows),
        BlockKind::EmbedLink { url, title, description, publisher } => {
            embed_link::embed_link(edition, url, title, description.as_ref(), publisher.as_ref())
        }
    }
}
