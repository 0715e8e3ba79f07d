use yew::prelude::*;

use crate::view::icon::Icon;

/// Returns an icon. It is hidden from screen readers: the text beside it, or the name of its
/// button, names it.
pub(super) fn svg_icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path fill="currentColor" d={icon.path()} />
        </svg>
    }
}
