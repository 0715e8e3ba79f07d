//! The parts at the head of an article that its text often repeats, and the helpers that read them.

use super::Parsers;
use super::context::Context;
use super::html::{is_same, letters};
use super::values::{is_among, number};
use crate::article::{Article, BlockKind, Image, Json, RichText, Text};

/// A picture that a CMS describes by members of its own.
pub(super) struct Picture<'j> {
    /// The address.
    pub(super) url: &'j Json,
    /// The alternative text.
    pub(super) alt: &'j Json,
    /// The width and height in pixels.
    pub(super) size: (&'j Json, &'j Json),
    /// The caption, as HTML.
    pub(super) caption: &'j Json,
}

impl Picture<'_> {
    /// Reads the picture; `None` without a valid address.
    pub(super) fn read(&self, path: &str, context: &mut Context<'_>) -> Option<Image> {
        let url = context.url(path, self.url.as_text()?)?;
        let pixels = |json: &Json| match json {
            Json::Number(number) if *number >= 1.0 && *number < 100_000.0 => Some(*number as u32),
            Json::Text(text) => {
                let pixels = number(text.trim().trim_end_matches("px"));
                pixels.and_then(|pixels| u32::try_from(pixels).ok()).filter(|pixels| *pixels > 0)
            }
            _ => None,
        };
        let size = pixels(self.size.0).zip(pixels(self.size.1));
        if self.alt.as_text().is_none() {
            context.warn(path, &["has no alt text for readers who cannot see it"]);
        }
        Some(Image {
            url,
            alt: self.alt.as_text().map(|alt| context.plain(path, alt)).unwrap_or_default(),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            caption: self.caption.as_text().map(|html| context.rich(path, html)).unwrap_or_default(),
            credit: None,
        })
    }
}

/// Removes from the beginning of the text what the head of the article already says, and from the head a
/// summary that only repeats the beginning of the text or the title.
pub(super) fn remove_repetitions(article: &mut Article, parsers: &dyn Parsers) {
    if let (Some(lead), Some(first)) = (&mut article.image, article.body.first())
        && let BlockKind::Image(image) = &first.kind
        && same_picture(image.url.as_str(), lead.url.as_str())
    {
        if lead.caption.is_empty() {
            lead.caption = image.caption.clone();
        }
        if lead.alt.is_empty() {
            lead.alt = Text::clone(&image.alt);
        }
        lead.credit = lead.credit.take().or_else(|| image.credit.clone());
        article.body.remove(0);
    }
    if summary_repeats_beginning(article, parsers)
        || is_same(&article.summary.plain_text(), &article.title, parsers)
    {
        article.summary = RichText::default();
    }
}

/// Returns whether the summary is the beginning of the text.
fn summary_repeats_beginning(article: &Article, parsers: &dyn Parsers) -> bool {
    let summary = letters(&article.summary.plain_text(), parsers);
    let mut words = String::new();
    for block in &article.body {
        if matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Quote(_) | BlockKind::List(_)) {
            words.push_str(&letters(&super::html::words(block), parsers));
        }
        if words.len() >= summary.len() {
            break;
        }
    }
    !summary.is_empty() && words.starts_with(&summary)
}

/// Returns whether two addresses are the same picture, possibly in different sizes: `a-300x200.jpg` and
/// `a.jpg`.
fn same_picture(one: &str, other: &str) -> bool {
    without_size(one) == without_size(other)
}

fn without_size(address: &str) -> String {
    // The query parameters that set the size or quality of a picture.
    const SIZES: &str = "auto crop dpr fit fm format h height q quality resize ssl strip w width";
    let address = address.split('#').next().unwrap_or_default();
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let identifies_picture = |part: &&str| !is_among(part.split('=').next().unwrap_or_default(), SIZES);
    let identifying: Vec<&str> = query.split('&').filter(identifies_picture).collect();
    let (name, ending) = address.rsplit_once('.').unwrap_or((address, ""));
    let size = name.rsplit_once('-').filter(|(_, size)| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        *size == "scaled"
            || size.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height))
    });
    [size.map_or(name, |(name, _)| name), ".", ending, "?", &identifying.join("&")].concat()
}

#[cfg(test)]
mod tests {
    use super::same_picture;

    #[test]
    fn pictures_are_compared_without_their_size() {
        assert!(same_picture("https://a.example/x-300x200.jpg", "https://a.example/x.jpg"));
        assert!(same_picture("https://a.example/x-scaled.jpg?ssl=1", "https://a.example/x.jpg"));
        assert!(same_picture("https://a.example/x.jpg?w=640&q=75", "https://a.example/x.jpg?w=1200"));
        assert!(same_picture("https://a.example/i?id=1&w=640", "https://a.example/i?id=1&w=1200#top"));
        assert!(!same_picture("https://a.example/x-1.jpg", "https://a.example/x-2.jpg"));
        assert!(!same_picture("https://a.example/image.php?id=1", "https://a.example/image.php?id=2"));
        assert!(!same_picture(
            "https://a.example/_next/image?url=1&w=9",
            "https://a.example/_next/image?url=2&w=9"
        ));
    }
}
