//! Walks a document and decides what each element becomes.

use super::drop::{Dropped, SHARE_BAR, dropped, has_heading, shown_text};
use super::elements::{is_block, is_heading};
use super::footnotes::{self, Note};
use super::inline::{InlineBuilder, Mark};
use super::tree::{Element, Tree};
use super::{Fragment, Shortcodes, embed, letters, script};
use crate::article::{Block, BlockKind, Code, Heading, Inline, Quote, RichText, Url, UrlError};
use crate::cms::context::{STRUCK, block, excerpt};
use crate::cms::index_by_name::IndexByName;
use crate::cms::values::is_among;
use crate::cms::{Parsers, address, links};

/// The most characters of a link by itself that shares the page, such as "Share on Facebook": a longer one may be
/// a quotation to share.
const MAX_LABEL_CHARS: usize = 30;

/// How many nodes may be between an element and the next text or block. Without a limit, the same nodes could be
/// looked at for each of very many elements.
const LOOK_AHEAD: usize = 64;

/// The longest title, in bytes, that a heading may repeat. A document may have very many pieces of HTML, and the
/// title is compared with the headings of each.
const MAX_TITLE: usize = 1000;

/// The problem of a heading that has nothing below it.
pub(super) const HEADING_DROPPED: &str = "the heading of something that was left out was left out, too: ";

/// The input of the walker besides the document.
#[derive(Clone, Copy, Default)]
pub(in crate::cms) struct WalkOptions<'a> {
    /// The title of the article; a heading that repeats it is left out.
    pub(in crate::cms) title: &'a str,
    /// The base of relative addresses.
    pub(in crate::cms) base: Option<&'a Url>,
    /// Recognises shortcodes, where text in brackets may be one, as in WordPress.
    pub(in crate::cms) shortcodes: Option<Shortcodes>,
    /// How many references the article has already.
    pub(in crate::cms) references: usize,
    /// The ids of notes that the CMS delivers separately, with the indices of their references.
    pub(in crate::cms) notes: &'a [(String, usize)],
}

/// Makes blocks of a document.
pub(in crate::cms) fn walk(tree: &Tree, options: &WalkOptions<'_>, parsers: &dyn Parsers) -> Fragment {
    let mut walker = Walker {
        tree,
        options,
        parsers,
        fragment: Fragment::default(),
        inline: InlineBuilder::default(),
        kind: TextKind::Paragraph,
        attribution: RichText::default(),
        quote_end: 0,
        roles: Vec::new(),
        closing: options.shortcodes.map_or_else(Vec::new, |shortcodes| (shortcodes.closing)(tree)),
        keeps_lines: false,
        sources: 0..0,
        near_picture: false,
        in_figure: false,
        has_dropped: false,
        headings: None,
        title: None,
    };
    walker.footnotes();
    walker.children(tree.all());
    walker.flush();
    walker.fragment
}

/// The kind of block that text becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TextKind {
    Paragraph,
    Heading(u8),
    Quote,
}

/// The role of a node in footnotes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    None,
    /// A note, or a link back from a note.
    Skipped,
    /// A link to a note; with the index of the note's reference.
    Marker(usize),
}

pub(super) struct Walker<'t> {
    pub(super) tree: &'t Tree,
    pub(super) options: &'t WalkOptions<'t>,
    pub(super) parsers: &'t dyn Parsers,
    pub(super) fragment: Fragment,
    pub(super) inline: InlineBuilder,
    pub(super) kind: TextKind,
    /// The attribution of the current quotation, as far as it was read.
    pub(super) attribution: RichText,
    /// The node after the current quotation.
    quote_end: usize,
    /// The role of each node in footnotes; empty where there are no footnotes.
    roles: Vec<Role>,
    /// The names of shortcodes with a closing tag somewhere, sorted.
    closing: Vec<String>,
    /// Whether line breaks in the text are kept, as in verse.
    keeps_lines: bool,
    /// The nodes in the current `picture`, among them the sources of its picture.
    pub(super) sources: std::ops::Range<usize>,
    /// Whether the last block, if it is a picture, is in the same block of the document or the same figure.
    pub(super) near_picture: bool,
    /// The headings of the document, where they were asked for.
    headings: Option<IndexByName>,
    /// The letters of the title, where they were asked for.
    title: Option<String>,
    /// Whether something with a heading of its own was left out in the current block.
    has_dropped: bool,
    /// Whether the current node is in a figure.
    pub(super) in_figure: bool,
}

