//! Decides which elements of a document are left out.

use super::elements::is_heading;
use super::tree::Element;
use crate::cms::values::is_among;

/// Why an element is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dropped {
    /// Readers do not see it on the original page either.
    Unseen,
    /// Readers see it on the original page, but it has no place in an article; with a name of it for the
    /// problem.
    Told(&'static str),
}

/// Returns why an element is left out, if it is.
pub(super) fn dropped(element: &Element) -> Option<Dropped> {
    const NEVER_SEEN: &str = "base canvas col colgroup datalist dialog head input link meta noframes param plaintext script source \
        style template title track xmp frameset";
    match element.name.as_str() {
        name if is_among(name, NEVER_SEEN) => return Some(Dropped::Unseen),
        "button" => return Some(Dropped::Told("a button")),
        "form" | "select" | "textarea" => return Some(Dropped::Told("a form")),
        "nav" => return Some(Dropped::Told("a menu")),
        "svg" => return Some(Dropped::Told("a drawing")),
        _ => {}
    }
    if element.get("hidden").is_some() || hides(element.get("style").unwrap_or_default()) {
        return Some(Dropped::Unseen);
    }
    // Many systems derive the id of a heading from its text.
    let id = element.get("id").filter(|_| !is_heading(&element.name));
    let names = element.classes().chain(id);
    names.filter_map(by_name).next().filter(|why| *why != Dropped::Unseen || !is_shown_somewhere(element))
}

/// Returns whether a class shows the element at some screen width, as in `hidden md:block`.
fn is_shown_somewhere(element: &Element) -> bool {
    const SHOWN: &str = "block contents flex grid inline inline-block inline-flex table";
    element.classes().filter_map(|class| class.rsplit_once(':')).any(|(_, display)| is_among(display, SHOWN))
}

/// Returns whether an inline style hides the element.
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.split('!').next().unwrap_or_default().trim();
        let is = |name: &str, hidden: &str| {
            property.trim().eq_ignore_ascii_case(name) && value.eq_ignore_ascii_case(hidden)
        };
        is("display", "none") || is("visibility", "hidden")
    })
}

/// Returns why a class or id excludes an element, if it does.
fn by_name(name: &str) -> Option<Dropped> {
    // Copies of notes by footnote plugins; controls and icons of Ghost's players; text for screen readers
    // only; the second link to a file.
    const UNSEEN: &str = "footnote_container_prepare footnote_tooltip hidden katex-html kg-audio-player kg-audio-thumbnail \
        kg-callout-emoji kg-video-overlay kg-video-player screen-reader-only screen-reader-text show-for-sr \
        sr-only visually-hidden visuallyhidden wp-block-file__button";
    const ADVERTISEMENTS: &str = "ad ad-container ad-slot ad-unit ad-wrapper ads adsbygoogle advert advertisement advertising dfp-ad \
        google-ad newspack_global_ad outbrain sponsored-content taboola wp-block-newspack-ads-ad-unit";
    const SHARE_BARS: &str = "a2a_kit addtoany_content addtoany_share_save_container essb_links jp-relatedposts mashsb-container \
        share-bar share-buttons sharedaddy sharethis-inline-share-buttons social-share social-share-buttons \
        ssba swp_social_panel wp-block-social-links";
    if is_among(name, UNSEEN) {
        return Some(Dropped::Unseen);
    }
    if is_among(name, ADVERTISEMENTS) {
        return Some(Dropped::Told("an advertisement"));
    }
    is_among(name, SHARE_BARS).then_some(Dropped::Told("a share bar"))
}
