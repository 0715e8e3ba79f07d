//! The interface strings. English is built in; every other language is one JSON file beside this one,
//! and a site can override any string.

mod languages;

use yew::AttrValue;

use crate::article::{Json, Language};
use crate::view::locale::{Locale, PluralCategory};
use crate::view::sound::Sound;

pub(crate) use languages::languages;

macro_rules! words {
    ($($(#[$doc:meta])+ $word:ident $key:literal = $one:literal $(| $other:literal)?;)+) => {
        /// An interface string.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Word {
            $($(#[$doc])+ $word,)+
        }

        impl Word {
            /// Every string with its key in the language files and its English text: the only form, or
            /// the singular and the plural.
            pub const ENGLISH: &'static [(&'static str, &'static str, Option<&'static str>)] =
                &[$(($key, $one, words!(@other $($other)?)),)+];
        }
    };
    (@other $other:literal) => { Some($other) };
    (@other) => { None };
}

words! {
    /// The heading of the key points.
    KeyPoints "key_points" = "Key points";
    /// Opens every key point.
    ExpandAll "expand_all" = "Expand all";
    /// Closes every key point.
    CollapseAll "collapse_all" = "Collapse all";
    /// Before links to the blocks that back a key point.
    BackedBy "backed_by" = "Backed by";
    /// The number of sources beside the category, a link to the references.
    Sources "sources" = "Synthesized from {n} source" | "Synthesized from {n} sources";
    /// The authors.
    By "by" = "By {authors}";
    /// The date of the last change.
    Updated "updated" = "Updated {date}";
    /// How long the article takes to read.
    ReadTime "read_time" = "{n} min read" | "{n} min read";
    /// How long the article takes to listen to.
    ListenTime "listen_time" = "{n} min listen" | "{n} min listen";
    /// The heading of the list of references.
    References "references" = "References";
    /// The accessible name of a citation of one source.
    Source "source" = "Source {n}";
    /// The accessible name of a citation of several sources.
    SourceList "source_list" = "Sources {list}";
    /// The position among several sources.
    Position "position" = "{n} of {total}";
    /// The button to the previous source.
    PreviousSource "previous_source" = "Previous source";
    /// The button to the next source.
    NextSource "next_source" = "Next source";
    /// Closes a popover.
    Close "close" = "Close";
    /// A link to an archived copy of a source.
    ArchivedCopy "archived_copy" = "Archived copy";
    /// How often a source is cited, before links to the places.
    Cited "cited" = "Cited once:" | "Cited {n} times:";
    /// Shown for a source that is listed but cited nowhere.
    NotCited "not_cited" = "Not cited in the text";
    /// Spoken after a link that opens in a new tab.
    NewTab "new_tab" = "opens in a new tab";
    /// A link from a popover to the list of references.
    InTheList "in_the_list" = "See in the list of references";
    /// A link from a reference back to a citation.
    BackTo "back_to" = "Back to {place}";
    /// The accessible name of the player.
    Player "player" = "Player";
    /// Starts the player.
    Play "play" = "Play";
    /// Pauses the player.
    Pause "pause" = "Pause";
    /// Announces that the player plays.
    Playing "playing" = "Playing";
    /// Announces that the player is paused.
    Paused "paused" = "Paused";
    /// The accessible name of the progress bar.
    Progress "progress" = "Progress";
    /// The accessible name of the menu of playback rates.
    Speed "speed" = "Speed";
    /// Moves to the previous passage.
    PreviousPassage "previous_passage" = "Previous passage";
    /// Moves to the next passage.
    NextPassage "next_passage" = "Next passage";
    /// Keeps the current passage in view.
    Follow "follow" = "Scroll along";
    /// Moves ten seconds back.
    BackSeconds "back_seconds" = "Back 10 seconds";
    /// Moves ten seconds forward.
    ForwardSeconds "forward_seconds" = "Forward 10 seconds";
    /// Opens the menu of the player, and names it.
    More "more" = "More";
    /// Plays no further than the last key point.
    KeyPointsOnly "key_points_only" = "Key points only";
    /// Pauses at the start of the next section.
    EndOfSection "end_of_section" = "Pause at the end of the section";
    /// The menu of voices.
    Voice "voice" = "Voice";
    /// The volume.
    Volume "volume" = "Volume";
    /// Mutes the recording.
    Mute "mute" = "Mute";
    /// Copies a link to the player's position.
    CopyLink "copy_link" = "Copy link from here";
    /// Confirms that the link was copied.
    LinkCopied "link_copied" = "Link copied";
    /// Shares such a link with another application.
    Share "share" = "Share from here";
    /// The heading of the player's keyboard shortcuts.
    Keyboard "keyboard" = "Keyboard shortcuts";
    /// Before the headline of the next article.
    NextArticle "next_article" = "Next article";
    /// Says that playing is silent and goes at reading pace.
    ReadingPace "reading_pace" = "Silent, at reading pace";
    /// Says that a voice of the reader's own device reads the article aloud.
    DeviceVoice "device_voice" = "Read aloud by your device";
    /// Says that the recording of the article plays.
    Recording "recording" = "Recording";
    /// Says that the recording broke off.
    RecordingFailed "recording_failed" = "The recording does not play just now.";
    /// The accessible name of a block's timestamp.
    PlayFrom "play_from" = "Play from {time}";
    /// The spoken position of the player.
    PlayerPosition "player_position" = "{time} of {total}, {place}";
    /// The spoken position of the player, if no passage is current.
    PlayerTime "player_time" = "{time} of {total}";
    /// A number of hours, spoken.
    Hours "hours" = "{n} hour" | "{n} hours";
    /// A number of minutes, spoken.
    Minutes "minutes" = "{n} minute" | "{n} minutes";
    /// A number of seconds, spoken.
    Seconds "seconds" = "{n} second" | "{n} seconds";
    /// Joins hours, minutes and seconds.
    TimeJoin "time_join" = " ";
    /// The title, named as a place.
    Title "title" = "title";
    /// The summary, named as a place.
    Summary "summary" = "summary";
    /// A key point, named as a place.
    KeyPointPlace "key_point_place" = "key point {n} of {total}";
    /// A block, named as a place.
    ParagraphPlace "paragraph_place" = "paragraph {n} of {total}";
    /// The short name of a block.
    ParagraphShort "paragraph_short" = "¶{n}";
    /// The short name of a key point.
    KeyPointShort "key_point_short" = "Point {n}";
    /// The short name of the summary.
    SummaryShort "summary_short" = "Summary";
    /// Shown while an article is loading.
    Loading "loading" = "Loading…";
    /// Shown when an article could not be loaded.
    Failed "failed" = "This briefing could not be loaded.";
    /// Shown when an article has loaded but cannot be shown.
    Unreadable "unreadable" = "This briefing cannot be shown just now.";
    /// Retries loading or playing.
    TryAgain "try_again" = "Try again";
    /// The accessible name of a table that can be scrolled.
    Table "table" = "Table";
    /// The accessible name of program text that can be scrolled.
    Code "code" = "Code";
    /// A kind of source.
    KindArticle "kind_article" = "Article";
    /// A kind of source.
    KindPaper "kind_paper" = "Paper";
    /// A kind of source.
    KindReport "kind_report" = "Report";
    /// A kind of source.
    KindBook "kind_book" = "Book";
    /// A kind of source.
    KindDocument "kind_document" = "Document";
    /// A kind of source.
    KindDataset "kind_dataset" = "Data set";
    /// A kind of source.
    KindVideo "kind_video" = "Video";
    /// A kind of source.
    KindAudio "kind_audio" = "Audio";
    /// A kind of source.
    KindPost "kind_post" = "Post";
    /// A kind of source.
    KindWebsite "kind_website" = "Website";
}

impl Word {
    /// Returns the string that says what plays.
    #[must_use]
    pub fn of_sound(sound: Sound) -> Self {
        match sound {
            Sound::Recording => Self::Recording,
            Sound::Voice => Self::DeviceVoice,
            Sound::Silence => Self::ReadingPace,
        }
    }
}

/// Joins literals with spaces.
macro_rules! spaced {
    ($first:literal $($other:literal)*) => { concat!($first $(, " ", $other)*) };
}

/// One interface string in one language.
#[derive(Debug, Clone, PartialEq)]
enum Phrase {
    Plain(AttrValue),
    /// The forms by plural category.
    Plural(Vec<(PluralCategory, AttrValue)>),
}

/// The interface strings in one language; English where one is missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// Indexed like [`Word::ENGLISH`]; may be shorter.
    phrases: Vec<Option<Phrase>>,
    /// The language of the strings, if declared.
    language: Option<Language>,
}

