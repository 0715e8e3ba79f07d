use yew::prelude::*;

use crate::view::words::{Word, Words};

/// The properties of [`Loading`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The interface strings.
    pub(crate) words: Words,
}

/// The loading state: a placeholder in the shape of a briefing.
#[component]
pub(crate) fn Loading(props: &Props) -> Html {
    let (lang, dir) = props.words.language_and_direction();
    html! {
        <div class="frame"><div class="briefing waiting" role="status" {lang} {dir}>
            <span class="hidden">{ props.words.get(Word::Loading) }</span>
            <div class="skeleton" aria-hidden="true" />
        </div></div>
    }
}
