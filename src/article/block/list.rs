use super::{BlockKind, Content};
use crate::article::read::{Object, Path, Reader, limits};
use crate::article::spoken::{Spoken, push_line};
use crate::article::{Json, RichText};

/// A list. Its items are strings, or objects that may hold items of their own.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct List {
    /// Whether its items are numbered.
    #[cfg_attr(feature = "native", schemars(default))]
    pub ordered: bool,
    /// Its items.
    #[cfg_attr(
        feature = "native",
        schemars(with = "Vec<crate::article::schema::PlainOr<ListItem>>", length(min = 1))
    )]
    pub items: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct ListItem {
    /// Its text.
    pub text: RichText,
    /// Whether the items under it are numbered; by default, as in the list that contains it.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Option::is_none"),
        schemars(default, with = "bool")
    )]
    pub ordered: Option<bool>,
    /// The items under it.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<crate::article::schema::PlainOr<ListItem>>")
    )]
    pub items: Vec<ListItem>,
}

impl Content for List {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        let ordered = object.flag(reader, "ordered").unwrap_or(false);
        let items = items(reader, object, 1);
        if items.is_empty() {
            reader.warn(object.path, "is a list without items; it was left out");
            return None;
        }
        Some(BlockKind::List(Self { ordered, items }))
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        each_item(&self.items, visit);
    }

    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        each_item_mut(&mut self.items, visit);
    }
}

/// Every item and its nested items, one per line.
impl Spoken for List {
    fn push_spoken(&self, words: &mut String) {
        self.each_text(&mut |text| push_line(text, words));
    }
}

/// Reads the items of a list at this nesting depth.
fn items(reader: &mut Reader, object: &Object, depth: usize) -> Vec<ListItem> {
    let path = object.path.key("items");
    if depth > limits::MAX_LIST_DEPTH {
        reader.warn(path, "is a list more than 6 lists deep; it was left out");
        return Vec::new();
    }
    let list = object.list(reader, "items", "items");
    let items = list.iter().enumerate();
    items.filter_map(|(index, json)| item(reader, path.index(index), json, depth)).collect()
}

fn item(reader: &mut Reader, path: Path, json: &Json, depth: usize) -> Option<ListItem> {
    let item = if let Json::Text(_) | Json::Number(_) = json {
        ListItem { text: reader.rich(path, json), ..ListItem::default() }
    } else {
        let object = Object::of(reader, path, json)?;
        let text = object.rich(reader, "text");
        let ordered = object.flag(reader, "ordered");
        let items = if object.has("items") { items(reader, &object, depth + 1) } else { Vec::new() };
        ListItem { text, ordered, items }
    };
    if item.text.is_empty() && item.items.is_empty() {
        reader.warn(path, "is an empty item; it was left out");
        return None;
    }
    Some(item)
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
