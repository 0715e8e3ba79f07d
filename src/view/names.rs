//! The names that two files share: what the writer and the components put on the page, and what script
//! looks for there. Parts, which a site may style, are in [`super::PARTS`].

/// Attributes that tell script or the stylesheet something.
pub(crate) mod data {
    /// On the briefing: whether the player is `playing` or `paused`; absent until it is first used.
    pub(crate) const STATE: &str = "data-state";
    /// On a briefing with a recording: empty while that is played by the browser's own controls alone.
    pub(crate) const NATIVE: &str = "data-native";
    /// On the briefing: a link is being followed, so that folds open at once.
    pub(crate) const JUMPING: &str = "data-jumping";
    /// On what a link has led to last.
    pub(crate) const ARRIVED: &str = "data-arrived";
    /// On an element that a component fills: which.
    pub(crate) const SLOT: &str = "data-slot";
    /// On what keeps the room of words that are not known yet: words at least as long.
    pub(crate) const ROOM: &str = "data-room";
    /// On the time of a block: where it leads, in milliseconds.
    pub(crate) const SEEK: &str = "data-seek";
    /// On the fold of a key point: its index.
    pub(crate) const POINT: &str = "data-point";
    /// On a popover: the index of its reference.
    pub(crate) const SOURCE: &str = "data-source";
    /// On a link back to a citation: the ordinal of that.
    pub(crate) const PLACE: &str = "data-place";
    /// On the citation whose source is open.
    pub(crate) const OPEN: &str = "data-open";
    /// On a popover that stands beside its citation on a narrow screen too.
    pub(crate) const BESIDE: &str = "data-beside";
    /// On the player while script keeps it on the screen: how.
    #[allow(dead_code, reason = "script alone sets it")]
    pub(crate) const FLOATING: &str = "data-floating";
    /// On the progress bar while it is to be played no further than somewhere: the time of that.
    #[allow(dead_code, reason = "script alone sets it")]
    pub(crate) const UNTIL: &str = "data-until";
    /// On the player while its recording is silenced.
    #[allow(dead_code, reason = "script alone sets it")]
    pub(crate) const MUTED: &str = "data-muted";
    /// On a popover that script has placed.
    pub(crate) const PLACED: &str = "data-placed";
}

/// Classes that script looks for.
pub(crate) mod class {
    /// What holds a briefing, as wide as it may be.
    pub(crate) const FRAME: &str = "frame";
    /// The raised numeral of a citation.
    pub(crate) const CITATION: &str = "citation";
    /// The words of a mention, with its citation.
    pub(crate) const MENTION: &str = "mention";
    /// What shows a source.
    pub(crate) const POPOVER: &str = "popover";
    /// The way to the sources before and after, in a popover.
    pub(crate) const PAGER: &str = "pager";
    /// To the source before.
    pub(crate) const PREVIOUS: &str = "previous";
    /// To the source after.
    pub(crate) const NEXT: &str = "next";
    /// Which of the sources of a citation it is.
    pub(crate) const POSITION: &str = "position";
    /// The links from a reference back to its citations.
    pub(crate) const BACK: &str = "back";
    /// A key point with all it holds.
    pub(crate) const KEY_POINT: &str = "key-point";
    /// The sentence of a key point.
    pub(crate) const POINT: &str = "point";
    /// The button that opens all key points.
    pub(crate) const FOLD_ALL: &str = "fold-all";
    /// An element that a component fills.
    pub(crate) const SLOT: &str = "slot";
    /// The recording, as an element that plays by itself.
    pub(crate) const RECORDING: &str = "recording";
    /// What a key point unfolds to.
    pub(crate) const DETAIL: &str = "detail";
    /// What only screen readers tell.
    pub(crate) const HIDDEN: &str = "hidden";
    /// That a press before there is script was heard.
    #[cfg(feature = "cli")]
    pub(crate) const PRESSED: &str = "pressed";
    /// The time of a block.
    pub(crate) const TIMESTAMP: &str = "timestamp";
}
