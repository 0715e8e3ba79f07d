use std::ops::Range;

use super::elements::{is_block, is_opaque, is_void};
use crate::cms::values::number;

/// The elements and texts of a document, in document order. No node is nested deeper than
/// [`Tree::MAX_DEPTH`], so code may walk the tree recursively.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
struct Node {
    /// The index after the last node inside this one.
    end: usize,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Element(Element),
    Text(String),
}

/// An element.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// The name; in lower case for HTML elements.
    pub name: String,
    /// The attributes, each name once.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// Returns the value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the trimmed value of an attribute, if it is not blank.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns the classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or_default().split_ascii_whitespace()
    }

    /// Returns whether the element has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|known| known == class)
    }

    /// Reads a number of pixels from an attribute.
    pub(super) fn pixels(&self, name: &str) -> Option<u32> {
        let value = self.filled(name)?;
        let pixels = number(value.strip_suffix("px").unwrap_or(value).trim());
        pixels.and_then(|pixels| u32::try_from(pixels).ok())
    }
}

impl Tree {
    /// How deep elements may be nested. Deeper elements are flattened: their text stays in place, with line
    /// breaks where blocks were.
    pub const MAX_DEPTH: usize = 64;

    /// Returns the range of all nodes.
    pub(super) fn all(&self) -> Range<usize> {
        0..self.nodes.len()
    }

    /// Returns the range of all descendants of a node.
    pub(super) fn inside(&self, node: usize) -> Range<usize> {
        self.nodes.get(node).map_or(node..node, |at| node + 1..at.end)
    }

    /// Returns the top-level nodes of a range.
    pub(super) fn children(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let first = (range.start < range.end).then_some(range.start);
        std::iter::successors(first, move |at| {
            // `end` should always be larger than `at`; this makes sure that the iteration ends.
            let next = self.nodes.get(*at)?.end.max(at + 1);
            (next < range.end).then_some(next)
        })
    }

    /// Returns the element at a node, if the node is one.
    pub(super) fn element(&self, node: usize) -> Option<&Element> {
        match &self.nodes.get(node)?.kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// Returns the text at a node; empty if the node is an element.
    pub(super) fn text(&self, node: usize) -> &str {
        match self.nodes.get(node) {
            Some(Node { kind: Kind::Text(text), .. }) => text,
            _ => "",
        }
    }

    /// Returns the texts in a range, concatenated unchanged.
    pub(super) fn text_in(&self, range: Range<usize>) -> String {
        range.map(|node| self.text(node)).collect()
    }

    /// Returns the first element in a range that matches a predicate.
    pub(super) fn find(&self, range: Range<usize>, matches: impl Fn(&Element) -> bool) -> Option<usize> {
        range.into_iter().find(|node| self.element(*node).is_some_and(&matches))
    }
}

/// Builds a tree from a parser's output, in document order.
#[derive(Debug, Default)]
pub struct TreeBuilder {
    tree: Tree,
    open: Vec<Open>,
    /// How many of `open` are nodes of the tree.
    depth: usize,
    /// How many of `open` are an opaque element below the maximum depth, or inside one.
    unseen: usize,
}

#[derive(Debug)]
enum Open {
    /// A node of the tree.
    Node(usize),
    /// A flattened element below the maximum depth; whether it was a block.
    Flat(bool),
    /// An opaque element below the maximum depth, or an element inside one.
    Unseen,
}

impl TreeBuilder {
    /// Begins an element, which has to be ended by [`Self::close`].
    pub fn open(&mut self, element: Element) {
        if self.unseen > 0 {
            self.unseen += 1;
            return self.open.push(Open::Unseen);
        }
        let is_deep = self.depth >= Tree::MAX_DEPTH;
        if is_deep && is_opaque(&element.name) {
            self.unseen = 1;
            return self.open.push(Open::Unseen);
        }
        if is_deep && !is_void(&element.name) {
            let is_block = is_block(&element.name);
            self.line_break(is_block);
            return self.open.push(Open::Flat(is_block));
        }
        self.depth += 1;
        self.open.push(Open::Node(self.tree.nodes.len()));
        self.push(Kind::Element(element));
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Node(node)) => {
                self.depth -= 1;
                let end = self.tree.nodes.len();
                if let Some(node) = self.tree.nodes.get_mut(node) {
                    node.end = end;
                }
            }
            Some(Open::Flat(is_block)) => self.line_break(is_block),
            Some(Open::Unseen) => self.unseen -= 1,
            None => {}
        }
    }

    /// Adds a text.
    pub fn text(&mut self, text: String) {
        if self.unseen == 0 && !text.is_empty() {
            self.push(Kind::Text(text));
        }
    }

    /// Closes all open elements and returns the tree.
    #[must_use]
    pub fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.close();
        }
        self.tree
    }

    fn line_break(&mut self, is_block: bool) {
        if is_block {
            self.push(Kind::Element(Element { name: "br".to_owned(), attributes: Vec::new() }));
        }
    }

    fn push(&mut self, kind: Kind) {
        let end = self.tree.nodes.len() + 1;
        self.tree.nodes.push(Node { end, kind });
    }
}
