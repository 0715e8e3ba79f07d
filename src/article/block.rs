use super::{Image, RichText, Text, Url};

/// One block of the text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Block {
    /// What the `supports` of key points and the timings of a recording call it. Without one, a
    /// block is called `p` and its place in the body, from `p1`.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<super::schema::Id>"))]
    pub id: Text,
    /// What kind of block it is, and its content.
    #[cfg_attr(feature = "native", serde(flatten))]
    pub kind: BlockKind,
    /// Whether mentions of a publisher in this block become citations.
    #[cfg_attr(feature = "native", schemars(default = "super::schema::yes"))]
    pub link_mentions: bool,
}

/// The kinds of block, by their `type`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "native",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(tag = "type", rename_all = "snake_case")
)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph {
        /// Its text.
        #[cfg_attr(feature = "native", schemars(schema_with = "super::schema::filled_text"))]
        text: RichText,
    },
    /// A heading inside the text.
    Heading {
        /// From 2 to 4; the title is level 1.
        #[cfg_attr(feature = "native", schemars(default = "super::schema::level", range(min = 2, max = 4)))]
        level: u8,
        /// Its text.
        #[cfg_attr(feature = "native", schemars(schema_with = "super::schema::filled_text"))]
        text: RichText,
    },
    /// A list. Its items are strings, or objects that may hold items of their own.
    List {
        /// Whether its items are numbered.
        #[cfg_attr(feature = "native", schemars(default))]
        ordered: bool,
        /// Its items.
        #[cfg_attr(
            feature = "native",
            schemars(with = "Vec<super::schema::PlainOr<ListItem>>", length(min = 1))
        )]
        items: Vec<ListItem>,
    },
    /// A quotation.
    Quote {
        /// What was said.
        #[cfg_attr(feature = "native", schemars(schema_with = "super::schema::filled_text"))]
        text: RichText,
        /// Who said it, and where.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
        attribution: RichText,
        /// Where it was said.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
        url: Option<Url>,
    },
    /// A picture.
    Image(Image),
    /// Program text or other text in which every space counts.
    Code {
        /// The text, as it stands.
        #[cfg_attr(feature = "native", schemars(length(min = 1)))]
        text: Text,
        /// The name of its language.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
        language: Option<Text>,
    },
    /// A table.
    Table {
        /// What it shows.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
        caption: RichText,
        /// The heads of its columns.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "Vec::is_empty"), schemars(default))]
        header: Vec<RichText>,
        /// Its rows, each a list of cells.
        #[cfg_attr(feature = "native", schemars(length(min = 1)))]
        rows: Vec<Vec<RichText>>,
    },
    /// A link that stands as a block of its own.
    EmbedLink {
        /// Where it leads.
        url: Url,
        /// What is there. Without it, the address is shown.
        #[cfg_attr(feature = "native", schemars(default, with = "Option<Text>"))]
        title: Text,
        /// A sentence about it.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
        description: Option<Text>,
        /// Whose page it is.
        #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
        publisher: Option<Text>,
    },
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct ListItem {
    /// Its text.
    pub text: RichText,
    /// The items under it.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<super::schema::PlainOr<ListItem>>")
    )]
    pub items: Vec<ListItem>,
}

impl Block {
    /// Visits every inline text of the block in the order of reading.
    pub(crate) fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        match &self.kind {
            BlockKind::Paragraph { text } | BlockKind::Heading { text, .. } => visit(text),
            BlockKind::List { items, .. } => each_item(items, visit),
            BlockKind::Quote { text, attribution, .. } => {
                visit(text);
                visit(attribution);
            }
            BlockKind::Image(image) => visit(&image.caption),
            BlockKind::Table { caption, header, rows } => {
                visit(caption);
                header.iter().chain(rows.iter().flatten()).for_each(visit);
            }
            BlockKind::Code { .. } | BlockKind::EmbedLink { .. } => {}
        }
    }

    /// Visits the same texts to change them.
    pub(crate) fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        match &mut self.kind {
            BlockKind::Paragraph { text } | BlockKind::Heading { text, .. } => visit(text),
            BlockKind::List { items, .. } => each_item_mut(items, visit),
            BlockKind::Quote { text, attribution, .. } => {
                visit(text);
                visit(attribution);
            }
            BlockKind::Image(image) => visit(&mut image.caption),
            BlockKind::Table { caption, header, rows } => {
                visit(caption);
                header.iter_mut().chain(rows.iter_mut().flatten()).for_each(visit);
            }
            BlockKind::Code { .. } | BlockKind::EmbedLink { .. } => {}
        }
    }

    /// The words of the block, as a reader would hear them: no markers, no addresses.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut words = String::new();
        match &self.kind {
            BlockKind::Code { text, .. } => words.push_str(text),
            BlockKind::EmbedLink { title, .. } => words.push_str(title),
            BlockKind::Image(image) if image.caption.is_empty() => words.push_str(&image.alt),
            _ => self.each_text(&mut |text| {
                if !words.is_empty() && !text.is_empty() {
                    words.push('\n');
                }
                text.push_plain_text(&mut words);
            }),
        }
        words
    }
}

fn each_item<'a>(items: &'a [ListItem], visit: &mut impl FnMut(&'a RichText)) {
    for item in items {
        visit(&item.text);
        each_item(&item.items, visit);
    }
}

fn each_item_mut(items: &mut [ListItem], visit: &mut impl FnMut(&mut RichText)) {
    for item in items {
        visit(&mut item.text);
        each_item_mut(&mut item.items, visit);
    }
}
