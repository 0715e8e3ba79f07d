//! Converts CMS data to an [`Article`]: one file for each format, and the code that all formats share.
//!
//! [`convert`] detects the format by the structure of the JSON, in the order of [`Format::ALL`], and never
//! guesses: if none matches, it returns [`NotAnArticle::NoMatch`], whose message lists the formats that were
//! tried. One walker in [`html`] turns HTML into blocks; it accepts a fixed list of elements and nothing
//! else. The HTML itself is parsed by the platform's [`Parsers`]. Rules that apply to every format with HTML
//! have files of their own: `footnotes`, `takeaways`. The guide for host pages and editors is
//! `docs/cms/README.md`.

mod address;
mod allowance;
mod ans;
mod briefing;
mod contentful;
mod context;
mod converter;
mod csl_json;
mod drupal;
mod duration;
mod embargo;
mod field_map;
mod finish;
mod first_url;
mod format;
mod ghost;
pub mod html;
mod index_by_name;
mod item;
mod json_feed;
mod json_ld;
mod lead;
mod links;
mod lists;
mod loaded;
mod markdown;
mod markdown_definitions;
mod markdown_inline;
mod markdown_marks;
mod markdown_pictures;
mod marked_text;
mod members;
mod model_answer;
mod ninjs;
mod not_an_article;
mod parsers;
mod portable_text;
mod seconds;
mod strapi;
mod takeaways;
mod values;
mod wordpress;

pub use field_map::FieldMap;
pub use format::Format;
pub use loaded::{
    BlocksReader, Detector, Explainer, HtmlReader, Loaded, MarkdownReader, Reader, SourceReader,
};
pub use not_an_article::NotAnArticle;
#[cfg(feature = "native")]
pub use parsers::NativeParsers;
pub use parsers::Parsers;

use crate::article::{Article, Json, Problem, Url};
use context::Context;

/// What the host page says about its data, beyond the data itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format of the data; `None` to detect it.
    pub format: Option<Format>,
    /// Which item of a list to show: its id, slug or address, or `first` or `last`.
    pub item: Option<String>,
    /// Whether links to other sites become references.
    pub references_from_links: bool,
    /// The base of relative addresses, where the data does not include the article's address.
    pub base: Option<Url>,
    /// The paths of an article's members in JSON of the site's own. A map, where given, also determines the
    /// format.
    pub map: Option<FieldMap>,
    /// The current time, in seconds since the beginning of 1970, to tell whether an embargo is over. Without
    /// the time, every embargo holds.
    pub now: Option<u64>,
}

/// The result of a conversion.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// The format of the input.
    pub format: Format,
    /// The article.
    pub content: Content,
    /// What was left out or mended on the way; each path refers to the JSON that was converted.
    pub problems: Vec<Problem>,
}

/// The content of a converted article.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A canonical briefing embedded in the data, unchanged: still to be read by [`crate::article::read`].
    Embedded(Json),
    /// An article made from the CMS's data.
    Converted(Box<Article>),
    /// An article made from the CMS's data, and an embedded briefing without a body of its own. The
    /// briefing's members take precedence.
    Extended(Box<Article>, Json),
}

impl Content {
    /// Returns the content as canonical JSON, still to be read by [`crate::article::read`].
    #[must_use]
    pub fn into_canonical(self) -> Json {
        match self {
            Self::Embedded(briefing) => briefing,
            Self::Converted(article) => article.to_canonical(),
            Self::Extended(article, briefing) => briefing::extended(briefing, article.to_canonical()),
        }
    }
}

/// Returns whether JSON is a canonical briefing, or looks like one that only lacks `format`: reading it then
/// reports what is missing.
#[must_use]
pub fn is_canonical(json: &Json) -> bool {
    is_canonical_with(json, &Loaded::ALL)
}

/// Like [`is_canonical`], with the readers that are loaded. Without the detector, JSON that lacks `format` is none.
#[must_use]
pub fn is_canonical_with(json: &Json, loaded: &Loaded) -> bool {
    match json.get("format") {
        Json::Text(format) => format == "briefing",
        Json::Null => {
            let is_list = |member: &str| matches!(json.get(member), Json::List(_));
            matches!(json.get("title"), Json::Text(_))
                && (is_list("body") || is_list("key_points"))
                && loaded.detect(json) == Ok(None)
        }
        _ => false,
    }
}

/// Makes an article from CMS data.
///
/// # Errors
/// Returns the reason why there is no article to show, which says how to fix it.
pub fn convert(json: &Json, options: &Options, parsers: &dyn Parsers) -> Result<Conversion, NotAnArticle> {
    convert_with(json, options, parsers, &Loaded::ALL)
}

/// Makes an article from CMS data with the readers that are loaded.
///
/// # Errors
/// Returns the reason why there is no article to show; [`NotAnArticle::NotLoaded`] if it needs other readers.
pub fn convert_with(
    json: &Json,
    options: &Options,
    parsers: &dyn Parsers,
    loaded: &Loaded,
) -> Result<Conversion, NotAnArticle> {
    let mapped = options.map.as_ref().map(|_| Format::Map);
    let format = match options.format.or(mapped) {
        Some(format) => format,
        None => loaded.detect(json)?.ok_or(NotAnArticle::NoMatch)?,
    };
    let mut context = Context::new(options, parsers, loaded);
    let not_loaded = || NotAnArticle::NotLoaded(vec![format.name()]);
    let reader = (loaded.reader_of)(format).ok_or_else(not_loaded)?;
    let content = (reader.read)(json, &mut context);
    if !context.needed.is_empty() {
        return Err(NotAnArticle::NotLoaded(context.needed));
    }
    let mut content = content.map_err(|why| match why {
        NotAnArticle::Empty(_) | NotAnArticle::NoItems | NotAnArticle::Withheld(_)
            if !(reader.matches)(json) && mapped.is_none() =>
        {
            NotAnArticle::FormatMismatch(format)
        }
        why => why,
    })?;
    match &mut content {
        Content::Embedded(_) => {}
        Content::Converted(article) => finish::finish(article, format, None, &context)?,
        Content::Extended(article, briefing) => finish::finish(article, format, Some(briefing), &context)?,
    }
    Ok(Conversion { format, content, problems: context.into_problems() })
}
