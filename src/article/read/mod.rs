//! Reads the canonical JSON. An invalid part is dropped on its own, and every problem is reported with its
//! path.

mod audio;
mod block;
mod clean;
mod ids;
mod key_point;
pub mod limits;
mod next;
mod number;
mod object;
mod path;
mod reader;
mod reference;
#[cfg(feature = "native")]
mod text;

use super::rich_text::{Inline, Markers, Names, Normalize};
use super::{Article, Block, BlockKind, Image, Json, PassageNames, Problem, RichText, Severity, Text};
use ids::Ids;

pub(super) use object::Object;
pub(crate) use path::Path;
pub(super) use reader::Reader;
#[cfg(feature = "cli")]
pub(crate) use reader::clip;
#[cfg(feature = "native")]
pub(super) use reader::quote;

#[cfg(feature = "native")]
pub use text::{parse_text, read_text};

/// Normalizes a text to the Unicode form NFKC, where there is no browser to do so.
#[cfg(feature = "native")]
pub(crate) fn nfkc(text: &str) -> String {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
}

/// The result of reading an article.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadResult {
    /// The article, unless there was an error.
    pub article: Option<Article>,
    /// Every problem found, errors first.
    pub problems: Vec<Problem>,
}

impl ReadResult {
    /// Returns the result for input that is not JSON at all.
    #[must_use]
    pub fn failed(message: String) -> Self {
        Self {
            article: None,
            problems: vec![Problem { path: String::new(), severity: Severity::Error, message }],
        }
    }
}

/// Reads an article from its JSON, and links the mentions in it.
///
/// In a browser, [`ReadResult::link_mentions`] also finds mentions whose characters differ from those of the
/// name.
#[must_use]
pub fn read(json: &Json) -> ReadResult {
    #[cfg(feature = "native")]
    let normalize: Normalize = nfkc;
    #[cfg(not(feature = "native"))]
    let normalize: Normalize = str::to_owned;
    let mut result = read_markers(json);
    result.link_mentions(normalize);
    result
}

/// Reads an article from its JSON, with citations by markers alone: [`ReadResult::link_mentions`] adds those by
/// mentions, which few articles have.
#[must_use]
pub fn read_markers(json: &Json) -> ReadResult {
    let mut reader = Reader::new();
    let article = article(&mut reader, json);
    let problems = reader.into_problems();
    let shown = problems.iter().all(|problem| problem.severity == Severity::Warning);
    ReadResult { article: article.filter(|_| shown), problems }
}

fn article(reader: &mut Reader, json: &Json) -> Option<Article> {
    let Json::Object(_) = json else {
        let message = ["expected an object with \"format\": \"briefing\", found ", json.describe()].concat();
        reader.fail(Path::Root, &message);
        return None;
    };
    let root = Object::of(reader, Path::Root, json)?;
    check_format(reader, &root);
    check_version(reader, &root)?;
    let references = reference::references(reader, Path::Root.key("references"), root.get("references"));
    reader.markers = Markers::new(references.iter().map(|reference| Text::clone(&reference.id)));

    let title = title(reader, &root);
    let mut ids = Ids::given_in(&[root.get("key_points"), root.get("body")]);
    let list = root.list(reader, "key_points", "key points");
    let key_points = key_point::key_points(reader, &mut ids, Path::Root.key("key_points"), list);
    let list = root.list(reader, "body", "blocks");
    let body = block::body(reader, &mut ids, Path::Root.key("body"), list);
    let key_points = key_point::check_supports(reader, Path::Root.key("key_points"), key_points, &body);
    if key_points.is_empty() && body.is_empty() {
        reader.fail(Path::Root, "has neither a \"body\" nor \"key_points\" to show");
    }

    let image = Object::of(reader, Path::Root.key("image"), root.get("image"));
    let next = Object::of(reader, Path::Root.key("next"), root.get("next"));
    let mut article = Article {
        id: root.id(reader),
        url: root.url(reader, "url"),
        lang: root.language(reader, "lang"),
        category: root.name(reader, "category"),
        title,
        summary: root.rich(reader, "summary"),
        published: root.moment(reader, "published"),
        updated: root.moment(reader, "updated"),
        authors: root.names(reader, "authors"),
        source_count: root.count(reader, "source_count"),
        image: image.and_then(|object| Image::of(reader, &object)),
        key_points,
        body,
        references,
        audio: None,
        next: next.and_then(|object| next::next(reader, &object)),
        link_mentions: root.flag(reader, "link_mentions").unwrap_or(true),
    };
    if let Some(object) = Object::of(reader, Path::Root.key("audio"), root.get("audio")) {
        let passages = PassageNames::of(&article);
        article.audio = Some(audio::audio(reader, &object, &|name| passages.find(name).is_some()));
    }
    if reader.is_too_large() {
        reader.fail(Path::Root, "has more than 8 MB of text; a briefing cannot show that much");
        return None;
    }
    number_citations(&mut article);
    Some(article)
}

