//! What is known of elements by their names.

use crate::cms::values::is_among;

/// Those that begin and end a line of their own, as browsers lay them out.
pub(super) fn is_block(name: &str) -> bool {
    is_among(
        name,
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset \
         figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav \
         noscript ol optgroup option p pre search section summary table tbody td tfoot th thead tr ul",
    )
}

/// Those that are headings.
pub(super) fn is_heading(name: &str) -> bool {
    is_among(name, "h1 h2 h3 h4 h5 h6")
}

/// Those that hold nothing.
pub(super) fn is_void(name: &str) -> bool {
    is_among(name, "area base br col embed hr img input link meta param source track wbr")
}

/// Those of which nothing is ever shown, and those whose text is no HTML.
pub(super) fn is_opaque(name: &str) -> bool {
    is_among(
        name,
        "audio canvas datalist frameset head iframe math noembed noframes object plaintext script select \
         style svg template textarea title video xmp",
    )
}
