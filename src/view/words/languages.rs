/// Calls a macro with the tag of every language that has a file beside this one, in order. This is
/// the one list of languages in the crate; English needs no file.
macro_rules! languages {
    ($called:ident) => {
        $called! {
            "ar" "bn" "cs" "de" "el" "es" "fa" "fr" "he" "hi" "id" "it" "ja"
            "ko" "nl" "pl" "pt" "ru" "sv" "th" "tr" "uk" "ur" "vi" "zh-Hans" "zh-Hant"
        }
    };
}

pub(crate) use languages;
