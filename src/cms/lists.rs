//! Lists inside of lists, each numbered or not.

use crate::article::{BlockKind, List, ListItem, RichText, limits};

/// A list of these items. Lists inside of a list that are of its kind need not say so.
pub(super) fn list(ordered: bool, mut items: Vec<ListItem>) -> BlockKind {
    inherit(&mut items, ordered);
    BlockKind::List(List { ordered, items })
}

fn inherit(items: &mut [ListItem], ordered: bool) {
    for item in items {
        item.ordered = item.ordered.filter(|own| *own != ordered && !item.items.is_empty());
        inherit(&mut item.items, item.ordered.unwrap_or(ordered));
    }
}

/// Adds the items of a list inside of an item. Of several lists, the first tells whether they are numbered. What is under
/// them stays as it was in theirs, wherever they come to stand.
pub(super) fn add(item: &mut ListItem, ordered: bool, mut items: Vec<ListItem>) {
    if items.is_empty() {
        return;
    }
    for inner in &mut items {
        inner.ordered.get_or_insert(ordered);
    }
    item.ordered.get_or_insert(ordered);
    item.items.extend(items);
}

/// An item of a list.
pub(super) struct FlatItem {
    /// How deep it stands, from 1.
    pub(super) level: usize,
    /// Whether it is numbered.
    pub(super) ordered: bool,
    pub(super) text: RichText,
}

/// Nests items by their levels. One that is deeper than the item before allows stands directly under that item.
pub(super) fn nest(flat: Vec<FlatItem>) -> Vec<ListItem> {
    let mut roots: Vec<ListItem> = Vec::new();
    for FlatItem { level, ordered, text } in flat {
        let mut list = &mut roots;
        for _ in 1..level.min(limits::MAX_LIST_DEPTH) {
            if list.is_empty() {
                break;
            }
            // It is not empty, so the last item is there; what stands in its place is never used.
            match list.last_mut() {
                Some(item) => {
                    item.ordered.get_or_insert(ordered);
                    list = &mut item.items;
                }
                None => return roots,
            }
        }
        list.push(ListItem { text, ..ListItem::default() });
    }
    roots
}
