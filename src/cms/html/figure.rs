//! Pictures, and figures with their captions.

use super::drop::dropped;
use super::push_line;
use super::tree::Element;
use super::walk::Walker;
use crate::article::{Block, BlockKind, Image, RichText, Text, Url};
use crate::cms::address;
use crate::cms::context::block;
use crate::cms::values::number;

/// The largest size of an icon within text, in pixels.
const MAX_ICON: u32 = 32;

/// The preferred width of a picture, in pixels: that of a column on a high-density screen.
const PREFERRED_WIDTH: u32 = 1200;

/// The most nodes of a `picture` that are searched for sources.
const MAX_IN_PICTURE: usize = 64;

/// The attributes from which scripts load pictures when they come into view: while these are set, `srcset` and
/// `src` have a placeholder.
const LAZY_SRCSET: &str = "data-srcset data-lazy-srcset data-original-set data-orig-srcset";
const LAZY_SRC: &str =
    "data-src data-lazy-src data-original data-original-src data-orig-src data-ll-src data-opt-src data-echo";

impl Walker<'_> {
    pub(super) fn image(&mut self, element: &Element) {
        let (width, height) = (element.pixels("width"), element.pixels("height"));
        let alt = element.filled("alt").unwrap_or_default();
        if let (Some(width), Some(height)) = (width, height) {
            if width <= 2 && height <= 2 {
                return;
            }
            if width <= MAX_ICON && height <= MAX_ICON {
                return self.inline.text(alt);
            }
        }
        if ["emoji", "wp-smiley", "latex", "icon"].iter().any(|class| element.has_class(class)) {
            return self.inline.text(alt);
        }
        let Some(url) = self.best_source(element) else {
            if !alt.is_empty() {
                self.warn(&[
                    "a picture without an address was left out: ",
                    &crate::cms::context::excerpt(alt),
                ]);
            }
            return;
        };
        // A lazy-loaded picture often appears twice in a row, once for its script and once in
        // `noscript`.
        if self.picture_before().is_some_and(|known| known.url == url) {
            return;
        }
        if element.get("alt").is_none() {
            self.warn(&["a picture has no alt text for readers who cannot see it: ", url.as_str()]);
        }
        let size = width.zip(height).filter(|(width, height)| *width > 0 && *height > 0);
        let image = Image {
            url,
            alt: Text::from(alt),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            caption: RichText::default(),
            credit: None,
        };
        self.push(BlockKind::Image(image));
        self.near_picture = true;
    }

    /// Returns the last block if it is a picture.
    fn picture_before(&self) -> Option<&Image> {
        match &self.fragment.blocks.last()?.kind {
            BlockKind::Image(image) => Some(image),
            _ => None,
        }
    }

    /// Reads a picture in `noscript`. It replaces its own placeholder: a picture with the same alt text, or none,
    /// in the same figure or right before it.
    pub(super) fn image_without_script(&mut self, element: &Element) {
        self.flush();
        let alt = element.filled("alt").unwrap_or_default();
        let is_copy = |known: &Image| known.alt.is_empty() || *known.alt == *alt;
        let placeholder = (self.near_picture && self.picture_before().is_some_and(is_copy))
            .then(|| self.fragment.blocks.pop())
            .flatten();
        let blocks = self.fragment.blocks.len();
        self.image(element);
        if self.fragment.blocks.len() == blocks {
            self.fragment.blocks.extend(placeholder);
        }
    }

    /// Reads `picture`: the picture in it, with the sources of all its sizes.
    pub(super) fn picture(&mut self, node: usize) {
        let around = std::mem::replace(&mut self.sources, self.tree.inside(node));
        self.inside(node);
        self.sources = around;
    }

    /// Returns the address of a picture in the most suitable size for an article.
    fn best_source(&mut self, element: &Element) -> Option<Url> {
        let tree = self.tree;
        let sources = self.sources.clone().take(MAX_IN_PICTURE).filter_map(|node| tree.element(node));
        let sources: Vec<&Element> = sources.filter(|source| source.name == "source").collect();
        let mut found: Vec<&str> = Vec::new();
        for (srcsets, names) in [(LAZY_SRCSET, LAZY_SRC), ("srcset", "src")] {
            let mut best = None;
            choose(&mut best, element, srcsets, 0);
            sources
                .iter()
                .filter(|source| is_for_all(source))
                .for_each(|source| choose(&mut best, source, srcsets, 1));
            found.extend(best.map(|(_, address)| address));
            found.extend(names.split(' ').filter_map(|name| element.filled(name)));
        }
        // The remaining sources have no widths, or are not for all readers.
        for srcsets in [LAZY_SRCSET, "srcset"] {
            let mut best = None;
            sources.iter().for_each(|source| choose(&mut best, source, srcsets, 0));
            found.extend(best.map(|(_, address)| address));
        }
        found.retain(|src| is_shown(src));
        let resolved = found.iter().find_map(|src| address::resolve(self.options.base, src).ok());
        if let (None, Some(refused)) = (&resolved, found.first()) {
            return self.address(refused);
        }
        resolved
    }

    /// Adds a caption in a paragraph of its own to the picture above it.
    pub(super) fn caption_below(&mut self, node: usize) {
        self.flush();
        let text = self.captured_text(self.tree.inside(node));
        let unused = match self.fragment.blocks.last_mut() {
            Some(last) if matches!(&last.kind, BlockKind::Image(image) if image.caption.is_empty()) => {
                set_caption(&mut last.kind, text)
            }
            _ => text,
        };
        if !unused.is_empty() {
            self.push(BlockKind::paragraph(unused));
        }
    }

    pub(super) fn figure(&mut self, node: usize) {
        self.flush();
        let around = std::mem::replace(&mut self.in_figure, true);
        self.near_picture = false;
        self.figure_blocks(node);
        (self.in_figure, self.near_picture) = (around, false);
    }

    fn figure_blocks(&mut self, node: usize) {
        let tree = self.tree;
        let own = tree.children(tree.inside(node)).find(|child| {
            tree.element(*child).is_some_and(|element| element.name == "figcaption")
                && dropped(tree, *child).is_none()
        });
        let Some(caption) = own else {
            self.inside(node);
            return self.flush();
        };
        let mut blocks = self.capture(node + 1..caption);
        let behind = self.capture(tree.inside(caption).end..tree.inside(node).end);
        blocks.extend(behind);
        let credit = tree.find(tree.inside(caption), |element| {
            element.name == "cite" || element.classes().any(|class| class.contains("credit"))
        });
        let credit = credit.filter(|credit| {
            let has_none =
                |block: &Block| matches!(&block.kind, BlockKind::Image(image) if image.credit.is_none());
            matches!(blocks.as_slice(), [only] if has_none(only)) && dropped(tree, *credit).is_none()
        });
        let caption = match credit {
            None => self.captured_text(tree.inside(caption)),
            Some(credit) => {
                let mut text = self.captured_text(tree.inside(caption).start..credit);
                push_line(&mut text, self.captured_text(tree.inside(credit).end..tree.inside(caption).end));
                text
            }
        };
        let credit = credit.map(|credit| self.captured_text(tree.inside(credit)).plain_text());
        let unused = match blocks.as_mut_slice() {
            [only] => set_caption(&mut only.kind, caption),
            _ => caption,
        };
        if let (Some(credit), [only]) = (credit.filter(|credit| !credit.is_empty()), blocks.as_mut_slice())
            && let BlockKind::Image(image) = &mut only.kind
        {
            image.credit = Some(credit.into());
        }
        if !unused.is_empty() {
            blocks.push(block(BlockKind::paragraph(unused)));
        }
        self.fragment.blocks.extend(blocks);
    }
}

