//! Builds an article for formats that keep its text as a tree of their own, not as HTML.

use super::briefing::has_body;
use super::context::{Context, STRUCK, excerpt};
use super::html::{self, Fragment, WalkOptions, footnotes};
use super::index_by_name::{IndexByName, joined};
use super::loaded::{BlocksReader, MARKDOWN};
use super::values::{is_among, words};
use super::{Content, address, markdown, markdown_definitions, markdown_marks, values};
use crate::article::{
    Article, Block, BlockKind, Inline, Json, ListItem, Markers, Path, Reference, RichText, Table, Text, Url,
    cut, parse,
};
use crate::cms::lists;

/// An article under construction, with the context that collects its problems.
pub(super) struct Converter<'c, 'a> {
    pub(super) context: &'c mut Context<'a>,
    pub(super) article: Article,
    /// An embedded briefing without a body of its own, which the article completes.
    briefing: Option<Json>,
    /// The indices of the references, by address, or by title where they have no address.
    known: IndexByName,
}

impl<'c, 'a> Converter<'c, 'a> {
    pub(super) fn new(context: &'c mut Context<'a>) -> Self {
        Self { context, article: Article::default(), briefing: None, known: IndexByName::default() }
    }

    /// Like [`Self::new`], for data that may embed a briefing. A briefing with a body of its own replaces the
    /// article and is returned as the error.
    pub(super) fn with_briefing(
        context: &'c mut Context<'a>,
        briefing: Option<Json>,
    ) -> Result<Self, Content> {
        match briefing {
            Some(briefing) if has_body(&briefing) => Err(Content::Embedded(briefing)),
            briefing => Ok(Self { briefing, ..Self::new(context) }),
        }
    }

    /// Returns the article, without headings that repeat the title.
    pub(super) fn finish(self) -> Content {
        let mut article = self.article;
        if article.title.trim().is_empty() {
            set_title_from_text(&mut article, self.context);
        }
        let title = article.title.trim();
        article.body.retain(|block| match &block.kind {
            BlockKind::Heading(heading) => title.is_empty() || heading.text.plain_text().trim() != title,
            _ => true,
        });
        match self.briefing {
            Some(briefing) => Content::Extended(Box::new(article), briefing),
            None => Content::Converted(Box::new(article)),
        }
    }

    /// Reports something that was left out or mended. The message is passed in parts.
    pub(super) fn warn(&mut self, path: &Path, message: &[&str]) {
        self.context.warn(&path.write(), message);
    }

    /// Reports struck-out text, which has no form in an article.
    pub(super) fn warn_struck(&mut self, path: &Path, words: &str) {
        if !words.trim().is_empty() {
            self.warn(path, &[STRUCK, &excerpt(words)]);
        }
    }

    /// Adds a block without an id.
    pub(super) fn push(&mut self, kind: BlockKind) {
        self.article.body.push(super::context::block(kind));
    }

    /// Returns the address of a link; an invalid one is reported as a problem. Addresses that no page opens,
    /// such as `mailto:` or a fragment, are neither links nor problems.
    pub(super) fn link(&mut self, path: &Path, href: &Json) -> Option<Url> {
        let href = href.as_text()?;
        if address::is_contact(href) || href.starts_with('#') {
            return None;
        }
        self.context.url(&path.write(), href)
    }

    /// Returns the address of a file, without reporting an invalid one.
    pub(super) fn address(&mut self, href: &Json) -> Option<Url> {
        address::resolve(self.context.base.as_ref(), href.as_text()?).ok()
    }

    /// Adds a reference, or merges it into one that has the same address (or the same title, where both have
    /// no address). Returns its index.
    pub(super) fn reference(&mut self, reference: Reference) -> usize {
        let next = self.article.references.len();
        let place = self.known.get_or_set(&key_of(&reference), next);
        match self.article.references.get_mut(place) {
            Some(known) => merge(known, reference),
            None => self.article.references.push(reference),
        }
        place
    }

    /// Uses blocks of the canonical JSON as the body: they go into the briefing, for the canonical reader to
    /// read.
    pub(super) fn canonical_body(&mut self, blocks: &[Json]) {
        let text = |text: &str| Json::Text(text.to_owned());
        let empty = [("format", text("briefing")), ("version", text("1.0"))];
        let empty = || Json::Object(empty.map(|(key, value)| (key.to_owned(), value)).into());
        if let Json::Object(members) = self.briefing.get_or_insert_with(empty) {
            members.retain(|(known, _)| known != "body");
            members.push(("body".to_owned(), Json::List(blocks.to_vec())));
        }
    }

    /// Returns the blocks that `read` adds, without adding them to the article.
    pub(super) fn captured(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        let (body, briefing) = (std::mem::take(&mut self.article.body), self.briefing.take());
        read(self);
        self.briefing = briefing;
        std::mem::replace(&mut self.article.body, body)
    }

    /// Appends a reference even if the article has it already, as its position in the list counts.
    pub(super) fn append_reference(&mut self, reference: Reference) {
        let place = self.article.references.len();
        self.known.get_or_set(&key_of(&reference), place);
        self.article.references.push(reference);
    }

