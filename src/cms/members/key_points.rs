//! Reads key points: a list of texts or of objects with a text, one text with a key point per line, or HTML or
//! blocks with a list.

use super::body::{Prose, ReadBody, captured_body};
use crate::article::{Block, BlockKind, Json, KeyPoint, Path, RichText};
use crate::cms::converter::{Converter, looks_like_html};
use crate::cms::values::first_text;
use crate::cms::{contentful, html, takeaways};

/// Reads key points.
pub(super) struct KeyPoints<'k, 'c, 'a> {
    /// Reads blocks and Markdown.
    pub(super) read_body: ReadBody,
    pub(super) prose: Prose,
    pub(super) converter: &'k mut Converter<'c, 'a>,
    /// The key points so far.
    pub(super) points: Vec<KeyPoint>,
}

impl KeyPoints<'_, '_, '_> {
    /// Adds the key points in a value.
    pub(super) fn add(&mut self, json: &Json, path: &Path) {
        match (json, text_of(json)) {
            (_, Some(html)) if looks_like_html(html) => self.add_html(html, path),
            (_, Some(text)) if self.is_marked(text) && has_list(text) => {
                self.add_body(&Json::Text(text.to_owned()), path);
            }
            (_, Some(text)) => self.add_texts(text.lines().map(without_bullet).collect(), path),
            (Json::List(items), None) if !items.iter().any(is_block) => {
                self.add_texts(items.iter().filter_map(item_text).collect(), path);
            }
            _ => self.add_body(json, path),
        }
    }

    /// Adds texts, one by one if they are HTML or plain. Markdown is read as one list: reading it looks at every
    /// reference first.
    fn add_texts(&mut self, texts: Vec<&str>, path: &Path) {
        if texts.iter().any(|text| self.is_marked(text)) {
            let items = texts.iter().flat_map(|text| ["- ", text.trim(), "\n"]);
            return self.add_body(&Json::Text(items.collect()), path);
        }
        for text in texts {
            if looks_like_html(text) {
                self.add_html(text, path);
            } else {
                self.push(RichText::plain(text.trim()));
            }
        }
    }

    fn is_marked(&self, text: &str) -> bool {
        self.prose == Prose::Markdown && has_marks(text)
    }

    fn add_html(&mut self, html: &str, path: &Path) {
        let fragment = self.converter.context.fragment(&path.write(), html, &html::WalkOptions::default());
        self.add_blocks(fragment.blocks);
    }

    fn add_body(&mut self, json: &Json, path: &Path) {
        let blocks = captured_body(self.read_body, json, path, self.prose, self.converter);
        self.add_blocks(blocks);
    }

    /// Adds each item and each paragraph. A heading announces what is below it.
    fn add_blocks(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            match block.kind {
                BlockKind::List(list) => {
                    self.points.extend(list.items.into_iter().filter_map(takeaways::key_point));
                }
                BlockKind::Paragraph(paragraph) => self.push(paragraph.text),
                BlockKind::Heading(_) => {}
                _ => self.push(RichText::plain(html::words(&block))),
            }
        }
    }

    fn push(&mut self, text: RichText) {
        if !text.is_empty() {
            self.points.push(KeyPoint { text, ..KeyPoint::default() });
        }
    }
}

/// Returns whether a text may have marks of Markdown. Without them it needs no reader of Markdown.
pub(super) fn has_marks(text: &str) -> bool {
    let weight = |byte: u8| match byte {
        b'[' | b'\\' => 2,
        // Emphasis and code have a mark on either side.
        b'*' | b'_' | b'`' => 1,
        _ => 0,
    };
    text.bytes().map(weight).sum::<usize>() > 1 && !looks_like_html(text)
}

/// Returns whether a value has key points.
pub(super) fn is_some(json: &Json) -> bool {
    text_of(json).is_some_and(|text| !text.trim().is_empty())
        || json.as_list().iter().any(|item| item_text(item).is_some() || is_block(item))
        || contentful::is_document(json)
}

/// Returns the text of a value, which some systems wrap in an object.
fn text_of(json: &Json) -> Option<&str> {
    json.as_text().or_else(|| first_text(json, "processed rendered value"))
}

/// Returns the text of one item of a list.
fn item_text(item: &Json) -> Option<&str> {
    item.as_text().or_else(|| first_text(item, "processed text point title content value"))
}

/// Returns whether an item of a list is a block of Portable Text or Strapi.
fn is_block(item: &Json) -> bool {
    matches!(item.get("children"), Json::List(_))
}

/// Returns whether a text has a list of Markdown.
fn has_list(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("- ") || line.trim_start().starts_with("* "))
}

/// Returns a line without the bullet before it. A hyphen or star before a word is not a bullet, but a minus or emphasis.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let behind = line.strip_prefix(['-', '*', '–']).filter(|rest| rest.starts_with(char::is_whitespace));
    behind.or_else(|| line.strip_prefix('•')).unwrap_or(line).trim()
}
