use super::super::{Block, BlockKind, Json};
use super::ids::Ids;
use super::object::Object;
use super::path::Path;
use super::reader::{Reader, quote};

/// Reads the body. A block without content is left out.
pub(super) fn body(reader: &mut Reader, ids: &mut Ids, path: Path, list: &[Json]) -> Vec<Block> {
    let blocks = list.iter().enumerate();
    blocks.filter_map(|(index, json)| block(reader, ids, path.index(index), json, index + 1)).collect()
}

fn block(reader: &mut Reader, ids: &mut Ids, path: Path, json: &Json, number: usize) -> Option<Block> {
    if let Json::Text(_) | Json::Number(_) = json {
        let text = reader.rich(path, json);
        let id = ids.made_up("p", number);
        if text.is_empty() {
            reader.warn(path, "is an empty paragraph; it was left out");
            return None;
        }
        return Some(Block { id, kind: BlockKind::paragraph(text), link_mentions: true });
    }
    let object = Object::of(reader, path, json)?;
    let id = ids.of(reader, &object, "p", number);
    let link_mentions = object.flag(reader, "link_mentions").unwrap_or(true);
    let kind = kind(reader, &object)?;
    Some(Block { id, kind, link_mentions })
}

fn kind(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let Some(name) = object.text(reader, "type") else {
        reader.warn(object.path.key("type"), "is missing; the block is shown as a paragraph");
        return degraded(reader, object);
    };
    BlockKind::read(&name, reader, object).unwrap_or_else(|()| {
        let message = ["unknown block type ", &quote(&name), "; only its text is shown"].concat();
        reader.warn(object.path.key("type"), &message);
        degraded(reader, object)
    })
}

/// Returns a paragraph with the text of a block of unknown kind, if it has one.
fn degraded(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
    let named = ["text", "content", "caption", "title"]
        .into_iter()
        .find(|key| matches!(object.get(key), Json::Text(_)));
    let Some(key) = named else {
        reader.warn(object.path, "has no text; it was left out");
        return None;
    };
    let text = object.rich(reader, key);
    (!text.is_empty()).then(|| BlockKind::paragraph(text))
}
