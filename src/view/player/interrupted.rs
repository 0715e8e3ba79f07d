use web_sys::HtmlElement;
use yew::prelude::*;

use super::button::Button;
use crate::view::controller::Controller;
use crate::view::dom;
use crate::view::icon::Icon;
use crate::view::sound::Sound;
use crate::view::words::Word;

/// What is said where the recording has broken off, with the ways on: to try it once more, or at the same place
/// with the next best there is. Both are gone once one is pressed, so that the focus goes to the button that plays.
pub(super) fn interrupted(controller: &Controller, instead: Sound, play_button: &NodeRef) -> Html {
    let words = &controller.model().words;
    let button = |control, word, icon, act: fn(&Controller)| {
        let (controller, play_button) = (controller.clone(), play_button.clone());
        let on_press = Callback::from(move |_: Event| {
            if let Some(button) = play_button.cast::<HtmlElement>() {
                dom::focus(&button);
            }
            act(&controller);
        });
        // Nothing stands behind its label, which is seen.
        html! { <Button {control} label={words.get(word)} {icon} total={AttrValue::default()} {on_press} /> }
    };
    html! {
        <div class="interrupted">
            <span role="alert">{ words.get(Word::RecordingFailed) }</span>
            { button("retry", Word::TryAgain, Icon::Play, Controller::play) }
            { button("go-on", Word::of_sound(instead), Icon::Forward, Controller::go_on) }
        </div>
    }
}