impl<'t> Walker<'t> {
    pub(super) fn warn(&mut self, message: &[&str]) {
        self.fragment.problems.push(message.concat());
    }

    /// Turns the footnotes of the document into references.
    fn footnotes(&mut self) {
        let (notes, known) = footnotes::find(self.tree, self.options.base, self.options.notes);
        if notes.is_empty() && known.is_empty() {
            return;
        }
        self.roles = vec![Role::None; self.tree.all().end];
        for (node, reference) in known {
            self.set_role(node, reference.map_or(Role::Skipped, Role::Marker));
        }
        for (place, note) in notes.iter().enumerate() {
            let Note { item, markers, backlinks, .. } = note;
            for backlink in backlinks {
                (*backlink..self.tree.inside(*backlink).end)
                    .for_each(|node| self.set_role(node, Role::Skipped));
            }
            markers
                .iter()
                .for_each(|node| self.set_role(*node, Role::Marker(self.options.references + place)));
            // The note is read before its node is marked as skipped.
            let blocks = self.capture(self.tree.inside(*item));
            let text = Fragment { blocks, ..Fragment::default() }.into_text();
            self.fragment.references.push(footnotes::reference(&note.id, &text));
            self.set_role(*item, Role::Skipped);
        }
    }

    fn set_role(&mut self, node: usize, role: Role) {
        if let Some(known) = self.roles.get_mut(node) {
            *known = role;
        }
    }

    fn role(&self, node: usize) -> Role {
        self.roles.get(node).copied().unwrap_or(Role::None)
    }

    /// Returns whether a node is a link to a note.
    pub(super) fn is_marker(&self, node: usize) -> bool {
        matches!(self.role(node), Role::Marker(_))
    }

    /// Returns the letters of the document's headings, as names of [`IndexByName`].
    pub(super) fn headings(&mut self) -> &IndexByName {
        let (tree, parsers) = (self.tree, self.parsers);
        self.headings.get_or_insert_with(|| {
            let mut headings = IndexByName::default();
            for node in tree.all() {
                if tree.element(node).is_some_and(|element| is_heading(&element.name)) {
                    let words = letters(&tree.text_in(tree.inside(node)), parsers);
                    // An empty heading would be repeated by any link without words.
                    if !words.is_empty() {
                        headings.set(&words, node);
                    }
                }
            }
            headings
        })
    }

    /// Returns whether a node contains a footnote marker.
    fn has_marker(&self, node: usize) -> bool {
        !self.roles.is_empty() && self.tree.inside(node).any(|node| self.is_marker(node))
    }

    /// Returns whether a node is a note that became a reference, or a link back from one.
    pub(super) fn is_skipped(&self, node: usize) -> bool {
        self.role(node) == Role::Skipped
    }

    pub(super) fn children(&mut self, range: std::ops::Range<usize>) {
        let tree = self.tree;
        for node in tree.children(range) {
            self.node(node);
        }
    }

    pub(super) fn inside(&mut self, node: usize) {
        self.children(self.tree.inside(node));
    }

    /// Returns the blocks of a range without adding them to the fragment.
    pub(super) fn capture(&mut self, range: std::ops::Range<usize>) -> Vec<Block> {
        let inline = std::mem::take(&mut self.inline);
        let blocks = std::mem::take(&mut self.fragment.blocks);
        self.children(range);
        self.flush();
        self.inline = inline;
        std::mem::replace(&mut self.fragment.blocks, blocks)
    }

    /// Returns a range as one text, each block on a line of its own.
    pub(super) fn captured_text(&mut self, range: std::ops::Range<usize>) -> RichText {
        let kind = std::mem::replace(&mut self.kind, TextKind::Paragraph);
        let blocks = self.capture(range);
        self.kind = kind;
        Fragment { blocks, ..Fragment::default() }.into_text()
    }

    pub(super) fn push(&mut self, kind: BlockKind) {
        self.flush();
        self.fragment.blocks.push(block(kind));
    }

