//! How large an article may be. Far above any real one, and low enough that a hostile one cannot
//! stop the page.

/// The longest single text, in characters.
pub const MAX_TEXT: usize = 200_000;

/// All texts of an article together, in bytes of UTF-8: some twenty novels.
pub const MAX_ARTICLE: usize = 8_000_000;

/// How many warnings are told; errors always are.
pub const MAX_PROBLEMS: usize = 1_000;

/// The most numbers of a range or list in a marker, such as `[2-4]`.
pub const MAX_NUMBERS: usize = 50;

/// Markers side by side are one citation of at most so many references.
pub const MAX_JOINED: usize = 200;

/// How many references a mention may cite: which of more is meant, nobody can know.
pub const MAX_MENTIONED: usize = 20;

/// How many places with the name of a publisher are looked at, each of which takes a while. No one writes as many that
/// say nothing.
pub const MAX_MENTION_PLACES: usize = 10_000;

/// How many lists may stand inside one another; a phone has no room for more.
pub const MAX_LIST_DEPTH: usize = 6;
