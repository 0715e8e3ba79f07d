//! What a CMS sends, as an [`Article`]: one file for each format, and what all of them share.
//!
//! [`convert`] finds the format by the structure of the JSON, in the order of [`Format::ALL`], and never guesses:
//! what is of no format is [`NotAnArticle::NoMatch`], which tells what was tried. HTML becomes blocks by the one
//! walker in [`html`], which takes a list of elements and nothing else; it is parsed by whatever the platform
//! has, its [`Parsers`]. What holds for every format that has HTML is a rule of its own file: `footnotes`,
//! `takeaways`. What pages and editors need to know is in `docs/cms/README.md`.

mod address;
mod ans;
mod carried;
mod contentful;
mod context;
mod converter;
mod csl_json;
mod drupal;
mod duration;
mod embargo;
mod family;
mod field_map;
mod finish;
mod format;
mod ghost;
pub mod html;
mod item;
mod json_feed;
mod json_ld;
mod lead;
mod links;
mod lists;
mod markdown;
mod markdown_definitions;
mod markdown_inline;
mod marked_text;
mod members;
mod model_answer;
mod ninjs;
mod not_an_article;
mod parsers;
mod places;
mod portable_text;
mod seconds;
mod strapi;
mod takeaways;
mod values;
mod wordpress;

pub use family::Family;
pub use field_map::FieldMap;
pub use format::Format;
pub use not_an_article::NotAnArticle;
#[cfg(feature = "native")]
pub use parsers::NativeParsers;
pub use parsers::Parsers;

use crate::article::{Article, Json, Problem, Url};
use context::Context;

/// What a page says about its data, beyond the data itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format it is in, where that is not to be found out.
    pub format: Option<Format>,
    /// Which one of a list: its id, slug or address, or `first` or `last`.
    pub item: Option<String>,
    /// Whether links that lead away from the site become references.
    pub references_from_links: bool,
    /// What relative addresses count from, where the data does not say where the article stands.
    pub base: Option<Url>,
    /// Where the members of an article are in JSON of the site's own. Where it is given, it is the format.
    pub map: Option<FieldMap>,
    /// What time it is, in seconds since the beginning of 1970: an embargo may be over. Without it, none is.
    pub now: Option<u64>,
}

/// What came of converting.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// The format it was in.
    pub format: Format,
    /// The article.
    pub content: Content,
    /// What was left out or mended on the way; each path leads into the JSON that was converted.
    pub problems: Vec<Problem>,
}

/// An article as it was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A canonical briefing that was carried inside, as it is: still to be read by [`crate::article::read`].
    Carried(Json),
    /// An article made of what the CMS has.
    Converted(Box<Article>),
    /// An article made of what the CMS has, and a briefing that was carried inside without a text of its own:
    /// what that says comes first.
    Extended(Box<Article>, Json),
}

impl Content {
    /// The whole of it as canonical JSON, still to be read by [`crate::article::read`].
    #[must_use]
    pub fn into_canonical(self) -> Json {
        match self {
            Self::Carried(briefing) => briefing,
            Self::Converted(article) => article.to_canonical(),
            Self::Extended(article, briefing) => carried::extended(briefing, article.to_canonical()),
        }
    }
}

/// Whether JSON is a canonical briefing, or would be one if it said so: then reading it tells what is missing.
#[must_use]
pub fn is_canonical(json: &Json) -> bool {
    match json.get("format") {
        Json::Text(format) => format == "briefing",
        Json::Null => {
            let is_list = |member: &str| matches!(json.get(member), Json::List(_));
            matches!(json.get("title"), Json::Text(_))
                && (is_list("body") || is_list("key_points"))
                && Format::detect(json).is_none()
        }
        _ => false,
    }
}

/// Makes an article of what a CMS sends.
///
/// # Errors
/// Tells why there is no article to show, with the way out.
pub fn convert(json: &Json, options: &Options, parsers: &dyn Parsers) -> Result<Conversion, NotAnArticle> {
    let mapped = options.map.as_ref().map(|_| Format::Map);
    let format = match options.format.or(mapped).or_else(|| Format::detect(json)) {
        Some(format) => format,
        None => return Err(NotAnArticle::NoMatch),
    };
    let mut context = Context::new(options, parsers);
    let mut content = format.read(json, &mut context).map_err(|why| match why {
        NotAnArticle::Empty(_) | NotAnArticle::NoItems | NotAnArticle::Withheld(_)
            if !format.fits(json) && mapped.is_none() =>
        {
            NotAnArticle::NotOfFormat(format)
        }
        why => why,
    })?;
    let has_others = matches!(content, Content::Extended(..));
    if let Content::Converted(article) | Content::Extended(article, _) = &mut content {
        finish::finish(article, format, has_others, &context)?;
    }
    Ok(Conversion { format, content, problems: context.into_problems() })
}
