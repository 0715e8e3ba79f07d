use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::view::dom;

/// Sees to it that an element says what it was rendered with, whenever that changes. Translators put each text
/// into an element of their own, so that the text node that Yew knows may be on the page no more.
#[hook]
pub(super) fn use_words(node: &NodeRef, words: &AttrValue) {
    use_effect_with((node.clone(), words.clone()), |(node, words)| set_words(node, words));
}

/// The same, for a component that is no function.
pub(super) fn set_words(node: &NodeRef, words: &str) {
    if let Some(node) = node.get() {
        dom::set_words(node.unchecked_ref(), words);
    }
}
