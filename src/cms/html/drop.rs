//! Decides which elements of a document are left out.

use std::ops::Range;

use super::elements::is_heading;
use super::tree::{Element, Tree};
use crate::cms::values::is_among;

const ADVERTISEMENT: &str = "an advertisement";
const AUTHOR: &str = "an author box";
const BREADCRUMBS: &str = "a trail of breadcrumbs";
const BUTTON: &str = "a button";
const COMMENTS: &str = "a list of comments";
pub(super) const CONTENTS: &str = "a table of contents";
const COUNTER: &str = "a counter or rating";
const DRAWING: &str = "a drawing";
const MENU: &str = "a menu";
const RELATED: &str = "a list of other articles";
pub(super) const SHARE_BAR: &str = "a share bar";

/// Classes and ids of what readers do not see. Copies of notes by footnote plugins; controls and icons of
/// Ghost's players; text for screen readers only; the second link to a file.
const UNSEEN: &str = "footnote_container_prepare footnote_tooltip hidden katex-html kg-audio-player kg-audio-thumbnail \
    kg-callout-emoji kg-video-overlay kg-video-player screen-reader-only screen-reader-text show-for-sr \
    sr-only visually-hidden visuallyhidden wp-block-file__button";

/// What has to be true for an element to be left out by name.
#[derive(Clone, Copy, PartialEq)]
enum IfNamed {
    /// Only systems and plugins use the name, as a class or an id.
    Any,
    /// The name is a class: systems also make ids of the words of editors.
    ByClass,
    /// People use the name for text, too, so most of the words have to be in links.
    AndLinks,
}

/// The furniture of pages that systems and plugins mark up inside the text.
const FURNITURE: [(&str, IfNamed, &str); 14] = [
    (
        ADVERTISEMENT,
        IfNamed::Any,
        "ad ad-container ad-slot ad-unit ad-wrapper ads adsbygoogle advert advertisement advertising dfp-ad \
        google-ad newspack_global_ad outbrain sponsored-content taboola wp-block-newspack-ads-ad-unit wpa-about \
        wpcnt",
    ),
    (
        SHARE_BAR,
        IfNamed::Any,
        "a2a_kit addtoany_content addtoany_share_save_container elementor-blockquote__tweet-button \
        elementor-share-btn elementor-widget-share-buttons essb_links heateor_sss_sharing_container \
        heateor_sss_sharing_title jeg_share_bottom jetpack-likes-widget-wrapper \
        jetpack-sharing-buttons__services-list mashsb-container printfriendly share-bar share-buttons sharedaddy \
        sharethis-inline-share-buttons social-share social-share-buttons ssba swp_social_panel \
        wp-block-jetpack-sharing-buttons wp-block-social-links",
    ),
    (
        RELATED,
        IfNamed::Any,
        "crp_related elementor-post-navigation jp-relatedposts rp4wp-related-posts \
        wp-block-jetpack-related-posts wp-block-post-navigation-link yarpp-related",
    ),
    (
        RELATED,
        IfNamed::AndLinks,
        "more-stories post-navigation read-also related related-articles related-content related-links \
        related-news related-posts related-stories related_posts relatedposts",
    ),
    (
        AUTHOR,
        IfNamed::Any,
        "abh_box elementor-author-box m-a-box pp-multiple-authors-boxes-wrapper saboxplugin-wrap ts-fab-wrapper \
        wp-block-coblocks-author wp-block-post-author wp-block-post-author-biography",
    ),
    (AUTHOR, IfNamed::ByClass, "about-author about-the-author author-bio author-box authorbox"),
    (
        CONTENTS,
        IfNamed::Any,
        "elementor-widget-table-of-contents ez-toc-container lwptoc rank-math-toc toc_container \
        wp-block-kadence-tableofcontents wp-block-rank-math-toc-block wp-block-simpletoc-toc \
        wp-block-table-of-contents wp-block-uagb-table-of-contents wp-block-yoast-seo-table-of-contents \
        yoast-table-of-contents",
    ),
    (CONTENTS, IfNamed::AndLinks, "contents table-of-contents toc"),
    (
        COUNTER,
        IfNamed::Any,
        "kk-star-ratings post-ratings post-views pvc_stats rt-reading-time span-reading-time tptn_counter \
        wp-block-post-time-to-read yasr-visitor-votes",
    ),
    (COUNTER, IfNamed::ByClass, "reading-time"),
    (BREADCRUMBS, IfNamed::Any, "aioseo-breadcrumbs rank-math-breadcrumb yoast-breadcrumbs"),
    (BREADCRUMBS, IfNamed::ByClass, "breadcrumb breadcrumbs"),
    ("a prompt", IfNamed::Any, "newspack-popup-container wp-block-newspack-popups-single-prompt"),
    (COMMENTS, IfNamed::ByClass, "comment-list comment-respond commentlist comments-area wp-block-comments"),
];

/// Why an element is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dropped {
    /// Readers do not see it on the original page either.
    Unseen,
    /// Readers see it on the original page, but it has no place in an article; with a name of it for the
    /// problem.
    Reported(&'static str),
}

