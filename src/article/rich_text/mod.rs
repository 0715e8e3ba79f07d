//! Inline text: a string with emphasis, code, links and citations.
//!
//! Reading goes through [`tokens`] → [`parse()`] → [`mentions`]; `write` writes inline text back. Reading any
//! text takes work proportional to its length: `src/cli/growth.rs` counts it.

mod mentions;
mod parse;
mod script;
mod tokens;
#[cfg(any(feature = "native", feature = "adapters", feature = "timings"))]
mod write;

pub(crate) use mentions::Names;
pub use mentions::Normalize;
pub(crate) use parse::{InlineProblem, Markers, parse};
#[cfg(feature = "native")]
pub(super) use script::ends_in_particle;
#[cfg(feature = "native")]
pub(crate) use tokens::{MARKER_PLACEHOLDER, MARKUP_PLACEHOLDER, without_parsed_markup};

use super::{Text, Url};

/// A text with emphasis, code, links and citations in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RichText(pub Vec<Inline>);

/// A piece of inline text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(Text),
    /// `*emphasis*`
    Emphasis(Vec<Inline>),
    /// `**strong emphasis**`
    Strong(Vec<Inline>),
    /// `` `code` ``
    Code(Text),
    /// `[text](url)`
    Link {
        /// What is shown.
        text: Vec<Inline>,
        /// The address it links to.
        url: Url,
    },
    /// `[^id]`, `[1]`, `[1,3]`, `[2-4]`, or a mention of a publisher.
    Citation(Citation),
}

/// A mark in the text that points at one or more references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The index of this citation in the article, from 0, in reading order.
    pub ordinal: usize,
    /// The indices of the references, in the order they were cited, each once; never empty, and
    /// each below the number of references.
    pub references: Vec<usize>,
    /// The words of the text that became the citation, if it has no marker of its own.
    pub mention: Option<Text>,
}

impl RichText {
    /// A text without any markup.
    #[must_use]
    pub fn plain(text: impl Into<Text>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::default() } else { Self(vec![Inline::Text(text)]) }
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the words without markup or citation markers; mentions keep their words.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut words = String::new();
        self.push_plain_text(&mut words);
        words
    }

    /// Appends the words to `words`.
    pub fn push_plain_text(&self, words: &mut String) {
        push_plain(&self.0, words);
    }

    /// Visits the addresses of the links.
    #[cfg(feature = "native")]
    pub(super) fn each_url(&self, visit: &mut dyn FnMut(&Url)) {
        each_url(&self.0, visit);
    }

    /// Visits the citations in reading order.
    pub fn each_citation<'a>(&'a self, visit: &mut impl FnMut(&'a Citation)) {
        each_citation(&self.0, visit);
    }
}

impl Citation {
    /// Returns the numbers of its references as they are shown: `2,5`.
    #[must_use]
    pub fn numbers(&self) -> String {
        joined_numbers(&self.references)
    }
}

/// Returns the numbers of the references at these indices.
fn joined_numbers(references: &[usize]) -> String {
    let mut numbers = String::new();
    for index in references {
        if !numbers.is_empty() {
            numbers.push(',');
        }
        numbers.push_str(&(index + 1).to_string());
    }
    numbers
}

fn push_plain(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => {
                push_plain(inner, words);
            }
            Inline::Citation(citation) => words.push_str(citation.mention.as_deref().unwrap_or_default()),
        }
    }
}

#[cfg(feature = "native")]
fn each_url(inlines: &[Inline], visit: &mut dyn FnMut(&Url)) {
    for inline in inlines {
        match inline {
            Inline::Link { url, .. } => visit(url),
            Inline::Emphasis(inner) | Inline::Strong(inner) => each_url(inner, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Citation(_) => {}
        }
    }
}

fn each_citation<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a Citation)) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => {
                each_citation(inner, visit);
            }
            Inline::Citation(citation) => visit(citation),
            Inline::Text(_) | Inline::Code(_) => {}
        }
    }
}
