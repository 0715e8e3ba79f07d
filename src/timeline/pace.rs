use super::tally::Tally;

/// How fast an article is read or listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Silent reading by an adult in their first language.
    Reading,
    /// Listening to a newsreader.
    Listening,
}

/// Words read aloud in a minute, by the first subtag of the language: the International Reading
/// Speed Texts of the same content in 17 languages, Trauzettel-Klosinski and Dietz 2012,
/// Investigative Ophthalmology & Visual Science 53:5452, table 2, doi 10.1167/iovs.11-8284.
///
/// Languages differ here because their words carry more or less meaning, not because their readers
/// are slower. Hence both paces scale these rates in proportion to [`ENGLISH_ALOUD`].
const WORDS_ALOUD: [(&str, f64); 17] = [
    ("en", ENGLISH_ALOUD),
    ("ar", 138.0),
    ("de", 179.0),
    ("es", 218.0),
    ("fi", 161.0),
    ("fr", 195.0),
    ("he", 187.0),
    ("it", 188.0),
    ("ja", 193.0),
    ("nl", 202.0),
    ("pl", 166.0),
    ("pt", 181.0),
    ("ru", 184.0),
    ("sl", 180.0),
    ("sv", 199.0),
    ("tr", 166.0),
    ("zh", 158.0),
];

/// English words read aloud in a minute; same source.
const ENGLISH_ALOUD: f64 = 228.0;

/// Words read aloud in a minute in any other language: the mean of the 17; same source.
const MEAN_ALOUD: f64 = 184.0;

/// Chinese characters read aloud in a minute; same source.
const CHINESE_ALOUD: f64 = 255.0;

/// Japanese characters, kanji and kana alike, read aloud in a minute; same source.
const JAPANESE_ALOUD: f64 = 357.0;

/// Syllables read aloud in a minute, the mean of the 17; same source. Hangul writes one character
/// for a syllable, and Korean words carry endings that make them long, so syllables fit better.
const SYLLABLES_ALOUD: f64 = 370.0;

/// Letters read aloud in a minute, at the 68 ms for each that 14 alphabetic languages share; same
/// source. Thai, Lao, Khmer, Burmese and Tibetan write sounds but no spaces between words.
const LETTERS_ALOUD: f64 = 60.0 / 0.068;

/// English non-fiction words read in silence in a minute: Brysbaert 2019, Journal of Memory and
/// Language 109:104047, a meta-analysis of 190 studies.
const ENGLISH_SILENT: f64 = 238.0;

/// English words spoken in a minute on the radio: 160 in British monologues, Tauroza and Allison
/// 1990, Applied Linguistics 11:90. Rodero 2012, Text & Talk 32:391, reports 160 to 180 as what
/// the literature advises, and BBC bulletins within it.
const ENGLISH_NEWS: f64 = 160.0;

/// Chinese characters spoken in a minute: about 240 is the normal speed of the Putonghua
/// Proficiency Test, and China National Radio's morning news was counted at 240 to 270 from the
/// 1990s on. Used unscaled.
const CHINESE_NEWS: f64 = 240.0;

/// Japanese characters spoken in a minute: 300 is NHK's norm for news, as the former NHK newsreader
/// Yano Kaori writes in "NHK-shiki + shinrigaku". Used unscaled.
const JAPANESE_NEWS: f64 = 300.0;

/// The silence between two paragraphs read aloud, in seconds. Kazlauskiene and Kalasinskaite 2020,
/// Respectus Philologicus 37(42):35, measured 0.4 to 1.34 for fast readers and 0.75 to 1.8 for slow
/// ones. The silence between sentences is already in the rates above, which are of whole texts.
const PARAGRAPH_PAUSE: f64 = 1.0;

impl Pace {
    /// Returns how long the counted units take, in seconds, in a text of this language (the first
    /// subtag of its tag).
    pub(super) fn seconds(self, tally: &Tally, language: Option<&str>) -> f64 {
        let aloud = WORDS_ALOUD.iter().find(|(known, _)| language == Some(*known));
        let words = aloud.map_or(MEAN_ALOUD, |(_, rate)| *rate);
        // Kana distinguishes Japanese from Chinese if the article states no language.
        let japanese = language == Some("ja") || (language.is_none() && tally.kana > 0);
        let (chinese_rate, japanese_rate) = match self {
            Self::Reading => (self.scaled(CHINESE_ALOUD), self.scaled(JAPANESE_ALOUD)),
            Self::Listening => (CHINESE_NEWS, JAPANESE_NEWS),
        };
        let minutes = f64::from(tally.words) / self.scaled(words)
            + f64::from(tally.han) / if japanese { japanese_rate } else { chinese_rate }
            + f64::from(tally.kana) / japanese_rate
            + f64::from(tally.hangul) / self.scaled(SYLLABLES_ALOUD)
            + f64::from(tally.letters) / self.scaled(LETTERS_ALOUD);
        60.0 * minutes
    }