impl Words {
    /// The tags that name the language files, separated by spaces: one string weighs less than a list.
    /// English has no file.
    pub const LANGUAGES: &'static str = languages!(spaced);

    /// Returns the tag of the language file that serves this language best, or `None` if built-in
    /// English does.
    #[must_use]
    pub fn file_for(tag: &str) -> Option<&'static str> {
        let tag = tag.to_ascii_lowercase();
        let mut subtags = tag.split(['-', '_', '.', '@']);
        let file = match subtags.next()? {
            // By the script, or by the script of the region. A single letter begins an extension.
            "zh" => match subtags
                .find(|subtag| subtag.len() == 1 || matches!(*subtag, "hans" | "hant" | "tw" | "hk" | "mo"))
            {
                Some("hant" | "tw" | "hk" | "mo") => "zh-Hant",
                _ => "zh-Hans",
            },
            // Tags from before 1989, which some systems still report.
            "iw" => "he",
            "in" => "id",
            language => language,
        };
        Self::LANGUAGES.split(' ').find(|known| *known == file)
    }

    /// Reads a language file: an object that maps keys to texts, or to objects that map plural
    /// categories to texts. Unknown keys and wrong types are ignored.
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        Self::default().with(json)
    }

    /// Overrides strings with those of a site: an object as in a language file, with any number of keys.
    #[must_use]
    pub fn with(mut self, json: &Json) -> Self {
        if let Json::Object(entries) = json {
            self.phrases.resize(Word::ENGLISH.len(), None);
            for ((key, ..), phrase) in Word::ENGLISH.iter().zip(&mut self.phrases) {
                let own = entries.iter().find(|(known, _)| known == key);
                if let Some(own) = own.and_then(|(_, value)| Phrase::from_json(value)) {
                    *phrase = Some(own);
                }
            }
        }
        self
    }

    /// Declares the language of the strings. An invalid tag declares none.
    #[must_use]
    pub fn in_language(self, tag: &str) -> Self {
        Self { language: Language::parse(tag), ..self }
    }

    /// Returns the language of the strings: English if most of them are built in, or `None` if it was
    /// not declared.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        let given = self.phrases.iter().flatten().count();
        if given * 2 < Word::ENGLISH.len() { Language::parse("en") } else { self.language.clone() }
    }

    /// Returns the values of `lang` and `dir` for an element that contains only interface strings.
    pub(crate) fn language_and_direction(&self) -> (Option<AttrValue>, Option<&'static str>) {
        let language = self.language();
        let direction =
            language.as_ref().map(|language| if language.is_right_to_left() { "rtl" } else { "ltr" });
        (language.map(|language| language.to_text().into()), direction)
    }

    /// Returns a string that has one form.
    #[must_use]
    pub fn get(&self, word: Word) -> AttrValue {
        self.form(word as usize, PluralCategory::Other)
    }

    /// Returns a string that has one form, by its key in the language files, or `None` for an unknown
    /// key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<AttrValue> {
        let word = Word::ENGLISH.iter().position(|(known, ..)| *known == key)?;
        Some(self.form(word, PluralCategory::Other))
    }

    /// Returns a string with its placeholders filled in.
    #[must_use]
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> AttrValue {
        fill(&self.get(word), values)
    }

    /// Returns a string in the form that goes with a number, with the number filled in.
    #[must_use]
    pub fn count(&self, word: Word, number: usize, locale: &Locale) -> AttrValue {
        fill(&self.form(word as usize, locale.plural(number)), &[("n", &number.to_string())])
    }

    /// Returns a string by its index in [`Word::ENGLISH`].
    fn form(&self, word: usize, category: PluralCategory) -> AttrValue {
        match self.phrases.get(word).and_then(Option::as_ref) {
            Some(Phrase::Plain(text)) => text.clone(),
            Some(Phrase::Plural(forms)) => {
                let of = |wanted| forms.iter().find(|(known, _)| *known == wanted);
                let form = of(category).or_else(|| of(PluralCategory::Other)).or_else(|| forms.first());
                form.map(|(_, text)| text.clone()).unwrap_or_default()
            }
            None => english(word, category),
        }
    }
}

