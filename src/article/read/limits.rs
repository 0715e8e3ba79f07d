//! How large an article may be. Far above any real one, and low enough that a hostile one cannot
//! stop the page.

/// The longest single text, in characters.
pub const MAX_TEXT: usize = 200_000;

/// All texts of an article together, in bytes of UTF-8: some twenty novels.
pub const MAX_ARTICLE: usize = 8_000_000;

/// How many warnings are told; errors always are.
pub const MAX_PROBLEMS: usize = 1_000;

/// How many lists may stand inside one another; a phone has no room for more.
pub const MAX_LIST_DEPTH: usize = 6;