/// Returns why an element is left out, if it is.
pub(super) fn dropped(tree: &Tree, node: usize) -> Option<Dropped> {
    const NEVER_SHOWN: &str = "base canvas col colgroup datalist dialog frameset head input link meta noembed \
        noframes param script source style template title track";
    let element = tree.element(node)?;
    match element.name.as_str() {
        name if is_among(name, NEVER_SHOWN) => return Some(Dropped::Unseen),
        "button" => return Some(Dropped::Reported(BUTTON)),
        // Some systems wrap whole pages in a form.
        "form" if tree.find(tree.inside(node), is_control).is_none() => {}
        "form" | "select" | "textarea" => return Some(Dropped::Reported("a form")),
        "nav" => return Some(Dropped::Reported(MENU)),
        "svg" => return Some(Dropped::Reported(DRAWING)),
        _ => {}
    }
    if element.get("hidden").is_some() || hides(element.get("style").unwrap_or_default()) {
        return Some(Dropped::Unseen);
    }
    if element.get("role") == Some("navigation") {
        return Some(Dropped::Reported(MENU));
    }
    // Many systems derive the id of a heading from its text.
    let id = element.get("id").filter(|_| !is_heading(&element.name));
    if element.classes().chain(id).any(|name| is_among(name, UNSEEN)) && !is_shown_somewhere(element) {
        return Some(Dropped::Unseen);
    }
    element.classes().next().or(id)?;
    let is_named = |(_, if_named, names): &&(&str, IfNamed, &str)| {
        let id = id.filter(|_| *if_named != IfNamed::ByClass);
        element.classes().chain(id).any(|name| is_among(name, names))
            && (*if_named != IfNamed::AndLinks || is_mostly_links(tree, node))
    };
    if let Some((kind, _, _)) = FURNITURE.iter().find(is_named) {
        return Some(Dropped::Reported(kind));
    }
    let has_class_prefix =
        |inner: &Element, start: &str| inner.classes().any(|class| class.starts_with(start));
    let contains_class = |start: &str| {
        tree.find(node..tree.inside(node).end, |inner| has_class_prefix(inner, start)).is_some()
    };
    // The name alone is too common: a section may be about the comments of somebody.
    if id == Some("comments") && contains_class("comment") {
        return Some(Dropped::Reported(COMMENTS));
    }
    // Other cards with a call to action are by the editors.
    let is_sponsored = element.has_class("kg-cta-card") && contains_class("kg-cta-sponsor-label");
    is_sponsored.then_some(Dropped::Reported(ADVERTISEMENT))
}

/// Returns whether readers can fill in or press an element.
fn is_control(element: &Element) -> bool {
    match element.name.as_str() {
        "input" => element.get("type") != Some("hidden"),
        name => is_among(name, "button select textarea"),
    }
}

/// Returns the text of a range that readers see, with a line feed for each `br`. Of the elements that are
/// dropped, those for which `skips` returns true are not in it.
pub(super) fn shown_text(
    tree: &Tree,
    range: Range<usize>,
    skips: &mut dyn FnMut(usize, Dropped) -> bool,
) -> String {
    let mut text = String::new();
    let mut node = range.start;
    while node < range.end {
        let inside = tree.inside(node);
        let name = tree.element(node).map_or("", |element| element.name.as_str());
        if name == "br" {
            text.push('\n');
        }
        text.push_str(tree.text(node));
        // Annotations of formulas are for programs.
        let is_skipped =
            name.starts_with("annotation") || dropped(tree, node).is_some_and(|why| skips(node, why));
        node = if is_skipped { inside.end } else { inside.start };
    }
    text
}

/// Returns whether what is left out has a heading of its own, which is left out with it: the other kinds may be
/// anywhere in the text.
pub(super) fn has_heading(kind: &str) -> bool {
    !matches!(kind, ADVERTISEMENT | BUTTON | DRAWING | SHARE_BAR)
}

/// Returns whether most of the words of a node are in links, not counting headings.
fn is_mostly_links(tree: &Tree, node: usize) -> bool {
    let (mut in_links, mut others) = (0, 0);
    let (mut link_end, mut heading_end) = (0, 0);
    for inner in tree.inside(node) {
        let end = tree.inside(inner).end;
        match tree.element(inner) {
            Some(element) if element.name == "a" => link_end = link_end.max(end),
            Some(element) if is_heading(&element.name) => heading_end = heading_end.max(end),
            _ => {}
        }
        let words = tree.text(inner).chars().filter(|c| c.is_alphanumeric()).count();
        if inner < link_end {
            in_links += words;
        } else if inner >= heading_end {
            others += words;
        }
    }
    in_links > others
}

/// Returns whether a class shows the element at some screen width, as in `hidden md:block`.
fn is_shown_somewhere(element: &Element) -> bool {
    const SHOWN: &str = "block contents flex grid inline inline-block inline-flex table table-cell table-row";
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
