//! Splits inline text into tokens, and decides which brackets are links.

use std::borrow::Cow;

use super::super::{Url, UrlError};
use super::parse::{MARKER_BRACKETS, Markers};
use super::script::{can_begin, can_end, ends_in_particle, is_invisible};

/// A token of inline text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// Literal text.
    Text(&'t str),
    /// One or more asterisks, and whether they can close and open emphasis at their position.
    Stars { run: &'t str, can_close: bool, can_open: bool },
    /// The text between backticks.
    Code(&'t str),
    /// A marker whose references exist, as indices.
    Marker(Vec<usize>),
    /// A marker without an existing reference, as it is written.
    Dangling(&'t str),
    /// The `[` of a link.
    LinkStart,
    /// `](url)` with the parsed address, and the address as it is written.
    LinkEnd(Result<Url, UrlError>, &'t str),
}

/// Longer runs of backticks than this are literal.
pub(super) const MAX_TICKS: usize = 4;

/// Splits `text` into tokens. A `[` and `](url)` that belong together become `LinkStart` and `LinkEnd`; every
/// other bracket is text.
pub(super) fn tokens<'t>(text: &'t str, markers: &Markers) -> Vec<Token<'t>> {
    let mut lexer = Lexer::new(text);
    while lexer.step(markers).is_some() {}
    lexer.end_plain();
    lexer.tokens
}

/// Returns the text without the markup that was understood. [`MARKER_PLACEHOLDER`] replaces each marker;
/// [`MARKUP_PLACEHOLDER`] replaces code, the address of a link, and a character after a backslash. If the
/// result still has something that looks like markup, it was not understood.
#[cfg(feature = "native")]
pub(crate) fn without_parsed_markup(text: &str, markers: &Markers) -> String {
    let mut lexer = Lexer::new(text);
    let mut rest = String::new();
    loop {
        let (from, tokens) = (lexer.at, lexer.tokens.len());
        let Some(c) = lexer.step(markers) else { return rest };
        match lexer.tokens.get(tokens..).and_then(<[Token]>::last) {
            Some(Token::Marker(_) | Token::Dangling(_)) => rest.push(MARKER_PLACEHOLDER),
            Some(Token::Code(_) | Token::LinkEnd(..)) => rest.push(MARKUP_PLACEHOLDER),
            _ if c == '\\' && lexer.at > from + 1 => rest.push(MARKUP_PLACEHOLDER),
            _ => rest.push_str(lexer.slice(from, lexer.at)),
        }
    }
}

/// Replaces a marker. No text contains it, because control characters are removed.
#[cfg(feature = "native")]
pub(crate) const MARKER_PLACEHOLDER: char = '\u{1A}';

/// Replaces other markup that was understood.
#[cfg(feature = "native")]
pub(crate) const MARKUP_PLACEHOLDER: char = '\u{1B}';

/// Whether a backslash makes the character literal.
fn is_escapable(c: char) -> bool {
    c.is_ascii_punctuation() || MARKER_BRACKETS.contains(&c)
}

struct Lexer<'t> {
    text: &'t str,
    /// The current position in bytes, always at a character boundary.
    at: usize,
    /// The beginning of the plain text that is not yet a token.
    plain_from: usize,
    tokens: Vec<Token<'t>>,
    /// The token indices of `[` that may yet become links.
    open: Vec<usize>,
    /// For each length of a backtick run, whether it is known that no such run follows.
    unclosed: [bool; MAX_TICKS + 1],
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            plain_from: 0,
            tokens: Vec::new(),
            open: Vec::new(),
            unclosed: [false; MAX_TICKS + 1],
        }
    }

    /// Reads on from the next character and returns it; `None` at the end.
    fn step(&mut self, markers: &Markers) -> Option<char> {
        let c = self.rest().chars().next()?;
        match c {
            '\\' => self.escape(),
            '`' => self.code(),
            '*' => self.stars(),
            '<' => self.autolink(),
            ']' => self.close_bracket(),
            c if MARKER_BRACKETS.contains(&c) => self.bracket(c, markers),
            _ => self.at += c.len_utf8(),
        }
        Some(c)
    }

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
        self.at += 1;
        let escaped =
            self.rest().chars().next().filter(|c| c.is_ascii_punctuation() || MARKER_BRACKETS.contains(c));
        if let Some(c) = escaped {
            self.at -= 1;
            self.end_plain();
            self.plain_from = self.at + 1;
            self.at += 1 + c.len_utf8();
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
        // The ends of the text count as white space, and an escaped character counts as itself. A soft hyphen
        // and the like do not count: the word goes on behind it.
        let text = self.slice(0, self.at).trim_end_matches(is_invisible);
        let before = text.chars().next_back().unwrap_or(' ');
        let mut next = after.trim_start_matches(is_invisible).chars();
        let after = match (next.next().unwrap_or(' '), next.next()) {
            ('\\', Some(c)) if is_escapable(c) => c,
            (c, _) => c,
        };
        let token = Token::Stars {
            run: self.slice(self.at, self.at + length),
            can_close: !before.is_whitespace() && can_end(before, after, length),
            can_open: !after.is_whitespace() && (ends_in_particle(text) || can_begin(before, after, length)),
        };
        self.push(token, length);
    }

    /// Reads a marker, or a `[` that may yet become a link. Other brackets than `[` only begin markers.
    fn bracket(&mut self, bracket: char, markers: &Markers) {
        let rest = self.rest();
        if let Some((marker, length)) = markers.read(rest) {
            let is_link = bracket == '[' && rest.get(length..).is_some_and(|after| target(after).is_some());
            if !is_link {
                let token = match marker {
                    Some(references) => Token::Marker(references),
                    None => Token::Dangling(rest.get(..length).unwrap_or_default()),
                };
                self.push(token, length);
                return;
            }
        }
        if bracket != '[' {
            self.at += bracket.len_utf8();
        } else if self.is_image() {
            // The `]` of an image closes this bracket without making it a link.
            self.open.push(usize::MAX);
            self.at += 1;
        } else {
            self.push(Token::Text("["), 1);
            self.open.push(self.tokens.len() - 1);
        }
    }

    /// Whether an exclamation mark before the next bracket makes it that of an image.
    fn is_image(&self) -> bool {
        let before = self.slice(0, self.at).strip_suffix('!');
        before.is_some_and(|before| (before.len() - before.trim_end_matches('\\').len()) % 2 == 0)
    }

    fn close_bracket(&mut self) {
        let start = self.open.pop().and_then(|opened| self.tokens.get_mut(opened));
        let target = self.text.get(self.at + 1..).and_then(target);
        if let (Some(start), Some((destination, length))) = (start, target) {
            *start = Token::LinkStart;
            // A link contains no links: brackets around it stay text.
            self.open.clear();
            self.push(Token::LinkEnd(Url::parse(&unescaped(destination)), destination), 1 + length);
        } else {
            self.at += 1;
        }
    }

    /// Reads `<https://…>`, and `<https://…|words>` as chats write it; anything else after `<` is text.
    fn autolink(&mut self) {
        let inner = self.rest().get(1..).unwrap_or_default();
        let is_address = ["http://", "https://"]
            .iter()
            .any(|scheme| inner.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        if is_address
            && let Some(inner) = bracketed(inner)
            && let (address, words) = inner.split_once('|').unwrap_or((inner, ""))
            && let Ok(url) = Url::parse(address)
        {
            self.push(Token::LinkStart, 0);
            self.open.clear();
            self.push(Token::Text(words), 0);
            self.push(Token::LinkEnd(Ok(url), address), inner.len() + 2);
        } else {
            self.at += 1;
        }
    }
}

