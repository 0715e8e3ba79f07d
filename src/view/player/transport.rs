use yew::prelude::*;

use super::button::Button;
use crate::view::controller::Controller;
use crate::view::icon::Icon;
use crate::view::words::Word;

/// The properties of [`Transport`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The controller that plays.
    pub(super) controller: Controller,
    /// [`Controller::version`]: a new version has other interface strings.
    pub(super) version: usize,
    /// Whether the current passage is kept in view.
    pub(super) is_following: bool,
}

/// How far a jump goes, in seconds.
const JUMP: f64 = 10.0;

/// The buttons that move by passages and by seconds, and the one that scrolls along.
#[component]
pub(super) fn Transport(props: &Props) -> Html {
    let button = |control, word, icon, pressed: Option<bool>, act: fn(&Controller)| {
        let controller = props.controller.clone();
        let label = controller.model().words.get(word);
        let on_press = Callback::from(move |_: Event| act(&controller));
        html! { <Button {control} {label} {icon} {pressed} {on_press} /> }
    };
    html! {
        <>
            { button("back", Word::PreviousPassage, Icon::Back, None, Controller::previous_passage) }
            { button("back-seconds", Word::BackSeconds, Icon::BackSeconds, None, |controller| jump(controller, -JUMP)) }
            { button("forward-seconds", Word::ForwardSeconds, Icon::ForwardSeconds, None, |controller| jump(controller, JUMP)) }
            { button("forward", Word::NextPassage, Icon::Forward, None, Controller::next_passage) }
            { button("follow", Word::Follow, Icon::Follow, Some(props.is_following), Controller::toggle_following) }
        </>
    }
}

fn jump(controller: &Controller, seconds: f64) {
    controller.seek(controller.current_time() + seconds);
}
