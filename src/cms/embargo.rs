//! Embargoes, which CMSs leave in place after they are over.

use super::NotAnArticle;
use super::context::Context;
use super::seconds;
use crate::article::{Json, Moment};

/// Refuses an article whose embargo ends in the future. An end that cannot be read counts as in the future.
pub(super) fn check(until: &Json, context: &Context<'_>) -> Result<(), NotAnArticle> {
    let Some(until) = until.as_text() else { return Ok(()) };
    let end = Moment::parse(until).and_then(|moment| seconds::from_moment(&moment));
    let is_over = end.zip(context.options.now).is_some_and(|(end, now)| end <= now);
    if is_over { Ok(()) } else { Err(NotAnArticle::Embargoed(until.to_owned())) }
}
