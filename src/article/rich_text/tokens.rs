//! Cuts inline text into tokens, and decides which brackets are links.

use std::borrow::Cow;

use super::super::{Url, UrlRefused};
use super::parse::{MARKER_BRACKETS, Markers};
use super::script::{can_begin, can_end};

/// A token of inline text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// Text as it stands.
    Text(&'t str),
    /// One or more asterisks, and whether they may close and open emphasis where they stand.
    Stars { run: &'t str, can_close: bool, can_open: bool },
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

/// Longer runs of backticks than this are literal.
pub(super) const MAX_TICKS: usize = 4;

/// Cuts `text` into tokens. A `[` and `](url)` that belong together become `LinkStart` and
/// `LinkEnd`; every other bracket is text.
pub(super) fn tokens<'t>(text: &'t str, markers: &Markers) -> Vec<Token<'t>> {
    let mut lexer = Lexer::new(text);
    while lexer.step(markers).is_some() {}
    lexer.end_plain();
    lexer.tokens
}

/// The text without what was understood: in the place of each marker stands [`MARKER`], in that of code, of
/// the address of a link and of a character after a backslash [`OTHER`]. What still looks like markup in it
/// is none.
#[cfg(feature = "native")]
pub(crate) fn not_understood(text: &str, markers: &Markers) -> String {
    let mut lexer = Lexer::new(text);
    let mut rest = String::new();
    loop {
        let (from, tokens) = (lexer.at, lexer.tokens.len());
        let Some(c) = lexer.step(markers) else { return rest };
        match lexer.tokens.get(tokens..).and_then(<[Token]>::last) {
            Some(Token::Marker(_) | Token::Dangling(_)) => rest.push(MARKER),
            Some(Token::Code(_) | Token::LinkEnd(..)) => rest.push(OTHER),
            _ if c == '\\' && lexer.at > from + 1 => rest.push(OTHER),
            _ => rest.push_str(lexer.slice(from, lexer.at)),
        }
    }
}

/// Stands where a marker was. No text has it: control characters are taken out.
#[cfg(feature = "native")]
pub(crate) const MARKER: char = '\u{1A}';

/// Stands where something else was understood.
#[cfg(feature = "native")]
pub(crate) const OTHER: char = '\u{1B}';

/// Whether a backslash makes it literal.
fn is_escapable(c: char) -> bool {
    c.is_ascii_punctuation() || MARKER_BRACKETS.contains(&c)
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

    /// Reads on from the next character, which is returned; nothing at the end.
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
        // The ends of the text are like white space, and what a backslash makes literal like itself.
        let before = self.slice(0, self.at).chars().next_back().unwrap_or(' ');
        let mut next = after.chars();
        let after = match (next.next().unwrap_or(' '), next.next()) {
            ('\\', Some(c)) if is_escapable(c) => c,
            (c, _) => c,
        };
        let token = Token::Stars {
            run: self.slice(self.at, self.at + length),
            can_close: !before.is_whitespace() && can_end(before, after, length),
            can_open: !after.is_whitespace() && can_begin(before, after, length),
        };
        self.push(token, length);
    }

    /// Reads a marker, or a bracket that may yet become a link. Only markers have other brackets than `[`.
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
            // It is closed without having become a link.
            self.open.push(usize::MAX);
            self.at += 1;
        } else {
            self.push(Token::Text("["), 1);
            self.open.push(self.tokens.len() - 1);
        }
    }

    /// Whether an exclamation mark makes the bracket that comes next that of an image.
    fn is_image(&self) -> bool {
        let before = self.slice(0, self.at).strip_suffix('!');
        before.is_some_and(|before| (before.len() - before.trim_end_matches('\\').len()) % 2 == 0)
    }

    fn close_bracket(&mut self) {
        let start = self.open.pop().and_then(|opened| self.tokens.get_mut(opened));
        let target = self.text.get(self.at + 1..).and_then(target);
        if let (Some(start), Some((destination, length))) = (start, target) {
            *start = Token::LinkStart;
            // A link holds no links: brackets around it stay brackets.
            self.open.clear();
            self.push(Token::LinkEnd(Url::parse(&unescaped(destination)), destination), 1 + length);
        } else {
            self.at += 1;
        }
    }

    /// Reads `<https://…>`; anything else after `<` is text.
    fn autolink(&mut self) {
        let inner = self.rest().get(1..).unwrap_or_default();
        let is_address = ["http://", "https://"]
            .iter()
            .any(|scheme| inner.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        if is_address
            && let Some(address) = bracketed(inner)
            && let Ok(url) = Url::parse(address)
        {
            self.push(Token::LinkStart, 0);
            self.open.clear();
            self.push(Token::LinkEnd(Ok(url), address), address.len() + 2);
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

/// Reads `(url)`, `(<url>)` and either with a title, as Markdown has them: the url as it is written, and
/// how many bytes all of it takes. Brackets inside an address have to be in pairs. What has neither a dot
/// nor a slash is no address, so that `[1](sic)` stays text; neither has one white space inside, so that
/// `[a](see below)` does.
///
/// No stretch is read twice for two links, or a text of many would be read many times: each part ends where the same
/// part of the next link would begin.
pub(super) fn target(text: &str) -> Option<(&str, usize)> {
    let inner = after_spaces(text.strip_prefix('(')?);
    let (url, rest) = match inner.strip_prefix('<') {
        Some(inner) => {
            let url = bracketed(inner)?;
            (url, inner.get(url.len() + 1..)?)
        }
        None => inner.split_at_checked(bare(inner)?)?,
    };
    let mut after = after_spaces(rest);
    if after.len() < rest.len()
        && let Some(length) = title(after)
    {
        after = after_spaces(after.get(length..)?);
    }
    let after = after.strip_prefix(')')?;
    let looks_like_one = unescaped(url).contains([':', '/', '#', '?', '.', '\\']);
    looks_like_one.then_some((url, text.len() - after.len()))
}

/// No address is longer, in bytes.
const LONGEST: usize = 4 * Url::MAX_CHARS + 8;

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

fn after_spaces(text: &str) -> &str {
    let spaces = text.bytes().take_while(|byte| is_space(*byte)).count();
    text.get(spaces..).unwrap_or_default()
}

/// The length of an address that ends at white space or at the bracket around it.
fn bare(text: &str) -> Option<usize> {
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

/// What stands before `>`, in one line.
fn bracketed(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST).position(|byte| matches!(byte, b'<' | b'>' | b'\n'))?;
    let (url, rest) = text.split_at_checked(end)?;
    rest.starts_with('>').then_some(url)
}

/// The length of a title: `"title"`, `'title'` or `(title)`.
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

/// An address without the backslashes before its marks, and with its spaces encoded.
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
