use super::super::inline::rich_text;
use crate::article::{RichText, Url};
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows a quotation, with its attribution below.
pub(crate) fn quote(
    markup: &mut Markup,
    model: &ViewModel,
    text: &RichText,
    attribution: &RichText,
    url: Option<&Url>,
) {
    let address = url.map(|url| model.resolve(url));
    markup.tag("figure").attrs(&[("class", "quote")]).children(|markup| {
        markup.tag("blockquote").attr_if("cite", address.as_deref()).children(|markup| {
            markup.tag("p").children(|markup| rich_text(markup, model, text));
        });
        if address.is_some() || !attribution.is_empty() {
            markup.tag("figcaption").children(|markup| {
                rich_text(markup, model, attribution);
                if let Some(address) = &address {
                    source(markup, address, attribution);
                }
            });
        }
    });
}

/// Shows a link to the source of a quotation: an arrow after the attribution, or the name of the
/// site.
fn source(markup: &mut Markup, address: &str, attribution: &RichText) {
    if !attribution.is_empty() {
        markup.text(" ");
    }
    let link = markup.tag("a").attrs(&[("rel", "noopener")]).attr("href", address);
    if attribution.is_empty() {
        let site = address.split('/').nth(2);
        link.text(site.unwrap_or(address));
    } else {
        link.attr("aria-label", &attribution.plain_text()).text("↗");
    }
}
