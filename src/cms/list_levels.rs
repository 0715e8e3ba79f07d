//! Nested lists out of items that only say how deep they stand.

use crate::article::{ListItem, RichText, limits};

/// Nests items by their levels, from 1. One that is deeper than the item before allows stands directly
/// under that item.
pub(super) fn nest(flat: Vec<(usize, RichText)>) -> Vec<ListItem> {
    let mut roots: Vec<ListItem> = Vec::new();
    for (level, text) in flat {
        let mut list = &mut roots;
        for _ in 1..level.min(limits::MAX_LIST_DEPTH) {
            if list.is_empty() {
                break;
            }
            // It is not empty, so the last item is there; what stands in its place is never used.
            match list.last_mut() {
                Some(item) => list = &mut item.items,
                None => return roots,
            }
        }
        list.push(ListItem { text, items: Vec::new() });
    }
    roots
}
