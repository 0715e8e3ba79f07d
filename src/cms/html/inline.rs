//! Builds inline text. White space collapses as in browsers.

use crate::article::{Citation, Inline, RichText, Text, Url};

/// The formatting around a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Link(Url),
    /// Emphasis inside emphasis, or a link inside a link: no further formatting.
    Nothing,
}

impl Mark {
    fn around(self, inner: Vec<Inline>) -> Vec<Inline> {
        if inner.iter().all(is_blank) {
            return inner;
        }
        match self {
            Self::Emphasis => vec![Inline::Emphasis(inner)],
            Self::Strong => vec![Inline::Strong(inner)],
            Self::Link(url) => vec![Inline::Link { text: inner, url }],
            Self::Nothing => inner,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Returns whether an inline is only white space.
fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) if text.trim().is_empty())
}

#[derive(Debug)]
struct Frame {
    mark: Mark,
    inlines: Vec<Inline>,
    /// Text that follows `inlines`.
    text: String,
}

impl Frame {
    fn new(mark: Mark) -> Self {
        Self { mark, inlines: Vec::new(), text: String::new() }
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.inlines.push(Inline::Text(std::mem::take(&mut self.text).into()));
        }
    }
}

/// Builds a text.
#[derive(Debug)]
pub(super) struct InlineBuilder {
    root: Frame,
    /// The open marks, the innermost last.
    open: Vec<Frame>,
    /// How the text so far ends.
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// The text is empty or ends with white space: more white space would not be visible.
    Space,
    /// The text ends with a line break.
    Break,
    /// The text ends with a word.
    Word,
    /// The text ends with a word and pending white space, which is written if something follows.
    WordAndSpace,
}

impl Default for InlineBuilder {
    fn default() -> Self {
        Self { root: Frame::new(Mark::Nothing), open: Vec::new(), end: End::Space }
    }
}

impl InlineBuilder {
    /// Returns whether the text so far is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.open.iter().chain([&self.root]).all(|frame| frame.inlines.is_empty() && frame.text.is_empty())
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                if self.end == End::Word {
                    self.end = End::WordAndSpace;
                }
            } else {
                self.show_space();
                self.frame().text.push(c);
                self.end = End::Word;
            }
        }
    }

    /// Adds an inline element as a whole.
    pub(super) fn push(&mut self, inline: Inline) {
        // A citation follows its word directly, before pending white space.
        if !matches!(inline, Inline::Citation(_)) {
            self.show_space();
            self.end = End::Word;
        }
        let frame = self.frame();
        frame.end_text();
        frame.inlines.push(inline);
    }

    /// Adds a citation of a reference.
    pub(super) fn cite(&mut self, reference: usize) {
        let citation = Citation { ordinal: 0, references: vec![reference], mention: None };
        self.push(Inline::Citation(citation));
    }

    /// Adds a line break. Returns whether there was one already: two line breaks end the paragraph.
    pub(super) fn line_break(&mut self) -> bool {
        match self.end {
            End::Break => return true,
            End::Space => {}
            End::Word | End::WordAndSpace => {
                self.frame().text.push('\n');
                self.end = End::Break;
            }
        }
        false
    }

    /// Opens a mark.
    pub(super) fn open(&mut self, mark: Mark) {
        let is_open = self.open.iter().any(|frame| frame.mark.is_like(&mark));
        self.show_space();
        self.open.push(Frame::new(if is_open { Mark::Nothing } else { mark }));
    }

    /// Closes the innermost mark.
    pub(super) fn close(&mut self) {
        if let Some(mut frame) = self.open.pop() {
            // A line break at the end of a mark is not part of it.
            let ends_line = frame.text.ends_with('\n');
            if ends_line {
                frame.text.pop();
            }
            frame.end_text();
            let inlines = frame.mark.around(frame.inlines);
            let around = self.frame();
            for inline in inlines {
                match inline {
                    // Adjacent texts are merged.
                    Inline::Text(text) => around.text.push_str(&text),
                    inline => {
                        around.end_text();
                        around.inlines.push(inline);
                    }
                }
            }
            if ends_line {
                around.text.push('\n');
            }
        }
    }

    /// Takes the text so far. Open marks are closed in it and reopened for the text that follows.
    pub(super) fn take(&mut self) -> RichText {
        let marks: Vec<Mark> = self.open.iter().map(|frame| frame.mark.clone()).collect();
        while !self.open.is_empty() {
            self.close();
        }
        self.root.end_text();
        let mut inlines = std::mem::take(&mut self.root.inlines);
        self.open.extend(marks.into_iter().map(Frame::new));
        self.end = End::Space;
        trim(&mut inlines);
        RichText(inlines)
    }

    fn frame(&mut self) -> &mut Frame {
        self.open.last_mut().unwrap_or(&mut self.root)
    }

    fn show_space(&mut self) {
        if self.end == End::WordAndSpace {
            self.frame().text.push(' ');
            self.end = End::Space;
        }
    }
}

/// Trims white space at both ends, including no-break spaces.
fn trim(inlines: &mut Vec<Inline>) {
    while let Some(Inline::Text(last)) = inlines.last_mut() {
        let trimmed = last.trim_end();
        if trimmed.len() == last.len() {
            break;
        }
        *last = Text::from(trimmed);
        if !last.is_empty() {
            break;
        }
        inlines.pop();
    }
    while let Some(Inline::Text(first)) = inlines.first_mut() {
        let trimmed = first.trim_start();
        if trimmed.len() == first.len() {
            break;
        }
        *first = Text::from(trimmed);
        if !first.is_empty() {
            break;
        }
        inlines.remove(0);
    }
}
