use super::super::{Block, BlockKind, Json, ListItem, RichText};
use super::ids::Ids;
use super::image::image;
use super::limits;
use super::object::Object;
use super::path::Path;
use super::reader::Reader;

/// Reads the body. A block that holds nothing is left out.
pub(super) fn body(reader: &mut Reader, ids: &mut Ids, path: Path, list: &[Json]) -> Vec<Block> {
    let blocks = list.iter().enumerate();
    blocks.filter_map(|(index, json)| block(reader, ids, path.index(index), json, index + 1)).collect()
}

fn block(reader: &mut Reader, ids: &mut Ids, path: Path, json: &Json, number: usize) -> Option<Block> {
    if let Json::Text(_) = json {
        let text = reader.rich(path, json);
        let id = ids.made_up("p", number);
        if text.is_empty() {
            reader.warn(path, "is an empty paragraph; it was left out");
            return None;
        }
        return Some(Block { id, kind: BlockKind::Paragraph { text }, link_mentions: true });
    }
    let Some(object) = Object::of(reader, path, json) else {
        ids.made_up("p", number);
        return None;
    };
    let id = ids.of(reader, &object, "p", number);
    let link_mentions = object.flag(reader, "link_mentions").unwrap_or(true);
    let kind = kind(reader, &object)?;
    Some(Block { id, kind, link_mentions })
}

fn kind(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let name = object.text(reader, "type");
    match name.as_deref() {
        Some("paragraph") => text(reader, object).map(|text| BlockKind::Paragraph { text }),
        Some("heading") => heading(reader, object),
        Some("list") => list(reader, object),
        Some("quote") => quote(reader, object),
        Some("image") => image(reader, object).map(BlockKind::Image),
        Some("code") => code(reader, object),
        Some("table") => table(reader, object),
        Some("embed_link") => embed_link(reader, object),
        Some(unknown) => {
            let message =
                ["unknown type of block ", &super::reader::quote(unknown), "; only its text is shown"]
                    .concat();
            reader.warn(object.path.key("type"), &message);
            degraded(reader, object)
        }
        None => {
            reader.warn(object.path.key("type"), "is missing; the block is shown as a paragraph");
            degraded(reader, object)
        }
    }
}

/// The text of a block, without which it is left out.
fn text(reader: &mut Reader, object: &Object) -> Option<RichText> {
    let text = object.rich(reader, "text");
    if text.is_empty() {
        reader.warn(object.path.key("text"), "is missing; the block was left out");
        return None;
    }
    Some(text)
}

/// What can be shown of a block of a kind that is not known.
fn degraded(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let named = ["text", "content", "caption", "title"]
        .into_iter()
        .find(|key| matches!(object.get(key), Json::Text(_)));
    let Some(key) = named else {
        reader.warn(object.path, "has no text; it was left out");
        return None;
    };
    let text = object.rich(reader, key);
    (!text.is_empty()).then_some(BlockKind::Paragraph { text })
}

fn heading(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let level = object.count(reader, "level").unwrap_or(2);
    if !(2..=4).contains(&level) {
        reader.expected(object.path.key("level"), "2, 3 or 4", object.get("level"));
    }
    let level = u8::try_from(level.clamp(2, 4)).unwrap_or(2);
    text(reader, object).map(|text| BlockKind::Heading { level, text })
}

fn list(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let ordered = object.flag(reader, "ordered").unwrap_or(false);
    let items = items(reader, object, 1);
    if items.is_empty() {
        reader.warn(object.path, "is a list without items; it was left out");
        return None;
    }
    Some(BlockKind::List { ordered, items })
}

/// Reads the items of a list that is this deep inside other lists.
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
    let item = if let Json::Text(_) = json {
        ListItem { text: reader.rich(path, json), items: Vec::new() }
    } else {
        let object = Object::of(reader, path, json)?;
        let text = object.rich(reader, "text");
        let items = if object.has("items") { items(reader, &object, depth + 1) } else { Vec::new() };
        ListItem { text, items }
    };
    if item.text.is_empty() && item.items.is_empty() {
        reader.warn(path, "is an empty item; it was left out");
        return None;
    }
    Some(item)
}

fn quote(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let attribution = object.rich(reader, "attribution");
    let url = object.url(reader, "url");
    text(reader, object).map(|text| BlockKind::Quote { text, attribution, url })
}

fn code(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let language = object.text(reader, "language");
    let text = reader.verbatim(object.path.key("text"), object.get("text"));
    if text.is_none() {
        reader.warn(object.path.key("text"), "is missing; the block was left out");
    }
    text.map(|text| BlockKind::Code { text, language })
}

fn table(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let caption = object.rich(reader, "caption");
    let mut header = cells(reader, object.path.key("header"), object.get("header"));
    let path = object.path.key("rows");
    let list = object.list(reader, "rows", "rows");
    let mut rows: Vec<_> =
        list.iter().enumerate().map(|(index, row)| cells(reader, path.index(index), row)).collect();
    let columns = rows.iter().chain([&header]).map(Vec::len).max().unwrap_or_default();
    if rows.is_empty() || columns == 0 {
        reader.warn(object.path, "is a table without cells; it was left out");
        return None;
    }
    for (index, row) in rows.iter_mut().enumerate() {
        if row.len() < columns {
            reader.warn(path.index(index), "has fewer cells than the table has columns");
            row.resize(columns, RichText::default());
        }
    }
    if !header.is_empty() {
        header.resize(columns, RichText::default());
    }
    Some(BlockKind::Table { caption, header, rows })
}

/// Reads a row; an empty cell is a cell, and so is a number.
fn cells(reader: &mut Reader, path: Path, json: &Json) -> Vec<RichText> {
    let list = reader.list(path, json, "cells");
    list.iter().enumerate().map(|(index, cell)| reader.rich(path.index(index), cell)).collect()
}

fn embed_link(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let title = object.text(reader, "title");
    let description = object.text(reader, "description");
    let publisher = object.text(reader, "publisher");
    let Some(url) = object.url(reader, "url") else {
        reader.warn(object.path.key("url"), "is missing or refused; only the title is shown");
        return title.map(|title| BlockKind::Paragraph { text: RichText::plain(title) });
    };
    let title = title.unwrap_or_else(|| url.to_text());
    Some(BlockKind::EmbedLink { url, title, description, publisher })
}
