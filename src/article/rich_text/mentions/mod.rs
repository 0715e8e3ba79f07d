//! Turns mentions of a publisher into citations of its references.
//!
//! A false citation is worse than none. A name counts if it is used alone ([`neighbours`]) and the sentence
//! says that it reports ([`reporting`]). Both work on [folded](mod@fold) text, so that the same name is found in
//! other characters. `docs/editors.md` has the rules for editors.
//!
//! Each text is scanned once. Each possible beginning of a word is looked up among all names with one binary
//! search, so that their number does not matter. The number of places with a name that are examined is
//! limited.

mod fold;
mod letters;
mod neighbours;
mod reporting;

use super::super::limits::{MAX_MENTION_PLACES, MAX_MENTIONED};
use super::super::reference::{Mention, ReferenceKind};
use super::super::{Language, Reference, Text};
use super::{Citation, Inline, RichText};
pub use fold::Normalize;
use fold::{Folded, fold};
use letters::{is_capital, is_unspaced};
use neighbours::{Addresses, begins_word, ends_word, stands_alone};
use reporting::ReportingWords;

/// The names by which publishers are mentioned.
pub(crate) struct Names {
    /// The names, sorted and unique.
    names: Vec<Name>,
    /// The set of their first characters, in the form of `bit`.
    firsts: u64,
    words: ReportingWords,
    normalize: Normalize,
    /// How many more places with a name may be examined.
    places: usize,
    /// The number of the current block, from 1.
    block: usize,
    /// For each reference, the last block that cites it.
    cited: Vec<usize>,
}

/// A name with the references it may cite.
struct Name {
    text: Text,
    /// The index of the longest other name that is a prefix of this one.
    shorter: Option<usize>,
    references: Vec<Named>,
    /// Whether a mention was found that would cite too many references.
    is_ambiguous: bool,
}

/// A reference with this name.
struct Named {
    index: usize,
    /// Whether the sentence has to say that the name reports.
    needs_words: bool,
}

/// The maximum number of characters of a name. A longer text is not a name, and searching for it would take
/// long.
const MAX_NAME_CHARS: usize = 100;

impl Names {
    /// Collects the publishers of the references and their aliases, to be searched for in an article in this
    /// language.
    pub(crate) fn of(references: &[Reference], language: Option<&Language>, normalize: Normalize) -> Self {
        let mut every: Vec<(Text, usize)> = Vec::new();
        for (index, reference) in references.iter().enumerate() {
            if reference.mention == Some(Mention::Never) {
                continue;
            }
            for name in reference.publisher.iter().chain(&reference.aliases) {
                let text = fold(name, normalize);
                // A single letter has too many other meanings.
                if text.chars().nth(1).is_some() && text.chars().nth(MAX_NAME_CHARS).is_none() {
                    every.push((text.into(), index));
                }
            }
        }
        every.sort_unstable();
        let mut names: Vec<Name> = Vec::new();
        for (text, index) in every {
            let Some(reference) = references.get(index) else { continue };
            let needs_words = reference.mention != Some(Mention::Always)
                && !(is_journalism(reference) && is_not_a_word(&text));
            let named = Named { index, needs_words };
            match names.last_mut() {
                Some(name) if name.text == text => {
                    if name.references.last().is_none_or(|last| last.index != index) {
                        name.references.push(named);
                    }
                }
                _ => {
                    // The names are sorted: the previous name, or one in its chain of prefixes, is the
                    // longest prefix.
                    let mut shorter = names.len().checked_sub(1);
                    while let Some(name) = shorter.and_then(|at| names.get(at))
                        && !text.starts_with(&*name.text)
                    {
                        shorter = name.shorter;
                    }
                    names.push(Name { text, shorter, references: vec![named], is_ambiguous: false });
                }
            }
        }
        let firsts = names.iter().filter_map(|name| name.text.chars().next()).fold(0, |all, c| all | bit(c));
        Self {
            names,
            firsts,
            words: ReportingWords::of(language),
            normalize,
            places: MAX_MENTION_PLACES,
            block: 0,
            cited: vec![0; references.len()],
        }
    }

