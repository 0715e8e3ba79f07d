//! The timestamps beside the blocks.

use crate::view::names::data;
use constcat::concat;
use std::rc::Rc;

use web_sys::{Element, Event};

use super::{Context, dom};
use crate::article::Passage;
use crate::timeline::{Timeline, format_clock};
use crate::view::view_model::{ViewModel, milliseconds};

/// Selects the timestamps.
const SELECTOR: &str = concat!("[", data::SEEK, "]");

/// Plays from the block whose timestamp was pressed.
pub(super) fn click(context: &Rc<Context>, event: &Event) -> bool {
    let Some(time) = dom::closest(event, SELECTOR) else { return false };
    let start = time.get_attribute(data::SEEK).and_then(|start| start.parse::<u32>().ok());
    context.controller.seek(f64::from(start.unwrap_or_default()) / 1000.0);
    context.controller.play();
    true
}

/// Updates the timestamps for a recording that is longer or shorter than was known when the text was
/// drawn.
pub(crate) fn fit(root: &Element, model: &ViewModel, timeline: &Timeline) {
    let blocks = (0..model.article.body.len()).map(Passage::Block);
    let timed = blocks.filter(|block| model.timeline.segment_of(*block).is_some());
    for (time, block) in dom::all(root, SELECTOR).iter().zip(timed) {
        let segment = timeline.segment_of(block).and_then(|index| timeline.segment(index));
        // The timestamp of a block after the end of the recording leads to its end.
        let start = segment.map_or(timeline.duration(), |segment| segment.start);
        dom::set(time, data::SEEK, &milliseconds(start));
        dom::set(time, "aria-label", &model.time_name(start));
        dom::set_text(time, &format_clock(start));
    }
}
