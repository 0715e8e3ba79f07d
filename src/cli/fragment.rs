use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use sha2::{Digest, Sha256};

use super::compact::compact;
use super::linked_data::linked_data;
use super::render::Rendering;
use crate::view::{Markup, article_markup, prerendered_styles};

/// The stylesheet of prerendered markup.
pub(super) enum Stylesheet {
    /// A file among the assets, by its URL.
    Linked { href: String },
    /// Inline in the markup. A strict policy can allow it by its hash, which is the same for all
    /// articles.
    Inline { css: String, hash: String },
}

/// Returns the URL of an asset, with part of the hash of its source as the query, so that browsers
/// may cache the asset for ever.
pub(super) fn versioned(assets: &str, file: &str, source: &str) -> String {
    let hash = BASE64_URL_SAFE.encode(Sha256::digest(source));
    [assets, file, "?", hash.get(..8).unwrap_or_default()].concat()
}

impl Stylesheet {
    /// Links to the file among the assets.
    pub(super) fn linked(assets: &str) -> Self {
        Self::Linked { href: versioned(assets, "news-briefing.css", &prerendered_styles()) }
    }

    pub(super) fn inline() -> Self {
        let css = prerendered_styles();
        let hash = ["sha256-", &BASE64_STANDARD.encode(Sha256::digest(&css))].concat();
        Self::Inline { css, hash }
    }
}

/// Writes the `link` or `style` element at this place.
pub(super) fn write_stylesheet(markup: &mut Markup, rendering: &Rendering) {
    let nonce = rendering.nonce.as_deref();
    match &*rendering.stylesheet {
        Stylesheet::Linked { href } => {
            markup.tag("link").attrs(&[("rel", "stylesheet"), ("href", href)]).attr_if("nonce", nonce).empty()
        }
        Stylesheet::Inline { css, .. } => markup.tag("style").attr_if("nonce", nonce).text(css),
    }
}

/// Renders the element: the briefing in its shadow root, the JSON it was made from, and linked data
/// for other programs. None of it executes, and a strict policy forbids none of it.
pub(super) fn fragment(rendering: &Rendering) -> Markup {
    let mut markup = Markup::default();
    markup
        .tag("news-briefing")
        .attr_if("lang", rendering.language.as_deref())
        .attr_if("sections", rendering.sections.as_deref())
        .attr_if("voice", rendering.voice.as_deref())
        .children(|markup| {
            markup.tag("template").attrs(&[("shadowrootmode", "open")]).children(|markup| {
                write_stylesheet(markup, rendering);
                markup.include(article_markup(&rendering.model));
            });
            markup.tag("script").attrs(&[("type", "application/json")]).text(&rendering.json);
            let data = compact(&linked_data(&rendering.model.article));
            markup.tag("script").attrs(&[("type", "application/ld+json")]).text(&data);
        });
    markup
}
