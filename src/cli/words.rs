//! The interface strings in every supported language.

use crate::article::Json;
use crate::view::{Words, languages};

/// Returns the interface strings in a language; the English ones if there is no translation.
pub(super) fn words(language: &str) -> Words {
    let file = Words::file_for(language).and_then(file);
    let json = file.and_then(|file| serde_json::from_str::<Json>(file).ok());
    json.map(|json| Words::from_json(&json)).unwrap_or_default().in_language(language)
}

macro_rules! files {
    ($($tag:literal)+) => {
        /// Returns the file of a language.
        fn file(tag: &str) -> Option<&'static str> {
            match tag {
                $($tag => Some(include_str!(concat!("../view/words/", $tag, ".json"))),)+
                _ => None,
            }
        }
    };
}

languages!(files);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Word;

    #[test]
    fn every_language_is_translated() {
        for language in Words::LANGUAGES.split(' ') {
            assert_ne!(
                words(language).get(Word::References),
                words("en").get(Word::References),
                "{language}"
            );
        }
    }
}
