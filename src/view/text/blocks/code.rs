use super::super::interface::named_in_interface;
use crate::article::Text;
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// Shows program text. It scrolls sideways, so it can be reached by keyboard.
pub(crate) fn code(markup: &mut Markup, model: &ViewModel, text: &Text, language: Option<&Text>) {
    let attributes = [("tabindex", "0"), ("role", "group"), ("dir", "ltr"), ("translate", "no")];
    let block = markup.tag("pre").attrs(&attributes);
    let block = match language {
        Some(language) => block.attr("aria-label", language),
        None => named_in_interface(block, model).attr("aria-label", &model.words.get(Word::Code)),
    };
    block.children(|markup| {
        markup.tag("code").text(text);
    });
}
