//! Parses HTML with `html5ever`, which implements the same standard as browsers.
//!
//! Its tree builder searches all open elements at every tag, so time grows with the square of the depth. A
//! filter in front of it therefore drops every tag that would open an element deeper than [`MAX_DEPTH`].

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{
    ElemName, ElementFlags, NodeOrText, QuirksMode, TreeBuilder as Html5TreeBuilder, TreeBuilderOpts,
    TreeSink,
};
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};

use super::DOCUMENT_START;
use super::elements::{is_block, is_opaque, is_void};
use super::tree::{Element, Tree, TreeBuilder};

/// Deeper than the tree goes: the elements that the filter drops would have been flattened in any case.
const MAX_DEPTH: usize = 2 * Tree::MAX_DEPTH;

/// Formatting elements that are never closed are reopened in every paragraph, so a few bytes can create very
/// many elements.
const MAX_NODES: usize = 1_000_000;

/// Parses HTML.
pub(in crate::cms) fn parse(html: &str) -> Tree {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let depth_limit = DepthLimit {
        tree_builder: Html5TreeBuilder::new(Arena::new(), options),
        end_tags: Cell::new(0),
        dropped_tags: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(depth_limit, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(DOCUMENT_START.into());
    queue.push_back(html.into());
    // The tokenizer pauses at the end of every script, for a caller that would run it.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.tree_builder.sink.to_tree()
}

/// Passes tags on to the tree builder as long as elements do not nest too deeply.
struct DepthLimit {
    tree_builder: Html5TreeBuilder<usize, Arena>,
    /// The end tags since the last element was inserted.
    end_tags: Cell<usize>,
    /// The start tags that were dropped and whose end tags are still to come.
    dropped_tags: Cell<usize>,
}

impl DepthLimit {
    /// Returns the tag to pass on, if any. A dropped tag of a block becomes a line break.
    fn filter(&self, tag: Tag) -> Option<Tag> {
        let name: &str = &tag.name;
        let line_break = || {
            let name = LocalName::from("br");
            Tag {
                kind: TagKind::StartTag,
                name,
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            }
        };
        if tag.kind == TagKind::EndTag {
            if self.dropped_tags.get() > 0 && !is_opaque(name) {
                if !has_optional_end_tag(name) {
                    self.dropped_tags.set(self.dropped_tags.get() - 1);
                }
                return is_block(name).then(line_break);
            }
            self.end_tags.set(self.end_tags.get() + 1);
            return Some(tag);
        }
        let arena = &self.tree_builder.sink;
        if arena.has_grown.take() {
            self.end_tags.set(0);
        }
        let depth = (arena.depth.get() + 1).saturating_sub(self.end_tags.get());
        if (depth < MAX_DEPTH && arena.len() < MAX_NODES) || is_opaque(name) || is_void(name) {
            return Some(tag);
        }
        if !has_optional_end_tag(name) {
            self.dropped_tags.set(self.dropped_tags.get() + 1);
        }
        is_block(name).then(line_break)
    }
}

/// Returns whether the end tag of an element is often omitted.
fn has_optional_end_tag(name: &str) -> bool {
    matches!(name, "dd" | "dt" | "li" | "option" | "p" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

impl TokenSink for DepthLimit {
    type Handle = usize;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<usize> {
        let token = match token {
            Token::TagToken(tag) => match self.filter(tag) {
                Some(tag) => Token::TagToken(tag),
                None => return TokenSinkResult::Continue,
            },
            Token::CommentToken(_) => return TokenSinkResult::Continue,
            token => token,
        };
        self.tree_builder.process_token(token, line)
    }

    fn end(&self) {
        self.tree_builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree_builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The document while it is built: nodes that refer to their neighbours by index. No method is recursive.
struct Arena {
    nodes: RefCell<Vec<Node>>,
    /// The depth of the element that was inserted last.
    depth: Cell<usize>,
    /// Whether an element was inserted since this was last read.
    has_grown: Cell<bool>,
}

#[derive(Default)]
struct Node {
    kind: Kind,
    parent: Option<usize>,
    before: Option<usize>,
    after: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    depth: usize,
}

#[derive(Default)]
enum Kind {
    /// The document, the content of a template, or an ignored node such as a comment.
    #[default]
    Other,
    Text(String),
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
        is_html_integration_point: bool,
    },
}

/// The name of an element; names are shared, not copied.
#[derive(Debug)]
struct Name(Namespace, LocalName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0
    }

    fn local_name(&self) -> &LocalName {
        &self.1
    }
}

const DOCUMENT: usize = 0;

impl Arena {
    fn new() -> Self {
        let document = RefCell::new(vec![Node::default()]);
        Self { nodes: document, depth: Cell::new(0), has_grown: Cell::new(false) }
    }

    fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn add(&self, kind: Kind) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { kind, ..Node::default() });
        nodes.len() - 1
    }

    /// Returns a property of a node; the default if the node does not exist.
    fn get<T: Default>(&self, node: usize, read: impl FnOnce(&Node) -> T) -> T {
        self.nodes.borrow().get(node).map(read).unwrap_or_default()
    }

    fn change(&self, node: Option<usize>, change: impl FnOnce(&mut Node)) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(node) = node.and_then(|node| nodes.get_mut(node)) {
            change(node);
        }
    }

    fn detach(&self, node: usize) {
        let (parent, before, after) = self.get(node, |node| (node.parent, node.before, node.after));
        self.change(Some(node), |node| (node.parent, node.before, node.after) = (None, None, None));
        match before {
            Some(_) => self.change(before, |node| node.after = after),
            None => self.change(parent, |node| node.first = after),
        }
        match after {
            Some(_) => self.change(after, |node| node.before = before),
            None => self.change(parent, |node| node.last = before),
        }
    }

    /// Inserts a node into a parent, before a sibling (`after`) or at the end.
    fn attach(&self, node: usize, parent: usize, after: Option<usize>) {
        self.detach(node);
        let before = match after {
            Some(sibling) => self.get(sibling, |sibling| sibling.before),
            None => self.get(parent, |parent| parent.last),
        };
        let depth = self.get(parent, |parent| parent.depth) + 1;
        self.change(Some(node), |node| {
            (node.parent, node.before, node.after, node.depth) = (Some(parent), before, after, depth);
        });
        match before {
            Some(_) => self.change(before, |before| before.after = Some(node)),
            None => self.change(Some(parent), |parent| parent.first = Some(node)),
        }
        match after {
            Some(_) => self.change(after, |after| after.before = Some(node)),
            None => self.change(Some(parent), |parent| parent.last = Some(node)),
        }
        self.depth.set(depth);
        self.has_grown.set(true);
    }

    fn insert(&self, child: NodeOrText<usize>, parent: usize, after: Option<usize>) {
        let node = match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                let before = match after {
                    Some(sibling) => self.get(sibling, |sibling| sibling.before),
                    None => self.get(parent, |parent| parent.last),
                };
                let mut is_added = false;
                self.change(before, |before| {
                    if let Kind::Text(known) = &mut before.kind {
                        known.push_str(&text);
                        is_added = true;
                    }
                });
                if is_added {
                    return;
                }
                let node = self.add(Kind::Text(text.to_string()));
                let (depth, has_grown) = (self.depth.get(), self.has_grown.get());
                self.attach(node, parent, after);
                // Only elements add depth.
                self.depth.set(depth);
                self.has_grown.set(has_grown);
                return;
            }
        };
        self.attach(node, parent, after);
    }

    /// Returns the document in document order.
    fn to_tree(&self) -> Tree {
        let mut builder = TreeBuilder::default();
        let mut next = self.get(DOCUMENT, |document| document.first);
        while let Some(node) = next {
            next = self.get(node, |node| node.first);
            self.change(Some(node), |node| match &mut node.kind {
                Kind::Element { name, attributes, .. } => {
                    let attributes = attributes
                        .iter()
                        .map(|attribute| (qualified(&attribute.name), attribute.value.to_string()));
                    builder.open(Element { name: qualified(name), attributes: attributes.collect() });
                }
                Kind::Text(text) => builder.text(std::mem::take(text)),
                Kind::Other => {}
            });
            // Climbs up until a node has a next sibling.
            let mut done = next.is_none().then_some(node);
            while let Some(node) = done {
                let (is_element, after, parent) = self
                    .get(node, |node| (matches!(node.kind, Kind::Element { .. }), node.after, node.parent));
                if is_element {
                    builder.close();
                }
                next = after;
                done = parent.filter(|parent| after.is_none() && *parent != DOCUMENT);
            }
        }
        builder.finish()
    }
}

