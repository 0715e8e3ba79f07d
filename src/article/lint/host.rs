//! Detects an address that begins with a host instead of `https://`, or whose host is followed by words.

/// Endings of files on web servers, which look like those of a host.
const FILES: [&str; 14] =
    ["aspx", "avif", "csv", "gif", "htm", "html", "jpeg", "jpg", "json", "pdf", "php", "png", "svg", "webp"];

/// Top-level domains that news, science and video are published under. Anything else counts only after `www.` or
/// before a path.
const TOP_LEVEL: [&str; 15] =
    ["be", "co", "com", "de", "edu", "eu", "fr", "gov", "info", "int", "io", "net", "news", "org", "uk"];

/// Finds an address such as `www.reuters.com/x` or `doi.org/10.1000/1`, which a browser takes for a file beside
/// the article.
pub(super) fn without_scheme(address: &str) -> Option<String> {
    let address = address.trim();
    let (host, path) = address.split_once(['/', '?', '#']).unwrap_or((address, ""));
    let doi = host.strip_prefix("10.").filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = if doi.is_some_and(|number| number.len() >= 4) && !path.is_empty() {
        ["https://doi.org/", address].concat()
    } else if is_host(host, !path.is_empty()) {
        ["https://", address].concat()
    } else {
        return None;
    };
    let quoted = super::super::read::quote(&whole);
    Some(["has no https://, so it leads to a place on your own site; write ", &quoted].concat())
}

/// Finds an address such as `https://x.example|words`, which Slack has in the angle brackets of a link.
pub(super) fn with_words(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let (_, words) = rest.split(['/', '?', '#']).next()?.split_once('|')?;
    let quoted = super::super::read::quote(words);
    Some(["has ", &quoted, " after its host, as in a link of Slack; write [words](address)"].concat())
}

fn is_host(name: &str, has_path: bool) -> bool {
    let name = name.split_once(':').map_or(name, |(name, _)| name);
    let Some((rest, last)) = name.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c == '-' || c.is_alphanumeric())
    };
    let last = last.to_lowercase();
    rest.split('.').all(is_label)
        && last.chars().count() >= 2
        && last.chars().all(char::is_alphabetic)
        && !FILES.contains(&&*last)
        && (has_path || name.to_lowercase().starts_with("www.") || TOP_LEVEL.contains(&&*last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_after_a_host_are_found() {
        for (address, words) in [
            ("https://x.example|words", "\"words\""),
            ("https://x.example|more%20words", "\"more%20words\""),
            ("http://x.example:80|a/b", "\"a\""),
        ] {
            assert!(with_words(address).is_some_and(|message| message.contains(words)), "{address}");
        }
        for address in ["https://x.example/?a=b|c", "https://x.example/a|b", "https://x.example#a|b", "a|b"] {
            assert_eq!(with_words(address), None, "{address}");
        }
    }

    #[test]
    fn hosts_without_a_scheme_are_distinguished_from_files() {
        for (address, whole) in [
            ("www.reuters.com/x", "https://www.reuters.com/x"),
            ("youtu.be/abc", "https://youtu.be/abc"),
            ("Reuters.com", "https://Reuters.com"),
            ("www.müller.example", "https://www.müller.example"),
            ("bbc.co.uk?page=2", "https://bbc.co.uk?page=2"),
            ("10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ] {
            assert!(without_scheme(address).is_some_and(|message| message.contains(whole)), "{address}");
        }
        for address in [
            "https://www.reuters.com/x",
            "//cdn.example/x",
            "/www.reuters.com/x",
            "images/a.jpg",
            "a.jpg",
            "talks.html#p3",
            "v1.2/a.html",
            "../report.pdf",
            "#p3",
            "?page=2",
            "report.2026",
            "10.5/x",
            "notes.txt",
        ] {
            assert_eq!(without_scheme(address), None, "{address}");
        }
    }
}
