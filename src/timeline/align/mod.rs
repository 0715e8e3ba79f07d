//! Aligns a recording with its article: when each passage begins, and each word of it.
//!
//! Recordings are read by people, and files of timings are made by speech recognition: both deviate from the
//! article now and then, and have additional text before, after and in between. So the alignment starts from
//! equal words that can only be the same (patience diff); times between them are interpolated, and times
//! outside are extrapolated at the average pace.

mod anchors;
mod fit;
mod passages;
mod span;
mod strays;
mod times;
mod tokens;

pub use fit::{Fit, fit};
pub use passages::{Alignment, align_with};
pub use span::Span;

#[cfg(feature = "native")]
pub use passages::align;
