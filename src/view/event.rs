use crate::article::Text;
use crate::playback;

/// Something that happened in a briefing, for the page around it.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The article stands on the page and can be used.
    Ready,
    /// The player started, stopped, moved or changed its speed.
    Playback(playback::Event),
    /// The player came to another passage.
    Progress {
        /// The name of the passage in the JSON; nothing between passages.
        passage: Option<Text>,
        /// Where the player is, in seconds.
        time: f64,
        /// How long it all takes, in seconds.
        duration: f64,
    },
    /// The popover of a reference was opened.
    Reference {
        /// The id of the reference.
        id: Text,
        /// Its number.
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
