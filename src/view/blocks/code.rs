use super::super::edition::Edition;
use super::super::markup::Markup;
use super::super::words::Word;
use crate::article::Text;

/// Shows program text. It scrolls sideways, and so it can be reached by keyboard.
pub(crate) fn code(markup: &mut Markup, edition: &Edition, text: &Text, language: Option<&Text>) {
    let attributes = [("tabindex", "0"), ("role", "group"), ("dir", "ltr"), ("translate", "no")];
    markup.element("pre", &attributes, |markup| {
        match language {
            Some(language) => markup.attribute("aria-label", language),
            None => markup.attribute("aria-label", &edition.words.get(Word::Code)),
        }
        markup.leaf("code", &[], text);
    });
}
