//! Resolves addresses in CMS data, as far as that is possible without a browser.

use crate::article::{Url, UrlError};

/// Resolves `href` against the address of the page it is on. Spaces inside it are encoded, as browsers do, except
/// in the host.
pub(super) fn resolve(base: Option<&Url>, href: &str) -> Result<Url, UrlError> {
    let href = href.trim();
    let is_encodable = href.contains(' ') && !host(href).is_some_and(|host| host.contains(' '));
    let url = if is_encodable { Url::parse(&href.replace(' ', "%20")) } else { Url::parse(href) }?;
    let href = url.as_str();
    let Some((scheme, rest)) = base.and_then(|base| base.as_str().split_once("://")) else { return Ok(url) };
    if !url.is_relative() {
        return Ok(url);
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if href.starts_with("//") {
        return Url::parse(&[scheme, ":", href].concat());
    }
    if href.starts_with('/') {
        return Url::parse(&[scheme, "://", host, href].concat());
    }
    let folder = match href.chars().next() {
        Some('?' | '#') => path,
        _ => path.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let slash = if folder.is_empty() || href.starts_with(['?', '#']) { "" } else { "/" };
    Url::parse(&[scheme, "://", host, "/", folder, slash, href].concat())
}

/// Returns whether an address is for e-mail, calls or text messages, and so not of a page.
pub(super) fn is_contact(href: &str) -> bool {
    let schemes = ["mailto:", "tel:", "sms:"];
    schemes
        .iter()
        .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Returns the host of an address, without `www.`; `None` where it has none.
pub(super) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("//")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved_as_in_browsers() {
        let base = Url::parse("https://news.example/2026/talks?x=1#y").ok();
        for (href, expected) in [
            ("https://a.example/b", "https://a.example/b"),
            ("//a.example/b", "https://a.example/b"),
            ("/b", "https://news.example/b"),
            ("b.html", "https://news.example/2026/b.html"),
            ("?p=2", "https://news.example/2026/talks?p=2"),
            ("#top", "https://news.example/2026/talks#top"),
            ("/Foto 1.jpg", "https://news.example/Foto%201.jpg"),
            (" https://a.example/Report 2026.pdf#page 2 ", "https://a.example/Report%202026.pdf#page%202"),
        ] {
            assert_eq!(resolve(base.as_ref(), href).unwrap().as_str(), expected);
        }
        assert_eq!(resolve(None, "b").unwrap().as_str(), "b");
        assert_eq!(resolve(base.as_ref(), "javascript:alert(1)"), Err(UrlError::Scheme));
        assert_eq!(resolve(base.as_ref(), "java script:alert(1)"), Err(UrlError::Scheme));
        assert_eq!(resolve(base.as_ref(), "https://a b.example/"), Err(UrlError::Obscured));
        assert_eq!(host("https://www.a.example:80/x"), Some("a.example:80"));
        assert_eq!(host("/x"), None);
    }
}
