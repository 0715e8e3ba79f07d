//! Decides whether a name is used alone: not as part of a longer word, a longer name, an address, a handle or
//! a hashtag.

use super::letters::{is_capital, is_han, is_hiragana, is_unspaced, joins, lower, without_particle};
use super::reporting::{ReportingWords, last_chars, last_word};

/// Prepositions that join names to longer ones: The Times of India.
const NAME_PREPOSITIONS: [&str; 12] =
    ["of", "for", "de", "des", "du", "del", "della", "di", "do", "da", "von", "für"];

/// Words in lower case that continue a name in languages where a verb may follow it as well: Welt am Sonntag,
/// Spiegel online.
const CONTINUATIONS: [&str; 4] = ["am Sonntag", "online", "digital", "kompakt"];

/// Abbreviated titles, which are before the name of a person or of a saint. A sentence does not end with
/// them.
const TITLES: &str = "Mr Mrs Ms Mme Messrs Dr Dra Sr Sra Sig Dott Hr Fr Prof St Hon Rev Gov Sen Rep Pres \
    Amb Lt Sgt Capt Col Maj Gen Adm";

/// Whether a word can begin at `c`, which follows `head`.
pub(super) fn begins_word(head: &str, before: Option<char>, c: char) -> bool {
    let Some(before) = before else {
        return true;
    };
    if !joins(before, c) {
        return true;
    }
    // Arabic and Hebrew write "and", "in", "to" and similar words as one letter attached to the next word.
    let prefixes = match c {
        '\u{0600}'..='\u{06FF}' => "وفبکل",
        '\u{0590}'..='\u{05FF}' => "ובכלמשה",
        _ => return false,
    };
    let two_before = head.chars().rev().nth(1);
    prefixes.chars().any(|prefix| prefix == before) && two_before.is_none_or(|letter| !joins(letter, before))
}

/// Whether the word `name` ends where `tail` begins.
pub(super) fn ends_word(name: &str, tail: &str) -> bool {
    let (Some(last), Some(next)) = (name.chars().next_back(), tail.chars().next()) else {
        return true;
    };
    !joins(last, next) || without_particle(tail).is_some()
}

/// Whether the name from `start` to `end` is not part of something longer.
pub(super) fn stands_alone(text: &str, start: usize, end: usize, words: &ReportingWords) -> bool {
    let (Some(head), Some(name), Some(tail)) = (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return false;
    };
    let head = last_chars(head);
    !is_joined_before(head)
        && !is_joined_after(tail)
        && !is_part_of_longer_name(head, name, tail, words)
        && has_visible_edges(head, name, tail, words)
}

/// Whether a character before the name makes it part of an address, a handle, a hashtag or a compound.
fn is_joined_before(head: &str) -> bool {
    let mut back = head.chars().rev();
    match (back.next(), back.next()) {
        (Some('@' | '#' | '/' | '\\' | '_' | '&' | '=' | '~' | '+' | '%' | '-' | '·' | '・'), _) => true,
        (Some('.'), Some(before)) => before.is_alphanumeric(),
        _ => false,
    }
}

fn is_joined_after(tail: &str) -> bool {
    let mut chars = tail.chars();
    match (chars.next(), chars.next()) {
        (Some('@' | '#' | '/' | '\\' | '_' | '&' | '=' | '~' | '+' | '%' | '(' | '·' | '・'), _) => true,
        (Some('-'), after) => after.is_some_and(|c| !c.is_whitespace()),
        (Some('.' | ':'), Some(after)) => after.is_alphanumeric() || after == '/',
        _ => false,
    }
}

/// Whether the words next to the name make it part of a longer one: Michael Bloomberg, Mr. Bloomberg, Reuters
/// Institute, The Times of India, Time & Tide, Welt am Sonntag, The Guardian (Nigeria).
fn is_part_of_longer_name(head: &str, name: &str, tail: &str, words: &ReportingWords) -> bool {
    let begins_name = |text: &str| text.starts_with(|c: char| is_capital(c) || c.is_ascii_digit());
    if let Some(after) = tail.strip_prefix(' ') {
        let is_edition = |inside: &str| {
            without_preposition(inside).unwrap_or(inside).starts_with(is_capital)
                && !abbreviates(inside, name)
        };
        if begins_name(after)
            || after.starts_with(['&', '+'])
            || CONTINUATIONS.iter().any(|word| after.starts_with(word))
            || without_preposition(after).is_some_and(begins_name)
            || after.strip_prefix('(').is_some_and(is_edition)
        {
            return true;
        }
    }
    let Some(before) = head.strip_suffix(' ') else { return false };
    let is_name = |head: &str| last_word(head).starts_with(is_capital) && !words.knows_last_word(head);
    let of = NAME_PREPOSITIONS.iter().find_map(|of| before.strip_suffix(of)?.strip_suffix(' '));
    before.ends_with(['&', '+'])
        || is_name(before)
        || of.is_some_and(is_name)
        || before.strip_suffix('.').is_some_and(|head| is_title_or_initial(head, words))
}

