//! What a page shows from elsewhere, as a link that says what is there.

use super::tree::Element;
use super::walk::Walker;
use crate::article::{AudioSource, BlockKind, EmbedLink, Text, Url};
use crate::cms::values::is_among;

impl Walker<'_> {
    /// A frame, film, recording or object.
    pub(super) fn embedded(&mut self, node: usize, element: &Element) {
        let tree = self.tree;
        // The post beside it says the same in words.
        if element.has_class("wp-embedded-content") && element.name == "iframe" {
            return;
        }
        let inside = tree.inside(node);
        // What waits for a consent, or to come near the screen, has its address elsewhere.
        let own =
            ["src", "data-src", "data-lazy-src", "data"].into_iter().filter_map(|name| element.filled(name));
        let own = own.filter(|src| !is_nowhere(src));
        let sources = inside.clone().filter_map(|inner| {
            let source = tree.element(inner).filter(|element| element.name == "source")?;
            Some((source.filled("src")?, source.filled("type")))
        });
        let sources: Vec<(&str, Option<&str>)> =
            own.take(1).map(|src| (src, element.filled("type"))).chain(sources).collect();
        let mut urls: Vec<AudioSource> = Vec::new();
        for (src, media_type) in sources {
            if is_nowhere(src) {
                continue;
            }
            if let Some(url) = self.address(src)
                && urls.iter().all(|known| without_query(known.url.as_str()) != without_query(url.as_str()))
            {
                urls.push(AudioSource { url: without_counter(url), media_type: media_type.map(Into::into) });
            }
        }
        let Some(first) = urls.first() else {
            // What stands in it is for who cannot show it.
            if element.name == "object" {
                self.inside(node);
            }
            return;
        };
        let url = page_of(first.url.clone());
        let title = ["title", "aria-label"].into_iter().find_map(|name| element.filled(name));
        let title = title.map_or_else(|| url.to_text(), Text::from);
        self.push(BlockKind::EmbedLink(EmbedLink { url, title, description: None, publisher: None }));
        if element.name == "audio" {
            self.fragment.recordings.push(urls);
        }
    }

    /// What WordPress embeds; where it could not, the address alone stands there.
    pub(super) fn embed_wrapper(&mut self, node: usize) {
        let tree = self.tree;
        let words = tree.text_in(tree.inside(node));
        let is_address = tree.find(tree.inside(node), |_| true).is_none() && words.trim().starts_with("http");
        match is_address.then(|| self.address(words.trim())).flatten() {
            Some(url) => self.push(link(url)),
            None => {
                self.flush();
                self.inside(node);
                self.flush();
            }
        }
    }

    /// A post of a social network, which stands there as a quotation for who has no scripts.
    pub(super) fn post(&mut self, node: usize, element: &Element) -> Option<BlockKind> {
        const POSTS: &str = "bluesky-embed fb-post instagram-media mastodon-embed reddit-embed-bq text-post-media \
            tiktok-embed twitter-tweet wp-embedded-content";
        if !element.classes().any(|class| is_among(class, POSTS)) {
            return None;
        }
        let tree = self.tree;
        let mut links = tree.inside(node).filter_map(|inner| {
            tree.element(inner).filter(|inner| inner.name == "a").and_then(|link| link.filled("href"))
        });
        let own =
            ["cite", "data-instgrm-permalink", "data-href"].into_iter().find_map(|name| element.filled(name));
        let href = own.or_else(|| links.next_back())?;
        let url = self.address(href)?;
        let words = self.captured_text(tree.inside(node)).plain_text();
        let title = if words.is_empty() { url.to_text() } else { words.into() };
        Some(BlockKind::EmbedLink(EmbedLink { url, title, description: None, publisher: None }))
    }
}

impl Walker<'_> {
    /// A card of Ghost, if it is one.
    pub(super) fn card(&mut self, node: usize, element: &Element) -> bool {
        let kind =
            ["kg-bookmark", "kg-file"].into_iter().find(|kind| element.has_class(&[kind, "-card"].concat()));
        let Some(kind) = kind else { return false };
        let tree = self.tree;
        let inside = tree.inside(node);
        let part = |names: &[&str]| {
            let part = names.iter().find_map(|name| {
                let class = [kind, name].concat();
                tree.find(inside.clone(), |element| element.has_class(&class))
            });
            let words = part.map(|part| tree.text_in(tree.inside(part))).unwrap_or_default();
            Some(Text::from(words.trim())).filter(|words| !words.is_empty())
        };
        let link =
            tree.find(inside.clone(), |element| element.name == "a" && element.filled("href").is_some());
        let href = link.and_then(|link| tree.element(link)).and_then(|link| link.filled("href"));
        let Some(url) = href.and_then(|href| self.address(href)) else { return false };
        let title = part(&["-title", "-card-title"]).unwrap_or_else(|| url.to_text());
        let description = part(&["-description", "-card-caption"]);
        // Whose page it is stands in the class of its author, and the other way round.
        self.push(BlockKind::EmbedLink(EmbedLink { url, title, description, publisher: part(&["-author"]) }));
        let caption = tree.find(inside, |element| element.name == "figcaption");
        if let Some(caption) = caption {
            self.children(tree.inside(caption));
            self.flush();
        }
        true
    }
}

/// A link to what nothing more is known of.
pub(super) fn link(url: Url) -> BlockKind {
    let title = url.to_text();
    BlockKind::EmbedLink(EmbedLink { url, title, description: None, publisher: None })
}

/// Whether an address stands for one that a script brings.
fn is_nowhere(src: &str) -> bool {
    src.starts_with("about:") || src.starts_with("data:")
}

/// WordPress numbers its players in the address, as `?_=1`.
fn without_counter(url: Url) -> Url {
    match url.as_str().split_once("?_=") {
        Some((address, counter)) if counter.bytes().all(|byte| byte.is_ascii_digit()) => {
            Url::parse(address).unwrap_or(url)
        }
        _ => url,
    }
}

fn without_query(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

/// The page that people go to for what a frame shows.
fn page_of(url: Url) -> Url {
    const PLAYERS: [(&str, &str); 4] = [
        ("youtube.com/embed/", "https://www.youtube.com/watch?v="),
        ("youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="),
        ("player.vimeo.com/video/", "https://vimeo.com/"),
        ("dailymotion.com/embed/video/", "https://www.dailymotion.com/video/"),
    ];
    let address = url.as_str();
    let page = PLAYERS.iter().find_map(|(player, page)| {
        let (before, rest) = address.split_once(player)?;
        let id = rest.split(['?', '/', '&', '#']).next()?;
        let is_host = before.ends_with("//") || before.ends_with("//www.");
        (is_host && !id.is_empty()).then(|| [*page, id].concat())
    });
    page.and_then(|page| Url::parse(&page).ok()).unwrap_or(url)
}
