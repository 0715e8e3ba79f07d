//! When each passage of an article is read or spoken: the article as timed [`Segment`]s, found by time or by
//! passage, and the clock times that are shown and spoken.
//!
//! A [`Timeline`] holds the timings of an article, or an estimate from its words and the published rates at
//! which people read and newsreaders speak. [`import`] reads files of timings, and [`align`] aligns them with
//! an article; `docs/recordings.md` explains how editors do that. This module knows nothing of browsers, of
//! clocks or of how a timeline is shown. All times are in seconds.

pub mod align;
mod clock_time;
mod estimate;
mod given;
pub mod import;
mod lookup;
mod number_words;
mod pace;
mod passage_index;
mod script;
mod segment;
mod spoken_time;
mod tally;
#[cfg(test)]
mod testing;

pub use clock_time::{format_clock, parse_clock};
pub use estimate::{listening_seconds, reading_seconds};
pub use lookup::Timeline;
pub use pace::Pace;
pub use segment::Segment;
pub use spoken_time::{SpokenTime, TimeUnit, spoken_en};
