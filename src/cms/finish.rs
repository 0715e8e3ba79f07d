//! The last step of every conversion, whatever the format.

use super::context::Context;
use super::{Format, NotAnArticle, lead, links, takeaways};
use crate::article::{Article, Text};

/// Extracts key points from the text, removes repetitions, gives the ids that the canonical reader would
/// give, and refuses an article without content. If the references are to join those of a briefing
/// (`has_others`), their generated ids use a prefix that people do not write.
pub(super) fn finish(
    article: &mut Article,
    format: Format,
    has_others: bool,
    context: &Context<'_>,
) -> Result<(), NotAnArticle> {
    takeaways::extract_key_points(article, context.parsers);
    lead::remove_repetitions(article, context.parsers);
    if article.body.is_empty() && article.key_points.is_empty() && !has_others {
        return Err(NotAnArticle::Empty(format.name()));
    }
    if context.options.references_from_links {
        let own = article.url.as_ref().or(context.base.as_ref()).map(|url| url.to_text());
        links::to_references(article, own.as_deref().unwrap_or_default(), &context.sponsored);
    }
    for (index, block) in article.body.iter_mut().enumerate() {
        set_id(&mut block.id, "p", index);
    }
    for (index, point) in article.key_points.iter_mut().enumerate() {
        set_id(&mut point.id, "k", index);
    }
    for (index, reference) in article.references.iter_mut().enumerate() {
        set_id(&mut reference.id, if has_others { "post-r" } else { "r" }, index);
        if reference.title.is_empty() {
            let address = reference.url.as_ref().map(|url| url.to_text());
            reference.title = address.unwrap_or_else(|| Text::clone(&reference.id));
        }
    }
    Ok(())
}

fn set_id(id: &mut Text, prefix: &str, index: usize) {
    if id.is_empty() {
        *id = [prefix, &(index + 1).to_string()].concat().into();
    }
}
