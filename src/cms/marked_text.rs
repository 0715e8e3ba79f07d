//! Makes inline text from runs that carry marks, which is how editors without HTML store it: a
//! Contentful document, Portable Text and Strapi's blocks all have a list of runs, each with its marks.

use crate::article::{Citation, Inline, RichText, Url};

/// The marks of a run of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Marks {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
    /// The target of its link.
    pub(super) url: Option<Url>,
}

/// Collects runs and citations, and makes inline text of them.
#[derive(Debug, Default)]
pub(super) struct MarkedText {
    runs: Vec<Run>,
}

#[derive(Debug)]
enum Run {
    Text(String, Marks),
    Citation(Vec<usize>),
}

impl MarkedText {
    /// Adds a run. A run with the same marks as the one before continues it.
    pub(super) fn push(&mut self, text: &str, marks: &Marks) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(Run::Text(before, same)) if same == marks => before.push_str(text),
            _ => self.runs.push(Run::Text(text.to_owned(), marks.clone())),
        }
    }

    /// Adds a citation of the reference at this index. The citation goes before any white space at the
    /// end of the preceding text, and adjacent citations are merged.
    pub(super) fn cite(&mut self, reference: usize) {
        let space = match self.runs.last_mut() {
            Some(Run::Citation(references)) => {
                if !references.contains(&reference) {
                    references.push(reference);
                }
                return;
            }
            Some(Run::Text(before, marks)) => {
                let space = before.split_off(before.trim_end().len());
                (!space.is_empty()).then(|| Run::Text(space, marks.clone()))
            }
            None => None,
        };
        self.runs.push(Run::Citation(vec![reference]));
        self.runs.extend(space);
    }

    /// Ends the current line, unless it is empty.
    pub(super) fn end_line(&mut self) {
        let is_open = match self.runs.last() {
            Some(Run::Text(text, _)) => !text.ends_with('\n'),
            Some(Run::Citation(_)) => true,
            None => false,
        };
        if is_open {
            self.push("\n", &Marks::default());
        }
    }

    /// Returns the text, trimmed at both ends.
    pub(super) fn finish(mut self) -> RichText {
        if let Some(Run::Text(text, _)) = self.runs.first_mut() {
            *text = text.trim_start().to_owned();
        }
        if let Some(Run::Text(text, _)) = self.runs.last_mut() {
            text.truncate(text.trim_end().len());
        }
        let mut inlines = Vec::new();
        for run in self.runs {
            match run {
                Run::Text(text, _) if text.is_empty() => {}
                Run::Text(text, marks) => join(&mut inlines, marked(text, marks)),
                Run::Citation(references) => {
                    inlines.push(Inline::Citation(Citation { ordinal: 0, references, mention: None }));
                }
            }
        }
        RichText(inlines)
    }
}

/// Wraps a run in its marks: a link outermost, then strong, emphasis and code.
fn marked(text: String, marks: Marks) -> Inline {
    let mut inline = if marks.code { Inline::Code(text.into()) } else { Inline::Text(text.into()) };
    if marks.emphasis {
        inline = Inline::Emphasis(vec![inline]);
    }
    if marks.strong {
        inline = Inline::Strong(vec![inline]);
    }
    match marks.url {
        Some(url) => Inline::Link { text: vec![inline], url },
        None => inline,
    }
}

/// Appends an inline. If it is the same kind of wrapper as the one before, the two are merged, so that
/// a link or an emphasis stays one element when other marks change within it.
fn join(inlines: &mut Vec<Inline>, next: Inline) {
    match (inlines.last_mut(), next) {
        (Some(Inline::Emphasis(before)), Inline::Emphasis(inner))
        | (Some(Inline::Strong(before)), Inline::Strong(inner)) => {
            inner.into_iter().for_each(|inline| join(before, inline));
        }
        (Some(Inline::Link { text: before, url }), Inline::Link { text: inner, url: same })
            if *url == same =>
        {
            inner.into_iter().for_each(|inline| join(before, inline));
        }
        (_, next) => inlines.push(next),
    }
}
