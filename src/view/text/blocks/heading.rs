use super::super::inline::rich_text;
use crate::article::RichText;
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows a heading, one level below its level in the article, whose title is a second-level heading
/// of the host page.
pub(crate) fn heading(markup: &mut Markup, model: &ViewModel, level: u8, text: &RichText) {
    let name = match level {
        0..=2 => "h3",
        3 => "h4",
        _ => "h5",
    };
    markup.tag(name).children(|markup| rich_text(markup, model, text));
}
