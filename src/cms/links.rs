//! Makes references of links to other sites, where the host page asks for it.

use super::address::host;
use crate::article::{Article, BlockKind, Citation, Inline, Reference, RichText, Text};

/// Makes a reference of each address on another site that the text links to, and adds a citation behind each
/// link.
pub(super) fn to_references(article: &mut Article, own: &str) {
    let own = host(own).unwrap_or_default().to_owned();
    let mut found = Found { own, references: std::mem::take(&mut article.references) };
    found.cite(&mut article.summary);
    for point in &mut article.key_points {
        found.cite(&mut point.text);
        point.detail.iter_mut().for_each(|text| found.cite(text));
    }
    for block in &mut article.body {
        // A citation button in a heading would be read out with every list of headings.
        if !matches!(block.kind, BlockKind::Heading(_)) {
            block.each_text_mut(&mut |text| found.cite(text));
        }
    }
    article.references = found.references;
}

struct Found {
    /// The host of the article; links to it are not sources.
    own: String,
    references: Vec<Reference>,
}

impl Found {
    fn cite(&mut self, text: &mut RichText) {
        self.cite_in(&mut text.0);
    }

    fn cite_in(&mut self, inlines: &mut Vec<Inline>) {
        let mut cited = Vec::new();
        for mut inline in std::mem::take(inlines) {
            let mut reference = None;
            match &mut inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) => self.cite_in(inner),
                Inline::Link { text, url } => {
                    if let Some(host) = host(url.as_str()).filter(|host| *host != self.own) {
                        let known = self.references.iter().position(|known| known.url.as_ref() == Some(url));
                        reference = Some(known.unwrap_or(self.references.len()));
                        if known.is_none() {
                            let title: Text = RichText(text.clone()).plain_text().trim().into();
                            let title = if title.is_empty() { url.to_text() } else { title };
                            self.references.push(Reference {
                                title,
                                publisher: Some(host.into()),
                                url: Some(url.clone()),
                                ..Reference::default()
                            });
                        }
                    }
                }
                _ => {}
            }
            cited.push(inline);
            if let Some(reference) = reference {
                cited.push(Inline::Citation(Citation {
                    ordinal: 0,
                    references: vec![reference],
                    mention: None,
                }));
            }
        }
        *inlines = cited;
    }
}
