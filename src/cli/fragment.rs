use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use sha2::{Digest, Sha256};

use super::compact::compact;
use super::linked_data::linked_data;
use super::render::Rendering;
use crate::view::{Markup, styles_ahead, write};

/// The stylesheet for what is rendered ahead.
pub(super) enum Stylesheet {
    /// A file among the assets.
    Linked,
    /// Inside the markup. A strict policy allows it by its hash, which is the same for all articles.
    Inside { css: String, hash: String },
}

/// The address of the stylesheet's file.
fn address(assets: &str) -> String {
    versioned(assets, "news-briefing.css", &styles_ahead())
}

/// The address of a file: with a part of the hash of what it is made from, so that a browser may keep
/// it for ever.
pub(super) fn versioned(assets: &str, file: &str, source: &str) -> String {
    let hash = BASE64_URL_SAFE.encode(Sha256::digest(source));
    [assets, file, "?", hash.get(..8).unwrap_or_default()].concat()
}

impl Stylesheet {
    pub(super) fn inside() -> Self {
        let css = styles_ahead();
        let hash = ["sha256-", &BASE64_STANDARD.encode(Sha256::digest(&css))].concat();
        Self::Inside { css, hash }
    }

    /// Writes it where it applies.
    pub(super) fn write(&self, markup: &mut Markup, assets: &str) {
        match self {
            Self::Linked => markup.leaf("link", &[("rel", "stylesheet"), ("href", &address(assets))], ""),
            Self::Inside { css, .. } => markup.leaf("style", &[], css),
        }
    }
}

/// The element with the briefing in its shadow root, the data it was made of, and the same for
/// programs. Nothing in it runs, and nothing in it does a strict policy forbid.
pub(super) fn fragment(rendering: &Rendering) -> Markup {
    let mut markup = Markup::default();
    markup.element("news-briefing", &[], |markup| {
        markup.attribute_if_any("lang", rendering.language.as_deref());
        markup.attribute_if_any("sections", rendering.sections.as_deref());
        markup.attribute_if_any("voice", rendering.voice.as_deref());
        markup.element("template", &[("shadowrootmode", "open")], |markup| {
            rendering.stylesheet.write(markup, &rendering.assets);
            markup.include(write(&rendering.edition));
        });
        markup.leaf("script", &[("type", "application/json")], &rendering.json);
        let data = compact(&linked_data(&rendering.edition.article));
        markup.leaf("script", &[("type", "application/ld+json")], &data);
    });
    markup
}
