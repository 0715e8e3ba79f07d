use super::super::edition::Edition;
use super::super::markup::Markup;
use crate::article::{Text, Url};

/// Shows a link that stands as a block of its own.
pub(crate) fn embed_link(
    markup: &mut Markup,
    edition: &Edition,
    url: &Url,
    title: &Text,
    description: Option<&Text>,
    publisher: Option<&Text>,
) {
    markup.element("div", &[("class", "embed-link")], |markup| {
        if let Some(publisher) = publisher {
            markup.leaf("p", &[("class", "label")], publisher);
        }
        markup.element("p", &[], |markup| {
            markup.element("a", &[("rel", "noopener"), ("dir", "auto")], |markup| {
                markup.attribute("href", &edition.resolve(url));
                markup.text(title);
            });
        });
        if let Some(description) = description {
            markup.leaf("p", &[("class", "about")], description);
        }
    });
}
