use yew::prelude::*;

use crate::timeline::Timeline;
use crate::view::view_model::ViewModel;

/// The least distance between two marks on the bar, in ten-thousandths: closer ones would be a
/// hatching.
const LEAST_GAP: u32 = 100;

/// The same on a narrow screen.
const LEAST_GAP_NARROW: u32 = 450;

/// The marks on the progress bar where passages begin, as the paths of a drawing.
#[derive(Default)]
pub(super) struct Marks {
    /// Those there is always room for.
    coarse: String,
    /// Those there is room for on a wide bar only.
    fine: String,
    /// Those of headings, which there is always room for.
    chapters: String,
}

impl Marks {
    /// The marks there is room for; none at the very start.
    pub(super) fn of(timeline: &Timeline, model: &ViewModel) -> Self {
        let (mut last, mut last_narrow) = (0, 0);
        let mut marks = Self::default();
        for segment in timeline.segments() {
            let at = super::progress::whole(segment.start / timeline.duration() * 10_000.0);
            if at < last + LEAST_GAP || at + LEAST_GAP > 10_000 {
                continue;
            }
            last = at;
            let path = if model.is_heading(segment.passage) {
                last_narrow = at;
                &mut marks.chapters
            } else if at < last_narrow + LEAST_GAP_NARROW {
                &mut marks.fine
            } else {
                last_narrow = at;
                &mut marks.coarse
            };
            ["M", &at.to_string(), " 0v1"].into_iter().for_each(|part| path.push_str(part));
        }
        marks
    }

    /// As a drawing over the whole bar.
    pub(super) fn view(&self) -> Html {
        html! {
            <svg class="marks" viewBox="0 0 10000 1" preserveAspectRatio="none">
                <path d={self.coarse.clone()} />
                <path class="fine" d={self.fine.clone()} />
                <path class="chapters" d={self.chapters.clone()} />
            </svg>
        }
    }
}