    /// Ends the current text and adds it as a block.
    pub(super) fn flush(&mut self) {
        let text = self.inline.take();
        if text.is_empty() {
            return;
        }
        let kind = match self.kind {
            TextKind::Paragraph => BlockKind::paragraph(text),
            TextKind::Heading(level) => {
                let text = without_mark(text);
                if self.is_title(&text) {
                    return;
                }
                BlockKind::Heading(Heading { level, text })
            }
            TextKind::Quote => BlockKind::Quote(Quote { text, ..Quote::default() }),
        };
        self.fragment.blocks.push(block(kind));
    }

    /// Returns whether a heading repeats the title.
    fn is_title(&mut self, heading: &RichText) -> bool {
        let (title, parsers) = (self.options.title, self.parsers);
        if title.is_empty() || title.len() > MAX_TITLE {
            return false;
        }
        let title = self.title.get_or_insert_with(|| letters(title, parsers));
        !title.is_empty() && *title == letters(&heading.plain_text(), parsers)
    }

    pub(super) fn node(&mut self, node: usize) {
        match self.role(node) {
            Role::Skipped => return,
            Role::Marker(reference) => return self.inline.cite(reference),
            Role::None => {}
        }
        match self.tree.element(node) {
            Some(element) => self.element(node, element),
            None => self.text(self.unbracketed(node)),
        }
    }

