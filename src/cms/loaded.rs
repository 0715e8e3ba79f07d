//! The readers that a conversion calls if they are loaded: in a browser, each arrives as a chunk.

use super::context::Context;
use super::converter::{Converter, MarkdownOptions};
use super::format::Format;
use super::html::{Fragment, WalkOptions, walk};
use super::{Content, NotAnArticle, Parsers};
use crate::article::{Json, Path};

/// The names of the readers that several formats need.
pub(super) const HTML: &str = "html";
pub(super) const MARKDOWN: &str = "markdown";

/// The readers that are loaded.
///
/// A program contains only the code of the readers that it names.
#[derive(Debug, Clone, Copy)]
pub struct Loaded {
    /// Returns the reader of a format, if it is loaded.
    pub reader_of: fn(Format) -> Option<Reader>,
    /// Reads HTML.
    pub html: Option<HtmlReader>,
    /// Reads Markdown.
    pub markdown: Option<MarkdownReader>,
}

impl Loaded {
    /// All readers.
    pub const ALL: Self = Self {
        reader_of: |format| Some(format.reader()),
        html: Some(HtmlReader::WALKER),
        markdown: Some(MarkdownReader::COMMON_MARK),
    };
}

/// Reads articles of one format.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The format.
    pub format: Format,
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
