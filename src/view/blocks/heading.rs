use super::super::edition::Edition;
use super::super::inline::rich_text;
use super::super::markup::Markup;
use crate::article::RichText;

/// Shows a heading, one level below what the article says: its title is a second-level heading of
/// the page it stands on.
pub(crate) fn heading(markup: &mut Markup, edition: &Edition, level: u8, text: &RichText) {
    let name = match level {
        0..=2 => "h3",
        3 => "h4",
        _ => "h5",
    };
    markup.element(name, &[], |markup| rich_text(markup, edition, text));
}
