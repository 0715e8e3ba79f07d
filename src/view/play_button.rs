use yew::prelude::*;

use super::edition::Shared;
use super::icon::{Icon, icon};
use super::session::{Session, use_snapshot};
use super::words::Word;
use crate::timeline::format_clock;

/// The properties of [`PlayLink`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) edition: Shared,
    pub(crate) session: Session,
}

/// A small way into the player at the top of the briefing, where a reader decides.
#[component]
pub(crate) fn PlayLink(props: &Props) -> Html {
    let state = use_snapshot(&props.session);
    if state.duration <= 0.0 {
        return Html::default();
    }
    let toggle = {
        let session = props.session.clone();
        Callback::from(move |_: MouseEvent| session.toggle())
    };
    let (word, drawing) = play_or_pause(state.paused);
    html! {
        <button type="button" class="play-link" onclick={toggle}>
            { icon(drawing) }
            <span>{ props.edition.words.get(word) }</span>
            <span class="length">{ format_clock(state.duration) }</span>
        </button>
    }
}

/// What the button does now.
pub(crate) fn play_or_pause(paused: bool) -> (Word, Icon) {
    if paused { (Word::Play, Icon::Play) } else { (Word::Pause, Icon::Pause) }
}
