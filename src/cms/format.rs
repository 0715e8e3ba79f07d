use super::loaded::Reader;
use super::{
    ans, contentful, drupal, field_map, ghost, json_feed, json_ld, model_answer, ninjs, portable_text,
    strapi, wordpress,
};
use crate::article::Json;

/// Defines [`Format`] and the functions that dispatch to the module of each format.
macro_rules! formats {
    ($($(#[doc = $doc:literal])+ $format:ident $name:literal $module:ident;)+) => {
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

            /// Returns what reads articles of this format.
            #[must_use]
            pub fn reader(self) -> Reader {
                match self {
                    $(Self::$format => Reader::$format,)+
                }
            }

            /// Returns whether JSON has the structure of this format.
            pub(super) fn matches(self, json: &Json) -> bool {
                match self {
                    $(Self::$format => $module::matches(json),)+
                }
            }
        }

        #[allow(non_upper_case_globals, reason = "named as the formats")]
        impl Reader {
            $(
                $(#[doc = $doc])+
                pub const $format: Self =
                    Self { format: Format::$format, matches: $module::matches, read: $module::read };
            )+
        }
    };
}

// Formats that declare themselves come first, then those with members that no other format has.
formats! {
    /// A JSON Feed, version 1 or 1.1.
    JsonFeed "json-feed" json_feed;
    /// Articles of schema.org as JSON-LD.
    JsonLd "json-ld" json_ld;
    /// WordPress: `wp/v2/posts` and similar endpoints.
    WordPress "wordpress" wordpress;
    /// Ghost's Content API.
    Ghost "ghost" ghost;
    /// Drupal's JSON:API.
    Drupal "drupal" drupal;
    /// Arc XP: a story in ANS.
    ArcAns "arc-ans" ans;
    /// News agencies: IPTC ninjs 1, 2 and 3, and Superdesk's variant.
    Ninjs "ninjs" ninjs;
    /// Contentful's Content Delivery API.
    Contentful "contentful" contentful;
    /// Sanity, and Portable Text on its own.
    PortableText "portable-text" portable_text;
    /// Strapi 4 and 5.
    Strapi "strapi" strapi;
    /// The answer of a language model, with the sources it cites.
    ModelAnswer "model-answer" model_answer;
    /// Any other JSON, by a field map.
    Map "map" field_map;
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
