use super::html::{Fragment, WalkOptions};
use super::index_by_name::IndexByName;
use super::loaded::{HTML, Loaded};
use super::{Options, Parsers, address};
use crate::article::{
    Article, Audio, Block, BlockKind, EmbedLink, Problem, RichText, Severity, Text, Url, cut,
};

/// The most problems that are reported; more would help nobody.
const MAX_PROBLEMS: usize = 200;

/// The problem of struck-out text, before an excerpt of it.
pub(super) const STRUCK: &str = "struck-out text is shown as normal text: ";

/// The environment that every format reads with: the parsers, the options of the host page, and the problems
/// found so far.
pub(super) struct Context<'a> {
    /// What the host page says about its data.
    pub(super) options: &'a Options,
    /// The base of relative addresses: the address of the article, where known.
    pub(super) base: Option<Url>,
    pub(super) parsers: &'a dyn Parsers,
    pub(super) loaded: &'a Loaded,
    /// The names of readers that are needed but not loaded.
    pub(super) needed: Vec<&'static str>,
    problems: Vec<Problem>,
    /// The addresses of the links that somebody paid for.
    pub(super) sponsored: IndexByName,
}

impl<'a> Context<'a> {
    pub(super) fn new(options: &'a Options, parsers: &'a dyn Parsers, loaded: &'a Loaded) -> Self {
        Self {
            options,
            base: options.base.clone(),
            parsers,
            loaded,
            needed: Vec::new(),
            problems: Vec::new(),
            sponsored: IndexByName::default(),
        }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Reports something that was left out or mended, once per path and message. The message is passed in
    /// parts.
    pub(super) fn warn(&mut self, path: &str, message: &[&str]) {
        let message = message.concat();
        let is_reported =
            self.problems.iter().any(|problem| problem.path == path && problem.message == message);
        if !is_reported && self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { path: path.to_owned(), severity: Severity::Warning, message });
        }
    }

    /// Resolves an address; an invalid one is reported as a problem.
    pub(super) fn url(&mut self, path: &str, href: &str) -> Option<Url> {
        let url = address::resolve(self.base.as_ref(), href).ok();
        if url.is_none() && !href.trim().is_empty() {
            self.warn(path, &["is not an http or https address and was left out: ", &excerpt(href)]);
        }
        url
    }

    /// Reads HTML as blocks and adds them to an article, with the footnotes as its references and a recording
    /// as its audio.
    pub(super) fn body(&mut self, article: &mut Article, path: &str, html: &str) {
        let options = WalkOptions {
            title: &article.title,
            references: article.references.len(),
            ..WalkOptions::default()
        };
        let fragment = self.fragment(path, html, &options);
        self.add(article, path, fragment);
    }

    /// Records that a reader is needed which is not loaded: whatever the conversion results in will be dropped.
    pub(super) fn need(&mut self, name: &'static str) {
        if !self.needed.contains(&name) {
            self.needed.push(name);
        }
    }

    /// Reads HTML as blocks, and whatever else was found in it. Its problems are reported under `path`.
    pub(super) fn fragment(&mut self, path: &str, html: &str, options: &WalkOptions<'_>) -> Fragment {
        let Some(reader) = self.loaded.html else {
            self.need(HTML);
            return Fragment::default();
        };
        let options = WalkOptions { base: options.base.or(self.base.as_ref()), ..*options };
        let mut fragment = (reader.read)(html, &options, self.parsers);
        for problem in std::mem::take(&mut fragment.problems) {
            self.warn(path, &[&problem]);
        }
        for url in &fragment.sponsored {
            self.sponsored.set(url.as_str(), 0);
        }
        fragment
    }

    /// Adds a fragment of HTML to an article. Its problems are reported under `path`.
    pub(super) fn add(&mut self, article: &mut Article, path: &str, fragment: Fragment) {
        let Fragment { blocks, references, recordings, recording_title, .. } = fragment;
        article.references.extend(references);
        let first = article.body.len();
        article.body.extend(blocks);
        // A single recording in the text becomes the recording of the article; of several, none does.
        if let (None, [sources]) = (&article.audio, recordings.as_slice()) {
            article.audio = Some(Audio { sources: sources.clone(), ..Audio::default() });
            let is_link = |block: &Block| match &block.kind {
                BlockKind::EmbedLink(link) => sources.first().is_some_and(|source| source.url == link.url),
                _ => false,
            };
            if let Some(place) = article.body.iter().skip(first).position(is_link) {
                let link = article.body.remove(first + place);
                let BlockKind::EmbedLink(EmbedLink { url, title, description, .. }) = link.kind else {
                    return;
                };
                let has_title = recording_title.as_ref() == Some(&title);
                if has_title {
                    self.warn(path, &["the title of the recording was left out: ", &excerpt(&title)]);
                }
                // The link's description is not part of the recording, so it stays as a paragraph.
                let title = Some(title).filter(|title| !has_title && **title != *url.as_str());
                if let Some(words) = description.or(title) {
                    article.body.insert(first + place, block(BlockKind::paragraph(RichText::plain(&*words))));
                }
            }
        }
    }

    /// Reads HTML as one inline text; blocks in it are put on lines of their own.
    pub(super) fn rich(&mut self, path: &str, html: &str) -> RichText {
        if !html.contains(['<', '&']) {
            return RichText::plain(html.trim());
        }
        self.fragment(path, html, &WalkOptions::default()).into_text()
    }

    /// Reads HTML as plain text, for titles and names.
    pub(super) fn plain(&mut self, path: &str, html: &str) -> Text {
        self.rich(path, html).plain_text().into()
    }
}

/// Makes a block without an id; [`super::finish`] adds one at the end.
pub(super) fn block(kind: BlockKind) -> Block {
    Block { kind, ..Block::default() }
}

/// Returns the beginning of a text, in quotes, for a message.
pub(super) fn excerpt(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    let text = text.trim();
    let beginning = cut(text, MAX_CHARS);
    let dots = if beginning.len() < text.len() { "…" } else { "" };
    ["“", beginning, dots, "”"].concat()
}
