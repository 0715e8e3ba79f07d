use super::interface::named_in_interface;
use crate::article::Citation;
use crate::view::markup::Markup;
use crate::view::names::{class, id};
use crate::view::view_model::ViewModel;

/// Shows a citation: a superscript number that opens the popover of its first source. A mention puts its
/// words before the number.
pub(crate) fn citation(markup: &mut Markup, model: &ViewModel, citation: &Citation) {
    match &citation.mention {
        Some(words) => markup.tag("span").attrs(&[("class", class::MENTION)]).children(|markup| {
            markup.tag("span").text(words);
            mark(markup, model, citation);
        }),
        None => mark(markup, model, citation),
    }
}

/// An invisible character that prevents a line break beside it.
const WORD_JOINER: &str = "\u{2060}";

/// Shows the number, on the same line as the text before it. A line may break before and after a button, even
/// if a full stop follows. Word joiners prevent that inside an element whose lines do not wrap; browsers
/// disagree on joiners that a stylesheet generates.
fn mark(markup: &mut Markup, model: &ViewModel, citation: &Citation) {
    let numbers = citation.numbers();
    let first = citation.references.first().copied().unwrap_or_default();
    markup.tag("span").attrs(&[("class", "mark")]).children(|markup| {
        let attributes = [("type", "button"), ("class", class::CITATION), ("part", "citation")];
        markup.text(WORD_JOINER);
        named_in_interface(markup.tag("button"), model)
            .attrs(&attributes)
            .attr("id", &model.id(id::CITATION, citation.ordinal))
            .attr("popovertarget", &model.id(id::SOURCE, first))
            .attr("aria-label", &model.citation_name(citation))
            .text(&numbers);
        markup.text(WORD_JOINER);
    });
}
