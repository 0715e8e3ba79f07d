use super::Text;

/// A language as a BCP 47 tag, such as `en`, `pt-BR` or `zh-Hans`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "native", derive(serde::Serialize), serde(transparent))]
pub struct Language(Text);

impl Language {
    /// Parses a tag. Accepts a well-formed one (subtags of 1 to 8 letters or digits joined by hyphens, the
    /// first of 2 or 3 letters, since no longer one is registered: `German` is a name), and corrects
    /// `en_GB.UTF-8` to `en-GB`. A tag that is too long loses its extensions.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const LONGEST: usize = 35;
        // Operating systems append the encoding or a variant to a language.
        let text = text.split(['.', '@']).next()?;
        let tag = text.trim().replace('_', "-");
        let tag = if tag.len() > LONGEST { without_extensions(&tag) } else { &tag };
        let mut subtags = tag.split('-');
        let primary = subtags.next()?;
        let well_formed = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && subtags.all(|subtag| {
                (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
            && tag.len() <= LONGEST;
        well_formed.then(|| Self(tag.into()))
    }

    /// Returns the tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the tag as shared text.
    #[must_use]
    pub fn to_text(&self) -> Text {
        Text::clone(&self.0)
    }

    /// Returns the tag without its extensions and private-use parts, which name no language, script or
    /// region: `ar` for `ar-u-nu-latn`.
    #[must_use]
    pub fn without_extensions(&self) -> &str {
        without_extensions(&self.0)
    }

    /// Returns the language without script or region, in lower case: `zh` for `zh-Hans`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether the language is written from right to left. A script subtag decides, if there is one.
    ///
    /// Otherwise a list decides. It has Unicode CLDR's right-to-left languages in news use, some of them for
    /// one region only.
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

    /// Whether both are the same language, whatever the region, so that a reader of one can be expected to
    /// read the other.
    #[must_use]
    pub fn same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }
}

/// The languages that are written from right to left unless their tag names a script.
const RIGHT_TO_LEFT: [&str; 22] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku-IQ", "ku-IR", "lrc", "mzn", "nqo", "pa-PK", "prs",
    "ps", "sd", "syr", "ug", "ur", "uz-AF", "yi",
];

/// Returns the tag up to its first subtag of one letter, which begins an extension.
pub(crate) fn without_extensions(tag: &str) -> &str {
    let begins = |at: &usize| tag.get(at + 2..).is_none_or(|rest| rest.is_empty() || rest.starts_with('-'));
    let end = tag.match_indices('-').map(|(at, _)| at).find(begins);
    end.and_then(|end| tag.get(..end)).unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_removed_from_tags() {
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
    fn only_well_formed_tags_are_parsed() {
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
        for name in ["English", "german", "Deutsch", "Chinese-Hans"] {
            assert_eq!(Language::parse(name), None, "{name}");
        }
    }

    #[test]
    fn direction_depends_on_language_and_script() {
        let rtl = |tag: &str| Language::parse(tag).is_some_and(|language| language.is_right_to_left());
        assert!(rtl("ar") && rtl("AR-EG") && rtl("he") && rtl("ur-PK") && rtl("az-Arab"));
        assert!(rtl("prs") && rtl("pa-pk") && rtl("ar-u-nu-latn") && !rtl("pa-IN") && !rtl("arn"));
        assert!(!rtl("en") && !rtl("az") && !rtl("ar-Latn") && !rtl("zh-Hant"));
    }
}
