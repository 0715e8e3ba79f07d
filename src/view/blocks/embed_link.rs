use yew::prelude::*;

use super::super::edition::Edition;
use crate::article::{Text, Url};

/// Shows a link that stands as a block of its own.
pub(crate) fn embed_link(
    edition: &Edition,
    url: &Url,
    title: &Text,
    description: Option<&Text>,
    publisher: Option<&Text>,
) -> Html {
    html! {
        <div class="embed-link">
            if let Some(publisher) = publisher {
                <p class="label">{ AttrValue::Rc(publisher.clone()) }</p>
            }
            <p><a href={edition.resolve(url)} rel="noopener" dir="auto">{ AttrValue::Rc(title.clone()) }</a></p>
            if let Some(description) = description {
                <p class="about">{ AttrValue::Rc(description.clone()) }</p>
            }
        </div>
    }
}
