use yew::prelude::*;

use crate::timeline::Timeline;
use crate::view::view_model::ViewModel;

/// The minimum distance between two marks on the bar, in ten-thousandths: closer marks would look
/// like hatching.
const MIN_GAP: u32 = 100;

/// The minimum distance on a narrow bar.
const MIN_GAP_NARROW: u32 = 450;

/// The marks on the progress bar where passages begin, as path data.
#[derive(Default)]
pub(super) struct Marks {
    /// Marks that fit on every bar.
    coarse: String,
    /// Marks that fit on a wide bar only.
    fine: String,
    /// Marks of headings, which fit on every bar.
    chapters: String,
}

impl Marks {
    /// Returns the marks that fit; there is none at the very start.
    pub(super) fn of(timeline: &Timeline, model: &ViewModel) -> Self {
        let (mut last, mut last_narrow) = (0, 0);
        let mut marks = Self::default();
        for segment in timeline.segments() {
            let at = super::progress::whole(segment.start / timeline.duration() * 10_000.0);
            if at < last + MIN_GAP || at + MIN_GAP > 10_000 {
                continue;
            }
            last = at;
            let path = if model.is_heading(segment.passage) {
                last_narrow = at;
                &mut marks.chapters
            } else if at < last_narrow + MIN_GAP_NARROW {
                &mut marks.fine
            } else {
                last_narrow = at;
                &mut marks.coarse
            };
            ["M", &at.to_string(), " 0v1"].into_iter().for_each(|part| path.push_str(part));
        }
        marks
    }

    /// Returns a drawing that spans the bar.
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
