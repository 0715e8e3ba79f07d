//! Nested lists out of items that only say how deep they stand.

use crate::article::{ListItem, RichText, limits};

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
