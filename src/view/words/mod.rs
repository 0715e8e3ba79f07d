//! The words of the interface. English is built in; every other language is one JSON file beside
//! this one, and a site can override any word.

mod languages;

use yew::AttrValue;

use crate::article::{Json, Language};
use crate::view::locale::{Locale, PluralCategory};
use crate::view::sound::Sound;

pub(crate) use languages::languages;

macro_rules! words {
    ($($(#[$doc:meta])+ $word:ident $key:literal = $one:literal $(| $other:literal)?;)+) => {
        /// A word or phrase of the interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Word {
            $($(#[$doc])+ $word,)+
        }

        impl Word {
            /// Every word with its key in the language files and its English: the only form, or
            /// the singular and the plural.
            pub const ENGLISH: &'static [(&'static str, &'static str, Option<&'static str>)] =
                &[$(($key, $one, words!(@other $($other)?)),)+];
        }
    };
    (@other $other:literal) => { Some($other) };
    (@other) => { None };
}

words! {
    /// Above the key points.
    KeyPoints "key_points" = "Key points";
    /// Opens every key point.
    ExpandAll "expand_all" = "Expand all";
    /// Closes every key point.
    CollapseAll "collapse_all" = "Collapse all";
    /// Before links to the blocks that back a key point.
    BackedBy "backed_by" = "Backed by";
    /// Beside the category, a link to the references.
    Sources "sources" = "Synthesized from {n} source" | "Synthesized from {n} sources";
    /// Before the authors.
    By "by" = "By {authors}";
    /// Before the date of the last change.
    Updated "updated" = "Updated {date}";
    /// How long the article takes to read.
    ReadTime "read_time" = "{n} min read" | "{n} min read";
    /// How long it takes to listen to.
    ListenTime "listen_time" = "{n} min listen" | "{n} min listen";
    /// Above the list of references.
    References "references" = "References";
    /// The name of a citation of one source.
    Source "source" = "Source {n}";
    /// The name of a citation of several.
    SourceList "source_list" = "Sources {list}";
    /// Where a reader is among several sources.
    Position "position" = "{n} of {total}";
    /// To the source before.
    PreviousSource "previous_source" = "Previous source";
    /// To the source after.
    NextSource "next_source" = "Next source";
    /// Closes a popover.
    Close "close" = "Close";
    /// Leads to a lasting copy of a source.
    ArchivedCopy "archived_copy" = "Archived copy";
    /// How often a source is cited, before links to the places.
    Cited "cited" = "Cited once:" | "Cited {n} times:";
    /// When a source is listed but cited nowhere.
    NotCited "not_cited" = "Not cited in the text";
    /// Told of a link that opens in a new tab.
    NewTab "new_tab" = "opens in a new tab";
    /// From a popover to the list of references.
    InTheList "in_the_list" = "See in the list of references";
    /// From a reference back to a citation.
    BackTo "back_to" = "Back to {place}";
    /// The name of the player.
    Player "player" = "Player";
    /// Starts the player.
    Play "play" = "Play";
    /// Stops it.
    Pause "pause" = "Pause";
    /// That it plays: said aloud.
    Playing "playing" = "Playing";
    /// That it is paused: said aloud.
    Paused "paused" = "Paused";
    /// The name of the progress bar.
    Progress "progress" = "Progress";
    /// The name of the choice of speed.
    Speed "speed" = "Speed";
    /// To the passage before.
    PreviousPassage "previous_passage" = "Previous passage";
    /// To the passage after.
    NextPassage "next_passage" = "Next passage";
    /// Keeps the current passage in view.
    Follow "follow" = "Scroll along";
    /// Ten seconds back.
    BackSeconds "back_seconds" = "Back 10 seconds";
    /// Ten seconds forward.
    ForwardSeconds "forward_seconds" = "Forward 10 seconds";
    /// Opens the menu of the player, and its name.
    More "more" = "More";
    /// Plays no further than the last key point.
    KeyPointsOnly "key_points_only" = "Key points only";
    /// Pauses where the next section begins.
    EndOfSection "end_of_section" = "Pause at the end of the section";
    /// The choice of voice.
    Voice "voice" = "Voice";
    /// How loud it is.
    Volume "volume" = "Volume";
    /// Silences the recording.
    Mute "mute" = "Mute";
    /// Copies a link that leads to where the player is.
    CopyLink "copy_link" = "Copy link from here";
    /// That the link is copied.
    LinkCopied "link_copied" = "Link copied";
    /// Hands such a link to another application.
    Share "share" = "Share from here";
    /// Above the keys that the player has.
    Keyboard "keyboard" = "Keyboard shortcuts";
    /// Before the headline of the article that comes next.
    NextArticle "next_article" = "Next article";
    /// That playing makes no sound and goes at the pace of reading.
    ReadingPace "reading_pace" = "Silent, at reading pace";
    /// That a voice of the reader's own device reads the article aloud.
    DeviceVoice "device_voice" = "Read aloud by your device";
    /// That the recording of the article is what is heard.
    Recording "recording" = "Recording";
    /// When it breaks off.
    RecordingFailed "recording_failed" = "The recording does not play just now.";
    /// The name of a block's time.
    PlayFrom "play_from" = "Play from {time}";
    /// Where the player is: said aloud.
    PlayerPosition "player_position" = "{time} of {total}, {place}";
    /// The same where no passage is current.
    PlayerTime "player_time" = "{time} of {total}";
    /// Hours, said aloud.
    Hours "hours" = "{n} hour" | "{n} hours";
    /// Minutes, said aloud.
    Minutes "minutes" = "{n} minute" | "{n} minutes";
    /// Seconds, said aloud.
    Seconds "seconds" = "{n} second" | "{n} seconds";
    /// Between hours, minutes and seconds.
    TimeJoin "time_join" = " ";
    /// The title as a place.
    Title "title" = "title";
    /// The summary as a place.
    Summary "summary" = "summary";
    /// A key point as a place.
    KeyPointPlace "key_point_place" = "key point {n} of {total}";
    /// A block as a place.
    ParagraphPlace "paragraph_place" = "paragraph {n} of {total}";
    /// A block in short.
    ParagraphShort "paragraph_short" = "¶{n}";
    /// A key point in short.
    KeyPointShort "key_point_short" = "Point {n}";
    /// The summary in short.
    SummaryShort "summary_short" = "Summary";
    /// While an article is on its way.
    Loading "loading" = "Loading…";
    /// When it did not come.
    Failed "failed" = "This briefing could not be loaded.";
    /// When it came but cannot be shown.
    Unreadable "unreadable" = "This briefing cannot be shown just now.";
    /// Asks for it once more.
    TryAgain "try_again" = "Try again";
    /// The name of a table that can be scrolled.
    Table "table" = "Table";
    /// The name of program text that can be scrolled.
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
    /// What there is to hear of playing.
    #[must_use]
    pub fn of_sound(sound: Sound) -> Self {
        match sound {
            Sound::Recording => Self::Recording,
            Sound::Voice => Self::DeviceVoice,
            Sound::Silence => Self::ReadingPace,
        }
    }
}

/// Texts with a space between any two.
macro_rules! spaced {
    ($first:literal $($other:literal)*) => { concat!($first $(, " ", $other)*) };
}

/// One word in one language.
#[derive(Debug, Clone, PartialEq)]
enum Phrase {
    Plain(AttrValue),
    /// Its forms by plural category.
    Plural(Vec<(PluralCategory, AttrValue)>),
}

/// The words of the interface in one language; English where it lacks one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// By the place of the word in [`Word::ENGLISH`]; may be shorter.
    phrases: Vec<Option<Phrase>>,
    /// What they are in, if somebody has said.
    language: Option<Language>,
}

