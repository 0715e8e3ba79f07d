//! Decides whether a name is used alone: not as part of a longer word, a longer name, an address, a handle or
//! a hashtag.

use super::letters::{is_capital, is_han, is_hiragana, is_unspaced, joins, without_particle};
use super::reporting::{ReportingWords, last_chars, last_word};

/// Prepositions that join names to longer ones: The Times of India.
const NAME_PREPOSITIONS: [&str; 12] =
    ["of", "for", "de", "des", "du", "del", "della", "di", "do", "da", "von", "für"];

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
        && !is_part_of_longer_name(head, tail, words)
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

/// Whether the words next to the name make it part of a longer one: Michael Bloomberg, Reuters Institute, The
/// Times of India, Time & Tide, Welt am Sonntag.
fn is_part_of_longer_name(head: &str, tail: &str, words: &ReportingWords) -> bool {
    let begins_name = |text: &str| text.starts_with(|c: char| is_capital(c) || c.is_ascii_digit());
    if let Some(after) = tail.strip_prefix(' ') {
        let of = NAME_PREPOSITIONS.iter().find_map(|of| after.strip_prefix(of)?.strip_prefix(' '));
        if begins_name(after)
            || after.starts_with("am Sonntag")
            || after.starts_with(['&', '+'])
            || of.is_some_and(begins_name)
        {
            return true;
        }
    }
    let Some(before) = head.strip_suffix(' ') else { return false };
    let is_name = |head: &str| last_word(head).starts_with(is_capital) && !words.knows_last_word(head);
    let of = NAME_PREPOSITIONS.iter().find_map(|of| before.strip_suffix(of)?.strip_suffix(' '));
    before.ends_with(['&', '+']) || is_name(before) || of.is_some_and(is_name)
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
        if at >= self.end {
            let start = text.get(..at).unwrap_or_default().rfind(ends_address).map_or(0, |start| start + 1);
            let rest = text.get(at..).unwrap_or_default();
            self.end = at + rest.find(ends_address).unwrap_or(rest.len()).max(1);
            self.is_address =
                is_address(text.get(start..self.end).or_else(|| text.get(at..self.end)).unwrap_or_default());
        }
        self.is_address
    }
}

/// Whether this character ends an address.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || is_unspaced(c) || matches!(c, '"' | '<' | '>' | '\u{3001}'..='\u{301F}')
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
