//! Cuts inline text into tokens, and decides which brackets are links.

use super::super::{Url, UrlRefused};
use super::parse::Markers;

/// A token of inline text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// Text as it stands.
    Text(&'t str),
    /// One or more asterisks, and whether white space (or an end) stands before and after them.
    Stars { run: &'t str, space_before: bool, space_after: bool },
    /// What stands between backticks.
    Code(&'t str),
    /// A marker whose references exist, by their indices.
    Marker(Vec<usize>),
    /// A marker that points at nothing.
    Dangling(&'t str),
    /// `[` with the place of its `]` among the tokens.
    LinkStart,
    /// `](url)`
    LinkEnd(Result<Url, UrlRefused>, &'t str),
}

/// The characters that a backslash makes literal.
const ESCAPABLE: &[char] = &['\\', '*', '`', '[', ']', '(', ')', '^'];

/// Longer runs of backticks than this are literal.
pub(super) const MAX_TICKS: usize = 4;

/// Cuts `text` into tokens. A `[` and `](url)` that belong together become `LinkStart` and
/// `LinkEnd`; every other bracket is text.
pub(super) fn tokens<'t>(text: &'t str, markers: &Markers) -> Vec<Token<'t>> {
    let mut lexer = Lexer {
        text,
        at: 0,
        plain_from: 0,
        tokens: Vec::new(),
        open: Vec::new(),
        unclosed: [false; MAX_TICKS + 1],
    };
    while let Some(c) = lexer.rest().chars().next() {
        match c {
            '\\' => lexer.escape(),
            '`' => lexer.code(),
            '*' => lexer.stars(),
            '[' => lexer.open_bracket(markers),
            ']' => lexer.close_bracket(),
            _ => lexer.at += c.len_utf8(),
        }
    }
    lexer.end_plain();
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t str,
    /// How far it has read, in bytes; always at a character.
    at: usize,
    /// Where the plain text that is not yet a token begins.
    plain_from: usize,
    tokens: Vec<Token<'t>>,
    /// The places of `[` that may yet become links.
    open: Vec<usize>,
    /// The lengths of backtick runs that are known to have no partner further on.
    unclosed: [bool; MAX_TICKS + 1],
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Turns the plain text read so far into a token.
    fn end_plain(&mut self) {
        let plain = self.slice(self.plain_from, self.at);
        if !plain.is_empty() {
            self.tokens.push(Token::Text(plain));
        }
        self.plain_from = self.at;
    }

    /// Adds a token for the next `length` bytes.
    fn push(&mut self, token: Token<'t>, length: usize) {
        self.end_plain();
        self.tokens.push(token);
        self.at += length;
        self.plain_from = self.at;
    }

    fn escape(&mut self) {
        let escaped = self.rest().chars().nth(1).filter(|c| ESCAPABLE.contains(c));
        if let Some(c) = escaped {
            self.end_plain();
            self.plain_from = self.at + 1;
            self.at += 1 + c.len_utf8();
        } else {
            self.at += 1;
        }
    }

    fn code(&mut self) {
        let rest = self.rest();
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let after = rest.get(ticks..).unwrap_or_default();
        let known_unclosed = self.unclosed.get(ticks).copied().unwrap_or(true);
        let length = if known_unclosed { None } else { closing_ticks(after, ticks) };
        match length {
            Some(length) => {
                let code = after.get(..length).unwrap_or_default();
                self.push(Token::Code(trim_code(code)), ticks + length + ticks);
            }
            None => {
                if let Some(unclosed) = self.unclosed.get_mut(ticks) {
                    *unclosed = true;
                }
                self.at += ticks;
            }
        }
    }

    fn stars(&mut self) {
        let rest = self.rest();
        let after = rest.trim_start_matches('*');
        let length = rest.len() - after.len();
        let before = self.text.get(..self.at).unwrap_or_default().chars().next_back();
        let token = Token::Stars {
            run: rest.get(..length).unwrap_or_default(),
            space_before: before.is_none_or(char::is_whitespace),
            space_after: after.chars().next().is_none_or(char::is_whitespace),
        };
        self.push(token, length);
    }

    fn open_bracket(&mut self, markers: &Markers) {
        let rest = self.rest();
        if let Some((marker, length)) = markers.read(rest) {
            let is_link = rest.get(length..).is_some_and(|after| target(after).is_some());
            if !is_link {
                let token = match marker {
                    Some(references) => Token::Marker(references),
                    None => Token::Dangling(rest.get(..length).unwrap_or_default()),
                };
                self.push(token, length);
                return;
            }
        }
        self.push(Token::Text("["), 1);
        self.open.push(self.tokens.len() - 1);
    }

    fn close_bracket(&mut self) {
        let opened = self.open.pop();
        let target = self.rest().get(1..).and_then(target);
        if let (Some(opened), Some((url, length))) = (opened, target) {
            if let Some(start) = self.tokens.get_mut(opened) {
                *start = Token::LinkStart;
            }
            // A link holds no links: brackets around it stay brackets.
            self.open.clear();
            self.push(Token::LinkEnd(Url::parse(url), url), 1 + length);
        } else {
            self.at += 1;
        }
    }
}

/// Where the partner of a run of this many backticks stands.
fn closing_ticks(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        let from = at + text.get(at..)?.find('`')?;
        let run = text.get(from..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        if length == ticks {
            return Some(from);
        }
        at = from + length;
    }
}

/// Takes one space off both ends, which lets code begin or end with a backtick.
fn trim_code(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    inner.filter(|inner| inner.starts_with('`') || inner.ends_with('`')).unwrap_or(code)
}

/// Reads `(url)`: the url, and how many bytes it takes with its brackets. Brackets inside have to
/// be in pairs. An address with white space inside is none, so that `[1] (see below)` stays text.
pub(super) fn target(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('(')?;
    let mut depth = 0_usize;
    for (at, c) in inner.char_indices().take(Url::MAX_CHARS + 8) {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                let url = inner.get(..at)?;
                let looks_like_one = url.contains([':', '/', '#', '?', '.', '\\']);
                return looks_like_one.then_some((url, at + 2));
            }
            ')' => depth -= 1,
            // Stopping at brackets also keeps the whole linear: no stretch is searched twice.
            ' ' | '\n' | '[' | ']' => return None,
            _ => {}
        }
    }
    None
}
