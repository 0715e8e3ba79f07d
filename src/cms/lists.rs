//! Nested lists, each ordered or not.

use crate::article::{BlockKind, List, ListItem, RichText, limits};

/// Makes a list block. Nested lists of the same kind as their parent do not repeat the kind.
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

/// Appends the items of a nested list to an item. If an item gets several lists, the first determines whether
/// they are numbered. Lists below the appended items keep their own kind.
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

/// A list item before nesting.
pub(super) struct FlatItem {
    /// How deep it is nested, from 1.
    pub(super) level: usize,
    /// Whether the item is numbered.
    pub(super) ordered: bool,
    pub(super) text: RichText,
}

/// Nests items by level. An item more than one level deeper than the item before it becomes a direct child of
/// that item.
pub(super) fn nest(flat: Vec<FlatItem>) -> Vec<ListItem> {
    let mut roots: Vec<ListItem> = Vec::new();
    for FlatItem { level, ordered, text } in flat {
        let mut list = &mut roots;
        for _ in 1..level.min(limits::MAX_LIST_DEPTH) {
            if list.is_empty() {
                break;
            }
            // `list` is not empty, so the last item exists and the `None` arm is never reached.
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
