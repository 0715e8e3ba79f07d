//! The readers that a conversion calls if they are loaded: in a browser, each arrives as a chunk.

use super::context::Context;
use super::converter::{Converter, MarkdownOptions};
use super::format::Format;
use super::html::{Fragment, WalkOptions, walk};
use super::{Content, NotAnArticle, Parsers, contentful, csl_json, portable_text, strapi};
use crate::article::{Json, Path, Reference};

/// The names of the readers that several formats need, and of [`Detector::ALL`].
pub(super) const DETECTION: &str = "detection";
pub(super) const FAILURES: &str = "failures";
pub(super) const HTML: &str = "html";
pub(super) const MARKDOWN: &str = "markdown";
pub(super) const CSL_JSON: &str = "csl-json";
pub(super) const CONTENTFUL_BLOCKS: &str = "contentful-blocks";
pub(super) const PORTABLE_TEXT_BLOCKS: &str = "portable-text-blocks";
pub(super) const STRAPI_BLOCKS: &str = "strapi-blocks";

/// The readers that are loaded.
///
/// A program contains only the code of the readers that it names.
#[derive(Debug, Clone, Copy)]
pub struct Loaded {
    /// Returns the reader of a format, if it is loaded.
    pub reader_of: fn(Format) -> Option<Reader>,
    /// The reader whose format is likely: if JSON has its structure, the detector is not needed.
    pub likely: Option<Reader>,
    /// Detects the format of JSON.
    pub detector: Option<Detector>,
    /// Explains why there is no article.
    pub explainer: Option<Explainer>,
    /// Reads HTML.
    pub html: Option<HtmlReader>,
    /// Reads Markdown.
    pub markdown: Option<MarkdownReader>,
    /// Reads sources in CSL-JSON.
    pub csl_json: Option<SourceReader>,
    /// Reads the documents of Contentful.
    pub contentful_blocks: Option<BlocksReader>,
    /// Reads Portable Text.
    pub portable_text_blocks: Option<BlocksReader>,
    /// Reads the blocks and dynamic zones of Strapi.
    pub strapi_blocks: Option<BlocksReader>,
}

impl Loaded {
    /// All readers.
    pub const ALL: Self = Self {
        reader_of: |format| Some(format.reader()),
        likely: None,
        detector: Some(Detector::ALL),
        explainer: Some(Explainer::ALL),
        html: Some(HtmlReader::WALKER),
        markdown: Some(MarkdownReader::COMMON_MARK),
        csl_json: Some(SourceReader::CSL_JSON),
        contentful_blocks: Some(BlocksReader::CONTENTFUL),
        portable_text_blocks: Some(BlocksReader::PORTABLE_TEXT),
        strapi_blocks: Some(BlocksReader::STRAPI),
    };

    /// Returns the format of JSON that has the structure of one; an error if the detector is needed.
    pub(super) fn detect(&self, json: &Json) -> Result<Option<Format>, NotAnArticle> {
        match (self.likely, self.detector) {
            (Some(reader), _) if (reader.matches)(json) => Ok(Some(reader.format)),
            (_, Some(detector)) => Ok((detector.detect)(json)),
            _ => Err(NotAnArticle::NotLoaded(vec![DETECTION])),
        }
    }

    /// Returns the kind of failure and its message, see [`NotAnArticle`]; an error with the names of readers that are
    /// needed first.
    // Inlined, the compiler would know that there is one explainer, and call it without the chunk.
    #[inline(never)]
    pub fn explain(&self, why: NotAnArticle) -> Result<(&'static str, String), Vec<&'static str>> {
        match (why, self.explainer) {
            (NotAnArticle::NotLoaded(names), _) => Err(names),
            (why, Some(explainer)) => Ok((explainer.explain)(&why)),
            (_, None) => Err(vec![FAILURES]),
        }
    }
}

/// Detects the format of JSON.
#[derive(Debug, Clone, Copy)]
pub struct Detector {
    pub(super) detect: fn(&Json) -> Option<Format>,
}

impl Detector {
    /// Detects all formats.
    pub const ALL: Self = Self { detect: Format::detect };
}

/// Explains why there is no article.
#[derive(Debug, Clone, Copy)]
pub struct Explainer {
    pub(super) explain: fn(&NotAnArticle) -> (&'static str, String),
}

impl Explainer {
    /// Explains every reason.
    pub const ALL: Self = Self { explain: |why| (why.kind(), why.message()) };
}

/// Reads articles of one format.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The format.
    pub format: Format,
    /// Returns whether JSON has the structure of the format.
    pub matches: fn(&Json) -> bool,
    pub(super) read: fn(&Json, &mut Context<'_>) -> Result<Content, NotAnArticle>,
}

/// Reads HTML as blocks.
#[derive(Debug, Clone, Copy)]
pub struct HtmlReader {
    pub(super) read: fn(&str, &WalkOptions<'_>, &dyn Parsers) -> Fragment,
}

impl HtmlReader {
    /// Walks over the tree that the platform's parser makes.
    pub const WALKER: Self =
        Self { read: |html, options, parsers| walk(&parsers.html(html), options, parsers) };
}

/// Reads Markdown as blocks.
#[derive(Debug, Clone, Copy)]
pub struct MarkdownReader {
    pub(super) read: fn(&mut Converter<'_, '_>, &Path<'_>, &str, MarkdownOptions),
}

impl MarkdownReader {
    /// Reads the Markdown that editors and language models write.
    pub const COMMON_MARK: Self =
        Self { read: |converter, path, text, options| converter.read_markdown(path, text, options) };
}

/// Reads a source in a format of its own.
#[derive(Debug, Clone, Copy)]
pub struct SourceReader {
    pub(super) read: fn(&Json, &Path<'_>, &mut Converter<'_, '_>) -> Option<Reference>,
}

impl SourceReader {
    /// Reads the items of reference managers.
    pub const CSL_JSON: Self = Self { read: csl_json::read };
}

/// Reads the blocks of a CMS, which other systems may have in a field, too.
#[derive(Debug, Clone, Copy)]
pub struct BlocksReader {
    pub(super) read: fn(&Json, &Path<'_>, &mut Converter<'_, '_>),
}

impl BlocksReader {
    /// Reads the documents of Contentful.
    pub const CONTENTFUL: Self = Self { read: contentful::read_document };
    /// Reads Portable Text.
    pub const PORTABLE_TEXT: Self = Self { read: portable_text::read_blocks };
    /// Reads the blocks and dynamic zones of Strapi.
    pub const STRAPI: Self = Self { read: strapi::read_blocks_or_zone };
}