    /// Adds a body that is HTML.
    pub(super) fn html(&mut self, path: &Path, html: &str) {
        self.context.body(&mut self.article, &path.write(), html);
    }

    /// Adds a body that is Markdown. Its footnotes become references.
    pub(super) fn markdown(&mut self, path: &Path, text: &str, options: MarkdownOptions) {
        match self.context.loaded.markdown {
            Some(reader) => (reader.read)(self, path, text, options),
            None => self.context.need(MARKDOWN),
        }
    }

    /// Adds a body of blocks, for which `reader` is needed.
    pub(super) fn blocks(
        &mut self,
        reader: Option<BlocksReader>,
        name: &'static str,
        json: &Json,
        path: &Path,
    ) {
        match reader {
            Some(reader) => (reader.read)(json, path, self),
            None => self.context.need(name),
        }
    }

    /// Adds a body that is Markdown, once its reader is loaded.
    pub(super) fn read_markdown(&mut self, path: &Path, text: &str, options: MarkdownOptions) {
        // In the text, these characters stand for marks.
        let text = text.replace(markdown_marks::is_mark, "");
        let (text, notes) = markdown_definitions::extract(&text, !self.article.references.is_empty());
        for note in notes {
            let mut parts = MarkdownParts { converter: self, path, markers: Markers::default(), options };
            let blocks = markdown::blocks(&note.text, &mut parts);
            let words = Fragment { blocks, ..Fragment::default() }.into_text();
            self.article.references.push(footnotes::reference(&note.id, &words));
        }
        let ids = self.article.references.iter().map(|reference| Text::clone(&reference.id));
        let markers = Markers::new(ids);
        let blocks = markdown::blocks(&text, &mut MarkdownParts { converter: self, path, markers, options });
        self.article.body.extend(blocks);
    }

    /// Reads a text that is HTML in some systems and plain in others as plain text. It is HTML if it contains
    /// a tag or a character reference.
    pub(super) fn plain(&mut self, path: &Path, text: &str) -> Text {
        if looks_like_html(text) { self.context.plain(&path.write(), text) } else { text.trim().into() }
    }

    /// Reads a text that is always HTML as plain text.
    pub(super) fn html_plain(&mut self, path: &Path, html: &str) -> Text {
        self.context.plain(&path.write(), html)
    }

    /// Reads a text that may be HTML, keeping its emphasis and links.
    pub(super) fn rich(&mut self, path: &Path, text: &str) -> RichText {
        if looks_like_html(text) {
            self.context.rich(&path.write(), text)
        } else {
            RichText::plain(text.trim())
        }
    }
}

/// How to read Markdown.
#[derive(Clone, Copy)]
pub(super) struct MarkdownOptions {
    /// Whether numbers in brackets may cite the references by position.
    pub(super) numbers: bool,
    /// Whether citation markers were inserted into the text; they are removed from code again.
    pub(super) is_annotated: bool,
}

/// Markdown by editors, who know the numbers of the references.
pub(super) const EDITORIAL_MARKDOWN: MarkdownOptions = MarkdownOptions { numbers: true, is_annotated: false };

/// Returns the key that identifies a reference: its address, or its title where it has no address.
fn key_of(reference: &Reference) -> String {
    match &reference.url {
        Some(url) => joined(url.as_str(), ""),
        None => joined("", &reference.title),
    }
}

/// Gives an article without a title its first heading or, failing that, its first sentence.
fn set_title_from_text(article: &mut Article, context: &mut Context<'_>) {
    const MAX_CHARS: usize = 140;
    let Some(first) = article.body.first() else { return };
    // Removing a marker may leave a space before a full stop or comma.
    let words = html::words(first).replace(" .", ".").replace(" ,", ",");
    if let BlockKind::Heading(_) = first.kind {
        article.title = words.trim().into();
        return;
    }
    // A first paragraph of bold text only is a hand-made heading.
    if let BlockKind::Paragraph(paragraph) = &first.kind
        && let [Inline::Strong(_)] = paragraph.text.0.as_slice()
    {
        article.title = words.trim().into();
        article.body.remove(0);
        return;
    }
    let near = cut(&words, MAX_CHARS);
    let is_end = |(at, c): &(usize, char)| {
        let behind = near.get(at + c.len_utf8()..).unwrap_or_default();
        matches!(c, '。' | '！' | '？' | '\n')
            || (matches!(c, '.' | '!' | '?') && behind.starts_with([' ', '\n']))
    };
    let sentence = near.char_indices().find(is_end).and_then(|(at, c)| near.get(..at + c.len_utf8()));
    article.title = match sentence {
        Some(sentence) => sentence.trim().into(),
        None if near.len() == words.len() => near.trim().into(),
        None => [near.rsplit_once(' ').map_or(near, |(near, _)| near), "…"].concat().into(),
    };
    context.warn("", &["has no title; its first sentence is used as the title"]);
}

/// Parses the inline text, code and HTML inside Markdown.
struct MarkdownParts<'m, 'c, 'a> {
    converter: &'m mut Converter<'c, 'a>,
    path: &'m Path<'m>,
    markers: Markers,
    options: MarkdownOptions,
}

