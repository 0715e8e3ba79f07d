//! Removes the prerendered content of a slot once its component has been rendered after it.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::view::dom;

/// Removes all children of a slot but the last. The focus moves from a removed child to its
/// counterpart in the last.
pub(super) fn remove_prerendered(slot: &Element) {
    let Some(own) = slot.last_child() else { return };
    while let Some(before) = own.previous_sibling() {
        let focused = dom::focused(&own).filter(|focused| before.contains(Some(focused)));
        let same = focused.and_then(|focused| counterpart(&focused, &before, &own));
        before.unchecked_ref::<Element>().remove();
        if let Some(same) = same {
            dom::focus(same.unchecked_ref());
        }
    }
}

/// Returns the number of siblings before a node.
fn place(node: &Node) -> u32 {
    let mut place = 0;
    let mut before = node.previous_sibling();
    while let Some(sibling) = before {
        place += 1;
        before = sibling.previous_sibling();
    }
    place
}

/// Returns the node in `own` at the position of `inner` in `other`.
fn counterpart(inner: &Node, other: &Node, own: &Node) -> Option<Node> {
    if inner == other {
        return Some(own.clone());
    }
    let around = counterpart(&inner.parent_node()?, other, own)?;
    around.child_nodes().get(place(inner))
}
