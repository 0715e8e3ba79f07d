//! The marks of Markdown that the syntax of articles cannot express: those of HTML tags, and emphasis that
//! begins or ends within a word.
//!
//! While Markdown is converted, control characters, which no text contains, stand for these marks. They
//! become emphasis and links when the text has been parsed.

use crate::article::{Inline, RichText, Url};

/// Stands for a star that is a character.
pub(super) const STAR: char = '\u{1}';

/// Each stands for the beginning of a mark; [`end`] returns the character for its end.
pub(super) const LINK: char = '\u{2}';
pub(super) const STRONG: char = '\u{3}';
pub(super) const EMPHASIS: char = '\u{4}';

/// How many marks may be open, and how many runs of stars may begin emphasis. The limit keeps the
/// time linear in a text of nothing but tags.
const MAX_OPEN: usize = 32;

/// Returns the character for the end of a mark.
pub(super) fn end(mark: char) -> char {
    match mark {
        LINK => '\u{5}',
        STRONG => '\u{6}',
        _ => '\u{7}',
    }
}

/// Returns whether a character stands for a mark.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{7}')
}

/// Replaces the characters that stand for marks in a parsed text. `urls` has the addresses of the links, in
/// the order of their characters.
pub(super) fn resolved(text: RichText, urls: Vec<Option<Url>>) -> RichText {
    RichText(Resolver { urls: urls.into_iter() }.inlines(text.0))
}

struct Resolver {
    urls: std::vec::IntoIter<Option<Url>>,
}

/// A mark that is not closed yet.
struct Open {
    mark: char,
    /// How many inlines there are before it.
    place: usize,
    url: Option<Url>,
}

impl Resolver {
    fn inlines(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        let mut resolved = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for inline in inlines {
            let (inner, wrapped): (_, fn(Vec<Inline>) -> Inline) = match inline {
                Inline::Text(text) => {
                    self.text(&without_inner_stars(&text), &mut open, &mut resolved);
                    continue;
                }
                Inline::Emphasis(inner) => (inner, Inline::Emphasis),
                Inline::Strong(inner) => (inner, Inline::Strong),
                Inline::Link { text, url } => {
                    let text = self.inlines(text);
                    push_link(text, url, &mut resolved);
                    continue;
                }
                other => {
                    resolved.push(other);
                    continue;
                }
            };
            let inner = self.inlines(inner);
            if !inner.is_empty() {
                resolved.push(wrapped(inner));
            }
        }
        resolved
    }

    fn text(&mut self, text: &str, open: &mut Vec<Open>, resolved: &mut Vec<Inline>) {
        let mut words = String::new();
        for c in text.chars() {
            match c {
                STAR => words.push('*'),
                c if is_mark(c) => {
                    push_text(&mut words, resolved);
                    self.mark(c, open, resolved);
                }
                c => words.push(c),
            }
        }
        push_text(&mut words, resolved);
    }

    /// Opens a mark, or closes the last open one of its kind around the inlines behind it.
    fn mark(&mut self, c: char, open: &mut Vec<Open>, resolved: &mut Vec<Inline>) {
        if matches!(c, LINK | STRONG | EMPHASIS) {
            let url = if c == LINK { self.urls.next().flatten() } else { None };
            if open.len() < MAX_OPEN {
                open.push(Open { mark: c, place: resolved.len(), url });
            }
            return;
        }
        let Some(at) = open.iter().rposition(|open| end(open.mark) == c) else { return };
        let Some(Open { mark, place, url }) = open.drain(at..).next() else { return };
        let inner = resolved.split_off(place);
        match (mark, url) {
            _ if inner.is_empty() => {}
            (STRONG, _) => resolved.push(Inline::Strong(inner)),
            (EMPHASIS, _) => resolved.push(Inline::Emphasis(inner)),
            (_, Some(url)) => push_link(inner, url, resolved),
            _ => resolved.extend(inner),
        }
    }
}

fn push_text(words: &mut String, resolved: &mut Vec<Inline>) {
    if !words.is_empty() {
        resolved.push(Inline::Text(std::mem::take(words).into()));
    }
}

