use yew::AttrValue;

use crate::article::{
    Article, Block, BlockKind, Citation, CitationInPassage, Language, Passage, PassageNames, Text, Url,
};
use crate::timeline::{
    Pace, SpokenTime, TimeUnit, Timeline, format_clock, listening_seconds, reading_seconds,
};
use crate::view::locale::Locale;
use crate::view::sections::Sections;
use crate::view::sound::Sound;
use crate::view::words::{Word, Words};

/// Everything that the view functions need, computed once for an article.
#[derive(Debug)]
pub struct ViewModel {
    /// The article, cut down to the sections that are shown.
    pub article: Article,
    /// When each passage is played.
    pub timeline: Timeline,
    /// The interface strings.
    pub words: Words,
    /// How numbers, dates and lists are formatted.
    pub locale: Locale,
    /// The language of the interface strings, if it differs from the article's.
    interface: Option<Language>,
    /// The language of the locale, if it or that of the interface strings differs from the article's.
    locale_language: Option<Language>,
    /// Whether the references are listed, not just cited.
    lists_references: bool,
    reading_minutes: usize,
    listening_minutes: Option<usize>,
    /// The base that relative URLs of the article are resolved against.
    base: Option<AttrValue>,
    /// The prefix of all ids of this briefing, so that several can share a page.
    prefix: AttrValue,
    /// Where each reference is cited.
    cited: Vec<Cited>,
    /// The blocks that back each key point.
    backing: Vec<Vec<usize>>,
    /// For each block, its number among the blocks that are not headings; 0 for a heading.
    paragraph_numbers: Vec<usize>,
    /// For each block, the level and the first words of its heading; 0 for a block that is no heading.
    headings: Vec<(u8, AttrValue)>,
    paragraphs: usize,
    /// Whether the player is shown, provided that there is something to play.
    wants_player: bool,
    /// Whether the whole article has loaded.
    is_whole: bool,
    /// What plays while the article is played.
    sound: Sound,
}

/// Where a reference is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// The first places, in reading order; at most [`Cited::MAX_PLACES`].
    pub places: Vec<CitedAt>,
    /// How often it is cited.
    pub times: usize,
}

impl Cited {
    /// The maximum number of places kept. Many sources that are each cited in many places would otherwise
    /// produce more backlinks than an article has words.
    pub const MAX_PLACES: usize = 50;
}

/// A place where a reference is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitedAt {
    /// [`Citation::ordinal`].
    pub citation: usize,
    /// The passage that contains the citation.
    pub passage: Passage,
}

impl ViewModel {
    /// Prepares the `sections` of an article for display. `language` is the language of the interface, `base`
    /// resolves relative URLs, and `prefix` precedes every id. With [`Pace::Listening`], a voice reads the
    /// article aloud if it has no recording.
    #[must_use]
    pub fn new(
        mut article: Article,
        sections: Sections,
        words: Words,
        language: &str,
        base: Option<AttrValue>,
        prefix: AttrValue,
        pace: Pace,
    ) -> Self {
        // Computed from the whole article, whichever sections are shown.
        let reading_minutes = minutes(reading_seconds(&article));
        let has_recording = article.audio.as_ref().is_some_and(|audio| !audio.sources.is_empty());
        let listening_minutes = has_recording.then(|| minutes(listening_seconds(&article)));
        sections.remove_hidden_from(&mut article);
        let mut cited = vec![Cited::default(); article.references.len()];
        for CitationInPassage { passage, citation } in article.citations() {
            for reference in &citation.references {
                if let Some(cited) = cited.get_mut(*reference) {
                    cited.times += 1;
                    if cited.times <= Cited::MAX_PLACES {
                        cited.places.push(CitedAt { citation: citation.ordinal, passage });
                    }
                }
            }
        }
        let backing = backing(&article);
        let mut paragraphs = 0;
        let number = |block: &Block| match block.kind {
            BlockKind::Heading(_) => 0,
            _ => {
                paragraphs += 1;
                paragraphs
            }
        };
        let paragraph_numbers = article.body.iter().map(number).collect();
        let sound = match pace {
            _ if has_recording => Sound::Recording,
            Pace::Reading => Sound::Silence,
            Pace::Listening => Sound::Voice,
        };
        let timeline = if !sections.player {
            Timeline::default()
        } else if sound == Sound::Voice {
            Timeline::estimate(&article, pace)
        } else {
            Timeline::of(&article)
        };
        let is_read = sound == Sound::Voice && timeline.duration() > 0.0;
        let listening_minutes = if is_read { Some(minutes(timeline.duration())) } else { listening_minutes };
        let locale = Locale::of(language);
        let is_other =
            |other: &Language| !article.lang.as_ref().is_some_and(|own| needs_no_markup_beside(own, other));
        let interface = words.language().filter(is_other);
        let locale_language =
            Language::parse(language).filter(|other| interface.is_some() || is_other(other));
        let headings = headings(&article, &locale);
        Self {
            article,
            timeline,
            words,
            lists_references: sections.references,
            reading_minutes,
            listening_minutes,
            locale,
            interface,
            locale_language,
            base,
            prefix,
            cited,
            backing,
            paragraph_numbers,
            headings,
            paragraphs,
            wants_player: sections.player,
            is_whole: true,
            sound,
        }
    }

