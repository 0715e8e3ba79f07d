use super::html::{Fragment, Walk, walk};
use super::{Options, Parsers, address};
use crate::article::{Article, Audio, Block, BlockKind, EmbedLink, Problem, RichText, Severity, Text, Url};

/// How many problems are told; more would help nobody.
const MAX_PROBLEMS: usize = 200;

/// What every format reads with: the parsers, what the page asks for, and where problems are told.
pub(super) struct Context<'a> {
    /// What the page says about its data.
    pub(super) options: &'a Options,
    /// What relative addresses count from: where the article stands.
    pub(super) base: Option<Url>,
    pub(super) parsers: &'a dyn Parsers,
    problems: Vec<Problem>,
}

impl<'a> Context<'a> {
    pub(super) fn new(options: &'a Options, parsers: &'a dyn Parsers) -> Self {
        Self { options, base: options.base.clone(), parsers, problems: Vec::new() }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Tells of something that was left out or mended. The message is given in parts.
    pub(super) fn warn(&mut self, path: &str, message: &[&str]) {
        let message = message.concat();
        let is_told = self.problems.iter().any(|problem| problem.path == path && problem.message == message);
        if !is_told && self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { path: path.to_owned(), severity: Severity::Warning, message });
        }
    }

    /// An address, if it is a good one; a problem tells of another.
    pub(super) fn url(&mut self, path: &str, href: &str) -> Option<Url> {
        let url = address::resolve(self.base.as_ref(), href).ok();
        if url.is_none() && !href.trim().is_empty() {
            self.warn(path, &["is no http or https address and was left out: ", &excerpt(href)]);
        }
        url
    }

    /// Reads HTML as blocks and adds them to an article, with the footnotes as its references and a recording
    /// as its audio.
    pub(super) fn body(&mut self, article: &mut Article, path: &str, html: &str) {
        let how = Walk { title: &article.title, references: article.references.len(), ..Walk::default() };
        let fragment = self.fragment(path, html, &how);
        add(article, fragment);
    }

    /// The blocks of HTML, and what else was found in it.
    pub(super) fn fragment(&mut self, path: &str, html: &str, how: &Walk<'_>) -> Fragment {
        let how = Walk { base: how.base.or(self.base.as_ref()), ..*how };
        let mut fragment = walk(&self.parsers.html(html), &how, self.parsers);
        for problem in std::mem::take(&mut fragment.problems) {
            self.warn(path, &[&problem]);
        }
        fragment
    }

    /// HTML as one inline text; blocks in it come on lines of their own.
    pub(super) fn rich(&mut self, path: &str, html: &str) -> RichText {
        if !html.contains(['<', '&']) {
            return RichText::plain(html.trim());
        }
        self.fragment(path, html, &Walk::default()).into_text()
    }

    /// HTML as plain text, as titles and names have it.
    pub(super) fn plain(&mut self, path: &str, html: &str) -> Text {
        self.rich(path, html).plain_text().into()
    }
}

/// Adds what was found in HTML to an article.
pub(super) fn add(article: &mut Article, fragment: Fragment) {
    let Fragment { blocks, references, recordings, .. } = fragment;
    article.references.extend(references);
    let first = article.body.len();
    article.body.extend(blocks);
    // One recording in a text is one of the text; of several none is.
    if let (None, [sources]) = (&article.audio, recordings.as_slice()) {
        article.audio = Some(Audio { sources: sources.clone(), ..Audio::default() });
        let is_link = |block: &Block| match &block.kind {
            BlockKind::EmbedLink(link) => sources.first().is_some_and(|source| source.url == link.url),
            _ => false,
        };
        if let Some(place) = article.body.iter().skip(first).position(is_link) {
            let link = article.body.remove(first + place);
            // What is said of it is not in it.
            if let BlockKind::EmbedLink(EmbedLink { url, title, description, .. }) = link.kind
                && let Some(words) = description.or(Some(title).filter(|title| **title != *url.as_str()))
            {
                article.body.insert(first + place, block(BlockKind::paragraph(RichText::plain(&*words))));
            }
        }
    }
}

/// A block without a name, which gets one in the end.
pub(super) fn block(kind: BlockKind) -> Block {
    Block { kind, ..Block::default() }
}

/// The beginning of a text, in quotes, for a message.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.trim();
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let dots = if end < text.len() { "…" } else { "" };
    ["“", text.get(..end).unwrap_or_default(), dots, "”"].concat()
}
