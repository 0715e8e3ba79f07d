use yew::AttrValue;

use super::locale::Locale;
use super::sections::Sections;
use super::words::{Word, Words};
use crate::article::{Article, Block, BlockKind, Citation, Passage, Url};
use crate::timeline::{Pace, SpokenTime, TimeUnit, Timeline, listening_seconds, reading_seconds};

/// Everything the parts of a briefing are drawn from, worked out once for an article.
#[derive(Debug)]
pub struct Edition {
    /// The article.
    pub article: Article,
    /// When each passage is played.
    pub timeline: Timeline,
    /// The words of the interface.
    pub words: Words,
    /// How numbers, dates and lists are written.
    pub locale: Locale,
    /// Whether the references are listed, and not only cited.
    lists_references: bool,
    reading_minutes: usize,
    listening_minutes: Option<usize>,
    /// The address that relative addresses of the article are resolved against.
    base: Option<AttrValue>,
    /// What the ids of this briefing begin with, so that several can share a page.
    prefix: AttrValue,
    /// For each reference, the places where it is cited.
    cited: Vec<Vec<CitedAt>>,
    /// For each block, its number among the blocks that are not headings; 0 for a heading.
    paragraph_numbers: Vec<usize>,
    /// For each block, the level of its heading; 0 for what is none.
    heading_levels: Vec<u8>,
    paragraphs: usize,
    /// Whether the article is there from its beginning to its end.
    is_whole: bool,
    /// Whether a voice of the reader's device shall read it aloud.
    is_aloud: bool,
}

/// A place where a reference is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitedAt {
    /// [`Citation::ordinal`].
    pub citation: usize,
    /// The passage it stands in.
    pub passage: Passage,
}

