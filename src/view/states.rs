//! What is shown while there is no article to show.

use yew::prelude::*;

use super::words::{Word, Words};

/// While the article is on its way: the shape of what will come.
pub(crate) fn loading(words: &Words) -> Html {
    html! {
        <div class="frame"><div class="briefing waiting" role="status">
            <span class="hidden">{ words.get(Word::Loading) }</span>
            <div class="skeleton" aria-hidden="true">
                <i class="short"></i><b></b><b class="most"></b><i class="half"></i>
                <i></i><i></i><i class="most"></i>
                <i></i><i></i><i></i><i class="half"></i>
            </div>
        </div></div>
    }
}

/// When there is nothing to show: one kind sentence, a way to try again where that may help, and
/// what the page itself has put inside the element.
pub(crate) fn failed(words: &Words, unreadable: bool, retry: Callback<()>) -> Html {
    let sentence = if unreadable { Word::Unreadable } else { Word::Failed };
    html! {
        <div class="frame"><div class="briefing failed">
            <div class="failure" role="alert">
                <p>{ words.get(sentence) }</p>
                if !unreadable {
                    <button type="button" class="text-button" onclick={move |_: MouseEvent| retry.emit(())}>
                        { words.get(Word::TryAgain) }
                    </button>
                }
            </div>
            <slot></slot>
        </div></div>
    }
}
