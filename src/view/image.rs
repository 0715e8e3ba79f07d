use yew::prelude::*;

use super::edition::Edition;
use super::inline::rich_text;
use crate::article::Image;

/// Shows a picture with what stands under it, as the content of a `figure`.
pub(crate) fn picture(edition: &Edition, image: &Image) -> Html {
    let has_caption = !image.caption.is_empty() || image.credit.is_some();
    html! {
        <>
            <img
                src={edition.resolve(&image.url)}
                alt={AttrValue::Rc(image.alt.clone())}
                width={image.width.map(|width| width.to_string())}
                height={image.height.map(|height| height.to_string())}
                loading="lazy"
                decoding="async"
            />
            if has_caption {
                <figcaption>
                    { rich_text(edition, &image.caption) }
                    if let Some(credit) = &image.credit {
                        { " " }
                        <span class="credit">{ AttrValue::Rc(credit.clone()) }</span>
                    }
                </figcaption>
            }
        </>
    }
}