impl Phrase {
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Text(text) => Some(Self::Plain(text.clone().into())),
            Json::Object(forms) => {
                let forms = forms.iter().filter_map(|(category, text)| match text {
                    Json::Text(text) => Some((PluralCategory::from_name(category)?, text.clone().into())),
                    _ => None,
                });
                let forms: Vec<_> = forms.collect();
                (!forms.is_empty()).then_some(Self::Plural(forms))
            }
            _ => None,
        }
    }
}

fn english(word: usize, category: PluralCategory) -> AttrValue {
    let Some((_, one, other)) = Word::ENGLISH.get(word) else {
        return AttrValue::default();
    };
    AttrValue::Static(match other {
        Some(other) if category != PluralCategory::One => other,
        _ => one,
    })
}

/// Replaces placeholders such as `{n}` with values.
fn fill(phrase: &str, values: &[(&str, &str)]) -> AttrValue {
    let mut filled = String::new();
    for (place, part) in phrase.split('{').enumerate() {
        let named = part.split_once('}').filter(|_| place > 0);
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        match named.and_then(|(name, rest)| Some([value(name)?, rest])) {
            Some(parts) => filled.extend(parts),
            None if place > 0 => filled.extend(["{", part]),
            None => filled.push_str(part),
        }
    }
    filled.into()
}
