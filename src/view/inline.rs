//! Inline text as HTML.

use yew::prelude::*;

use super::citation::citation;
use super::edition::Edition;
use crate::article::{Inline, RichText};

/// Shows an inline text.
pub(crate) fn rich_text(edition: &Edition, text: &RichText) -> Html {
    inlines(edition, &text.0)
}

fn inlines(edition: &Edition, list: &[Inline]) -> Html {
    match list {
        [one] => inline(edition, one),
        several => several.iter().map(|one| inline(edition, one)).collect(),
    }
}

fn inline(edition: &Edition, inline: &Inline) -> Html {
    match inline {
        Inline::Text(text) => Html::from(AttrValue::Rc(text.clone())),
        Inline::Emphasis(inner) => html! { <em>{ inlines(edition, inner) }</em> },
        Inline::Strong(inner) => html! { <strong>{ inlines(edition, inner) }</strong> },
        Inline::Code(code) => html! { <code>{ AttrValue::Rc(code.clone()) }</code> },
        Inline::Link { text, url } => {
            html! { <a href={edition.resolve(url)} rel="noopener">{ inlines(edition, text) }</a> }
        }
        Inline::Citation(mark) => citation(edition, mark),
    }
}
