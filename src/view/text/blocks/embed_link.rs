use crate::article::{Text, Url};
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows a link as a block of its own.
pub(crate) fn embed_link(
    markup: &mut Markup,
    model: &ViewModel,
    url: &Url,
    title: &Text,
    description: Option<&Text>,
    publisher: Option<&Text>,
) {
    markup.tag("div").attrs(&[("class", "embed-link")]).children(|markup| {
        if let Some(publisher) = publisher {
            markup.tag("p").attrs(&[("class", "site")]).text(publisher);
        }
        markup.tag("p").children(|markup| {
            markup.tag("a").attrs(&[("rel", "noopener")]).attr("href", &model.resolve(url)).text(title);
        });
        if let Some(description) = description {
            markup.tag("p").attrs(&[("class", "about")]).text(description);
        }
    });
}