/// Returns the position of the next run of exactly this many backticks.
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

/// Removes one space from both ends, which allows code to begin or end with a backtick.
fn trim_code(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    inner.filter(|inner| inner.starts_with('`') || inner.ends_with('`')).unwrap_or(code)
}

/// Reads the target of a Markdown link: `(url)` or `(<url>)`, either with a title. Returns the address as it
/// is written, and the length of the target in bytes. Parentheses inside an address must be balanced. A
/// target without a character such as a dot or a slash is not an address, so that `[1](sic)` stays text;
/// neither is one with white space inside, so that `[a](see below)` does.
///
/// No stretch of text is read for two links; otherwise a text of many links would take quadratic time. Each
/// part ends where the same part of the next link would begin.
pub(super) fn target(text: &str) -> Option<(&str, usize)> {
    let inner = after_spaces(text.strip_prefix('(')?);
    let (url, rest) = match inner.strip_prefix('<') {
        Some(inner) => {
            let url = bracketed(inner)?;
            (url, inner.get(url.len() + 1..)?)
        }
        None => inner.split_at_checked(bare_url_length(inner)?)?,
    };
    let mut after = after_spaces(rest);
    if after.len() < rest.len()
        && let Some(length) = title(after)
    {
        after = after_spaces(after.get(length..)?);
    }
    let after = after.strip_prefix(')')?;
    let looks_like_url = unescaped(url).contains([':', '/', '#', '?', '.', '\\']);
    looks_like_url.then_some((url, text.len() - after.len()))
}

/// The maximum length of an address, in bytes.
const LONGEST: usize = 4 * Url::MAX_CHARS + 8;

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

fn after_spaces(text: &str) -> &str {
    let spaces = text.bytes().take_while(|byte| is_space(*byte)).count();
    text.get(spaces..).unwrap_or_default()
}

/// Returns the length of an address that ends at white space or at the closing parenthesis.
fn bare_url_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'[' | b']' => return None,
            b'(' | b')' if is_escaped => {}
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            byte if is_space(byte) => return (depth == 0).then_some(at),
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    None
}

/// Returns the text before `>`, if both are on one line.
fn bracketed(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST).position(|byte| matches!(byte, b'<' | b'>' | b'\n'))?;
    let (url, rest) = text.split_at_checked(end)?;
    rest.starts_with('>').then_some(url)
}

/// Returns the length of a title: `"title"`, `'title'` or `(title)`.
fn title(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    let (_, open) = bytes.next().filter(|(_, byte)| matches!(byte, b'"' | b'\'' | b'('))?;
    let close = if open == b'(' { b')' } else { open };
    let mut is_escaped = false;
    for (at, byte) in bytes {
        if !is_escaped && byte == close {
            return Some(at + 1);
        }
        if !is_escaped && byte == b'(' && open == b'(' {
            return None;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    None
}

/// Removes the backslashes before punctuation from an address, and encodes its spaces.
fn unescaped(written: &str) -> Cow<'_, str> {
    if !written.contains(['\\', ' ']) {
        return Cow::Borrowed(written);
    }
    let written = written.trim();
    let mut address = String::new();
    let mut is_escaped = false;
    for (at, c) in written.char_indices() {
        let next = written.as_bytes().get(at + 1);
        is_escaped = c == '\\' && !is_escaped && next.is_some_and(u8::is_ascii_punctuation);
        if c == ' ' {
            address.push_str("%20");
        } else if !is_escaped {
            address.push(c);
        }
    }
    Cow::Owned(address)
}
