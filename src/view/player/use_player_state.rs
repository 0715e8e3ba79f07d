use yew::prelude::*;

use crate::view::controller::{Change, Controller, PlayerState};

/// Returns the state that the controls show, and renders the component again when it changes; ticks
/// do not count.
#[hook]
pub(super) fn use_player_state(controller: &Controller) -> PlayerState {
    let state = use_state_eq(|| controller.player_state());
    let setter = state.setter();
    use_effect_with(controller.clone(), move |controller| {
        let source = controller.clone();
        let show = move |change| {
            if change == Change::Controls {
                setter.set(source.player_state());
            }
        };
        // Catches up with changes since the first render.
        show(Change::Controls);
        let observer = controller.observe(Callback::from(show));
        move || drop(observer)
    });
    *state
}
