//! Portable Text: a flat list of blocks whose spans carry marks; each block defines the meaning of its marks.

use crate::article::{
    BlockKind, Code, EmbedLink, Heading, Json, Path, Quote, Reference, RichText, Text, Url,
};
use crate::cms::converter::{Converter, quoted, table};
use crate::cms::html::{push_line, script_characters};
use crate::cms::index_by_name::IndexByName;
use crate::cms::lists::{self, FlatItem};
use crate::cms::marked_text::{MarkedText, Marks};
use crate::cms::members;
use crate::cms::values::{first_text, is_among, item, whole_number, words};

/// Returns whether a value is Portable Text: a list with at least one block.
pub(in crate::cms) fn is_portable_text(json: &Json) -> bool {
    let items = json.as_list();
    items.iter().any(|item| {
        item.get("_type").as_text() == Some("block") && matches!(item.get("children"), Json::List(_))
    }) && items.iter().all(|item| item.get("_type").as_text().is_some())
}

/// Reads Portable Text block by block into the body.
pub(in crate::cms) fn read(json: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    let mut reader = Reader { converter, items: Vec::new(), ordered: false };
    for (index, item) in json.as_list().iter().enumerate() {
        reader.item(item, &path.index(index));
    }
    reader.end_list();
}

/// Returns only the words, of a note or of a title that is written as Portable Text.
fn plain(json: &Json) -> String {
    let blocks = json.as_list().iter().map(|block| {
        let spans = block.get("children").as_list().iter().map(|span| words(span.get("text")));
        spans.collect::<String>()
    });
    blocks.filter(|words| !words.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// The definitions of a block's marks, by key.
struct Definitions<'j> {
    definitions: &'j Json,
    index: IndexByName,
    /// The meanings of those that were used: very many spans may use the same.
    meanings: Vec<Option<Meaning>>,
}

impl<'j> Definitions<'j> {
    fn new(block: &'j Json) -> Self {
        let definitions = block.get("markDefs");
        let mut index = IndexByName::default();
        for (place, definition) in definitions.as_list().iter().enumerate() {
            if let Some(key) = definition.get("_key").as_text() {
                index.set(key, place);
            }
        }
        let meanings = definitions.as_list().iter().map(|_| None).collect();
        Self { definitions, index, meanings }
    }

    /// Returns the meaning of a mark, which is determined once.
    fn get(&mut self, key: &str, meaning: impl FnOnce(&Json) -> Meaning) -> Option<&Meaning> {
        let place = self.index.get(key)?;
        let known = self.meanings.get_mut(place)?;
        Some(known.get_or_insert_with(|| meaning(item(self.definitions, place))))
    }
}

/// The fields that may contain the title of an object.
const NAMED: &str = "title caption label name text";

/// The fields that contain the words of an object, in the order in which they are shown.
const WORDS: &str = "question title heading label name text answer body content description caption";

/// The types of pictures.
const PICTURES: &str = "image mainImage figure";

struct Reader<'r, 'c, 'a> {
    converter: &'r mut Converter<'c, 'a>,
    /// The items of the current list.
    items: Vec<FlatItem>,
    /// Whether the current list is numbered.
    ordered: bool,
}

