use super::interface::named_in_interface;
use crate::article::Citation;
use crate::view::markup::Markup;
use crate::view::names::class;
use crate::view::view_model::ViewModel;

/// Shows a citation: a raised number that opens the popover of its first source. A mention keeps
/// its words before the number.
pub(crate) fn citation(markup: &mut Markup, model: &ViewModel, citation: &Citation) {
    match &citation.mention {
        Some(words) => markup.tag("span").attrs(&[("class", class::MENTION)]).children(|markup| {
            markup.tag("span").text(words);
            mark(markup, model, citation);
        }),
        None => mark(markup, model, citation),
    }
}

/// No line ends beside it, and nothing is seen of it.
const WORD_JOINER: &str = "\u{2060}";

/// The number, on the line of what it stands behind. Before a button any line may end, and behind it too, even
/// where a full stop follows. Inside an element whose lines do not wrap, words can be joined to it; browsers
/// disagree on words that a stylesheet makes.
fn mark(markup: &mut Markup, model: &ViewModel, citation: &Citation) {
    let numbers = citation.numbers();
    let first = citation.references.first().copied().unwrap_or_default();
    markup.tag("span").attrs(&[("class", "mark")]).children(|markup| {
        let attributes = [("type", "button"), ("class", class::CITATION), ("part", "citation")];
        markup.text(WORD_JOINER);
        named_in_interface(markup.tag("button"), model)
            .attrs(&attributes)
            .attr("id", &model.id("cite", citation.ordinal))
            .attr("popovertarget", &model.id("source", first))
            .attr("aria-label", &model.citation_name(citation))
            .text(&numbers);
        markup.text(WORD_JOINER);
    });
}
