use yew::prelude::*;

use super::button::Button;
use super::interrupted::interrupted;
use super::progress_bar::ProgressBar;
use super::speed::Speed;
use super::transport::Transport;
use super::use_player_state::use_player_state;
use super::use_words::use_words;
use crate::timeline::format_clock;
use crate::view::controller::Controller;
use crate::view::icon::Icon;
use crate::view::sound::Sound;
use crate::view::words::Word;

/// The properties of [`Player`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The controller that plays.
    pub(crate) controller: Controller,
}

/// The player. It is placed at the end of the briefing, and stays in view while it is in use.
#[component]
pub(crate) fn Player(props: &Props) -> Html {
    let controller = &props.controller;
    let state = use_player_state(controller);
    let (play_button, total, sound) = (use_node_ref(), use_node_ref(), use_node_ref());
    let model = controller.model();
    let words = &model.words;
    let (icon, label, on_press) = play_or_pause(controller, state.is_playing);
    let is_loading = state.is_waiting && state.sound == Sound::Recording;
    let sound_word = if is_loading { Word::Loading } else { Word::of_sound(state.sound) };
    let (duration, sound_label) = (AttrValue::from(format_clock(state.duration)), words.get(sound_word));
    use_words(&total, &duration);
    use_words(&sound, &sound_label);
    html! {
        <div class="player" part="player" role="group" aria-label={words.get(Word::Player)} data-sound={state.sound.name()} data-waiting={is_loading.then_some("")}>
            <Button control="play" part="play-button" node={play_button.clone()} {icon} {label} {on_press} />
            <ProgressBar controller={controller.clone()} version={state.version} duration={state.duration} can_seek={state.can_seek} />
            <span ref={total} class="time total" part="time">{ duration }</span>
            <div class="more">
                <Transport controller={controller.clone()} version={state.version} is_following={state.is_following} />
                <Speed controller={controller.clone()} version={state.version} rate={state.rate} />
                <Button control="more" label={words.get(Word::More)} icon={Icon::More} />
            </div>
            <p ref={sound} class="sound">{ sound_label }</p>
            if let Some(alternative) = state.alternative {
                { interrupted(controller, alternative, &play_button) }
            } else if state.is_replaced {
                <p class="interrupted" role="alert">{ words.get(Word::RecordingFailed) }{ " " }{ words.get(sound_word) }</p>
            }
        </div>
    }
}

/// Returns the icon, the label and the action of a button that plays or pauses.
pub(super) fn play_or_pause(controller: &Controller, is_playing: bool) -> (Icon, AttrValue, Callback<Event>) {
    let (icon, word) = if is_playing { (Icon::Pause, Word::Pause) } else { (Icon::Play, Word::Play) };
    let word = controller.model().words.get(word);
    let controller = controller.clone();
    (icon, word, Callback::from(move |_| controller.toggle()))
}
