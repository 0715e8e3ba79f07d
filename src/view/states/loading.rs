use yew::prelude::*;

use crate::view::words::{Word, Words};

/// The properties of [`Loading`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The words of the interface.
    pub(crate) words: Words,
}

/// While the article is on its way: the shape of what will come.
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
