//! Inline text as markup.

use super::citation::citation;
use super::edition::Edition;
use super::markup::Markup;
use crate::article::{Inline, RichText};

/// Shows an inline text.
pub(crate) fn rich_text(markup: &mut Markup, edition: &Edition, text: &RichText) {
    inlines(markup, edition, &text.0);
}

fn inlines(markup: &mut Markup, edition: &Edition, list: &[Inline]) {
    for inline in list {
        match inline {
            Inline::Text(text) => markup.text(text),
            Inline::Emphasis(inner) => markup.element("em", &[], |markup| inlines(markup, edition, inner)),
            Inline::Strong(inner) => markup.element("strong", &[], |markup| inlines(markup, edition, inner)),
            Inline::Code(code) => markup.leaf("code", &[], code),
            Inline::Link { text, url } => markup.element("a", &[("rel", "noopener")], |markup| {
                markup.attribute("href", &edition.resolve(url));
                inlines(markup, edition, text);
            }),
            Inline::Citation(mark) => citation(markup, edition, mark),
        }
    }
}
