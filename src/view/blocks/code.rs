use yew::prelude::*;

use super::super::edition::Edition;
use super::super::words::Word;
use crate::article::Text;

/// Shows program text. It scrolls sideways, and so it can be reached by keyboard.
pub(crate) fn code(edition: &Edition, text: &Text, language: Option<&Text>) -> Html {
    let name =
        language.map_or_else(|| edition.words.get(Word::Code), |language| AttrValue::Rc(language.clone()));
    html! {
        <pre tabindex="0" role="group" aria-label={name} dir="ltr" translate="no">
            <code>{ AttrValue::Rc(text.clone()) }</code>
        </pre>
    }
}
