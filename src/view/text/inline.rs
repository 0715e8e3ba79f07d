//! Inline text as markup.

use super::citation::citation;
use crate::article::{Inline, RichText};
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows an inline text.
pub(crate) fn rich_text(markup: &mut Markup, model: &ViewModel, text: &RichText) {
    inlines(markup, model, &text.0);
}

fn inlines(markup: &mut Markup, model: &ViewModel, list: &[Inline]) {
    for inline in list {
        match inline {
            Inline::Text(text) => markup.text(text),
            Inline::Emphasis(inner) => markup.tag("em").children(|markup| inlines(markup, model, inner)),
            Inline::Strong(inner) => markup.tag("strong").children(|markup| inlines(markup, model, inner)),
            Inline::Code(code) => markup.tag("code").text(code),
            Inline::Link { text, url } => {
                markup.tag("a").attrs(&[("rel", "noopener")]).attr("href", &model.resolve(url)).children(
                    |markup| {
                        inlines(markup, model, text);
                    },
                )
            }
            Inline::Citation(mark) => citation(markup, model, mark),
        }
    }
}
