//! Converts HTML to typed blocks.
//!
//! A parser of the platform turns HTML into a [`Tree`]: `DOMParser` in a browser, `html5ever` natively. The
//! walker visits the tree once and makes blocks of the elements it has rules for. No element, attribute or
//! style of the HTML goes any further, and addresses pass `Url::parse`, so there is nothing to sanitise.

mod drop;
mod elements;
mod embed;
mod figure;
pub(super) mod footnotes;
mod inline;
mod list;
#[cfg(feature = "native")]
mod native;
mod script;
mod shortcode;
mod table;
mod tree;
mod walk;

#[cfg(feature = "native")]
pub(super) use native::parse;
pub(super) use script::script_characters;
pub(super) use shortcode::Shortcodes;
pub use tree::{Element, Tree, TreeBuilder};
pub(super) use walk::{WalkOptions, walk};

use super::Parsers;
use super::context::block;
use crate::article::{AudioSource, Block, BlockKind, Inline, Reference, RichText, Spoken, Text, Url};

/// The text put in front of HTML before parsing, which makes the input the body of a standards-mode document,
/// whatever the input begins with.
pub const DOCUMENT_START: &str = "<!DOCTYPE html><body>";

/// The content of a piece of HTML.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Fragment {
    /// The blocks.
    pub(super) blocks: Vec<Block>,
    /// The footnotes; the blocks cite them by their indices here, after the references that the article has
    /// already.
    pub(super) references: Vec<Reference>,
    /// The recordings; the blocks have a link to each.
    pub(super) recordings: Vec<Vec<AudioSource>>,
    /// The title that a player showed for the last of them.
    pub(super) recording_title: Option<Text>,
    /// What was left out or mended.
    pub(super) problems: Vec<String>,
    /// The addresses of the links that are marked as sponsored.
    pub(super) sponsored: Vec<Url>,
}

impl Fragment {
    /// Returns the content as one text, each block on a line of its own.
    pub(super) fn into_text(self) -> RichText {
        let mut all = RichText::default();
        for block in self.blocks {
            match block.kind {
                BlockKind::Paragraph(paragraph) => push_line(&mut all, paragraph.text),
                BlockKind::Heading(heading) => push_line(&mut all, heading.text),
                BlockKind::Quote(quote) => {
                    push_line(&mut all, quote.text);
                    push_line(&mut all, quote.attribution);
                }
                other => push_line(&mut all, RichText::plain(words(&self::block(other)))),
            }
        }
        all
    }
}

/// Appends a text to another, on a line of its own.
pub(super) fn push_line(all: &mut RichText, text: RichText) {
    if !all.is_empty() && !text.is_empty() {
        all.0.push(Inline::Text("\n".into()));
    }
    all.0.extend(text.0);
}

/// Returns the words of a block.
pub(super) fn words(block: &Block) -> String {
    block.spoken()
}

/// Returns the letters and digits of a text in lower case, to compare texts.
pub(super) fn letters(text: &str, parsers: &dyn Parsers) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    parsers.lowercase(&letters)
}

/// Returns whether two texts are the same, ignoring case, white space and punctuation.
pub(super) fn is_same(one: &str, other: &str, parsers: &dyn Parsers) -> bool {
    let one = letters(one, parsers);
    !one.is_empty() && one == letters(other, parsers)
}

/// Splits plain text into paragraphs at empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if !line.is_empty() {
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line);
        } else if !paragraph.is_empty() {
            blocks.push(block(BlockKind::paragraph(RichText::plain(std::mem::take(&mut paragraph)))));
        }
    }
    blocks
}
