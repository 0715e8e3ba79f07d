use super::super::edition::Edition;
use super::super::inline::rich_text;
use super::super::markup::Markup;
use crate::article::ListItem;

/// Shows a list; the lists inside it are of the same kind.
pub(crate) fn list(markup: &mut Markup, edition: &Edition, ordered: bool, items: &[ListItem]) {
    markup.element(if ordered { "ol" } else { "ul" }, &[], |markup| {
        for item in items {
            markup.element("li", &[], |markup| {
                rich_text(markup, edition, &item.text);
                if !item.items.is_empty() {
                    list(markup, edition, ordered, &item.items);
                }
            });
        }
    });
}
