//! The maximum sizes of an article: far above any real one, and low enough that a hostile one cannot freeze
//! the host page.

/// The maximum length of a single text, in characters.
pub const MAX_TEXT: usize = 200_000;

/// The maximum size of all texts of an article together, in bytes of UTF-8: some twenty novels.
pub const MAX_ARTICLE: usize = 8_000_000;

/// The maximum number of problems after which warnings are dropped. Errors are always reported.
pub const MAX_PROBLEMS: usize = 1_000;

/// The maximum count of numbers in a range or list of a marker, such as `[2-4]`.
pub const MAX_NUMBERS: usize = 50;

/// The maximum number of references of one citation, which adjacent markers form together.
pub const MAX_JOINED: usize = 200;

/// The maximum number of references that a mention may cite. Of more, nobody could know which one is meant.
pub const MAX_MENTIONED: usize = 20;

/// The maximum number of places with a publisher's name that are examined; each takes a while. No real
/// article has this many that are not citations.
pub const MAX_MENTION_PLACES: usize = 10_000;

/// The maximum nesting depth of lists; a phone has no room for more.
pub const MAX_LIST_DEPTH: usize = 6;