/// Returns a name with its prefix, as the DOM gives it.
fn qualified(name: &QualName) -> String {
    match &name.prefix {
        Some(prefix) if !prefix.is_empty() => [prefix, ":", &*name.local].concat(),
        _ => name.local.to_string(),
    }
}

impl TreeSink for Arena {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        DOCUMENT
    }

    fn elem_name(&self, node: &usize) -> Name {
        let name = self.get(*node, |node| match &node.kind {
            Kind::Element { name, .. } => Some(Name(name.ns.clone(), name.local.clone())),
            _ => None,
        });
        name.unwrap_or_else(|| Name(ns!(), LocalName::from("")))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> usize {
        let is_html_integration_point = flags.mathml_annotation_xml_integration_point;
        self.add(Kind::Element { name, attributes, is_html_integration_point })
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(child, *parent, None);
    }

    fn append_based_on_parent_node(&self, element: &usize, before: &usize, child: NodeOrText<usize>) {
        match self.get(*element, |element| element.parent) {
            Some(parent) => self.insert(child, parent, Some(*element)),
            None => self.insert(child, *before, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // The content of a template is not shown, so it is not part of the document.
    fn get_template_contents(&self, _: &usize) -> usize {
        self.add(Kind::Other)
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let Some(parent) = self.get(*sibling, |sibling| sibling.parent) {
            self.insert(child, parent, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, node: &usize, added: Vec<Attribute>) {
        self.change(Some(*node), |node| {
            if let Kind::Element { attributes, .. } = &mut node.kind {
                for attribute in added {
                    if attributes.iter().all(|known| known.name != attribute.name) {
                        attributes.push(attribute);
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, node: &usize) {
        self.detach(*node);
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        while let Some(child) = self.get(*node, |node| node.first) {
            self.attach(child, *parent, None);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &usize) -> bool {
        self.get(*node, |node| matches!(node.kind, Kind::Element { is_html_integration_point: true, .. }))
    }

    fn allow_declarative_shadow_roots(&self, _: &usize) -> bool {
        false
    }
}
