//! Which way a text runs. Its language says; only where that is unknown do its letters, of which the first may
//! be that of a foreign name.

use crate::article::Language;
use crate::view::view_model::ViewModel;

/// The value of `dir` for a text in a language.
pub(crate) fn direction(language: Option<&Language>) -> &'static str {
    match language {
        Some(language) if language.is_right_to_left() => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// The same for a text of the article, which runs as the whole briefing does if its language is known.
pub(crate) fn own_direction(model: &ViewModel) -> Option<&'static str> {
    model.article.lang.is_none().then_some("auto")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_language_decides() {
        let direction_of = |tag| direction(Language::parse(tag).as_ref());
        assert_eq!(direction_of("ar"), "rtl");
        assert_eq!(direction_of("az-Arab"), "rtl");
        assert_eq!(direction_of("zh-Hans"), "ltr");
        assert_eq!(direction(None), "auto");
    }
}
