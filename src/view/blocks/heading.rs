use yew::prelude::*;

use super::super::edition::Edition;
use super::super::inline::rich_text;
use crate::article::RichText;

/// Shows a heading, one level below what the article says: its title is a second-level heading of
/// the page it stands on.
pub(crate) fn heading(edition: &Edition, level: u8, text: &RichText) -> Html {
    let text = rich_text(edition, text);
    match level {
        0..=2 => html! { <h3>{ text }</h3> },
        3 => html! { <h4>{ text }</h4> },
        _ => html! { <h5>{ text }</h5> },
    }
}
