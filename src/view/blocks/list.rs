use yew::prelude::*;

use super::super::edition::Edition;
use super::super::inline::rich_text;
use crate::article::ListItem;

/// Shows a list; the lists inside it are of the same kind.
pub(crate) fn list(edition: &Edition, ordered: bool, items: &[ListItem]) -> Html {
    let items = items.iter().map(|item| {
        html! {
            <li>
                { rich_text(edition, &item.text) }
                if !item.items.is_empty() {
                    { list(edition, ordered, &item.items) }
                }
            </li>
        }
    });
    if ordered {
        html! { <ol>{ for items }</ol> }
    } else {
        html! { <ul>{ for items }</ul> }
    }
}
