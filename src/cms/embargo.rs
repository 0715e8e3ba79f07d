//! Embargoes, which CMSs leave in place when they are over.

use super::NotAnArticle;
use super::context::Context;
use super::seconds;
use crate::article::{Json, Moment};

/// Refuses what must not be shown before a moment that is still to come. A moment that cannot be read is one
/// that has not come.
pub(super) fn check(until: &Json, context: &Context<'_>) -> Result<(), NotAnArticle> {
    let Some(until) = until.as_text() else { return Ok(()) };
    let end = Moment::parse(until).and_then(|moment| seconds::of(&moment));
    let is_over = end.zip(context.options.now).is_some_and(|(end, now)| end <= now);
    if is_over { Ok(()) } else { Err(NotAnArticle::Embargoed(until.to_owned())) }
}
