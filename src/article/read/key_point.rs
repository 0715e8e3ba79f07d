use super::super::{Block, Json, KeyPoint};
use super::ids::Ids;
use super::object::Object;
use super::path::Path;
use super::reader::Reader;

/// Reads the key points, each with its index in the list. Their `supports` are checked later, by
/// [`check_supports`].
pub(super) fn key_points(
    reader: &mut Reader,
    ids: &mut Ids,
    path: Path,
    list: &[Json],
) -> Vec<(usize, KeyPoint)> {
    let points = list.iter().enumerate();
    points
        .filter_map(|(index, json)| {
            let point = key_point(reader, ids, path.index(index), json, index + 1)?;
            Some((index, point))
        })
        .collect()
}

fn key_point(reader: &mut Reader, ids: &mut Ids, path: Path, json: &Json, number: usize) -> Option<KeyPoint> {
    let (id, text, detail, supports) = if let Json::Text(_) | Json::Number(_) = json {
        (ids.made_up("k", number), reader.rich(path, json), Vec::new(), Vec::new())
    } else {
        let object = Object::of(reader, path, json)?;
        let id = ids.of(reader, &object, "k", number);
        let text = object.rich(reader, "text");
        (id, text, object.rich_texts(reader, "detail"), object.ids(reader, "supports"))
    };
    if text.is_empty() {
        reader.warn(path, "has no text; it was left out");
        return None;
    }
    Some(KeyPoint { id, text, detail, supports })
}

/// Removes `supports` that name no block of the body.
pub(super) fn check_supports(
    reader: &mut Reader,
    path: Path,
    points: Vec<(usize, KeyPoint)>,
    body: &[Block],
) -> Vec<KeyPoint> {
    let mut known: Vec<&str> = body.iter().map(|block| &*block.id).collect();
    known.sort_unstable();
    let checked = points.into_iter().map(|(index, mut point)| {
        point.supports.retain(|id| {
            let exists = known.binary_search(&&**id).is_ok();
            if !exists {
                let message = ["no block has the id ", &super::reader::quote(id)].concat();
                reader.warn(path.index(index).key("supports"), &message);
            }
            exists
        });
        point
    });
    checked.collect()
}
