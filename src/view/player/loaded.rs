use yew::prelude::*;

use super::progress::whole;
use crate::view::controller::Controller;

/// Returns the loaded parts of a recording, as path data of a drawing that spans the bar.
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

/// Returns the drawing.
pub(super) fn loaded(path: &str) -> Html {
    html! {
        <svg class="loaded" viewBox="0 0 10000 1" preserveAspectRatio="none"><path d={path.to_owned()} /></svg>
    }
}
