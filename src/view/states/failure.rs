use yew::prelude::*;

use crate::view::player::use_listener;
use crate::view::words::{Word, Words};

/// The properties of [`Failure`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The interface strings.
    pub(crate) words: Words,
    /// Called when the reader retries. Without it, retrying would not help: the article has loaded,
    /// but cannot be shown.
    #[prop_or_default]
    pub(crate) on_retry: Option<Callback<()>>,
}

/// The error state: one kind sentence, a button to retry where that may help, and the content that
/// the host page has put inside the element, outside of the frame and so in the host page's own type.
#[component]
pub(crate) fn Failure(props: &Props) -> Html {
    let button = use_node_ref();
    let on_retry = props.on_retry.clone().unwrap_or_default();
    use_listener(&button, &["click"], Callback::from(move |_| on_retry.emit(())));
    let sentence = if props.on_retry.is_some() { Word::Failed } else { Word::Unreadable };
    let (lang, dir) = props.words.language_and_direction();
    html! {
        <>
            <div class="frame"><div class="briefing failed">
                <div class="failure" role="alert" {lang} {dir}>
                    <p>{ props.words.get(sentence) }</p>
                    if props.on_retry.is_some() {
                        <button ref={button} type="button" class="text-button">
                            { props.words.get(Word::TryAgain) }
                        </button>
                    }
                </div>
            </div></div>
            <slot></slot>
        </>
    }
}
