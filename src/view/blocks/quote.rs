use yew::prelude::*;

use super::super::edition::Edition;
use super::super::inline::rich_text;
use crate::article::{RichText, Url};

/// Shows a quotation, with who said it under it.
pub(crate) fn quote(edition: &Edition, text: &RichText, attribution: &RichText, url: Option<&Url>) -> Html {
    let address = url.map(|url| edition.resolve(url));
    let source = match (&address, attribution.is_empty()) {
        (None, true) => None,
        (None, false) => Some(rich_text(edition, attribution)),
        (Some(address), true) => {
            let words = address.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(address);
            Some(html! { <a href={address.clone()} rel="noopener">{ words.to_owned() }</a> })
        }
        (Some(address), false) => Some(html! {
            <>
                { rich_text(edition, attribution) }
                { " " }
                <a href={address.clone()} rel="noopener" aria-label={attribution.plain_text()}>{ "↗" }</a>
            </>
        }),
    };
    html! {
        <figure class="quote">
            <blockquote cite={address}><p>{ rich_text(edition, text) }</p></blockquote>
            if let Some(source) = source {
                <figcaption>{ source }</figcaption>
            }
        </figure>
    }
}
