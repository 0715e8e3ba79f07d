use super::direction::own_direction;
use super::inline::rich_text;
use crate::article::Image;
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows a picture with its caption and credit, as the content of a `figure`.
pub(crate) fn picture(markup: &mut Markup, model: &ViewModel, image: &Image) {
    markup
        .tag("img")
        .attrs(&[("loading", "lazy"), ("decoding", "async")])
        .attr("src", &model.resolve(&image.url))
        .attr("alt", &image.alt)
        .attr_if("width", image.width.map(|width| width.to_string()).as_deref())
        .attr_if("height", image.height.map(|height| height.to_string()).as_deref())
        .empty();
    if image.caption.is_empty() && image.credit.is_none() {
        return;
    }
    markup.tag("figcaption").attr_if("dir", own_direction(model)).children(|markup| {
        rich_text(markup, model, &image.caption);
        if let Some(credit) = &image.credit {
            markup.text(" ");
            markup.tag("span").attrs(&[("class", "credit")]).text(credit);
        }
    });
}
