//! What a recording says, laid over the article: when each passage begins, and each word of it.
//!
//! Recordings are read by people, and files of timings are made by programs that listen: both say something else
//! than the article now and then, and something more before, after and in between. So equal words are looked for
//! that can only be the same (patience diff); what lies between them is interpolated, and what lies outside goes on
//! at the average pace.

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
