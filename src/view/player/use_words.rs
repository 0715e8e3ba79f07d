use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::view::dom;

/// Keeps the text of an element in sync with `words`. Translators wrap each text in an element of their own,
/// so that the text node that Yew knows may no longer be on the page.
#[hook]
pub(super) fn use_words(node: &NodeRef, words: &AttrValue) {
    use_effect_with((node.clone(), words.clone()), |(node, words)| set_text(node, words));
}

/// Does the same once, for a component that is not a function.
pub(super) fn set_text(node: &NodeRef, words: &str) {
    if let Some(node) = node.get() {
        dom::set_text(node.unchecked_ref(), words);
    }
}