    /// Turns this into the model of a first screenful, while the rest of the article is still loading.
    /// Durations and the times of passages are left out, because they depend on the whole article.
    #[must_use]
    pub fn as_first_screen(self) -> Self {
        Self { timeline: Timeline::default(), is_whole: false, ..self }
    }

    /// Removes the recording, where nothing can play it: the player runs in silence.
    #[must_use]
    pub fn without_recording(self) -> Self {
        Self { sound: Sound::Silence, ..self }
    }

    /// Returns whether the briefing has a player. While the article is incomplete, returns whether it will
    /// have one.
    #[must_use]
    pub fn has_player(&self) -> bool {
        self.wants_player && (self.timeline.duration() > 0.0 || !self.is_whole)
    }

    /// Returns the preferred sound of the article. The browser may not support it; then the next best plays.
    #[must_use]
    pub fn sound(&self) -> Sound {
        self.sound
    }

    /// Returns whether the whole article has loaded.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns the language of the interface strings, if it differs from the article's.
    #[must_use]
    pub fn interface(&self) -> Option<&Language> {
        self.interface.as_ref()
    }

    /// Returns the language of dates, lists and language names, if the markup has to declare it.
    #[must_use]
    pub fn locale_language(&self) -> Option<&Language> {
        self.locale_language.as_ref()
    }

    /// Returns where a reference is cited, or `None` if it is not cited.
    #[must_use]
    pub fn cited(&self, reference: usize) -> Option<&Cited> {
        self.cited.get(reference).filter(|cited| cited.times > 0)
    }

