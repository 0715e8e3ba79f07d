use super::super::edition::Edition;
use super::super::inline::rich_text;
use super::super::markup::Markup;
use crate::article::{RichText, Url};

/// Shows a quotation, with who said it under it.
pub(crate) fn quote(
    markup: &mut Markup,
    edition: &Edition,
    text: &RichText,
    attribution: &RichText,
    url: Option<&Url>,
) {
    let address = url.map(|url| edition.resolve(url));
    markup.element("figure", &[("class", "quote")], |markup| {
        markup.element("blockquote", &[], |markup| {
            markup.attribute_if_any("cite", address.as_deref());
            markup.element("p", &[], |markup| rich_text(markup, edition, text));
        });
        if address.is_some() || !attribution.is_empty() {
            markup.element("figcaption", &[], |markup| {
                rich_text(markup, edition, attribution);
                if let Some(address) = &address {
                    source(markup, address, attribution);
                }
            });
        }
    });
}

/// A link to where it was said: an arrow after who said it, or the name of the site.
fn source(markup: &mut Markup, address: &str, attribution: &RichText) {
    if !attribution.is_empty() {
        markup.text(" ");
    }
    markup.element("a", &[("rel", "noopener")], |markup| {
        markup.attribute("href", address);
        if attribution.is_empty() {
            let site = address.split("//").nth(1).and_then(|rest| rest.split('/').next());
            markup.text(site.unwrap_or(address));
        } else {
            markup.attribute("aria-label", &attribution.plain_text());
            markup.text("↗");
        }
    });
}
