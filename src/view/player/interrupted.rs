use yew::prelude::*;

use super::button::Button;
use crate::view::controller::Controller;
use crate::view::icon::Icon;
use crate::view::sound::Sound;
use crate::view::words::Word;

/// What is said where the recording has broken off, with the ways on: to try it once more, or at the same place
/// with the next best there is.
pub(super) fn interrupted(controller: &Controller, instead: Sound) -> Html {
    let words = &controller.model().words;
    let button = |control, word, icon, act: fn(&Controller)| {
        let controller = controller.clone();
        let on_press = Callback::from(move |_: Event| act(&controller));
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
