use super::edition::Edition;
use super::inline::rich_text;
use super::markup::Markup;
use crate::article::Image;

/// Shows a picture with what stands under it, as the content of a `figure`.
pub(crate) fn picture(markup: &mut Markup, edition: &Edition, image: &Image) {
    markup.element("img", &[("loading", "lazy"), ("decoding", "async")], |markup| {
        markup.attribute("src", &edition.resolve(&image.url));
        markup.attribute("alt", &image.alt);
        markup.attribute_if_any("width", image.width.map(|width| width.to_string()).as_deref());
        markup.attribute_if_any("height", image.height.map(|height| height.to_string()).as_deref());
    });
    if image.caption.is_empty() && image.credit.is_none() {
        return;
    }
    markup.element("figcaption", &[], |markup| {
        rich_text(markup, edition, &image.caption);
        if let Some(credit) = &image.credit {
            markup.text(" ");
            markup.leaf("span", &[("class", "credit")], credit);
        }
    });
}
