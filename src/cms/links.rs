//! Makes references of links to other sites, where the host page asks for it.

use super::address::host;
use super::index_by_name::IndexByName;
use crate::article::{Article, BlockKind, Citation, Inline, Reference, RichText, Text};

/// The beginnings of addresses that share a page, without `https://www.`.
const SHARES: &str = "addtoany.com/add_to addtoany.com/share api.whatsapp.com/send bsky.app/intent/ facebook.com/dialog/ facebook.com/share.php \
    facebook.com/sharer getpocket.com/edit getpocket.com/save linkedin.com/cws/share linkedin.com/shar \
    news.ycombinator.com/submitlink pinterest.com/pin/create reddit.com/submit t.me/share/ telegram.me/share/ \
    threads.net/intent/ tumblr.com/share tumblr.com/widgets/share twitter.com/home?status twitter.com/intent/ \
    twitter.com/share vk.com/share wa.me/ web.whatsapp.com/send x.com/intent/ x.com/share xing.com/spi/shares";

/// Returns whether an address shares a page instead of leading to one.
pub(super) fn is_share(url: &str) -> bool {
    let address = url.split_once("//").map_or(url, |(_, address)| address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    SHARES.split(' ').any(|start| address.starts_with(start))
}

/// Makes a reference of each address on another site that the text links to, and adds a citation behind each
/// link. Links in `sponsored` and links that share a page are no sources.
pub(super) fn to_references(article: &mut Article, own: &str, sponsored: &IndexByName) {
    let own = host(own).unwrap_or_default().to_owned();
    let references = std::mem::take(&mut article.references);
    let mut known = IndexByName::default();
    for (place, reference) in references.iter().enumerate() {
        if let Some(url) = &reference.url {
            known.get_or_set(url.as_str(), place);
        }
    }
    let mut found = Found { own, sponsored, references, known };
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

struct Found<'a> {
    /// The host of the article; links to it are not sources.
    own: String,
    sponsored: &'a IndexByName,
    references: Vec<Reference>,
    /// The places of the references by address.
    known: IndexByName,
}

impl Found<'_> {
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
                    let is_source = self.sponsored.get(url.as_str()).is_none() && !is_share(url.as_str());
                    let host = host(url.as_str()).filter(|host| is_source && *host != self.own);
                    if let Some(host) = host {
                        let next = self.references.len();
                        let place = self.known.get_or_set(url.as_str(), next);
                        reference = Some(place);
                        if place == next {
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

#[cfg(test)]
mod tests {
    use super::is_share;

    #[test]
    fn share_links_are_distinguished_from_pages() {
        for url in [
            "https://twitter.com/intent/tweet?text=x",
            "https://www.facebook.com/sharer/sharer.php?u=x",
            "//facebook.com/sharer.php?u=x",
            "https://www.linkedin.com/shareArticle?url=x",
            "https://www.linkedin.com/sharing/share-offsite/?url=x",
            "https://wa.me/?text=x",
            "https://t.me/share/url?url=x",
        ] {
            assert!(is_share(url), "{url}");
        }
        for url in [
            "https://twitter.com/jack/status/20",
            "https://x.com/intentional",
            "https://t.me/sharenews",
            "https://a.example/facebook.com/sharer",
            "https://www.linkedin.com/pulse/x",
            "/x.com/intent/",
        ] {
            assert!(!is_share(url), "{url}");
        }
    }
}