/// Sets the caption of a block that can have one; otherwise returns the caption.
fn set_caption(kind: &mut BlockKind, caption: RichText) -> RichText {
    match kind {
        BlockKind::Image(image) if image.caption.is_empty() => image.caption = caption,
        BlockKind::Quote(quote) if quote.attribution.is_empty() => quote.attribution = caption,
        BlockKind::Table(table) if table.caption.is_empty() => table.caption = caption,
        BlockKind::EmbedLink(link) if link.description.is_none() => {
            let words = caption.plain_text();
            if !words.is_empty() {
                if *link.title == *link.url.as_str() {
                    link.title = words.into();
                } else {
                    link.description = Some(words.into());
                }
            }
        }
        _ => return caption,
    }
    RichText::default()
}

/// Returns whether an address is that of the picture, not a `data:` placeholder for lazy loading.
fn is_shown(address: &str) -> bool {
    !address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Returns whether a source is for all readers, not only for those with a new browser or with dark colours.
fn is_for_all(source: &Element) -> bool {
    !matches!(source.filled("type"), Some("image/avif" | "image/jxl"))
        && !source.get("media").is_some_and(|media| media.contains("prefers"))
}

/// Chooses among the known address and those in these attributes: the narrowest picture that is wide enough, or
/// else the widest. Pictures narrower than `least` do not count.
fn choose<'e>(best: &mut Option<(u32, &'e str)>, element: &'e Element, srcsets: &str, least: u32) {
    for (address, width) in srcsets.split(' ').filter_map(|name| element.get(name)).flat_map(candidates) {
        let is_better = match *best {
            None => true,
            Some((known, _)) if known < PREFERRED_WIDTH => width > known,
            Some((known, _)) => width >= PREFERRED_WIDTH && width < known,
        };
        if is_better && width >= least && is_shown(address) {
            *best = Some((width, address));
        }
    }
}

/// Parses a `srcset` into addresses and widths. A density descriptor counts as width 0. Browsers ignore an
/// address with an unknown descriptor, which is the rest of an address with a space.
fn candidates(srcset: &str) -> Vec<(&str, u32)> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        // A comma ends an address only before white space.
        let (descriptor, next) = if address.ends_with(',') {
            ("", behind)
        } else {
            behind.split_once(',').unwrap_or((behind, ""))
        };
        let width = descriptor.trim().strip_suffix('w').and_then(number);
        let width = width.and_then(|width| u32::try_from(width).ok());
        let is_known = |descriptor: &str| {
            descriptor.starts_with(|c: char| c.is_ascii_digit()) && descriptor.ends_with(['w', 'x', 'h'])
        };
        if descriptor.split_ascii_whitespace().all(is_known) {
            found.push((address.trim_end_matches(','), width.unwrap_or(0)));
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn srcset_is_parsed_as_in_browsers() {
        assert_eq!(
            candidates("a,b.jpg 300w, c.jpg 1024w,d.jpg 2x, e.jpg"),
            [("a,b.jpg", 300), ("c.jpg", 1024), ("d.jpg", 0), ("e.jpg", 0)]
        );
        assert_eq!(candidates(" , "), []);
        assert_eq!(
            candidates("My photo-300.jpg 300w, a.jpg 1.5x, b.jpg 600w 400h"),
            [("a.jpg", 0), ("b.jpg", 0)]
        );
    }
}
