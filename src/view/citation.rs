use yew::prelude::*;

use super::edition::{Edition, citation_numbers};
use crate::article::Citation;

/// Shows a citation: a raised number that opens the popover of its first source. A mention keeps
/// its words before the number.
pub(crate) fn citation(edition: &Edition, citation: &Citation) -> Html {
    let numbers = citation_numbers(citation);
    let first = citation.references.first().copied().unwrap_or_default();
    let button = html! {
        <button
            type="button"
            class="citation"
            part="citation"
            id={edition.id("cite", citation.ordinal)}
            popovertarget={edition.id("source", first)}
            data-sources={numbers.clone()}
            aria-label={edition.citation_name(citation)}
        >{ numbers }</button>
    };
    match &citation.mention {
        Some(words) => {
            html! { <span class="mention"><span>{ AttrValue::Rc(words.clone()) }</span>{ button }</span> }
        }
        None => button,
    }
}