    /// Scales a rate of reading aloud to this pace, in proportion to English.
    fn scaled(self, rate: f64) -> f64 {
        let english = match self {
            Self::Reading => ENGLISH_SILENT,
            Self::Listening => ENGLISH_NEWS,
        };
        rate * english / ENGLISH_ALOUD
    }

    /// Returns the silence after a passage, in seconds.
    pub(super) fn pause_after_passage(self) -> f64 {
        match self {
            Self::Reading => 0.0,
            Self::Listening => PARAGRAPH_PAUSE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(pace: Pace, text: &str, language: Option<&str>) -> f64 {
        pace.seconds(&Tally::of(text), language)
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.05, "found {found}, expected {expected}");
    }

    #[test]
    fn english_has_the_published_rates() {
        let text = "word ".repeat(100);
        near(seconds(Pace::Reading, &text, Some("en")), 6000.0 / 238.0);
        near(seconds(Pace::Listening, &text, Some("en")), 6000.0 / 160.0);
    }

    #[test]
    fn other_languages_are_scaled_in_proportion() {
        let text = "Wort ".repeat(100);
        near(seconds(Pace::Reading, &text, Some("de")), 6000.0 / (238.0 * 179.0 / 228.0));
        near(seconds(Pace::Listening, &text, Some("de")), 6000.0 / (160.0 * 179.0 / 228.0));
        near(seconds(Pace::Reading, &text, Some("eo")), 6000.0 / (238.0 * 184.0 / 228.0));
        near(seconds(Pace::Reading, &text, None), 6000.0 / (238.0 * 184.0 / 228.0));
    }

    #[test]
    fn chinese_is_counted_by_the_character() {
        let text = "新闻".repeat(120);
        near(seconds(Pace::Listening, &text, Some("zh")), 60.0);
        near(seconds(Pace::Reading, &text, Some("zh")), 240.0 * 60.0 / (255.0 * 238.0 / 228.0));
    }

    #[test]
    fn japanese_has_more_characters_per_minute_than_chinese() {
        let text = "日本のニュース。".repeat(30);
        let characters = 7.0 * 30.0;
        near(seconds(Pace::Listening, &text, Some("ja")), characters / 300.0 * 60.0);
        near(seconds(Pace::Listening, &text, None), characters / 300.0 * 60.0);
        assert!(seconds(Pace::Listening, &text, Some("zh")) > seconds(Pace::Listening, &text, Some("ja")));
    }

    #[test]
    fn english_names_in_a_chinese_text_count_as_words() {
        let chinese = seconds(Pace::Reading, "据报道。", Some("zh"));
        let names = seconds(Pace::Reading, "Sam Altman", Some("zh"));
        near(seconds(Pace::Reading, "据Sam Altman报道。", Some("zh")), chinese + names);
        assert!(names > 0.5);
    }

    #[test]
    fn the_same_sentence_takes_about_as_long_in_any_script() {
        // Article 1 of the Universal Declaration of Human Rights, first sentence.
        let sentences = [
            ("en", "All human beings are born free and equal in dignity and rights."),
            ("de", "Alle Menschen sind frei und gleich an Würde und Rechten geboren."),
            ("zh", "人人生而自由,在尊严和权利上一律平等。"),
            ("ja", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"),
            ("ko", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다."),
            ("th", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ"),
            ("ru", "Все люди рождаются свободными и равными в своем достоинстве и правах."),
            ("ar", "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق."),
        ];
        for pace in [Pace::Reading, Pace::Listening] {
            let english = seconds(pace, sentences.first().map_or("", |(_, text)| text), Some("en"));
            for (language, text) in sentences {
                let ratio = seconds(pace, text, Some(language)) / english;
                assert!((0.6..2.4).contains(&ratio), "{language} {pace:?}: {ratio}");
            }
        }
    }
}
