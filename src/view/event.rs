use crate::article::Text;
use crate::playback;

/// An event of a briefing, for the host page.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The article is on the page and usable.
    Ready,
    /// The player started, stopped, moved or changed its speed.
    Playback(playback::Event),
    /// The player reached another passage.
    Progress {
        /// The name of the passage in the JSON: its id, `title` or `summary`. `None` before the
        /// first passage, and if paused at the beginning.
        passage: Option<Text>,
        /// The player's position, in seconds.
        time: f64,
        /// The total duration, in seconds.
        duration: f64,
    },
    /// The popover of a reference was opened.
    Reference {
        /// The id of the reference.
        id: Text,
        /// The number of the reference.
        number: usize,
    },
    /// A key point was opened or folded.
    KeyPoint {
        /// The id of the key point.
        id: Text,
        /// Whether it is open now.
        open: bool,
    },
}
