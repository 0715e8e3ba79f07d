//! What formats build an article with that keep its text as a tree of their own, not as HTML.

use super::carried::has_body;
use super::context::Context;
use super::html::{self, Walk, footnotes};
use super::places::{Places, joined};
use super::values::{is_among, words};
use super::{Content, markdown, markdown_definitions, values};
use crate::article::{
    Article, Block, BlockKind, Inline, Json, ListItem, Markers, Path, Reference, RichText, Table, Text, Url,
    parse,
};
use crate::cms::lists;

/// An article while it is built, and where its problems are told.
pub(super) struct Converter<'c, 'a> {
    pub(super) context: &'c mut Context<'a>,
    pub(super) article: Article,
    /// A briefing that was carried inside without a text of its own, which the article gives it.
    briefing: Option<Json>,
    /// The places of its references, by their addresses, or by their titles where they have none.
    known: Places,
}

impl<'c, 'a> Converter<'c, 'a> {
    pub(super) fn new(context: &'c mut Context<'a>) -> Self {
        Self { context, article: Article::default(), briefing: None, known: Places::default() }
    }

    /// The same, where a briefing is carried inside: with a text of its own it is all there is to show.
    pub(super) fn beside(context: &'c mut Context<'a>, briefing: Option<Json>) -> Result<Self, Content> {
        match briefing {
            Some(briefing) if has_body(&briefing) => Err(Content::Carried(briefing)),
            briefing => Ok(Self { briefing, ..Self::new(context) }),
        }
    }

    /// The article, each of its references with an id of its own, and without headings that repeat the title.
    pub(super) fn finish(self) -> Content {
        let mut article = self.article;
        if article.title.trim().is_empty() {
            name(&mut article, self.context);
        }
        let title = article.title.trim();
        article.body.retain(|block| match &block.kind {
            BlockKind::Heading(heading) => title.is_empty() || heading.text.plain_text().trim() != title,
            _ => true,
        });
        let mut taken = Places::default();
        for (place, reference) in article.references.iter_mut().enumerate() {
            if !reference.id.is_empty() && taken.get_or_set(&reference.id, place) != place {
                reference.id = Text::default();
            }
        }
        let unnamed = article.references.iter_mut().enumerate().filter(|(_, one)| one.id.is_empty());
        for (place, reference) in unnamed {
            let mut id = ["r", &(place + 1).to_string()].concat();
            while taken.get_or_set(&id, place) != place {
                id.push('\'');
            }
            reference.id = id.into();
        }
        match self.briefing {
            Some(briefing) => Content::Extended(Box::new(article), briefing),
            None => Content::Converted(Box::new(article)),
        }
    }

    /// Tells of something that was left out or mended. The message is given in parts.
    pub(super) fn warn(&mut self, path: &Path, message: &[&str]) {
        self.context.warn(&path.write(), message);
    }

    /// Adds a block without a name.
    pub(super) fn push(&mut self, kind: BlockKind) {
        self.article.body.push(super::context::block(kind));
    }

    /// The address that a link leads to, if it is a good one; a problem tells of another. What is for people and
    /// not for browsers, such as `mailto:`, is no link and no problem.
    pub(super) fn link(&mut self, path: &Path, href: &Json) -> Option<Url> {
        let href = href.as_text()?;
        let is_for_people = ["mailto:", "tel:", "sms:"]
            .iter()
            .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        if is_for_people || href.starts_with('#') {
            return None;
        }
        self.context.url(&path.write(), href)
    }

    /// The address of a file, whatever is wrong with another.
    pub(super) fn address(&mut self, href: &Json) -> Option<Url> {
        super::address::resolve(self.context.base.as_ref(), href.as_text()?).ok()
    }

    /// The place of a reference, which is added unless it is there already: a source is the same where its
    /// address is, or its title where it has none. What either knows of it is kept.
    pub(super) fn reference(&mut self, reference: Reference) -> usize {
        let next = self.article.references.len();
        let place = self.known.get_or_set(&key_of(&reference), next);
        match self.article.references.get_mut(place) {
            Some(known) => merge(known, reference),
            None => self.article.references.push(reference),
        }
        place
    }

    /// Takes a body that is made of blocks of the canonical JSON: the widget reads them as any other.
    pub(super) fn canonical_body(&mut self, blocks: &[Json]) {
        let text = |text: &str| Json::Text(text.to_owned());
        let empty = [("format", text("briefing")), ("version", text("1.0"))];
        let empty = || Json::Object(empty.map(|(key, value)| (key.to_owned(), value)).into());
        if let Json::Object(members) = self.briefing.get_or_insert_with(empty) {
            members.retain(|(known, _)| known != "body");
            members.push(("body".to_owned(), Json::List(blocks.to_vec())));
        }
    }

    /// Adds a reference at the end, whether or not it is there already: its number counts.
    pub(super) fn listed_reference(&mut self, reference: Reference) {
        let place = self.article.references.len();
        self.known.get_or_set(&key_of(&reference), place);
        self.article.references.push(reference);
    }

    /// Adds a body that is HTML.
    pub(super) fn html(&mut self, path: &Path, html: &str) {
        self.context.body(&mut self.article, &path.write(), html);
    }

    /// Adds a body that is Markdown. Its footnotes become references.
    pub(super) fn markdown(&mut self, path: &Path, text: &str, how: Markdown) {
        let (text, notes) = markdown_definitions::take(text, !self.article.references.is_empty());
        let no_markers = Markers::default();
        for note in notes {
            let words = parse(&note.text, &no_markers, &mut |_| {});
            self.article.references.push(footnotes::reference(&note.id, &words));
        }
        let ids = self.article.references.iter().map(|reference| Text::clone(&reference.id));
        let markers = Markers::new(ids);
        let blocks = markdown::blocks(&text, &mut InMarkdown { converter: self, path, markers, how });
        self.article.body.extend(blocks);
    }

