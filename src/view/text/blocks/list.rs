use super::super::inline::rich_text;
use crate::article::ListItem;
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;

/// Shows a list. Nested lists are of the same kind unless they specify their own.
pub(crate) fn list(markup: &mut Markup, model: &ViewModel, ordered: bool, items: &[ListItem]) {
    markup.tag(if ordered { "ol" } else { "ul" }).children(|markup| {
        for item in items {
            markup.tag("li").children(|markup| {
                rich_text(markup, model, &item.text);
                if !item.items.is_empty() {
                    list(markup, model, item.ordered.unwrap_or(ordered), &item.items);
                }
            });
        }
    });
}
