use web_sys::HtmlElement;
use yew::prelude::*;

use super::button::Button;
use crate::view::controller::Controller;
use crate::view::dom;
use crate::view::icon::Icon;
use crate::view::sound::Sound;
use crate::view::words::Word;

/// The message that the recording broke off, with two buttons: to try again, or to continue at the same place
/// with the next best sound. Pressing either removes both, so the focus moves to the play button.
pub(super) fn interrupted(controller: &Controller, alternative: Sound, play_button: &NodeRef) -> Html {
    let words = &controller.model().words;
    let button = |control, word, icon, act: fn(&Controller)| {
        let (controller, play_button) = (controller.clone(), play_button.clone());
        let on_press = Callback::from(move |_: Event| {
            if let Some(button) = play_button.cast::<HtmlElement>() {
                dom::focus(&button);
            }
            act(&controller);
        });
        // An empty total makes the label visible.
        html! { <Button {control} label={words.get(word)} {icon} total={AttrValue::default()} {on_press} /> }
    };
    html! {
        <div class="interrupted">
            <span role="alert">{ words.get(Word::RecordingFailed) }</span>
            { button("retry", Word::TryAgain, Icon::Play, Controller::play) }
            { button("go-on", Word::of_sound(alternative), Icon::Forward, Controller::continue_with_next_sound) }
        </div>
    }
}