impl Words {
    /// The tags that name the files, split by spaces: one text weighs less than a list. English needs
    /// no file.
    pub const LANGUAGES: &'static str = languages!(spaced);

    /// The tag of the file that serves this language best; nothing where English does.
    #[must_use]
    pub fn file_for(tag: &str) -> Option<&'static str> {
        let tag = tag.to_ascii_lowercase();
        let mut subtags = tag.split(['-', '_', '.', '@']);
        let file = match subtags.next()? {
            // Its script, or the script of its region.
            "zh" => match subtags.find(|subtag| matches!(*subtag, "hans" | "hant" | "tw" | "hk" | "mo")) {
                None | Some("hans") => "zh-Hans",
                Some(_) => "zh-Hant",
            },
            // Tags of before 1989, which some systems still give.
            "iw" => "he",
            "in" => "id",
            language => language,
        };
        Self::LANGUAGES.split(' ').find(|known| *known == file)
    }

    /// Reads a language file: an object from keys to texts, or to objects from plural categories
    /// to texts. Unknown keys and wrong types are passed over.
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        Self::default().with(json)
    }

    /// These words, with those of a site in their place: an object as in a language file, of any
    /// number of words.
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

    /// These words, said to be in a language. What is no tag of one says nothing.
    #[must_use]
    pub fn in_language(self, tag: &str) -> Self {
        Self { language: Language::parse(tag), ..self }
    }

    /// The language they are in: English where most of them are built in; nothing where nobody has said.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        let given = self.phrases.iter().flatten().count();
        if given * 2 < Word::ENGLISH.len() { Language::parse("en") } else { self.language.clone() }
    }

    /// The values of `lang` and `dir` for an element with nothing but words of the interface in it.
    pub(crate) fn language_and_direction(&self) -> (Option<AttrValue>, Option<&'static str>) {
        let language = self.language();
        let direction =
            language.as_ref().map(|language| if language.is_right_to_left() { "rtl" } else { "ltr" });
        (language.map(|language| language.to_text().into()), direction)
    }

    /// A word that has one form.
    #[must_use]
    pub fn get(&self, word: Word) -> AttrValue {
        self.form(word as usize, PluralCategory::Other)
    }

    /// A word that has one form, by its key in the language files; nothing for what is the key of none.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<AttrValue> {
        let word = Word::ENGLISH.iter().position(|(known, ..)| *known == key)?;
        Some(self.form(word, PluralCategory::Other))
    }

    /// A word with its places filled in.
    #[must_use]
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> AttrValue {
        fill(&self.get(word), values)
    }

    /// A word in the form that goes with a number, with the number filled in.
    #[must_use]
    pub fn count(&self, word: Word, number: usize, locale: &Locale) -> AttrValue {
        fill(&self.form(word as usize, locale.plural(number)), &[("n", &number.to_string())])
    }

    /// A word by its place in [`Word::ENGLISH`].
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

/// Puts values into places such as `{n}`.
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
