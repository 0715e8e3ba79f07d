//! Names shared between files: attributes and classes that view functions and components write, and
//! that script looks up. Parts, which a site may style, are in [`super::PARTS`].

/// Attributes that script or the stylesheet reads.
pub(crate) mod data {
    /// On the briefing: whether the player is `playing` or `paused`; absent until the player is first
    /// used.
    pub(crate) const STATE: &str = "data-state";
    /// On a briefing with a recording: empty while only the browser's own controls play it.
    pub(crate) const NATIVE: &str = "data-native";
    /// On the briefing: a link is being followed, so folds open without animation.
    pub(crate) const JUMPING: &str = "data-jumping";
    /// On the target of the link that was followed last.
    pub(crate) const ARRIVED: &str = "data-arrived";
    /// On an element that a component fills: the name of the slot.
    pub(crate) const SLOT: &str = "data-slot";
    /// On an element that reserves space for text that is not known yet: a placeholder at least as
    /// long.
    pub(crate) const ROOM: &str = "data-room";
    /// On the timestamp of a block: its start, in milliseconds.
    pub(crate) const SEEK: &str = "data-seek";
    /// On the fold of a key point: the index of the key point.
    pub(crate) const POINT: &str = "data-point";
    /// On a popover: the index of its reference.
    pub(crate) const SOURCE: &str = "data-source";
    /// On a backlink to a citation: the ordinal of the citation.
    pub(crate) const PLACE: &str = "data-place";
    /// On the citation whose source is open.
    pub(crate) const OPEN: &str = "data-open";
    /// On a popover that is placed beside its citation even on a narrow screen.
    pub(crate) const BESIDE: &str = "data-beside";
    /// On the player while script keeps it on the screen: the way it does so.
    #[allow(dead_code, reason = "script alone sets it")]
    pub(crate) const FLOATING: &str = "data-floating";
    /// On the player: what plays, as [`Sound::name`](crate::view::sound::Sound::name).
    #[allow(dead_code, reason = "script alone looks it up")]
    pub(crate) const SOUND: &str = "data-sound";
    /// On the progress bar while playing is to stop early: the time of the stop.
    #[allow(dead_code, reason = "script alone sets it")]
    pub(crate) const UNTIL: &str = "data-until";
    /// On the player while its recording is muted.
    #[allow(dead_code, reason = "script alone sets it")]
    pub(crate) const MUTED: &str = "data-muted";
    /// On a popover that script has positioned.
    pub(crate) const PLACED: &str = "data-placed";
}

/// The kinds of elements in ids, as in [`ViewModel::id`](crate::view::view_model::ViewModel::id).
pub(crate) mod id {
    /// A citation, by its ordinal.
    pub(crate) const CITATION: &str = "cite";
    /// The popover of a source, by the index of its reference.
    pub(crate) const SOURCE: &str = "source";
    /// A reference in the list, by its index.
    pub(crate) const REFERENCE: &str = "reference";
}

/// Classes that script looks up.
pub(crate) mod class {
    /// The container of a briefing, as wide as the layout allows.
    pub(crate) const FRAME: &str = "frame";
    /// The superscript number of a citation.
    pub(crate) const CITATION: &str = "citation";
    /// The words of a mention, with its citation.
    pub(crate) const MENTION: &str = "mention";
    /// The popover that shows a source.
    pub(crate) const POPOVER: &str = "popover";
    /// The buttons for the previous and next source, in a popover.
    pub(crate) const PAGER: &str = "pager";
    /// The button for the previous source.
    pub(crate) const PREVIOUS: &str = "previous";
    /// The button for the next source.
    pub(crate) const NEXT: &str = "next";
    /// The position among the sources of a citation.
    pub(crate) const POSITION: &str = "position";
    /// The backlinks from a reference to its citations.
    pub(crate) const BACK: &str = "back";
    /// A key point with all its content.
    pub(crate) const KEY_POINT: &str = "key-point";
    /// The sentence of a key point.
    pub(crate) const POINT: &str = "point";
    /// The button that opens all key points.
    pub(crate) const FOLD_ALL: &str = "fold-all";
    /// An element that a component fills.
    pub(crate) const SLOT: &str = "slot";
    /// The recording, as a media element with its own controls.
    pub(crate) const RECORDING: &str = "recording";
    /// The content that a key point unfolds.
    pub(crate) const DETAIL: &str = "detail";
    /// Text for screen readers only.
    pub(crate) const HIDDEN: &str = "hidden";
    /// The confirmation of a press before the script has loaded.
    #[cfg(feature = "cli")]
    pub(crate) const PRESSED: &str = "pressed";
    /// The timestamp of a block.
    pub(crate) const TIMESTAMP: &str = "timestamp";
}