    /// Returns the blocks that back a key point.
    #[must_use]
    pub fn backing(&self, key_point: usize) -> &[usize] {
        self.backing.get(key_point).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns whether the references are listed.
    #[must_use]
    pub fn lists_references(&self) -> bool {
        self.lists_references && !self.article.references.is_empty()
    }

    /// Returns how many sources the article was made from.
    #[must_use]
    pub fn source_count(&self) -> usize {
        let stated = self.article.source_count.and_then(|count| usize::try_from(count).ok());
        stated.unwrap_or(self.article.references.len())
    }

    /// Resolves a URL of the article for use in the host page.
    #[must_use]
    pub fn resolve(&self, url: &Url) -> AttrValue {
        let base = self.base.as_ref().filter(|_| url.is_relative());
        base.and_then(|base| resolve(url.as_str(), base)).unwrap_or_else(|| url.to_text().into())
    }

    /// Returns the reading time in minutes; at least 1.
    #[must_use]
    pub fn reading_minutes(&self) -> usize {
        self.reading_minutes
    }

    /// Returns the listening time in minutes, if there is anything to listen to.
    #[must_use]
    pub fn listening_minutes(&self) -> Option<usize> {
        self.listening_minutes
    }

    /// Returns the id of an element, from its kind and index.
    #[must_use]
    pub fn id(&self, kind: &str, index: usize) -> AttrValue {
        [&self.prefix, kind, "-", &index.to_string()].concat().into()
    }

    /// Returns the id of an element that occurs once in a briefing.
    #[must_use]
    pub fn only_id(&self, kind: &str) -> AttrValue {
        [&self.prefix, kind].concat().into()
    }

    /// Returns the id of the element that shows a passage.
    #[must_use]
    pub fn passage_id(&self, passage: Passage) -> AttrValue {
        match passage {
            Passage::Title => self.only_id("title"),
            Passage::Summary => self.only_id("summary"),
            Passage::KeyPoint(index) => self.id("point", index),
            Passage::Block(index) => self.id("block", index),
        }
    }

    /// Returns a short label for a passage, such as `¶3`.
    #[must_use]
    pub fn short_label(&self, passage: Passage) -> AttrValue {
        match passage {
            Passage::Title => self.words.get(Word::Title),
            Passage::Summary => self.words.get(Word::SummaryShort),
            Passage::KeyPoint(index) => {
                self.words.fill(Word::KeyPointShort, &[("n", &(index + 1).to_string())])
            }
            Passage::Block(index) => match self.paragraph_number(index) {
                0 => self.heading_label(index),
                number => self.words.fill(Word::ParagraphShort, &[("n", &number.to_string())]),
            },
        }
    }

    /// Returns whether [`Self::short_label`] quotes the article, instead of using an interface string.
    #[must_use]
    pub fn label_quotes_the_article(&self, passage: Passage) -> bool {
        matches!(passage, Passage::Block(index) if self.paragraph_number(index) == 0)
    }

    /// Returns the spoken label of a passage: "paragraph 3 of 9".
    #[must_use]
    pub fn spoken_label(&self, passage: Passage) -> AttrValue {
        let of = |word, number: usize, total: usize| {
            self.words.fill(word, &[("n", &number.to_string()), ("total", &total.to_string())])
        };
        match passage {
            Passage::Title => self.words.get(Word::Title),
            Passage::Summary => self.words.get(Word::Summary),
            Passage::KeyPoint(index) => of(Word::KeyPointPlace, index + 1, self.article.key_points.len()),
            Passage::Block(index) => match self.paragraph_number(index) {
                0 => self.heading_label(index),
                number => of(Word::ParagraphPlace, number, self.paragraphs),
            },
        }
    }

    /// Returns the level of a heading: its own, or less if it would skip a level after the preceding heading.
    /// A skipped level makes screen reader users who navigate by headings wonder what they missed.
    #[must_use]
    pub fn heading_level(&self, block: usize) -> u8 {
        self.headings.get(block).map_or(0, |(level, _)| *level)
    }

    fn paragraph_number(&self, block: usize) -> usize {
        self.paragraph_numbers.get(block).copied().unwrap_or_default()
    }

    /// Returns the first words of a heading, which label it as a place.
    fn heading_label(&self, block: usize) -> AttrValue {
        self.headings.get(block).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// Returns the first words of a passage, as a preview.
    #[must_use]
    pub fn first_words(&self, passage: Passage) -> String {
        first_words(self.article.spoken(passage), &self.locale)
    }

    /// Returns the heading above a block, if there is one.
    #[must_use]
    pub fn chapter(&self, passage: Passage) -> Option<Passage> {
        let Passage::Block(block) = passage else { return None };
        let before = self.article.body.get(..block)?;
        before.iter().rposition(is_heading).map(Passage::Block)
    }

    /// Returns whether a passage is a heading.
    #[must_use]
    pub fn is_heading(&self, passage: Passage) -> bool {
        let Passage::Block(block) = passage else { return false };
        self.article.body.get(block).is_some_and(is_heading)
    }

    /// Returns the accessible name of a citation, with its visible numbers: "Source 2", "Sources 2,5".
    #[must_use]
    pub fn citation_name(&self, citation: &Citation) -> AttrValue {
        let numbers = citation.numbers();
        match citation.references.len() {
            1 => self.words.fill(Word::Source, &[("n", &numbers)]),
            _ => self.words.fill(Word::SourceList, &[("list", &numbers)]),
        }
    }

    /// Returns a duration as spoken text.
    #[must_use]
    pub fn spoken_time(&self, seconds: f64) -> String {
        let part = |(number, unit)| {
            let word = match unit {
                TimeUnit::Hour => Word::Hours,
                TimeUnit::Minute => Word::Minutes,
                TimeUnit::Second => Word::Seconds,
            };
            self.words.count(word, usize::try_from(number).unwrap_or_default(), &self.locale).to_string()
        };
        let between = self.words.get(Word::TimeJoin);
        let join = |before: String, next: String| [&*before, &*between, &*next].concat();
        SpokenTime::of(seconds).parts().map(part).reduce(join).unwrap_or_default()
    }

    /// Returns the accessible name of a timestamp that starts the player.
    #[must_use]
    pub fn time_name(&self, seconds: f64) -> AttrValue {
        self.words.fill(Word::PlayFrom, &[("time", &format_clock(seconds))])
    }

    /// Returns the player's position on a timeline of this article, as spoken text.
    #[must_use]
    pub fn spoken_position(&self, timeline: &Timeline, seconds: f64, duration: f64) -> AttrValue {
        let (time, total) = (self.spoken_time(seconds), self.spoken_time(duration));
        let current = timeline.at(seconds).and_then(|index| timeline.segment(index));
        match current {
            Some(segment) => {
                let place = self.spoken_label(segment.passage);
                self.words
                    .fill(Word::PlayerPosition, &[("time", &time), ("total", &total), ("place", &place)])
            }
            None => self.words.fill(Word::PlayerTime, &[("time", &time), ("total", &total)]),
        }
    }
}

/// Returns whether texts in two languages need no markup to tell them apart: the same language, direction and
/// interface strings.
fn needs_no_markup_beside(one: &Language, other: &Language) -> bool {
    one.same_language(other)
        && one.is_right_to_left() == other.is_right_to_left()
        && Words::file_for(one.as_str()) == Words::file_for(other.as_str())
}

/// Returns the level and the first words of each heading. Links to a heading repeat only those words, not its
/// whole text.
fn headings(article: &Article, locale: &Locale) -> Vec<(u8, AttrValue)> {
    // The title is level 1.
    let mut before = 1;
    let heading = |(index, block): (usize, &Block)| match &block.kind {
        BlockKind::Heading(heading) => {
            before = heading.level.min(before + 1);
            (before, first_words(article.spoken(Passage::Block(index)), locale).into())
        }
        _ => (0, AttrValue::default()),
    };
    article.body.iter().enumerate().map(heading).collect()
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}

/// Shortens a long text to its first words.
fn first_words(text: String, locale: &Locale) -> String {
    const MAX_CHARS: usize = 60;
    let Some((end, _)) = text.char_indices().nth(MAX_CHARS) else { return text };
    let cut = text.get(..locale.grapheme_start(&text, end)).unwrap_or_default();
    // Scripts with spaces are cut between words.
    let whole = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
    [whole, "…"].concat()
}

/// Returns the blocks that back each key point.
fn backing(article: &Article) -> Vec<Vec<usize>> {
    if article.key_points.iter().all(|point| point.supports.is_empty()) {
        return Vec::new();
    }
    let names = PassageNames::of(article);
    let block = |id: &Text| match names.find(id) {
        Some(Passage::Block(index)) => Some(index),
        _ => None,
    };
    article.key_points.iter().map(|point| point.supports.iter().filter_map(block).collect()).collect()
}

/// Formats a time as whole milliseconds, so that parsing it needs no fractions.
pub(crate) fn milliseconds(seconds: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "starts are finite and not negative"
    )]
    let milliseconds = (seconds * 1000.0).ceil() as u64;
    milliseconds.to_string()
}

fn minutes(seconds: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an article takes no years")]
    let minutes = (seconds / 60.0).round() as usize;
    minutes.max(1)
}

#[cfg(target_arch = "wasm32")]
fn resolve(url: &str, base: &str) -> Option<AttrValue> {
    web_sys::Url::new_with_base(url, base).ok().map(|url| url.href().into())
}

#[cfg(not(target_arch = "wasm32"))]
fn resolve(_url: &str, _base: &str) -> Option<AttrValue> {
    None
}
