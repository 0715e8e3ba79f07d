//! The buttons of the player, its choice of speed, and the times beside the blocks.

use std::rc::Rc;

use web_sys::{Event, HtmlSelectElement};

use super::{Scene, dom, follow};
use crate::playback::RATES;

pub(super) fn click(scene: &Rc<Scene>, event: &Event) -> bool {
    let session = &scene.session;
    if let Some(button) = dom::closest(event, "[data-do]") {
        match &*button.dataset().get("do").unwrap_or_default() {
            "play" => session.toggle(),
            "previous" => session.previous_passage(),
            "next" => session.next_passage(),
            _ => follow::set(scene, !session.is_following()),
        }
        return true;
    }
    if let Some(time) = dom::closest(event, "[data-seek]") {
        let start = time.dataset().get("seek").and_then(|start| start.parse::<u32>().ok());
        session.seek(f64::from(start.unwrap_or_default()) / 1000.0);
        session.play();
        return true;
    }
    false
}

pub(super) fn change(scene: &Rc<Scene>, event: &Event) {
    let chosen = dom::target::<HtmlSelectElement>(event).map(|select| select.selected_index());
    let rate = chosen.and_then(|index| RATES.get(usize::try_from(index).ok()?));
    if let Some(rate) = rate {
        scene.session.set_rate(*rate);
    }
}
