//! Contentful's rich text: a tree of nodes, each with its `nodeType`.

use super::links::target;
use crate::article::{
    BlockKind, EmbedLink, Heading, Image, Json, ListItem, Path, Quote, RichText, Text, Url,
};
use crate::cms::converter::{Converter, quoted, table};
use crate::cms::html::script_characters;
use crate::cms::lists;
use crate::cms::marked_text::{MarkedText, Marks};
use crate::cms::members;
use crate::cms::values::{first_text, is_among, words};

/// Returns whether a value is such a tree.
pub(in crate::cms) fn is_document(json: &Json) -> bool {
    json.get("nodeType").as_text() == Some("document") && matches!(json.get("content"), Json::List(_))
}

/// Reads a tree block by block into the body.
pub(in crate::cms) fn read(document: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    Reader { converter }.blocks(document, path);
}

struct Reader<'r, 'c, 'a> {
    converter: &'r mut Converter<'c, 'a>,
}

impl Reader<'_, '_, '_> {
    fn push(&mut self, kind: BlockKind) {
        self.converter.push(kind);
    }

    fn blocks(&mut self, node: &Json, path: &Path) {
        let path = path.key("content");
        for (index, child) in node.get("content").as_list().iter().enumerate() {
            self.block(child, &path.index(index));
        }
    }

    fn block(&mut self, node: &Json, path: &Path) {
        let kind = node.get("nodeType").as_text().unwrap_or_default();
        match kind {
            "paragraph" => self.text_block(node, path, BlockKind::paragraph),
            "heading-1" | "heading-2" | "heading-3" | "heading-4" | "heading-5" | "heading-6" => {
                let level = kind.bytes().last().map_or(2, |digit| digit.saturating_sub(b'0')).clamp(2, 4);
                self.text_block(node, path, |text| BlockKind::Heading(Heading { level, text }));
            }
            "blockquote" => {
                let text = self.paragraphs(node, path);
                if !text.is_empty() {
                    self.push(BlockKind::Quote(Quote { text, ..Quote::default() }));
                }
            }
            "ordered-list" | "unordered-list" => {
                let place = self.converter.article.body.len();
                let items = self.items(node, path);
                if !items.is_empty() {
                    let list = crate::cms::context::block(lists::list(kind == "ordered-list", items));
                    self.converter.article.body.insert(place, list);
                }
            }
            "table" => self.table(node, path),
            "hr" => {}
            "embedded-asset-block" => self.asset(node, path),
            "embedded-entry-block" | "embedded-resource-block" => self.entry(node, path),
            _ => {
                let name = quoted(node.get("nodeType"));
                self.converter.warn(path, &["unknown node type ", &name, "; only its text is shown"]);
                self.text_block(node, path, BlockKind::paragraph);
            }
        }
    }

    /// Adds a block that is a single text.
    fn text_block(&mut self, node: &Json, path: &Path, kind: impl FnOnce(RichText) -> BlockKind) {
        let mut text = MarkedText::default();
        self.inlines(node, path, &Marks::default(), &mut text);
        let text = text.finish();
        if !text.is_empty() {
            self.push(kind(text));
        }
    }

    /// Returns the paragraphs inside a node as one text, each on a line of its own.
    fn paragraphs(&mut self, node: &Json, path: &Path) -> RichText {
        let mut text = MarkedText::default();
        let path = path.key("content");
        for (index, child) in node.get("content").as_list().iter().enumerate() {
            let is_list = child.get("nodeType").as_text().is_some_and(|kind| kind.ends_with("-list"));
            if !is_list {
                text.end_line();
                self.inlines(child, &path.index(index), &Marks::default(), &mut text);
            }
        }
        text.finish()
    }

    /// Returns the items of a list. A list inside an item is nested under it; embeds inside an item follow
    /// the whole list.
    fn items(&mut self, list: &Json, path: &Path) -> Vec<ListItem> {
        let path = path.key("content");
        let mut items = Vec::new();
        for (index, node) in list.get("content").as_list().iter().enumerate() {
            let path = path.index(index);
            let text = self.paragraphs(node, &path);
            let path = path.key("content");
            let mut item = ListItem { text, ..ListItem::default() };
            for (index, child) in node.get("content").as_list().iter().enumerate() {
                let kind = words(child.get("nodeType"));
                let path = path.index(index);
                if kind.ends_with("-list") {
                    let inner = self.items(child, &path);
                    lists::add(&mut item, kind == "ordered-list", inner);
                } else if kind.starts_with("embedded-") {
                    self.block(child, &path);
                }
            }
            if !item.text.is_empty() || !item.items.is_empty() {
                items.push(item);
            }
        }
        items
    }

    fn table(&mut self, node: &Json, path: &Path) {
        let path = path.key("content");
        let (mut header, mut rows) = (Vec::new(), Vec::new());
        for (index, row) in node.get("content").as_list().iter().enumerate() {
            let (path, cells) = (path.index(index), row.get("content").as_list());
            let path = path.key("content");
            let mut texts = Vec::new();
            for (index, cell) in cells.iter().enumerate() {
                texts.push(self.paragraphs(cell, &path.index(index)));
            }
            let is_header =
                cells.iter().all(|cell| cell.get("nodeType").as_text() == Some("table-header-cell"));
            if index == 0 && is_header { header = texts } else { rows.push(texts) }
        }
        table(header, rows).into_iter().for_each(|table| self.push(BlockKind::Table(table)));
    }

    /// Adds a picture or another file in the text.
    fn asset(&mut self, node: &Json, path: &Path) {
        let Some(asset) = target(node) else {
            return self
                .converter
                .warn(path, &["embeds an asset that was not sent; request more levels with include="]);
        };
        let kind = asset.get("file").get("contentType").as_text().unwrap_or_default();
        if !kind.starts_with("image/") {
            let url = self.converter.address(asset.at(&["file", "url"]));
            let title = asset.get("title").as_text().unwrap_or_default();
            return self.embed(url, title, path);
        }
        match members::picture(asset, self.converter) {
            Some(image) => self.push(BlockKind::Image(image)),
            None => self.converter.warn(path, &["embeds a picture without an address; it was left out"]),
        }
    }

    /// Adds an entry in the text as a link, if the entry has an address, or else its pictures.
    fn entry(&mut self, node: &Json, path: &Path) {
        let Some(entry) = target(node) else {
            return self
                .converter
                .warn(path, &["embeds an entry that was not sent; request more levels with include="]);
        };
        let url = members::address(entry);
        let pictures = if url.is_none() { members::pictures(entry, 2, self.converter) } else { Vec::new() };
        if !pictures.is_empty() {
            return self.pictures(pictures, entry, path);
        }
        let title = first_text(entry, "title name headline");
        self.embed(url, title.unwrap_or_default(), path);
    }

    /// Adds the pictures of an entry. The caption of a single one may be rich text.
    fn pictures(&mut self, mut pictures: Vec<Image>, entry: &Json, path: &Path) {
        if let [only] = pictures.as_mut_slice()
            && is_document(entry.get("caption"))
        {
            only.caption = self.paragraphs(entry.get("caption"), path);
        }
        pictures.into_iter().for_each(|image| self.push(BlockKind::Image(image)));
        let Json::Object(fields) = entry else { return };
        let has_text = |(name, value): &(String, Json)| {
            name != "caption" && is_document(value) || is_among(name, "text body content quote description")
        };
        if fields.iter().any(has_text) {
            self.converter.warn(path, &["embeds an entry without an address; only its pictures are shown"]);
        }
    }

    fn embed(&mut self, url: Option<Url>, title: &str, path: &Path) {
        let Some(url) = url else {
            return self.converter.warn(path, &["embeds an entry without an address; it was left out"]);
        };
        let title = if title.trim().is_empty() { url.to_text() } else { Text::from(title.trim()) };
        self.push(BlockKind::EmbedLink(EmbedLink { url, title, description: None, publisher: None }));
    }

    fn inlines(&mut self, node: &Json, path: &Path, marks: &Marks, text: &mut MarkedText) {
        let path = path.key("content");
        for (index, child) in node.get("content").as_list().iter().enumerate() {
            self.inline(child, &path.index(index), marks, text);
        }
    }

    fn inline(&mut self, node: &Json, path: &Path, marks: &Marks, text: &mut MarkedText) {
        let kind = node.get("nodeType").as_text().unwrap_or_default();
        let mut inner = marks.clone();
        match kind {
            "text" => {
                let words = words(node.get("value"));
                let mut script = None;
                for mark in node.get("marks").as_list() {
                    match mark.get("type").as_text().unwrap_or_default() {
                        "bold" => inner.strong = true,
                        "italic" => inner.emphasis = true,
                        "code" => inner.code = true,
                        "superscript" => script = script_characters(words, true),
                        "subscript" => script = script_characters(words, false),
                        "strikethrough" => self.converter.warn_struck(path, words),
                        _ => {}
                    }
                }
                text.push(script.as_deref().unwrap_or(words), &inner);
            }
            "hyperlink" => {
                inner.url = self.converter.link(&path.key("data"), node.at(&["data", "uri"]));
                self.inlines(node, path, &inner, text);
            }
            "asset-hyperlink" => {
                let asset = target(node).unwrap_or(&Json::Null);
                inner.url = self.converter.address(asset.at(&["file", "url"]));
                self.inlines(node, path, &inner, text);
            }
            "entry-hyperlink" | "embedded-entry-inline" => {
                self.inlines(node, path, marks, text);
                self.cite(node, path, kind == "embedded-entry-inline", text);
            }
            _ => self.inlines(node, path, marks, text),
        }
    }

    /// Cites the entry that a node refers to, if the entry has an address. An entry without one is a page of
    /// the site itself, of which only the words stay.
    fn cite(&mut self, node: &Json, path: &Path, is_embedded: bool, text: &mut MarkedText) {
        let Some(entry) = target(node) else {
            return self
                .converter
                .warn(path, &["links to an entry that was not sent; request more levels with include="]);
        };
        if members::address(entry).is_some()
            && let Some(reference) = members::reference(entry, path, self.converter)
        {
            return text.cite(self.converter.reference(reference));
        }
        if is_embedded {
            let title = first_text(entry, "title name");
            text.push(title.unwrap_or_default(), &Marks::default());
            self.converter.warn(path, &["embeds an entry without an address; only its title is shown"]);
        }
    }
}
