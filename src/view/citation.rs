use super::edition::{Edition, citation_numbers};
use super::markup::Markup;
use crate::article::Citation;

/// Shows a citation: a raised number that opens the popover of its first source. A mention keeps
/// its words before the number.
pub(crate) fn citation(markup: &mut Markup, edition: &Edition, citation: &Citation) {
    match &citation.mention {
        Some(words) => markup.element("span", &[("class", "mention")], |markup| {
            markup.leaf("span", &[], words);
            mark(markup, edition, citation);
        }),
        None => mark(markup, edition, citation),
    }
}

/// No line ends beside it, and nothing is seen of it.
const WORD_JOINER: &str = "\u{2060}";

/// The number, on the line of what it stands behind. Before a button any line may end, and behind it too, even
/// where a full stop follows. Inside an element whose lines do not wrap, words can be joined to it; browsers
/// disagree on words that a stylesheet makes.
fn mark(markup: &mut Markup, edition: &Edition, citation: &Citation) {
    let numbers = citation_numbers(citation);
    let first = citation.references.first().copied().unwrap_or_default();
    markup.element("span", &[("class", "mark")], |markup| {
        let attributes = [("type", "button"), ("class", "citation"), ("part", "citation")];
        markup.text(WORD_JOINER);
        markup.element("button", &attributes, |markup| {
            markup.attribute("id", &edition.id("cite", citation.ordinal));
            markup.attribute("popovertarget", &edition.id("source", first));
            markup.attribute("data-sources", &numbers);
            markup.attribute("aria-label", &edition.citation_name(citation));
            markup.text(&numbers);
        });
        markup.text(WORD_JOINER);
    });
}
