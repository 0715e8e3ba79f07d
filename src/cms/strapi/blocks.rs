//! Strapi's blocks: a tree of paragraphs, headings, lists, quotations, code and pictures.

use crate::article::{BlockKind, Code, Heading, Json, Path, Quote, RichText, Text};
use crate::cms::converter::{Converter, nested_items, quoted};
use crate::cms::lists;
use crate::cms::marked_text::{MarkedText, Marks};
use crate::cms::members;
use crate::cms::values::{is_among, whole_number, words};

/// The known types of block.
const TYPES: &str = "paragraph heading list quote code image";

/// Returns whether a value is a list of such blocks.
pub(in crate::cms) fn is_blocks(json: &Json) -> bool {
    let is_known = |block: &Json| block.get("type").as_text().is_some_and(|kind| is_among(kind, TYPES));
    let has_children = |block: &Json| matches!(block.get("children"), Json::List(_));
    json.as_list().iter().any(is_known)
        && json.as_list().iter().all(|block| has_children(block) && block.get("type").as_text().is_some())
}

/// Reads the blocks into the body.
pub(in crate::cms) fn read(json: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    let mut reader = Reader { converter };
    for (index, block) in json.as_list().iter().enumerate() {
        reader.block(block, &path.index(index));
    }
}

struct Reader<'r, 'c, 'a> {
    converter: &'r mut Converter<'c, 'a>,
}

impl Reader<'_, '_, '_> {
    fn push(&mut self, kind: BlockKind) {
        self.converter.push(kind);
    }

    fn block(&mut self, block: &Json, path: &Path) {
        let kind = block.get("type").as_text().unwrap_or_default();
        match kind {
            "list" => {
                let is_ordered = |list: &Json| list.get("format").as_text() == Some("ordered");
                let text_of = &mut |item: &Json, path: &Path| self.text(item, path);
                let items = nested_items(block, "children", path, is_ordered, text_of);
                if !items.is_empty() {
                    self.push(lists::list(is_ordered(block), items));
                }
            }
            "code" => self.code(block),
            "image" => match members::picture(block.get("image"), self.converter) {
                Some(image) => self.push(BlockKind::Image(image)),
                None => self.converter.warn(path, &["is a picture without an address; it was left out"]),
            },
            _ => self.text_block(block, kind, path),
        }
    }

    fn text_block(&mut self, block: &Json, kind: &str, path: &Path) {
        if !is_among(kind, TYPES) {
            let kind = quoted(block.get("type"));
            self.converter.warn(path, &["unknown block type ", &kind, "; only its text is shown"]);
        }
        let text = self.text(block, path);
        if text.is_empty() {
            return;
        }
        self.push(match kind {
            "heading" => {
                let level = whole_number(block.get("level")).map_or(2, |level| level.clamp(2, 4));
                BlockKind::Heading(Heading { level: u8::try_from(level).unwrap_or(2), text })
            }
            "quote" => BlockKind::Quote(Quote { text, ..Quote::default() }),
            _ => BlockKind::paragraph(text),
        });
    }

    fn code(&mut self, block: &Json) {
        let spans = block.get("children").as_list().iter().map(|child| words(child.get("text")));
        let code: String = spans.collect();
        if !code.trim().is_empty() {
            let language = block.get("language").as_text().map(Text::from);
            self.push(BlockKind::Code(Code { text: code.into(), language }));
        }
    }

    fn text(&mut self, block: &Json, path: &Path) -> RichText {
        let mut text = MarkedText::default();
        self.inlines(block, path, &Marks::default(), &mut text);
        text.finish()
    }

    fn inlines(&mut self, node: &Json, path: &Path, marks: &Marks, text: &mut MarkedText) {
        let path = path.key("children");
        for (index, child) in node.get("children").as_list().iter().enumerate() {
            let path = path.index(index);
            let mut inner = marks.clone();
            if child.get("type").as_text() == Some("link") {
                inner.url = self.converter.link(&path.key("url"), child.get("url"));
            }
            if let Json::Text(words) = child.get("text") {
                let is = |flag: &str| matches!(child.get(flag), Json::Bool(true));
                inner.strong = is("bold");
                inner.emphasis = is("italic");
                inner.code = is("code");
                if is("strikethrough") {
                    self.converter.warn_struck(&path.key("text"), words);
                }
                text.push(words, &inner);
            } else {
                self.inlines(child, &path, &inner, text);
            }
        }
    }
}