impl markdown::Parts for MarkdownParts<'_, '_, '_> {
    fn inline(&mut self, source: &str) -> RichText {
        if self.options.numbers {
            return parse(source, &self.markers, &mut |_| {});
        }
        parse(&markdown::without_numbers(source), &self.markers, &mut |_| {})
    }

    fn code(&mut self, code: &str) -> String {
        if self.options.is_annotated { markdown::without_markers(code) } else { code.to_owned() }
    }

    fn html(&mut self, html: &str) -> Vec<Block> {
        let references = &mut self.converter.article.references;
        let options = WalkOptions { references: references.len(), ..WalkOptions::default() };
        let fragment = self.converter.context.fragment(&self.path.write(), html, &options);
        self.converter.article.references.extend(fragment.references);
        fragment.blocks
    }

    fn warn(&mut self, message: &[&str]) {
        self.converter.warn(self.path, message);
    }

    fn warn_struck(&mut self, words: &str) {
        self.converter.warn_struck(self.path, words);
    }
}

/// The elements that identify a text as HTML. Any other word in angle brackets is text.
const TAGS: &str = "a abbr article b blockquote body br cite code div em figure font h1 h2 h3 h4 h5 h6 html i iframe img li \
    mark ol p pre q s script section small span strong style sub sup svg table time u ul video";

/// Returns whether a text contains a tag or a character reference.
pub(super) fn looks_like_html(text: &str) -> bool {
    // Looks no farther than a tag may be long, so that the search takes linear time.
    let ends = |tag: &str| tag.bytes().take(Url::MAX_CHARS).any(|byte| byte == b'>');
    let tag = text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end).unwrap_or_default();
        is_among(&name.to_ascii_lowercase(), TAGS)
            && (after.starts_with('>') || after.starts_with("/>") || after.starts_with(' ') && ends(after))
    });
    let named = || {
        text.match_indices('&').any(|(at, _)| {
            let name = text.get(at + 1..).unwrap_or_default();
            let end = name.bytes().take(12).position(|byte| byte == b';');
            let name = end.and_then(|end| name.get(..end)).unwrap_or_default();
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        })
    };
    tag || named()
}

/// Reads the items of a list from one of its members. A list among the items belongs to the item before it.
pub(super) fn nested_items(
    list: &Json,
    member: &str,
    path: &Path,
    is_ordered: fn(&Json) -> bool,
    text_of: &mut dyn FnMut(&Json, &Path) -> RichText,
) -> Vec<ListItem> {
    let path = path.key(member);
    let mut items: Vec<ListItem> = Vec::new();
    for (place, item) in list.get(member).as_list().iter().enumerate() {
        let path = path.index(place);
        if words(item.get("type")) == "list" {
            let inner = nested_items(item, member, &path, is_ordered, text_of);
            match items.last_mut() {
                Some(last) => lists::add(last, is_ordered(item), inner),
                None => items.extend(inner),
            }
            continue;
        }
        let text = text_of(item, &path);
        if !text.is_empty() {
            items.push(ListItem { text, ..ListItem::default() });
        }
    }
    items
}

/// The most cells that a table may have after its short rows are padded.
const MAX_CELLS: usize = 100_000;

/// Makes a table of these rows, dropping empty ones; `None` if no row is left. A header alone is a row.
pub(super) fn table(mut header: Vec<RichText>, mut rows: Vec<Vec<RichText>>) -> Option<Table> {
    let has_words = |row: &Vec<RichText>| row.iter().any(|cell| !cell.is_empty());
    rows.retain(has_words);
    if rows.is_empty() && has_words(&header) {
        rows.push(std::mem::take(&mut header));
    }
    let mut table = Table { header, rows, ..Table::default() };
    pad(&mut table);
    (!table.rows.is_empty()).then_some(table)
}

/// Pads the rows of a table, and its header if it has one, to the same length. Padding every row to the length of
/// one row with a million cells would exhaust the memory: such a table stays as it is.
pub(super) fn pad(table: &mut Table) {
    let columns = table.rows.iter().chain([&table.header]).map(Vec::len).max().unwrap_or_default();
    if columns * table.rows.len() <= MAX_CELLS {
        let header = (!table.header.is_empty()).then_some(&mut table.header);
        table.rows.iter_mut().chain(header).for_each(|row| row.resize(columns, RichText::default()));
    }
}

/// Fills the gaps of a reference with what another one of the same source has.
fn merge(known: &mut Reference, other: Reference) {
    if known.url.as_ref().is_some_and(|url| url.as_str() == &*known.title) {
        known.title = other.title;
    }
    known.publisher = known.publisher.take().or(other.publisher);
    known.published = known.published.take().or(other.published);
    known.lang = known.lang.take().or(other.lang);
    known.kind = known.kind.or(other.kind);
    known.excerpt = known.excerpt.take().or(other.excerpt);
    if known.authors.is_empty() {
        known.authors = other.authors;
    }
}

/// Returns a text value in quotes, shortened, for a message.
pub(super) fn quoted(json: &Json) -> String {
    excerpt(values::words(json))
}