    /// Whether there are no names to search for.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether no more places will be examined.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.places == 0
    }

    /// Returns the names of which a mention would cite too many references.
    pub(crate) fn ambiguous(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter(|name| name.is_ambiguous).map(|name| &*name.text)
    }

    /// Begins another block, in which nothing is cited yet.
    pub(crate) fn next_block(&mut self) {
        self.block += 1;
    }

    /// Turns the first mention of each publisher in this block into a citation. In an attribution, a name
    /// counts without a reporting word.
    pub(crate) fn link(&mut self, text: &mut RichText, is_attribution: bool) {
        let mut prose = Prose::default();
        prose.add(&text.0, true);
        let mut found = self.find(&prose, is_attribution);
        if !found.is_empty() {
            found.reverse();
            replace(&mut text.0, &mut 0, &mut found);
        }
    }

    fn find(&mut self, prose: &Prose, is_attribution: bool) -> Vec<Found> {
        let folded = Folded::of(&prose.words, self.normalize);
        let text = &*folded.text;
        let mut found = Vec::new();
        let mut addresses = Addresses::default();
        let mut before = None;
        let mut scanned_to = 0;
        for (start, c) in text.char_indices() {
            let head = text.get(..start).unwrap_or_default();
            // Most characters begin no name.
            let can_begin = self.firsts & bit(c) != 0 && start >= scanned_to && begins_word(head, before, c);
            before = Some(c);
            let Some(index) = can_begin.then(|| self.longest(text, start)).flatten() else { continue };
            let Some(name) = self.names.get_mut(index) else { continue };
            let end = start + name.text.len();
            scanned_to = end;
            let is_cited = |named: &Named| self.cited.get(named.index) == Some(&self.block);
            if name.is_ambiguous || name.references.iter().any(is_cited) {
                continue;
            }
            let Some(places) = self.places.checked_sub(1) else { break };
            self.places = places;
            let origin = folded.origin(start).zip(folded.origin(end));
            let Some(place) = origin.and_then(|(start, end)| prose.linkable(Place { start, end })) else {
                continue;
            };
            if addresses.contain(text, start) || !stands_alone(text, start, end, &self.words) {
                continue;
            }
            let tail = text.get(end..).unwrap_or_default();
            let is_reporting = (is_attribution && !self.words.may_continue_name(tail))
                || self.words.indicate_reporting(text, start, end);
            let meant = name.references.iter().filter(|named| is_reporting || !named.needs_words);
            let references: Vec<usize> = meant.map(|named| named.index).take(MAX_MENTIONED + 1).collect();
            if references.len() > MAX_MENTIONED {
                name.is_ambiguous = true;
            } else if !references.is_empty() {
                for index in &references {
                    if let Some(cited) = self.cited.get_mut(*index) {
                        *cited = self.block;
                    }
                }
                found.push(Found { place, references });
            }
        }
        found
    }

    /// Returns the index of the longest name that begins at `start` and ends with a word.
    fn longest(&self, text: &str, start: usize) -> Option<usize> {
        let rest = text.get(start..)?;
        // Of the names that sort up to `rest`, its prefixes are the last one or prefixes of the last one.
        let mut at = self.names.partition_point(|name| *name.text <= *rest).checked_sub(1);
        while let Some(name) = at.and_then(|at| self.names.get(at)) {
            if rest.strip_prefix(&*name.text).is_some_and(|tail| ends_word(&name.text, tail)) {
                return at;
            }
            at = name.shorter;
        }
        None
    }
}

/// Returns the bit of a character in a set of 64 bits. Several characters share a bit.
fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

/// Whether a reference is journalism, as far as is known. Publishers of anything else act in the news as
/// often as they report it.
fn is_journalism(reference: &Reference) -> bool {
    matches!(reference.kind, None | Some(ReferenceKind::Article))
}

/// Whether a name looks like no word of any language: a capital after a lower-case letter, as in TechCrunch,
/// digits among letters, as in 9to5Mac, or two scripts.
fn is_not_a_word(name: &str) -> bool {
    let has_script = |of: fn(char) -> bool| name.chars().any(of);
    let is_letter = |c: char| c.is_alphabetic() && !is_unspaced(c);
    (has_script(is_unspaced) && name.chars().filter(|c| is_letter(*c)).nth(2).is_some())
        || name.split(' ').any(|word| {
            let small_then_capital = word
                .chars()
                .zip(word.chars().skip(1))
                .any(|(a, b)| a.is_alphabetic() && !is_capital(a) && !is_unspaced(a) && is_capital(b));
            let letters = word.chars().filter(|c| is_letter(*c)).count();
            small_then_capital || (letters >= 3 && word.contains(|c: char| c.is_ascii_digit()))
        })
}

/// A range in the words of a text, in bytes.
struct Place {
    start: usize,
    end: usize,
}

/// The words of a text, and the ranges in which citations are allowed.
#[derive(Default)]
struct Prose {
    words: String,
    linkable: Vec<Place>,
}

impl Prose {
    fn add(&mut self, inlines: &[Inline], may_link: bool) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => {
                    let start = self.words.len();
                    self.words.push_str(text);
                    if may_link {
                        self.linkable.push(Place { start, end: self.words.len() });
                    }
                }
                Inline::Emphasis(inner) | Inline::Strong(inner) => self.add(inner, may_link),
                // A link already has a target, and code is not prose.
                Inline::Link { text, .. } => self.add(text, false),
                Inline::Code(text) => self.words.push_str(text),
                Inline::Citation(_) => {}
            }
        }
    }

    /// Returns the place if a citation is allowed there.
    fn linkable(&self, place: Place) -> Option<Place> {
        let next = self.linkable.partition_point(|part| part.end < place.end);
        let part = self.linkable.get(next)?;
        (part.start <= place.start && place.end <= part.end).then_some(place)
    }
}

/// A mention and its place in the words of a text.
struct Found {
    place: Place,
    references: Vec<usize>,
}

/// Replaces each mention by a citation. `found` is in reverse order. `at` is the position of the inlines in
/// the words, and is advanced.
fn replace(inlines: &mut Vec<Inline>, at: &mut usize, found: &mut Vec<Found>) {
    for mut inline in std::mem::take(inlines) {
        match &mut inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => {
                replace(inner, at, found);
            }
            Inline::Code(text) => *at += text.len(),
            Inline::Citation(_) => {}
            Inline::Text(text) => {
                let start = *at;
                *at += text.len();
                let mut done = start;
                while found.last().is_some_and(|next| next.place.end <= *at)
                    && let Some(Found { place, references }) = found.pop()
                {
                    push_part(inlines, text, done - start, place.start - start);
                    let words = text.get(place.start - start..place.end - start).unwrap_or_default();
                    let mention = Some(words.into());
                    inlines.push(Inline::Citation(Citation { ordinal: 0, references, mention }));
                    done = place.end;
                }
                if done > start {
                    push_part(inlines, text, done - start, text.len());
                    continue;
                }
            }
        }
        inlines.push(inline);
    }
}

/// Appends the part of a text between two positions, unless it is empty.
fn push_part(inlines: &mut Vec<Inline>, text: &str, from: usize, to: usize) {
    let words = text.get(from..to).unwrap_or_default();
    if !words.is_empty() {
        inlines.push(Inline::Text(words.into()));
    }
}

#[cfg(all(test, feature = "native"))]
mod tests;
