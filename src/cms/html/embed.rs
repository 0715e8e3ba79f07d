//! Embedded content, which becomes a link that describes it.

use super::tree::Element;
use super::walk::Walker;
use crate::article::{AudioSource, BlockKind, EmbedLink, Text, Url};
use crate::cms::values::is_among;

impl Walker<'_> {
    /// Adds a link for a frame, video, recording or object.
    pub(super) fn embedded(&mut self, node: usize, element: &Element) {
        let tree = self.tree;
        // The quotation beside this frame already becomes a link, see [`Self::post`].
        if element.has_class("wp-embedded-content") && element.name == "iframe" {
            return;
        }
        let inside = tree.inside(node);
        // Embeds that wait for consent or load lazily keep their address in another attribute.
        let own =
            ["src", "data-src", "data-lazy-src", "data"].into_iter().filter_map(|name| element.filled(name));
        let own = own.filter(|src| !is_placeholder(src));
        let sources = inside.clone().filter_map(|inner| {
            let source = tree.element(inner).filter(|element| element.name == "source")?;
            Some((source.filled("src")?, source.filled("type")))
        });
        let sources: Vec<(&str, Option<&str>)> =
            own.take(1).map(|src| (src, element.filled("type"))).chain(sources).collect();
        let mut urls: Vec<AudioSource> = Vec::new();
        for (src, media_type) in sources {
            if is_placeholder(src) {
                continue;
            }
            if let Some(url) = self.address(src)
                && urls.iter().all(|known| without_query(known.url.as_str()) != without_query(url.as_str()))
            {
                urls.push(AudioSource { url: without_counter(url), media_type: media_type.map(Into::into) });
            }
        }
        let Some(first) = urls.first() else {
            // The content of an `object` is a fallback for browsers that cannot show the object.
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

    /// Reads the title in a player of Ghost, whose recording is the last block.
    pub(super) fn player_title(&mut self, node: usize) {
        let title = Text::from(self.shown_text(self.tree.inside(node)).trim());
        match self.fragment.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::EmbedLink(link)) if !title.is_empty() && *link.title == *link.url.as_str() => {
                link.title = Text::clone(&title);
                self.fragment.recording_title = Some(title);
            }
            _ => self.block(node),
        }
    }

    /// Adds what WordPress embeds. If WordPress could not embed an address, the wrapper contains
    /// only the address.
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

    /// Returns a link for a post of a social network, which is marked up as a quotation for readers
    /// without scripts.
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
    /// Adds a bookmark or file card of Ghost as a link. Returns whether the element is such a card.
    pub(super) fn card(&mut self, node: usize, element: &Element) -> bool {
        let kind =
            ["kg-bookmark", "kg-file"].into_iter().find(|kind| element.has_class(&[kind, "-card"].concat()));
        let Some(kind) = kind else { return false };
        let tree = self.tree;
        let inside = tree.inside(node);
        let link =
            tree.find(inside.clone(), |element| element.name == "a" && element.filled("href").is_some());
        let href = link.and_then(|link| tree.element(link)).and_then(|link| link.filled("href"));
        let Some(url) = href.and_then(|href| self.address(href)) else { return false };
        let mut part = |names: &[&str]| {
            let part = names.iter().find_map(|name| {
                let class = [kind, name].concat();
                tree.find(inside.clone(), |element| element.has_class(&class))
            });
            let words = part.map(|part| self.shown_text(part..tree.inside(part).end)).unwrap_or_default();
            Some(Text::from(words.trim())).filter(|words| !words.is_empty())
        };
        let title = part(&["-title", "-card-title"]).unwrap_or_else(|| url.to_text());
        let description = part(&["-description", "-card-caption"]);
        // Ghost puts the publisher in the class of the author, and the other way round.
        let publisher = part(&["-author"]);
        self.push(BlockKind::EmbedLink(EmbedLink { url, title, description, publisher }));
        let caption = tree.find(inside, |element| element.name == "figcaption");
        if let Some(caption) = caption {
            self.node(caption);
        }
        true
    }
}

/// Makes a link of an address of which nothing more is known.
pub(super) fn link(url: Url) -> BlockKind {
    let title = url.to_text();
    BlockKind::EmbedLink(EmbedLink { url, title, description: None, publisher: None })
}

/// Returns whether an address is a placeholder that a script replaces.
fn is_placeholder(src: &str) -> bool {
    src.starts_with("about:") || src.starts_with("data:")
}

/// Removes the number that WordPress gives its players in the address, as `?_=1`.
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

/// Returns the public page of what an embedded player shows.
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
