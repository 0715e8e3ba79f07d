//! Classes of elements, by name.

use crate::cms::values::is_among;

/// Returns whether browsers lay out an element as a block, with line breaks before and after it.
pub(super) fn is_block(name: &str) -> bool {
    is_among(
        name,
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset \
         figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav \
         noscript ol optgroup option p pre search section summary table tbody td tfoot th thead tr ul",
    )
}

/// Returns whether an element is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    is_among(name, "h1 h2 h3 h4 h5 h6")
}

/// Returns whether an element is void: it has no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    is_among(name, "area base br col embed hr img input link meta param source track wbr")
}

/// Returns whether the content of an element is never shown or is not HTML.
pub(super) fn is_opaque(name: &str) -> bool {
    is_among(
        name,
        "audio canvas datalist frameset head iframe math noembed noframes object script select style svg \
         template textarea title video",
    )
}
