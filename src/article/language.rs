use super::Text;

/// A language as a BCP 47 tag, such as `en`, `pt-BR` or `zh-Hans`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "native", derive(serde::Serialize), serde(transparent))]
pub struct Language(Text);

impl Language {
    /// Reads a tag. Takes what is well-formed (subtags of 1 to 8 letters or digits joined by
    /// hyphens, the first of 2 to 8 letters), and mends `en_GB.UTF-8` into `en-GB`. What is too long to be kept is
    /// without its extensions.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const LONGEST: usize = 35;
        // Systems name the encoding behind a language.
        let text = text.split(['.', '@']).next()?;
        let tag = text.trim().replace('_', "-");
        let tag = if tag.len() > LONGEST { without_extensions(&tag) } else { &tag };
        let mut subtags = tag.split('-');
        let primary = subtags.next()?;
        let well_formed = (2..=8).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && subtags.all(|subtag| {
                (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
            && tag.len() <= LONGEST;
        well_formed.then(|| Self(tag.into()))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag as shared text.
    #[must_use]
    pub fn to_text(&self) -> Text {
        Text::clone(&self.0)
    }

    /// The tag without extensions and private parts, which say nothing of language, script or region: `ar` of
    /// `ar-u-nu-latn`.
    #[must_use]
    pub fn without_extensions(&self) -> &str {
        without_extensions(&self.0)
    }

    /// The language itself without script or region, in lower case: `zh` of `zh-Hans`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether it is written from right to left, by its script where one is given.
    ///
    /// The list is that of Unicode CLDR's right-to-left languages in news use, and of regions where a language is.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        let script = self.without_extensions().split('-').skip(1).find(|subtag| subtag.len() == 4);
        match script {
            Some(script) => ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(script)),
            None => {
                let is_so = |tag: &&str| {
                    self.0.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
                        && self.0.get(tag.len()..).is_none_or(|rest| rest.is_empty() || rest.starts_with('-'))
                };
                RIGHT_TO_LEFT.iter().any(is_so)
            }
        }
    }

    /// Whether readers of one can be expected to read the other: the same language, whatever the
    /// region.
    #[must_use]
    pub fn same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }
}

/// The tags of languages that are written from right to left where they name no script.
const RIGHT_TO_LEFT: [&str; 22] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku-IQ", "ku-IR", "lrc", "mzn", "nqo", "pa-PK", "prs",
    "ps", "sd", "syr", "ug", "ur", "uz-AF", "yi",
];

/// A tag up to its first part of one letter, which begins an extension.
pub(crate) fn without_extensions(tag: &str) -> &str {
    let begins = |at: &usize| tag.get(at + 2..).is_none_or(|rest| rest.is_empty() || rest.starts_with('-'));
    let end = tag.match_indices('-').map(|(at, _)| at).find(begins);
    end.and_then(|end| tag.get(..end)).unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_say_nothing_of_language_script_and_region() {
        for (tag, plain) in [
            ("ar-u-nu-latn", "ar"),
            ("zh-Hant-x-private", "zh-Hant"),
            ("de-AT-1996-t-en", "de-AT-1996"),
            ("en-x-arab", "en"),
            ("pt-BR", "pt-BR"),
        ] {
            assert_eq!(without_extensions(tag), plain, "{tag}");
        }
        assert!(Language::parse("en-x-arab").is_some_and(|english| !english.is_right_to_left()));
    }

    #[test]
    fn reads_well_formed_tags_only() {
        for (text, tag) in [
            ("en", Some("en")),
            (" zh-Hans ", Some("zh-Hans")),
            ("en_GB", Some("en-GB")),
            ("ar_EG.UTF-8", Some("ar-EG")),
            ("sr_RS@latin", Some("sr-RS")),
            ("ar-SA-u-ca-islamic-umalqura-nu-latn-hc-h12", Some("ar-SA")),
            ("x", None),
            ("", None),
            ("english please", None),
            ("en-", None),
            ("e1", None),
            ("de-abcdefghi", None),
        ] {
            assert_eq!(Language::parse(text).as_ref().map(Language::as_str), tag, "{text}");
        }
    }

    #[test]
    fn knows_the_direction_by_language_and_script() {
        let rtl = |tag: &str| Language::parse(tag).is_some_and(|language| language.is_right_to_left());
        assert!(rtl("ar") && rtl("AR-EG") && rtl("he") && rtl("ur-PK") && rtl("az-Arab"));
        assert!(rtl("prs") && rtl("pa-pk") && rtl("ar-u-nu-latn") && !rtl("pa-IN") && !rtl("arn"));
        assert!(!rtl("en") && !rtl("az") && !rtl("ar-Latn") && !rtl("zh-Hant"));
    }
}
