//! The direction of a text. Its language decides; only where that is unknown do its letters decide, since the
//! first of them may belong to a foreign name.

use crate::article::Language;
use crate::view::view_model::ViewModel;

/// Returns the value of `dir` for a text in a language.
pub(crate) fn direction(language: Option<&Language>) -> &'static str {
    match language {
        Some(language) if language.is_right_to_left() => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// Returns the value of `dir` for a text of the article, or `None` if the briefing's own direction applies.
pub(crate) fn own_direction(model: &ViewModel) -> Option<&'static str> {
    model.article.lang.is_none().then_some("auto")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_determines_the_direction() {
        let direction_of = |tag| direction(Language::parse(tag).as_ref());
        assert_eq!(direction_of("ar"), "rtl");
        assert_eq!(direction_of("az-Arab"), "rtl");
        assert_eq!(direction_of("zh-Hans"), "ltr");
        assert_eq!(direction(None), "auto");
    }
}
