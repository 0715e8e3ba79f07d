use yew::prelude::*;

use super::button::Button;
use super::player::play_or_pause;
use super::use_player_state::use_player_state;
use crate::timeline::format_clock;
use crate::view::controller::Controller;

/// The properties of [`PlayLink`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The controller that plays.
    pub(crate) controller: Controller,
}

/// A small play button at the top of the briefing, where readers decide.
#[component]
pub(crate) fn PlayLink(props: &Props) -> Html {
    let state = use_player_state(&props.controller);
    let (icon, label, on_press) = play_or_pause(&props.controller, state.is_playing);
    html! {
        <Button
            control="play-link"
            {icon}
            {label}
            total={AttrValue::from(format_clock(state.duration))}
            {on_press}
        />
    }
}
