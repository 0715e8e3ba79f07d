use super::context::Context;
use super::{
    Content, Family, NotAnArticle, ans, contentful, drupal, field_map, ghost, json_feed, json_ld,
    model_answer, ninjs, portable_text, strapi, wordpress,
};
use crate::article::Json;

/// Defines [`Format`] and the functions that dispatch to the module of each format.
macro_rules! formats {
    ($($(#[doc = $doc:literal])+ $format:ident $name:literal $module:ident $family:ident;)+) => {
        /// The supported formats besides the canonical JSON, in the order in which they are tried.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Format {
            $(
                $(#[doc = $doc])+
                $format,
            )+
        }

        impl Format {
            /// All formats, in the order in which they are tried.
            pub const ALL: &'static [Self] = &[$(Self::$format),+];

            /// Returns the value of the attribute `format` that names it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$format => $name,)+
                }
            }

            /// Returns the family of formats that is built together with this one.
            #[must_use]
            pub fn family(self) -> Family {
                match self {
                    $(Self::$format => Family::$family,)+
                }
            }

            /// Returns whether JSON has the structure of this format.
            pub(super) fn matches(self, json: &Json) -> bool {
                match self {
                    $(Self::$format => $module::matches(json),)+
                }
            }

            /// Reads an article of this format.
            pub(super) fn read(self, json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
                match self {
                    $(Self::$format if Family::$family.is_built() => $module::read(json, context),)+
                    other => Err(NotAnArticle::NotBuilt(other)),
                }
            }
        }
    };
}

// Formats that declare themselves come first, then those with members that no other format has.
formats! {
    /// A JSON Feed, version 1 or 1.1.
    JsonFeed "json-feed" json_feed Blog;
    /// Articles of schema.org as JSON-LD.
    JsonLd "json-ld" json_ld News;
    /// WordPress: `wp/v2/posts` and similar endpoints.
    WordPress "wordpress" wordpress Blog;
    /// Ghost's Content API.
    Ghost "ghost" ghost Blog;
    /// Drupal's JSON:API.
    Drupal "drupal" drupal Headless;
    /// Arc XP: a story in ANS.
    ArcAns "arc-ans" ans News;
    /// News agencies: IPTC ninjs 1, 2 and 3, and Superdesk's variant.
    Ninjs "ninjs" ninjs News;
    /// Contentful's Content Delivery API.
    Contentful "contentful" contentful Headless;
    /// Sanity, and Portable Text on its own.
    PortableText "portable-text" portable_text Headless;
    /// Strapi 4 and 5.
    Strapi "strapi" strapi Headless;
    /// The answer of a language model, with the sources it cites.
    ModelAnswer "model-answer" model_answer Headless;
    /// Any other JSON, by a field map.
    Map "map" field_map Headless;
}

impl Format {
    /// Returns the format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Returns the first format whose structure JSON has.
    #[must_use]
    pub fn detect(json: &Json) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.matches(json))
    }
}
