use yew::prelude::*;

use super::edition::Edition;
use super::icon::{Icon, icon};
use super::source;
use super::words::Word;
use crate::article::Reference;

/// The list of references: folded, but always in the page, for finding and printing.
pub(crate) fn references(edition: &Edition) -> Html {
    let references = &edition.article.references;
    html! {
        <section class="references" part="references" id={edition.only_id("references")}>
            <details>
                <summary>
                    <h3>{ edition.words.get(Word::References) }</h3>
                    <span class="count">{ references.len() }</span>
                    { icon(Icon::Chevron) }
                </summary>
                <ol role="list">
                    { for references.iter().enumerate().map(|(index, reference)| item(edition, index, reference)) }
                </ol>
            </details>
        </section>
    }
}

fn item(edition: &Edition, index: usize, reference: &Reference) -> Html {
    let cited = edition.cited_at(index);
    html! {
        <li class="reference" part="reference" key={index} id={edition.id("reference", index)}>
            <span class="number" aria-hidden="true">{ index + 1 }</span>
            <div>
                <p class="source-title">
                    { source::title(edition, reference) }
                    if let Some(publisher) = source::publisher(reference) {
                        <span class="publisher">{ " — " }<bdi>{ publisher }</bdi></span>
                    }
                </p>
                { source::facts(edition, reference) }
                if let Some(url) = &reference.url {
                    <p class="address" dir="ltr">{ edition.resolve(url) }</p>
                }
                <p class="back">
                    if !cited.is_empty() {
                        <span aria-hidden="true">{ "↩" }</span>
                        { source::places(edition, cited) }
                    }
                    { source::archived_copy(edition, reference) }
                </p>
            </div>
        </li>
    }
}
