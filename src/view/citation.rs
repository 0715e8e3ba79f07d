use super::edition::{Edition, citation_numbers};
use super::markup::Markup;
use crate::article::Citation;

/// Shows a citation: a raised number that opens the popover of its first source. A mention keeps
/// its words before the number.
pub(crate) fn citation(markup: &mut Markup, edition: &Edition, citation: &Citation) {
    match &citation.mention {
        Some(words) => markup.element("span", &[("class", "mention")], |markup| {
            markup.leaf("span", &[], words);
            button(markup, edition, citation);
        }),
        None => button(markup, edition, citation),
    }
}

fn button(markup: &mut Markup, edition: &Edition, citation: &Citation) {
    let numbers = citation_numbers(citation);
    let first = citation.references.first().copied().unwrap_or_default();
    markup.element("button", &[("type", "button"), ("class", "citation"), ("part", "citation")], |markup| {
        markup.attribute("id", &edition.id("cite", citation.ordinal));
        markup.attribute("popovertarget", &edition.id("source", first));
        markup.attribute("data-sources", &numbers);
        markup.attribute("aria-label", &edition.citation_name(citation));
        markup.text(&numbers);
    });
}
