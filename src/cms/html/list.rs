//! Lists: `ul`, `ol` and their items.

use super::drop::{CONTENTS, Dropped};
use super::elements::is_heading;
use super::tree::Element;
use super::walk::{HEADING_DROPPED, TextKind, Walker};
use super::{letters, push_line, words};
use crate::article::{Block, BlockKind, ListItem, RichText, limits};
use crate::cms::context::excerpt;
use crate::cms::{lists, takeaways};

impl Walker<'_> {
    /// Adds a list. Blocks that cannot be in one, such as pictures, follow the list.
    pub(super) fn list(&mut self, node: usize, element: &Element) {
        self.flush();
        if self.is_contents(node) {
            return self.drop_contents(node);
        }
        let kind = std::mem::replace(&mut self.kind, TextKind::Paragraph);
        let start = element.filled("start").filter(|start| element.name == "ol" && *start != "1");
        if let Some(start) = start {
            self.warn(&["a list that starts at ", start, " is numbered from 1 here"]);
        }
        let mut after = Vec::new();
        let items = self.items(node, &mut after);
        self.kind = kind;
        if !items.is_empty() {
            let items = limit_depth(items, 1);
            self.push(lists::list(element.name == "ol", items));
        } else if after.is_empty() {
            self.without_heading(node);
        }
        self.fragment.blocks.extend(after);
    }

    /// Returns whether a list only repeats headings of the document, in links to them. Lists of key points may do
    /// so, too.
    fn is_contents(&mut self, node: usize) -> bool {
        let tree = self.tree;
        let mut link_end = 0;
        let mut has_links = false;
        for inner in tree.inside(node) {
            let is_link = |element: &Element| {
                element.name == "a" && element.filled("href").is_some_and(|href| href.starts_with('#'))
            };
            if tree.element(inner).is_some_and(is_link) && !self.is_marker(inner) {
                link_end = tree.inside(inner).end;
                let words = letters(&tree.text_in(tree.inside(inner)), self.parsers);
                has_links = true;
                if self.headings().get(&words).is_none() {
                    return false;
                }
            } else if inner >= link_end && tree.text(inner).contains(char::is_alphanumeric) {
                return false;
            }
        }
        has_links
            && !self
                .fragment
                .blocks
                .last()
                .is_some_and(|block| takeaways::announces_key_points(block, self.parsers))
    }

    /// Leaves a table of contents out, and with it the heading above it, unless that is the heading of the text
    /// below.
    fn drop_contents(&mut self, node: usize) {
        let tree = self.tree;
        let end = tree.inside(node).end;
        let next = (end..tree.all().end).find(|next| {
            tree.element(*next).is_some_and(|element| is_heading(&element.name))
                || tree.text(*next).contains(char::is_alphanumeric)
        });
        let is_before_heading = next.is_some_and(|next| tree.element(next).is_some());
        if is_before_heading
            && let Some(last) = self.fragment.blocks.pop_if(|last| matches!(last.kind, BlockKind::Heading(_)))
        {
            self.warn(&[HEADING_DROPPED, &excerpt(&words(&last))]);
        }
        self.drop(node, Dropped::Reported(CONTENTS));
    }

    fn items(&mut self, node: usize, after: &mut Vec<Block>) -> Vec<ListItem> {
        let tree = self.tree;
        let mut items: Vec<ListItem> = Vec::new();
        let mut had_notes = false;
        for child in tree.children(tree.inside(node)) {
            if self.is_skipped(child) {
                had_notes = true;
                continue;
            }
            let name = tree.element(child).map_or("", |element| element.name.as_str());
            let inside = tree.inside(child);
            let blocks = match name {
                "li" if self.leaves_out(child) => Vec::new(),
                "li" => self.capture(inside),
                _ => self.capture(child..inside.end),
            };
            let item = item(blocks, after);
            match items.last_mut() {
                // A list directly inside a list belongs to the item before it.
                Some(last) if name != "li" && item.text.is_empty() => {
                    // An item with nested items always has `ordered`.
                    lists::add(last, item.ordered.unwrap_or_default(), item.items);
                }
                _ if item.text.is_empty() => items.extend(item.items),
                _ => items.push(item),
            }
        }
        // Some systems put the heading of their notes inside the list.
        let is_item = |child: usize| {
            !self.is_skipped(child) && tree.element(child).is_some_and(|element| element.name == "li")
        };
        if had_notes && !tree.children(tree.inside(node)).any(is_item) {
            items.clear();
        }
        items
    }

    /// Removes the heading above a list whose items all became references.
    fn without_heading(&mut self, node: usize) {
        let tree = self.tree;
        let had_notes = tree.children(tree.inside(node)).any(|child| self.is_skipped(child));
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        if had_notes && self.fragment.blocks.last().is_some_and(is_heading) {
            self.fragment.blocks.pop();
        }
    }
}

fn item(blocks: Vec<Block>, after: &mut Vec<Block>) -> ListItem {
    let mut item = ListItem::default();
    for block in blocks {
        match block.kind {
            BlockKind::Paragraph(paragraph) => push_line(&mut item.text, paragraph.text),
            BlockKind::Heading(heading) => push_line(&mut item.text, heading.text),
            BlockKind::List(list) => lists::add(&mut item, list.ordered, list.items),
            _ => after.push(block),
        }
    }
    // An item that contains only another item is replaced by that item.
    if item.text.is_empty() && item.items.len() == 1 {
        item = item.items.remove(0);
    }
    item
}

/// Limits the nesting of items to the depth that an article allows, moving deeper ones up.
fn limit_depth(items: Vec<ListItem>, depth: usize) -> Vec<ListItem> {
    let mut kept = Vec::new();
    for mut item in items {
        let inner = limit_depth(std::mem::take(&mut item.items), depth + 1);
        if depth < limits::MAX_LIST_DEPTH {
            item.items = inner;
            kept.push(item);
        } else {
            kept.push(item);
            kept.extend(inner);
        }
    }
    kept
}

/// Returns the text of a block, for places that allow only text.
pub(super) fn text_of(block: Block) -> RichText {
    match block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.text,
        BlockKind::Heading(heading) => heading.text,
        BlockKind::Quote(mut quote) => {
            push_line(&mut quote.text, quote.attribution);
            quote.text
        }
        BlockKind::List(list) => list.items.into_iter().map(text_of_item).fold(RichText::default(), joined),
        _ => RichText::plain(words(&block)),
    }
}

/// Returns the texts of an item and the items nested in it, one per line.
fn text_of_item(item: ListItem) -> RichText {
    item.items.into_iter().map(text_of_item).fold(item.text, joined)
}

fn joined(mut all: RichText, line: RichText) -> RichText {
    push_line(&mut all, line);
    all
}
