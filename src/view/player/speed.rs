use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::use_listener::use_listener;
use crate::playback::RATES;
use crate::view::controller::Controller;
use crate::view::dom;
use crate::view::words::Word;

/// The properties of [`Speed`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The controller whose rate is set.
    pub(super) controller: Controller,
    /// [`Controller::version`]: a new version has other interface strings.
    pub(super) version: usize,
    /// The current playback rate.
    pub(super) rate: f64,
}

/// The menu of playback rates.
#[component]
pub(super) fn Speed(props: &Props) -> Html {
    let node = use_node_ref();
    let controller = props.controller.clone();
    let choose = move |event: Event| {
        let chosen = dom::target::<HtmlSelectElement>(&event).map(|select| select.selected_index());
        if let Some((rate, _)) = chosen.and_then(|index| RATES.get(usize::try_from(index).ok()?)) {
            controller.set_rate(*rate);
        }
    };
    use_listener(&node, &["change"], Callback::from(choose));
    let chosen = RATES.iter().position(|(rate, _)| is_near(*rate, props.rate));
    use_effect_with(chosen, {
        let node = node.clone();
        move |chosen| {
            // A rate that only script can set is not among the options.
            let index = chosen.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1);
            if let Some(select) = node.get() {
                select.unchecked_ref::<HtmlSelectElement>().set_selected_index(index);
            }
        }
    });
    html! {
        <select
            ref={node}
            class="rate"
            part="rate"
            dir="ltr"
            aria-label={props.controller.model().words.get(Word::Speed)}
        >
            for (rate, name) in RATES {
                <option key={name} selected={is_near(rate, 1.0)}>{ name }</option>
            }
        </select>
    }
}

/// Returns whether a listener cannot tell two rates apart.
fn is_near(rate: f64, other: f64) -> bool {
    (rate - other).abs() < 0.001
}