    /// Returns a text without the brackets that hold a link back from a note: `[↩]`.
    fn unbracketed(&self, node: usize) -> &'t str {
        const OPENING: [char; 2] = ['[', '('];
        const CLOSING: [char; 2] = [']', ')'];
        let tree = self.tree;
        let mut text = tree.text(node);
        let next = node + 1;
        if self.is_skipped(next) && tree.text(tree.inside(next).end).trim_start().starts_with(CLOSING) {
            text = text.trim_end();
            text = text.strip_suffix(OPENING).unwrap_or(text);
        }
        if node.checked_sub(1).is_some_and(|before| self.is_skipped(before)) {
            text = text.trim_start().strip_prefix(CLOSING).unwrap_or(text);
        }
        text
    }

    fn text(&mut self, text: &str) {
        if self.keeps_lines && text.contains('\n') {
            for line in text.split_inclusive('\n') {
                self.inline.text(line);
                if line.ends_with('\n') && self.inline.line_break() {
                    self.flush();
                }
            }
            return;
        }
        if let Some(shortcodes) = self.options.shortcodes.filter(|_| text.contains('[')) {
            if let Some(url) = (shortcodes.address)(text).and_then(|address| self.address(address)) {
                return self.push(embed::link(url));
            }
            let (text, removed) = (shortcodes.without)(text, &self.closing);
            for name in removed {
                self.warn(&["the shortcode [", &name, "] is unknown and was left out"]);
            }
            return self.inline.text(&text);
        }
        self.inline.text(text);
    }

    fn element(&mut self, node: usize, element: &'t Element) {
        if let Some(why) = dropped(self.tree, node) {
            return self.drop(node, why);
        }
        if self.card(node, element) {
            return;
        }
        match element.name.as_str() {
            "br" => {
                if self.inline.line_break() {
                    self.flush();
                }
            }
            // WordPress shows its date blocks on a line of their own.
            "time" if element.classes().any(|class| class.starts_with("wp-block-")) => {
                self.inline.line_break();
                self.inside(node);
            }
            "hr" => self.flush(),
            "wbr" => {}
            // The parentheses that browsers without ruby show.
            "rp" if !self.tree.text_in(self.tree.inside(node)).contains(char::is_alphanumeric) => {}
            "em" | "i" | "dfn" | "var" => self.marked(node, Mark::Emphasis),
            "strong" | "b" => {
                // Google Docs wraps everything it copies in a `b` that is not bold.
                let is_normal =
                    element.get("style").is_some_and(|style| style.contains("font-weight:normal"));
                self.marked(node, if is_normal { Mark::Nothing } else { Mark::Strong });
            }
            "cite" if self.kind == TextKind::Quote && self.ends_text(node) => self.attribution_of(node),
            "cite" => self.marked(node, Mark::Emphasis),
            "a" => self.link(node, element),
            "code" | "kbd" | "samp" | "tt" if !self.has_media(node) => self.code(node),
            "sub" | "sup" => self.sub_or_sup(node, &element.name),
            "q" => {
                self.inline.text("“");
                self.inside(node);
                self.inline.text("”");
            }
            "rt" => {
                self.inline.text("(");
                self.inside(node);
                self.inline.text(")");
            }
            "del" | "s" | "strike" => {
                self.warn(&[STRUCK, &self.excerpt_of(node)]);
                self.inside(node);
            }
            "math" if !self.has_media(node) => self.formula(node, element),
            "h1" | "h2" => self.heading(node, 2),
            "h3" => self.heading(node, 3),
            "h4" | "h5" | "h6" => self.heading(node, 4),
            "summary" | "legend" => self.heading(node, 3),
            "dt" => {
                self.flush();
                self.marked(node, Mark::Strong);
                self.flush();
            }
            "blockquote" => self.quote(node, element),
            "footer" if self.kind == TextKind::Quote => self.attribution_of(node),
            "pre" | "listing" | "plaintext" | "xmp" => self.preformatted(node, element),
            "ul" | "ol" | "menu" | "dir" => self.list(node, element),
            "table" => self.table(node),
            "figure" => self.figure(node),
            "figcaption" => {
                self.flush();
                self.inside(node);
                self.flush();
            }
            "p" | "dd" if element.has_class("wp-caption-text") => self.caption_below(node),
            "div" if element.has_class("kg-audio-title") => self.player_title(node),
            "div" if element.has_class("wp-block-embed__wrapper") => self.embed_wrapper(node),
            "img" => self.image(element),
            "picture" => self.picture(node),
            "noscript" => self.noscript(node),
            "iframe" | "embed" | "object" | "video" | "audio" => self.embedded(node, element),
            name if is_block(name) => self.block(node),
            // An unknown element is part of the text around it.
            _ => self.inside(node),
        }
    }

    /// Leaves an element out.
    pub(super) fn drop(&mut self, node: usize, why: Dropped) {
        if let Dropped::Reported(what) = why {
            self.has_dropped |= has_heading(what);
            self.report_left_out(node, what);
        }
    }

    /// Reads a block. If something in it is left out and only headings remain, they are left out with it.
    pub(super) fn block(&mut self, node: usize) {
        self.flush();
        self.near_picture &= self.in_figure;
        let before = self.fragment.blocks.len();
        let around = std::mem::take(&mut self.has_dropped);
        self.inside(node);
        self.flush();
        self.near_picture &= self.in_figure;
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        if self.has_dropped && self.fragment.blocks.iter().skip(before).all(is_heading) {
            // The heading above may have been left out, too.
            let before = before.min(self.fragment.blocks.len());
            for block in self.fragment.blocks.split_off(before) {
                self.warn(&[HEADING_DROPPED, &excerpt(&super::words(&block))]);
            }
        }
        self.has_dropped |= around;
    }

    /// Reports text that is left out.
    pub(super) fn report_left_out(&mut self, node: usize, what: &str) {
        let excerpt = self.excerpt_of(node);
        if excerpt.len() > "“”".len() {
            self.warn(&[what, " was left out: ", &excerpt]);
        }
    }

    /// Returns whether an element is left out, and reports it.
    pub(super) fn leaves_out(&mut self, node: usize) -> bool {
        let why = dropped(self.tree, node);
        why.into_iter().for_each(|why| self.drop(node, why));
        why.is_some()
    }

    /// Returns the text of a range that readers see, and reports what is left out of it.
    pub(super) fn shown_text(&mut self, range: std::ops::Range<usize>) -> String {
        shown_text(self.tree, range, &mut |node, why| {
            self.drop(node, why);
            true
        })
    }

    fn excerpt_of(&self, node: usize) -> String {
        let words = shown_text(self.tree, self.tree.inside(node), &mut |_, why| why == Dropped::Unseen);
        excerpt(&words.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn marked(&mut self, node: usize, mark: Mark) {
        self.inline.open(mark);
        self.inside(node);
        self.inline.close();
    }

    fn heading(&mut self, node: usize, level: u8) {
        self.flush();
        let kind = std::mem::replace(&mut self.kind, TextKind::Heading(level));
        self.inside(node);
        self.flush();
        self.kind = kind;
    }

    fn link(&mut self, node: usize, element: &Element) {
        let href = element.filled("href").unwrap_or_default();
        let words = || self.tree.text_in(self.tree.inside(node));
        // The sign beside a heading by which readers copy its address.
        let is_control =
            || element.get("aria-hidden") == Some("true") || !words().contains(char::is_alphanumeric);
        if matches!(self.kind, TextKind::Heading(_)) && href.contains('#') && is_control() {
            return;
        }
        let is_label = || words().chars().count() <= MAX_LABEL_CHARS;
        if is_share_link(element) && self.inline.is_empty() && is_label() && self.ends_text(node) {
            return self.drop(node, Dropped::Reported(SHARE_BAR));
        }
        // A fragment link points to a place in the original page, which does not exist here.
        if href.is_empty() || href.starts_with('#') {
            return self.inside(node);
        }
        match self.address(href) {
            Some(url) => {
                let rel = element.get("rel").unwrap_or_default();
                if rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("sponsored")) {
                    self.fragment.sponsored.push(url.clone());
                }
                self.marked(node, Mark::Link(url));
            }
            None => self.inside(node),
        }
    }

    /// Resolves an address; an invalid one is reported as a problem.
    pub(super) fn address(&mut self, href: &str) -> Option<Url> {
        match address::resolve(self.options.base, href) {
            Ok(url) => Some(url),
            Err(UrlError::Empty) => None,
            Err(_) => {
                if !address::is_contact(href) {
                    self.warn(&["an address is not allowed; only its text is kept: ", &excerpt(href)]);
                }
                None
            }
        }
    }

    fn code(&mut self, node: usize) {
        let words = self.shown_text(self.tree.inside(node));
        let words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.inline.push(Inline::Code(words.into()));
        }
    }

    /// Returns whether there are pictures or embeds in a node.
    fn has_media(&self, node: usize) -> bool {
        let is_media = |inner: &Element| is_among(&inner.name, "audio embed iframe img object video");
        self.tree.find(self.tree.inside(node), is_media).is_some()
    }

    /// Reads `sub` and `sup`. One with a footnote marker in it becomes the citation alone.
    fn sub_or_sup(&mut self, node: usize, name: &str) {
        if self.has_marker(node) {
            for inner in self.tree.inside(node) {
                if let Role::Marker(reference) = self.role(inner) {
                    self.inline.cite(reference);
                }
            }
            return;
        }
        let element = self.tree.element(node);
        if element.is_some_and(|element| element.get("data-fn").is_some()) {
            self.warn(&["a marker of a missing footnote was left out: ", &self.excerpt_of(node)]);
            return;
        }
        let words = self.tree.text_in(self.tree.inside(node));
        match script::script_characters(words.trim(), name == "sup") {
            Some(characters) => self.inline.text(&characters),
            None => self.inside(node),
        }
    }

    /// Adds a formula as one line of text: its `alttext`, its TeX annotation or its words.
    fn formula(&mut self, node: usize, element: &Element) {
        let inside = self.tree.inside(node);
        let is_tex = |inner: &Element| {
            inner.name == "annotation"
                && inner.get("encoding").is_some_and(|encoding| encoding.contains("tex"))
        };
        let words = match (element.filled("alttext"), self.tree.find(inside.clone(), is_tex)) {
            (Some(words), _) => words.to_owned(),
            (None, Some(annotation)) => self.shown_text(self.tree.inside(annotation)),
            (None, None) => self.shown_text(inside),
        };
        let words = words.trim();
        if !words.is_empty() {
            self.inline.push(Inline::Code(words.into()));
        }
    }

    /// Returns whether no text follows an element in its paragraph or quotation.
    fn ends_text(&self, node: usize) -> bool {
        let mut next = self.tree.inside(node).end;
        let end = if self.kind == TextKind::Quote { self.quote_end } else { self.tree.all().end };
        for _ in 0..LOOK_AHEAD {
            if next >= end {
                return true;
            }
            match self.tree.element(next) {
                Some(element) if is_share_link(element) || dropped(self.tree, next).is_some() => {
                    next = self.tree.inside(next).end;
                }
                Some(element) if is_block(&element.name) || matches!(&*element.name, "br" | "cite") => {
                    return true;
                }
                None if !self.tree.text(next).trim().is_empty() => return false,
                _ => next += 1,
            }
        }
        false
    }

    fn attribution_of(&mut self, node: usize) {
        let text = self.captured_text(self.tree.inside(node));
        super::push_line(&mut self.attribution, text);
    }

    fn quote(&mut self, node: usize, element: &'t Element) {
        self.flush();
        if let Some(link) = self.post(node, element) {
            return self.push(link);
        }
        let kind = std::mem::replace(&mut self.kind, TextKind::Quote);
        let around = std::mem::take(&mut self.attribution);
        let inside = self.tree.inside(node);
        let end = std::mem::replace(&mut self.quote_end, inside.end);
        let mut blocks = self.capture(inside);
        (self.kind, self.quote_end) = (kind, end);
        let attribution = std::mem::replace(&mut self.attribution, around);
        let url = element.filled("cite").and_then(|cite| address::resolve(self.options.base, cite).ok());
        join_quotes(&mut blocks);
        let last = blocks.iter_mut().rev().find_map(|block| match &mut block.kind {
            BlockKind::Quote(quote) => Some(quote),
            _ => None,
        });
        match last {
            Some(quote) if quote.attribution.is_empty() => {
                (quote.attribution, quote.url) = (attribution, quote.url.take().or(url));
            }
            _ if attribution.is_empty() => {}
            _ => blocks.push(block(BlockKind::paragraph(attribution))),
        }
        self.fragment.blocks.extend(blocks);
    }

    fn preformatted(&mut self, node: usize, element: &'t Element) {
        let inside = self.tree.inside(node);
        let inner = self.tree.find(inside.clone(), |inner| inner.name == "code");
        // A code block has no links or emphasis, so preformatted text with these is prose whose line breaks
        // matter.
        let is_marked = |inner: &Element| is_among(&inner.name, "a b em i strong");
        let is_verse = element.has_class("wp-block-verse")
            || element.has_class("wp-block-preformatted")
                && self.tree.find(inside.clone(), is_marked).is_some();
        // Nor has it pictures or embeds.
        if inner.is_none() && is_verse || self.has_media(node) {
            self.flush();
            self.keeps_lines = true;
            self.inside(node);
            self.keeps_lines = false;
            return self.flush();
        }
        let inner = inner.and_then(|node| self.tree.element(node));
        let class = |element: &Element| {
            element.classes().find_map(|class| {
                let name = class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))?;
                (!name.is_empty()).then(|| name.to_owned())
            })
        };
        let language = inner.and_then(class).or_else(|| class(element)).map(Into::into);
        let text = self.shown_text(inside);
        let text = text.trim_matches('\n').trim_end();
        if !text.trim().is_empty() {
            self.push(BlockKind::Code(Code { text: text.into(), language }));
        }
    }

    /// Reads the content for browsers without scripts: pictures that a script would load, and nothing else.
    fn noscript(&mut self, node: usize) {
        let mut others = false;
        for inner in self.tree.inside(node) {
            match self.tree.element(inner) {
                Some(element) if element.name == "img" => self.image_without_script(element),
                Some(_) => {}
                None => others |= !self.tree.text(inner).trim().is_empty(),
            }
        }
        if others {
            self.report_left_out(node, "text for browsers without scripts");
        }
    }
}

/// Returns whether an element is a link that shares the page.
fn is_share_link(element: &Element) -> bool {
    element.name == "a"
        && element.filled("href").is_some_and(|href| links::is_share(href) && !href.contains("wa.me/"))
}

/// Unwraps a heading that is strong or emphasized as a whole: headings are strong anyway.
fn without_mark(mut text: RichText) -> RichText {
    if let [Inline::Strong(inner) | Inline::Emphasis(inner)] = text.0.as_mut_slice() {
        return RichText(std::mem::take(inner));
    }
    text
}

/// Joins adjacent quotations, except after an attribution.
fn join_quotes(blocks: &mut Vec<Block>) {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks.drain(..) {
        if let (Some(Block { kind: BlockKind::Quote(last), .. }), BlockKind::Quote(quote)) =
            (joined.last_mut(), &block.kind)
            && last.attribution.is_empty()
        {
            super::push_line(&mut last.text, quote.text.clone());
            last.attribution.clone_from(&quote.attribution);
            last.url.clone_from(&quote.url);
        } else {
            joined.push(block);
        }
    }
    *blocks = joined;
}