impl Edition {
    /// Prepares the `sections` of an article for show. `language` is that of the interface; relative
    /// addresses are resolved against `base`; `prefix` goes before every id. At the pace of listening it is to
    /// be read aloud by a voice, of which the timings of a recording say nothing.
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
        // Of the whole article, whatever is shown of it.
        let reading_minutes = minutes(reading_seconds(&article));
        let sounds = article.audio.as_ref().is_some_and(|audio| !audio.sources.is_empty());
        let listening_minutes = sounds.then(|| minutes(listening_seconds(&article)));
        sections.cut(&mut article);
        let mut cited = vec![Vec::new(); article.references.len()];
        for place in article.places() {
            for reference in &place.citation.references {
                if let Some(places) = cited.get_mut(*reference) {
                    places.push(CitedAt { citation: place.citation.ordinal, passage: place.passage });
                }
            }
        }
        let mut paragraphs = 0;
        let number = |block: &Block| match block.kind {
            BlockKind::Heading { .. } => 0,
            _ => {
                paragraphs += 1;
                paragraphs
            }
        };
        let paragraph_numbers = article.body.iter().map(number).collect();
        let heading_levels = heading_levels(&article.body);
        let timeline = match pace {
            _ if !sections.player => Timeline::default(),
            Pace::Reading => Timeline::of(&article),
            Pace::Listening => Timeline::estimate(&article, pace),
        };
        let is_aloud = pace == Pace::Listening && timeline.duration() > 0.0;
        let listening_minutes = if is_aloud { Some(minutes(timeline.duration())) } else { listening_minutes };
        let locale = Locale::of(language);
        Self {
            article,
            timeline,
            words,
            lists_references: sections.references,
            reading_minutes,
            listening_minutes,
            locale,
            base,
            prefix,
            cited,
            paragraph_numbers,
            heading_levels,
            paragraphs,
            is_whole: true,
            is_aloud,
        }
    }

    /// The same, of an article of which only the beginning is there yet. What takes the whole to know is
    /// not told of: how long it takes, and when each passage is played.
    #[must_use]
    pub fn as_beginning(self) -> Self {
        Self { timeline: Timeline::default(), is_whole: false, ..self }
    }

    /// Whether a voice of the reader's device shall read it aloud.
    #[must_use]
    pub fn is_aloud(&self) -> bool {
        self.is_aloud
    }

    /// Whether the article is there from its beginning to its end.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Where a reference is cited, in the order of reading.
    #[must_use]
    pub fn cited_at(&self, reference: usize) -> &[CitedAt] {
        self.cited.get(reference).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether there is a list of references.
    #[must_use]
    pub fn lists_references(&self) -> bool {
        self.lists_references && !self.article.references.is_empty()
    }

    /// How many sources the article was made from.
    #[must_use]
    pub fn source_count(&self) -> usize {
        let told = self.article.source_count.and_then(|count| usize::try_from(count).ok());
        told.unwrap_or(self.article.references.len())
    }

    /// An address as the page can use it.
    #[must_use]
    pub fn resolve(&self, url: &Url) -> AttrValue {
        let base = self.base.as_ref().filter(|_| url.is_relative());
        base.and_then(|base| resolve(url.as_str(), base)).unwrap_or_else(|| url.to_text().into())
    }

    /// The minutes it takes to read; at least 1.
    #[must_use]
    pub fn reading_minutes(&self) -> usize {
        self.reading_minutes
    }

    /// The minutes it takes to listen to, where there is something to listen to.
    #[must_use]
    pub fn listening_minutes(&self) -> Option<usize> {
        self.listening_minutes
    }

    /// The id of an element: a kind of thing and which one.
    #[must_use]
    pub fn id(&self, kind: &str, index: usize) -> AttrValue {
        [&self.prefix, kind, "-", &index.to_string()].concat().into()
    }

    /// The id of an element there is one of.
    #[must_use]
    pub fn only_id(&self, kind: &str) -> AttrValue {
        [&self.prefix, kind].concat().into()
    }

    /// The id of the element that shows a passage.
    #[must_use]
    pub fn passage_id(&self, passage: Passage) -> AttrValue {
        match passage {
            Passage::Title => self.only_id("title"),
            Passage::Summary => self.only_id("summary"),
            Passage::KeyPoint(index) => self.id("point", index),
            Passage::Block(index) => self.id("block", index),
        }
    }

    /// A passage in a word or two: `¶3`.
    #[must_use]
    pub fn short_place(&self, passage: Passage) -> AttrValue {
        match passage {
            Passage::Title => self.words.get(Word::Title),
            Passage::Summary => self.words.get(Word::SummaryShort),
            Passage::KeyPoint(index) => {
                self.words.fill(Word::KeyPointShort, &[("n", &(index + 1).to_string())])
            }
            Passage::Block(index) => match self.paragraph_number(index) {
                0 => self.block_words(index),
                number => self.words.fill(Word::ParagraphShort, &[("n", &number.to_string())]),
            },
        }
    }

    /// A passage as it is said aloud: "paragraph 3 of 9".
    #[must_use]
    pub fn spoken_place(&self, passage: Passage) -> AttrValue {
        let of = |word, number: usize, total: usize| {
            self.words.fill(word, &[("n", &number.to_string()), ("total", &total.to_string())])
        };
        match passage {
            Passage::Title => self.words.get(Word::Title),
            Passage::Summary => self.words.get(Word::Summary),
            Passage::KeyPoint(index) => of(Word::KeyPointPlace, index + 1, self.article.key_points.len()),
            Passage::Block(index) => match self.paragraph_number(index) {
                0 => self.block_words(index),
                number => of(Word::ParagraphPlace, number, self.paragraphs),
            },
        }
    }

    /// The level of a heading: the one it has, unless that skips one after the heading before it,
    /// which would leave those who go from heading to heading wondering what they missed.
    #[must_use]
    pub fn heading_level(&self, block: usize) -> u8 {
        self.heading_levels.get(block).copied().unwrap_or_default()
    }

    fn paragraph_number(&self, block: usize) -> usize {
        self.paragraph_numbers.get(block).copied().unwrap_or_default()
    }

    /// The words of a heading, which are its name as a place.
    fn block_words(&self, block: usize) -> AttrValue {
        self.article.plain_text(Passage::Block(block)).into()
    }

    /// The first words of a passage, as a preview of it.
    #[must_use]
    pub fn first_words(&self, passage: Passage) -> String {
        const LONGEST: usize = 60;
        let text = self.article.plain_text(passage);
        if text.chars().count() <= LONGEST {
            return text;
        }
        let cut: String = text.chars().take(LONGEST).collect();
        // Not within a word, in scripts that have words.
        let whole = cut.rsplit_once(' ').map_or(&*cut, |(whole, _)| whole);
        [whole, "…"].concat()
    }

    /// The name of a citation, with its numbers as they are seen: "Source 2", "Sources 2,5".
    #[must_use]
    pub fn citation_name(&self, citation: &Citation) -> AttrValue {
        let numbers = citation_numbers(citation);
        match citation.references.len() {
            1 => self.words.fill(Word::Source, &[("n", &numbers)]),
            _ => self.words.fill(Word::SourceList, &[("list", &numbers)]),
        }
    }

    /// A length of time as it is said aloud.
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
        let parts: Vec<String> = SpokenTime::of(seconds).parts().map(part).collect();
        parts.join(&self.words.get(Word::TimeJoin))
    }

    /// Where the player is, as it is said aloud.
    #[must_use]
    pub fn spoken_position(&self, seconds: f64, duration: f64) -> AttrValue {
        let (time, total) = (self.spoken_time(seconds), self.spoken_time(duration));
        let current = self.timeline.at(seconds).and_then(|index| self.timeline.segment(index));
        match current {
            Some(segment) => {
                let place = self.spoken_place(segment.passage);
                self.words
                    .fill(Word::PlayerPosition, &[("time", &time), ("total", &total), ("place", &place)])
            }
            None => self.words.fill(Word::PlayerTime, &[("time", &time), ("total", &total)]),
        }
    }
}

fn heading_levels(body: &[Block]) -> Vec<u8> {
    // The title is level 1.
    let mut before = 1;
    let level = |block: &Block| match block.kind {
        BlockKind::Heading { level, .. } => {
            before = level.min(before + 1);
            before
        }
        _ => 0,
    };
    body.iter().map(level).collect()
}

/// The numbers of a citation as they are seen: `2,5`.
pub(crate) fn citation_numbers(citation: &Citation) -> String {
    let numbers: Vec<String> = citation.references.iter().map(|index| (index + 1).to_string()).collect();
    numbers.join(",")
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