/// Adds a link. A link contains no other links: these stay, without the one around them.
fn push_link(text: Vec<Inline>, url: Url, resolved: &mut Vec<Inline>) {
    if has_link(&text) {
        resolved.extend(text);
    } else if !text.is_empty() {
        resolved.push(Inline::Link { text, url });
    }
}

fn has_link(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Link { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) => has_link(inner),
        _ => false,
    })
}

/// A run of stars that may begin emphasis.
struct Stars {
    start: usize,
    length: usize,
    /// Whether it is within a word.
    is_inside: bool,
}

/// Removes the stars of emphasis that begins or ends within a word, as in `**A**bgeordnete`, from a text in
/// which the parser found no emphasis. Stars by which words are written stay: `Leser*innen`, `5*3*2`, `f**k`.
fn without_inner_stars(text: &str) -> String {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut open: Vec<Stars> = Vec::new();
    let mut removed: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('*')) {
        let start = at + found;
        let (words, from) = text.split_at_checked(start).unwrap_or_default();
        let behind = from.trim_start_matches('*');
        let length = from.len() - behind.len();
        at = start + length;
        let (before, after) = (words.chars().next_back(), behind.chars().next());
        // Punctuation on one side and a word on the other decide, as in CommonMark.
        let can_close = !is_space(before) && (is_word(before) || !is_word(after));
        let can_open = !is_space(after) && (is_word(after) || !is_word(before));
        let same = open.iter().rposition(|stars| stars.length == length).filter(|_| can_close);
        if let Some(place) = same
            && let Some(stars) = open.get(place)
            && is_emphasis(stars, text.get(stars.start + length..start).unwrap_or_default())
        {
            removed.extend([(stars.start, length), (start, length)]);
            open.truncate(place);
        } else if can_open && length <= 3 {
            if open.len() == MAX_OPEN {
                open.remove(0);
            }
            open.push(Stars { start, length, is_inside: is_word(before) && is_word(after) });
        }
    }
    removed.sort_unstable();
    let mut without = String::new();
    let mut at = 0;
    for (start, length) in removed {
        without.push_str(text.get(at..start).unwrap_or_default());
        at = start + length;
    }
    without.push_str(text.get(at..).unwrap_or_default());
    without
}

/// Returns whether stars and the same stars behind these words are emphasis rather than characters. A single
/// star within a word is always a character.
fn is_emphasis(stars: &Stars, words: &str) -> bool {
    match stars.length {
        1 => !stars.is_inside && !words.contains(char::is_whitespace),
        _ => !stars.is_inside || words.chars().all(char::is_alphabetic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_stars_within_words_are_removed_and_literal_stars_are_kept() {
        for (text, without) in [
            ("**A**bgeordnete und **B**undes**t**ag", "Abgeordnete und Bundestag"),
            ("ge**schrie**ben, *Zeit*ung, ***x***y", "geschrieben, Zeitung, xy"),
            ("**Ein Hinweis**Der Text", "Ein HinweisDer Text"),
            ("Leser*innen und Bürger*innen", "Leser*innen und Bürger*innen"),
            ("5*3*2, 2**3**4, M*A*S*H", "5*3*2, 2**3**4, M*A*S*H"),
            ("f**k it, s**t, f***ing b***ard", "f**k it, s**t, f***ing b***ard"),
            ("*note: Leser*in, Umsatz*, (*in)", "*note: Leser*in, Umsatz*, (*in)"),
            ("** a **b, * a*b, ****", "** a **b, * a*b, ****"),
            ("\u{1}A\u{1}bc", "\u{1}A\u{1}bc"),
        ] {
            assert_eq!(without_inner_stars(text), without);
        }
    }

    #[test]
    fn many_marks_take_linear_time() {
        for unit in ["*a", "a*", "**a b*c ", "*a**b***c"] {
            let text = unit.repeat(100_000);
            assert!(without_inner_stars(&text).len() <= text.len());
        }
        let text = ["\u{3}\u{2}".repeat(100_000), "x\u{7}\u{6}".repeat(100_000)].concat();
        assert!(!resolved(RichText::plain(text), Vec::new()).is_empty());
    }
}