/// Returns the text after a preposition that joins names.
pub(super) fn without_preposition(text: &str) -> Option<&str> {
    NAME_PREPOSITIONS.iter().find_map(|of| text.strip_prefix(of)?.strip_prefix(' '))
}

/// Whether the text up to a closing bracket consists of initials of the name: AP, of Associated Press.
fn abbreviates(text: &str, name: &str) -> bool {
    let mut initials = name.split([' ', '-']).filter_map(|word| word.chars().next());
    let inside = text.split(')').next().unwrap_or_default();
    inside.chars().filter(|c| c.is_alphabetic()).all(|c| initials.any(|initial| lower(initial) == lower(c)))
}

/// Whether the text before a full stop ends with a title or an initial of a name: Mr, Michael R, J.R. After
/// an article it is an abbreviation that may end a sentence: the U.S.
fn is_title_or_initial(head: &str, words: &ReportingWords) -> bool {
    let word = last_word(head);
    let is_initial = word.starts_with(is_capital) && word.chars().nth(1).is_none();
    let before = head.trim_end_matches(|c| c == '.' || is_capital(c));
    let title = word.rsplit('-').next().unwrap_or_default();
    TITLES.split(' ').any(|known| known.eq_ignore_ascii_case(title))
        || (is_initial && !words.end_with_article(before))
}

/// Whether, in a script without spaces, it is visible where the name begins and ends: next to it is another
/// script, a punctuation mark, or a word that may touch a name.
fn has_visible_edges(head: &str, name: &str, tail: &str, words: &ReportingWords) -> bool {
    // Chinese characters after letters may be the rest of the name: MIT科技评论.
    let continues = tail.starts_with(is_han) && !name.ends_with(is_unspaced);
    let is_visible = |own: Option<char>, other: Option<char>| match (own, other) {
        (Some(own), Some(other)) if is_unspaced(own) && is_unspaced(other) => {
            is_hiragana(other) && !is_hiragana(own)
        }
        _ => true,
    };
    let start_is_visible = is_visible(name.chars().next(), head.chars().next_back());
    let end_is_visible = !continues && is_visible(name.chars().next_back(), tail.chars().next());
    words.allow_neighbours((!start_is_visible).then_some(head), (!end_is_visible).then_some(tail))
}

/// Decides for ascending positions whether they are within an address or a path.
#[derive(Default)]
pub(super) struct Addresses {
    /// The end of the run of characters that was examined last.
    end: usize,
    is_address: bool,
}

impl Addresses {
    pub(super) fn contain(&mut self, text: &str, at: usize) -> bool {
        while at >= self.end {
            let rest = text.get(self.end..).unwrap_or_default();
            let run = rest.get(..run_length(rest)).unwrap_or_default();
            self.end += run.len().max(1);
            if at < self.end {
                self.is_address = is_address(run);
            }
        }
        self.is_address
    }
}

/// Returns the length of the run of characters at the beginning of `text` that may be one address. Letters of
/// a script without spaces end it, because text may follow an address without a space, but they may also be a
/// part of its path.
fn run_length(text: &str) -> usize {
    let (mut before, mut has_host) = (' ', false);
    for (at, c) in text.char_indices() {
        let is_in_path =
            has_host && (is_unspaced(before) || matches!(before, '/' | '=' | '#' | '&' | '-' | '_' | '·'));
        if ends_address(c) || (is_unspaced(c) && !is_in_path) {
            return if at == 0 { c.len_utf8() } else { at };
        }
        has_host |= matches!(c, '.' | ':');
        before = c;
    }
    text.len()
}

/// Whether this character ends an address.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\u{3001}'..='\u{301F}')
}

fn is_address(run: &str) -> bool {
    let slash = |(at, _): (usize, &str)| {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (run.get(..at).unwrap_or_default(), run.get(at + 1..).unwrap_or_default());
        !is_digit(before.chars().next_back()) || !is_digit(after.chars().next())
    };
    let begins_with_www = |(at, _)| run.get(at..).is_some_and(|rest: &str| rest.starts_with("www."));
    run.contains(['@', '\\'])
        || run.match_indices('w').any(begins_with_www)
        || run.match_indices('/').any(slash)
}