fn check_format(reader: &mut Reader, root: &Object) {
    match root.get("format") {
        Json::Text(format) if format == "briefing" => {}
        Json::Null => reader.fail(Path::Root.key("format"), "is missing; expected \"briefing\""),
        Json::Text(other) => {
            let message = ["expected \"briefing\", found ", &reader::quote(other)].concat();
            reader.fail(Path::Root.key("format"), &message);
        }
        other => {
            let message = ["expected \"briefing\", found ", other.describe()].concat();
            reader.fail(Path::Root.key("format"), &message);
        }
    }
}

/// Checks that this major version is supported; a later one may change the meaning of members.
fn check_version(reader: &mut Reader, root: &Object) -> Option<()> {
    let path = Path::Root.key("version");
    let found = match root.get("version") {
        Json::Text(version) if version.split('.').next() == Some("1") => return Some(()),
        Json::Text(version) => reader::quote(version),
        Json::Null => {
            reader.fail(path, "is missing; expected \"1.0\"");
            return Some(());
        }
        other => other.describe().to_owned(),
    };
    reader.fail(path, &["this briefing reads version \"1.0\" of the format, found ", &found].concat());
    None
}

fn title(reader: &mut Reader, root: &Object) -> Text {
    let title = root.text(reader, "title");
    title.unwrap_or_else(|| {
        reader.fail(Path::Root.key("title"), "is missing; an article needs a title");
        "".into()
    })
}

impl ReadResult {
    /// Turns mentions into citations, in the blocks that have no markers of their own, with the platform's
    /// function for Unicode normalization: its tables are too large for every reader to download. Headings are
    /// left alone: a screen reader would announce a button there with every list of headings.
    pub fn link_mentions(&mut self, normalize: Normalize) {
        let Some(article) = self.article.as_mut().filter(|article| article.link_mentions) else { return };
        let mut names = Names::of(&article.references, article.lang.as_ref(), normalize);
        if names.is_empty() {
            return;
        }
        let may_link =
            |block: &&mut Block| block.link_mentions && !matches!(block.kind, BlockKind::Heading(_));
        for block in article.body.iter_mut().filter(may_link) {
            let mut has_marker = false;
            block.each_text(&mut |text| text.each_citation(&mut |_| has_marker = true));
            if !has_marker {
                names.next_block();
                match &mut block.kind {
                    BlockKind::Quote(quote) => {
                        names.link(&mut quote.text, false);
                        names.link(&mut quote.attribution, true);
                    }
                    _ => block.each_text_mut(&mut |text| names.link(text, false)),
                }
            }
        }
        number_citations(article);
        let mut reader = Reader::after(std::mem::take(&mut self.problems));
        for name in names.ambiguous() {
            let message = [
                "more than 20 references have the publisher ",
                &reader::quote(name),
                ", so mentions of it cite none; cite with markers, or set \"mention\": \"never\"",
            ];
            reader.warn(Path::Root.key("references"), &message.concat());
        }
        if names.is_exhausted() {
            reader.warn(
                Path::Root.key("body"),
                "has 10,000 places with names of publishers; further places are not checked",
            );
        }
        self.problems = reader.into_problems();
    }
}

/// Numbers the citations in reading order.
fn number_citations(article: &mut Article) {
    let mut next = 0;
    let mut number = |text: &mut RichText| number_inlines(&mut text.0, &mut next);
    number(&mut article.summary);
    article.image.iter_mut().for_each(|image| number(&mut image.caption));
    for point in &mut article.key_points {
        number(&mut point.text);
        point.detail.iter_mut().for_each(&mut number);
    }
    for block in &mut article.body {
        block.each_text_mut(&mut number);
    }
}

fn number_inlines(inlines: &mut [Inline], next: &mut usize) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => {
                number_inlines(inner, next);
            }
            Inline::Citation(citation) => {
                citation.ordinal = *next;
                *next += 1;
            }
            Inline::Text(_) | Inline::Code(_) => {}
        }
    }
}

#[cfg(all(test, feature = "native"))]
mod tests;