    /// A text that is HTML in some systems and plain in others: it is HTML if it has a tag or a character by name
    /// in it.
    pub(super) fn plain(&mut self, path: &Path, text: &str) -> Text {
        if looks_like_html(text) { self.context.plain(&path.write(), text) } else { text.trim().into() }
    }

    /// A text that is always HTML, as plain text.
    pub(super) fn html_plain(&mut self, path: &Path, html: &str) -> Text {
        self.context.plain(&path.write(), html)
    }

    /// A text that may be HTML, with its emphasis and links.
    pub(super) fn rich(&mut self, path: &Path, text: &str) -> RichText {
        if looks_like_html(text) {
            self.context.rich(&path.write(), text)
        } else {
            RichText::plain(text.trim())
        }
    }
}

/// How Markdown is meant.
#[derive(Clone, Copy)]
pub(super) struct Markdown {
    /// Whether numbers in brackets may cite the references in their order.
    pub(super) numbers: bool,
    /// Whether markers were put into the text; code is then to be without them.
    pub(super) is_annotated: bool,
}

/// Markdown as editors write it, who know the references.
pub(super) const EDITED: Markdown = Markdown { numbers: true, is_annotated: false };

/// What a reference is known by: its address, or its title where it has none.
fn key_of(reference: &Reference) -> String {
    match &reference.url {
        Some(url) => joined(url.as_str(), ""),
        None => joined("", &reference.title),
    }
}

/// Gives an article without a title one: the heading that it begins with, or else its first sentence.
fn name(article: &mut Article, context: &mut Context<'_>) {
    const LONGEST: usize = 140;
    let Some(first) = article.body.first() else { return };
    // Where a marker stood, a space may be left before the full stop.
    let words = html::words(first).replace(" .", ".").replace(" ,", ",");
    if let BlockKind::Heading(_) = first.kind {
        article.title = words.trim().into();
        return;
    }
    // A paragraph of nothing but bold words is a heading that somebody has made by hand.
    if let BlockKind::Paragraph(paragraph) = &first.kind
        && let [Inline::Strong(_)] = paragraph.text.0.as_slice()
    {
        article.title = words.trim().into();
        article.body.remove(0);
        return;
    }
    let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(at, _)| at);
    let near = words.get(..end).unwrap_or_default();
    let is_end = |(at, c): &(usize, char)| {
        let behind = near.get(at + c.len_utf8()..).unwrap_or_default();
        matches!(c, '。' | '！' | '？' | '\n')
            || (matches!(c, '.' | '!' | '?') && behind.starts_with([' ', '\n']))
    };
    let sentence = near.char_indices().find(is_end).and_then(|(at, c)| near.get(..at + c.len_utf8()));
    article.title = match sentence {
        Some(sentence) => sentence.trim().into(),
        None if end == words.len() => near.trim().into(),
        None => [near.rsplit_once(' ').map_or(near, |(near, _)| near), "…"].concat().into(),
    };
    context.warn("", &["has no title: its first sentence is shown as one"]);
}

/// What Markdown is read by.
struct InMarkdown<'m, 'c, 'a> {
    converter: &'m mut Converter<'c, 'a>,
    path: &'m Path<'m>,
    markers: Markers,
    how: Markdown,
}

impl markdown::Parts for InMarkdown<'_, '_, '_> {
    fn inline(&mut self, source: &str) -> RichText {
        if self.how.numbers {
            return parse(source, &self.markers, &mut |_| {});
        }
        parse(&markdown::without_numbers(source), &self.markers, &mut |_| {})
    }

    fn code(&mut self, code: &str) -> String {
        if self.how.is_annotated { markdown::without_markers(code) } else { code.to_owned() }
    }

    fn html(&mut self, html: &str) -> Vec<Block> {
        let references = &mut self.converter.article.references;
        let how = Walk { references: references.len(), ..Walk::default() };
        let fragment = self.converter.context.fragment(&self.path.write(), html, &how);
        self.converter.article.references.extend(fragment.references);
        fragment.blocks
    }
}

/// The elements by which a text is told to be HTML. Other words between angle brackets are words.
const TAGS: &str = "a abbr article b blockquote body br cite code div em figure font h1 h2 h3 h4 h5 h6 html i iframe img li \
    mark ol p pre q s script section small span strong style sub sup svg table time u ul video";

/// Whether a text has a tag, or a character written by its name or number.
pub(super) fn looks_like_html(text: &str) -> bool {
    // No farther on than a tag is long, so that this takes linear time.
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

/// The items of a list, in one of its members. A list among them is that of the item before it.
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

/// How many cells a table may have for its short rows to be filled up.
const MOST_CELLS: usize = 100_000;

/// A table of these rows; none where nothing stands in them.
pub(super) fn table(header: Vec<RichText>, mut rows: Vec<Vec<RichText>>) -> Option<BlockKind> {
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let columns = rows.iter().chain([&header]).map(Vec::len).max().unwrap_or_default();
    let mut table = Table { header, rows, ..Table::default() };
    // Rows are filled up where that is a table, not where one row of a million cells would fill a memory.
    if columns * table.rows.len() <= MOST_CELLS {
        let filled = table.rows.iter_mut().chain((!table.header.is_empty()).then_some(&mut table.header));
        filled.for_each(|row| row.resize(columns, RichText::default()));
    }
    (!table.rows.is_empty()).then_some(BlockKind::Table(table))
}

/// Adds to a reference what another one of the same source knows.
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

/// A text that names something, for a message.
pub(super) fn quoted(json: &Json) -> String {
    super::context::excerpt(values::words(json))
}
