use yew::prelude::*;

use super::progress::whole;
use crate::view::controller::Controller;

/// The parts of a recording that are loaded, as the path of a drawing over the whole bar.
pub(super) fn loaded_path(controller: &Controller) -> String {
    let duration = controller.duration();
    let mut path = String::new();
    for ends in controller.loaded() {
        for (step, end) in ["M", " 0H"].into_iter().zip(ends) {
            path.push_str(step);
            path.push_str(&whole((end / duration * 10_000.0).min(10_000.0)).to_string());
        }
    }
    path
}

/// The drawing.
pub(super) fn loaded(path: &str) -> Html {
    html! {
        <svg class="loaded" viewBox="0 0 10000 1" preserveAspectRatio="none"><path d={path.to_owned()} /></svg>
    }
}
