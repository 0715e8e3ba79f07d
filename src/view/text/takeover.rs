//! What was rendered ahead of the page in a slot goes once its component stands behind it.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::view::dom;

/// Leaves in a slot what came last, with the focus where it was in what goes.
pub(super) fn take_over(slot: &Element) {
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

/// How many siblings stand before a node.
fn place(node: &Node) -> u32 {
    let mut place = 0;
    let mut before = node.previous_sibling();
    while let Some(sibling) = before {
        place += 1;
        before = sibling.previous_sibling();
    }
    place
}

/// What stands in `own` where `inner` stands in `other`.
fn counterpart(inner: &Node, other: &Node, own: &Node) -> Option<Node> {
    if inner == other {
        return Some(own.clone());
    }
    let around = counterpart(&inner.parent_node()?, other, own)?;
    around.child_nodes().get(place(inner))
}
