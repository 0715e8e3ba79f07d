//! Marks interface strings in an article that may be in another language: each element declares the language
//! and direction of its text wherever the two differ.

use super::direction::direction;
use crate::article::{Language, Passage, Reference};
use crate::view::markup::Tag;
use crate::view::view_model::ViewModel;

/// Marks an element that contains interface strings.
pub(crate) fn in_interface<'markup>(tag: Tag<'markup>, model: &ViewModel) -> Tag<'markup> {
    in_language(tag, model.interface())
}

/// Marks an element whose accessible name is an interface string, and whose content may be in any language.
pub(crate) fn named_in_interface<'markup>(tag: Tag<'markup>, model: &ViewModel) -> Tag<'markup> {
    tag.attr_if("lang", model.interface().map(Language::as_str))
}

/// Marks an element that contains a date, a list or a language name, as formatted by the locale.
pub(crate) fn in_locale<'markup>(tag: Tag<'markup>, model: &ViewModel) -> Tag<'markup> {
    in_language(tag, model.locale_language())
}

/// Marks an element that contains text of the article, possibly among interface strings.
pub(crate) fn in_article<'markup>(tag: Tag<'markup>, model: &ViewModel) -> Tag<'markup> {
    match &model.article.lang {
        lang @ Some(_) => in_language(tag, lang.as_ref().filter(|_| model.interface().is_some())),
        None => tag
            .attr_if("lang", model.interface().map(|_| ""))
            .attr_if("dir", model.interface().map(|_| "auto")),
    }
}

/// Marks an element that contains the label of a passage: its number in interface strings, or the words of a
/// heading.
pub(crate) fn in_language_of_label<'markup>(
    tag: Tag<'markup>,
    model: &ViewModel,
    passage: Passage,
) -> Tag<'markup> {
    if model.label_quotes_the_article(passage) { in_article(tag, model) } else { in_interface(tag, model) }
}

/// Returns the language of a source's own text: that of the source, or that of the article, which is unknown if
/// the article states none.
pub(crate) fn language_of<'model>(
    model: &'model ViewModel,
    reference: &'model Reference,
) -> Option<&'model str> {
    let around = model.interface().map(|_| model.article.lang.as_ref().map_or("", Language::as_str));
    reference.lang.as_ref().map(Language::as_str).or(around)
}

fn in_language<'markup>(tag: Tag<'markup>, language: Option<&Language>) -> Tag<'markup> {
    tag.attr_if("lang", language.map(Language::as_str))
        .attr_if("dir", language.map(|language| direction(Some(language))))
}