impl Reader<'_, '_, '_> {
    fn push(&mut self, kind: BlockKind) {
        self.converter.push(kind);
    }

    fn end_list(&mut self) {
        let items = lists::nest(std::mem::take(&mut self.items));
        if !items.is_empty() {
            self.push(lists::list(self.ordered, items));
        }
    }

    fn item(&mut self, item: &Json, path: &Path) {
        let kind = item.get("_type").as_text().unwrap_or_default();
        if let ("block", Some(list)) = (kind, item.get("listItem").as_text()) {
            return self.list_item(item, list, path);
        }
        self.end_list();
        match kind {
            "block" => self.block(item, path),
            _ if is_among(kind, PICTURES) => self.image(item, path),
            "code" | "codeBlock" | "codeField" => self.code(item),
            "table" => self.table(item, path),
            "break" | "divider" | "hr" | "horizontalRule" => {}
            _ => self.custom_object(item, path),
        }
    }

    fn list_item(&mut self, item: &Json, list: &str, path: &Path) {
        let level =
            whole_number(item.get("level")).and_then(|level| usize::try_from(level).ok()).unwrap_or(1).max(1);
        let ordered = list == "number";
        // At the top level, items of another kind begin another list.
        if level == 1 && ordered != self.ordered {
            self.end_list();
        }
        if self.items.is_empty() {
            self.ordered = ordered;
        }
        let text = self.text(item, path);
        if !text.is_empty() {
            self.items.push(FlatItem { level, ordered, text });
        }
    }

    fn block(&mut self, block: &Json, path: &Path) {
        let text = self.text(block, path);
        if text.is_empty() {
            return;
        }
        let style = block.get("style").as_text().unwrap_or("normal");
        self.push(match style {
            "h1" | "h2" => BlockKind::Heading(Heading { level: 2, text }),
            "h3" => BlockKind::Heading(Heading { level: 3, text }),
            "h4" | "h5" | "h6" => BlockKind::Heading(Heading { level: 4, text }),
            "blockquote" => BlockKind::Quote(Quote { text, ..Quote::default() }),
            _ => BlockKind::paragraph(text),
        });
    }

    fn image(&mut self, item: &Json, path: &Path) {
        match members::picture(item, self.converter) {
            Some(mut image) => {
                if image.caption.is_empty() {
                    image.caption = self.lines(item.get("caption"), path);
                }
                self.push(BlockKind::Image(image));
            }
            None => self
                .converter
                .warn(path, &["is a picture without its address; add asset->{url, metadata} to the query"]),
        }
    }

    fn code(&mut self, item: &Json) {
        let code = item.get("code").as_text().or_else(|| item.get("text").as_text()).unwrap_or_default();
        if !code.trim().is_empty() {
            let language = item.get("language").as_text().map(Text::from);
            self.push(BlockKind::Code(Code { text: code.into(), language }));
        }
    }

    fn table(&mut self, item: &Json, path: &Path) {
        let path = path.key("rows");
        let mut rows = Vec::new();
        for (index, row) in item.get("rows").as_list().iter().enumerate() {
            let path = path.index(index);
            let path = path.key("cells");
            let mut cells = Vec::new();
            for (index, cell) in row.get("cells").as_list().iter().enumerate() {
                cells.push(match cell {
                    Json::Text(words) => RichText::plain(words.trim()),
                    cell => self.text(cell, &path.index(index)),
                });
            }
            rows.push(cells);
        }
        table(Vec::new(), rows).into_iter().for_each(|table| self.push(BlockKind::Table(table)));
    }

    /// Adds an object of the site's own type: a quotation, a link if it has an address, otherwise the words
    /// and pictures in it.
    fn custom_object(&mut self, item: &Json, path: &Path) {
        if self.quote(item, path) {
            return;
        }
        let words = first_text(item, NAMED).unwrap_or_default();
        if let Some(url) = members::address(item) {
            let title = if words.is_empty() { url.to_text() } else { words.into() };
            return self.push(BlockKind::EmbedLink(EmbedLink {
                url,
                title,
                description: None,
                publisher: None,
            }));
        }
        let before = self.converter.article.body.len();
        self.words_in(item, path, 0);
        let added = self.converter.article.body.iter().skip(before);
        let (mut outcome, mut pictures) = ("it was left out", 0);
        for block in added {
            pictures += usize::from(matches!(block.kind, BlockKind::Image(_)));
            outcome =
                if pictures > 0 { "only its text and pictures are shown" } else { "only its text is shown" };
        }
        let kind = quoted(item.get("_type"));
        self.converter.warn(path, &["unknown block type ", &kind, "; ", outcome]);
    }

    /// Adds an object as a quotation, with its pictures, if its type or a field says that it is one.
    fn quote(&mut self, item: &Json, path: &Path) -> bool {
        let is_quote = words(item.get("_type")).to_ascii_lowercase().ends_with("quote");
        let fields = if is_quote { "quote text body content" } else { "quote" };
        let Some(field) = fields.split(' ').find(|field| *item.get(field) != Json::Null) else {
            return false;
        };
        let text = match item.get(field) {
            Json::Text(words) => RichText::plain(words.trim()),
            blocks => self.lines(blocks, &path.key(field)),
        };
        if text.is_empty() {
            return false;
        }
        let (attribution, url) = (members::attribution(item), members::address(item));
        self.push(BlockKind::Quote(Quote { text, attribution, url }));
        self.pictures(item);
        true
    }

    /// Adds the pictures in the fields of an object. Returns whether it has any.
    fn pictures(&mut self, item: &Json) -> bool {
        let pictures = members::pictures(item, 0, self.converter);
        let has_pictures = !pictures.is_empty();
        pictures.into_iter().for_each(|image| self.push(BlockKind::Image(image)));
        has_pictures
    }

    /// Adds the words and pictures of an object: its own, those in Portable Text, and those of the objects in
    /// its lists.
    fn words_in(&mut self, item: &Json, path: &Path, depth: usize) {
        const DEEPEST: usize = 4;
        let Json::Object(fields) = item else { return };
        if members::is_picture(item) || is_among(words(item.get("_type")), PICTURES) {
            return self.image(item, path);
        }
        if self.quote(item, path) {
            return;
        }
        let has_pictures = self.pictures(item);
        for field in WORDS.split(' ').filter(|field| !(has_pictures && *field == "caption")) {
            if let Some(words) = item.get(field).as_text() {
                self.push(BlockKind::paragraph(RichText::plain(words.trim())));
            }
        }
        for (field, value) in fields {
            let path = path.key(field);
            if is_portable_text(value) {
                read(value, &path, self.converter);
            } else if is_among(words(value.get("_type")), PICTURES) && !members::is_picture(value) {
                self.image(value, &path);
            } else if depth < DEEPEST {
                for (place, inner) in value.as_list().iter().enumerate() {
                    self.words_in(inner, &path.index(place), depth + 1);
                }
            }
        }
    }

    /// Returns blocks as one text, each on a line of its own.
    fn lines(&mut self, blocks: &Json, path: &Path) -> RichText {
        let mut text = RichText::default();
        for (index, block) in blocks.as_list().iter().enumerate() {
            push_line(&mut text, self.text(block, &path.index(index)));
        }
        text
    }

    /// The text of a block.
    fn text(&mut self, block: &Json, path: &Path) -> RichText {
        let mut text = MarkedText::default();
        let mut definitions = Definitions::new(block);
        let path_of_children = path.key("children");
        for (index, child) in block.get("children").as_list().iter().enumerate() {
            let path = path_of_children.index(index);
            if child.get("_type").as_text().is_none_or(|kind| kind == "span") {
                self.span(child, &mut definitions, &path, &mut text);
            } else {
                self.inline_object(child, &path, &mut text);
            }
        }
        text.finish()
    }

    fn span(&mut self, span: &Json, definitions: &mut Definitions<'_>, path: &Path, text: &mut MarkedText) {
        let words = words(span.get("text"));
        let (mut marks, mut cited, mut script) = (Marks::default(), Vec::new(), None);
        for mark in span.get("marks").as_list().iter().filter_map(Json::as_text) {
            match mark {
                "strong" => marks.strong = true,
                "em" => marks.emphasis = true,
                "code" => marks.code = true,
                "sup" => script = script_characters(words, true),
                "sub" => script = script_characters(words, false),
                "strike-through" | "strikethrough" | "strike" | "s" | "del" => {
                    self.converter.warn_struck(path, words);
                }
                _ => match definitions.get(mark, |definition| self.meaning(definition, path)) {
                    Some(Meaning::Link(url)) => marks.url = marks.url.or_else(|| url.clone()),
                    Some(Meaning::Source(reference)) => cited.push(*reference),
                    Some(Meaning::Other) | None => {}
                },
            }
        }
        text.push(script.as_deref().unwrap_or(words), &marks);
        cited.into_iter().for_each(|reference| text.cite(reference));
    }

    /// Returns what a definition means for the words marked with it.
    fn meaning(&mut self, definition: &Json, path: &Path) -> Meaning {
        if let Some(reference) = self.source(definition, path) {
            return Meaning::Source(self.converter.reference(reference));
        }
        let href =
            ["href", "url"].iter().map(|key| definition.get(key)).find(|href| !matches!(href, Json::Null));
        match href {
            Some(href) => Meaning::Link(self.converter.link(path, href)),
            None => Meaning::Other,
        }
    }

    /// Adds an object between the spans: the citation of a source, or words.
    fn inline_object(&mut self, object: &Json, path: &Path, text: &mut MarkedText) {
        if let Some(reference) = self.source(object, path) {
            return text.cite(self.converter.reference(reference));
        }
        let words = first_text(object, "text title label name");
        let marks = Marks { url: members::address(object), ..Marks::default() };
        text.push(words.unwrap_or_default(), &marks);
        let kind = quoted(object.get("_type"));
        let outcome = if words.is_some() { "only its text is shown" } else { "it was left out" };
        self.converter.warn(path, &["unknown object type ", &kind, " in the text; ", outcome]);
    }

    /// Returns the source in an object whose type says that it is a footnote, a citation or a source. The
    /// data of the source is inside the object or in a member of it.
    fn source(&mut self, object: &Json, path: &Path) -> Option<Reference> {
        const TYPES: [&str; 4] = ["footnote", "citation", "cite", "source"];
        let kind = object.get("_type").as_text()?.to_ascii_lowercase();
        let is_source = TYPES.iter().any(|name| kind.starts_with(name) || kind.ends_with(name));
        if !is_source {
            return None;
        }
        let inner = ["source", "citation", "reference", "target"].iter().map(|key| object.get(key));
        let inner = inner.into_iter().find(|inner| inner.is_object() && words(inner.get("_ref")).is_empty());
        let named = inner.unwrap_or(object);
        let reference = members::reference(named, path, self.converter);
        let mut notes = ["text", "note", "content", "body"].iter().map(|key| object.get(key));
        let blocks = notes.find(|blocks| !plain(blocks).is_empty()).unwrap_or(&Json::Null);
        let note = Some(plain(blocks)).filter(|note| !note.is_empty());
        let definitions = blocks.as_list().iter().flat_map(|block| block.get("markDefs").as_list());
        let url = definitions.into_iter().find_map(members::address);
        match (reference, note) {
            (Some(mut reference), Some(note)) => {
                reference.url = reference.url.or(url);
                if reference.url.as_ref().map(Url::to_text).as_ref() == Some(&reference.title) {
                    reference.title = note.into();
                }
                Some(reference)
            }
            (reference, Some(note)) => {
                reference.or_else(|| Some(Reference { title: note.into(), url, ..Reference::default() }))
            }
            (reference, None) => reference,
        }
    }
}

/// The meaning of a mark that its block defines.
enum Meaning {
    Link(Option<Url>),
    /// With the index of the reference.
    Source(usize),
    Other,
}
