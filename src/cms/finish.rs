//! The last step of every conversion, whatever the format.

use super::context::Context;
use super::first_url::first_url;
use super::index_by_name::IndexByName;
use super::{Format, NotAnArticle, lead, links, takeaways};
use crate::article::{Article, Json, Reference, Text};

/// Extracts key points from the text, removes repetitions, gives ids, and refuses an article without content. A
/// source without an address has the one in its words, which careless editors do not link.
/// `briefing` is the one that the article completes, if any: the references of both become one list.
pub(super) fn finish(
    article: &mut Article,
    format: Format,
    briefing: Option<&Json>,
    context: &Context<'_>,
) -> Result<(), NotAnArticle> {
    takeaways::extract_key_points(article, context.parsers);
    lead::remove_repetitions(article, context.parsers);
    if article.body.is_empty() && article.key_points.is_empty() && briefing.is_none() {
        return Err(NotAnArticle::Empty(format.name()));
    }
    for reference in article.references.iter_mut().filter(|reference| reference.url.is_none()) {
        reference.url = first_url(&reference.title);
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
    set_unique_ids(&mut article.references, briefing);
    for reference in &mut article.references {
        if reference.title.is_empty() {
            let address = reference.url.as_ref().map(|url| url.to_text());
            reference.title = address.unwrap_or_else(|| Text::clone(&reference.id));
        }
    }
    Ok(())
}

/// Gives each reference an id that no other has, since the canonical JSON cites references by their ids. Beside
/// those of a briefing, generated ids have a prefix that people do not write.
fn set_unique_ids(references: &mut [Reference], briefing: Option<&Json>) {
    let others = briefing.map_or(&[][..], |briefing| briefing.get("references").as_list());
    let prefix = if others.is_empty() { "r" } else { "post-r" };
    let mut used = IndexByName::default();
    for id in others.iter().filter_map(|other| other.get("id").as_text()) {
        used.set(id, usize::MAX);
    }
    for (index, reference) in references.iter_mut().enumerate() {
        if !reference.id.is_empty() && used.get_or_set(&reference.id, index) != index {
            reference.id = Text::default();
        }
    }
    for (index, reference) in references.iter_mut().enumerate().filter(|(_, one)| one.id.is_empty()) {
        let mut id = [prefix, &(index + 1).to_string()].concat();
        while used.get_or_set(&id, index) != index {
            id.push('\'');
        }
        reference.id = id.into();
    }
}

fn set_id(id: &mut Text, prefix: &str, index: usize) {
    if id.is_empty() {
        *id = [prefix, &(index + 1).to_string()].concat().into();
    }
}
