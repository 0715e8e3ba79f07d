//! WordPress shortcodes: bracketed instructions to a plugin, which stay in the text when the plugin is gone.
//!
//! Not every text in brackets is a shortcode: `[sic]` is not, nor `[see Table 2 where p=0.03]`. A shortcode
//! has attributes in quotes, has a closing tag somewhere, or is alone in its paragraph and looks like one.

use super::tree::Tree;
use crate::cms::values::is_among;

/// Recognises shortcodes. The walker calls it by pointers, so that a program without WordPress has none of its code.
#[derive(Clone, Copy)]
pub(in crate::cms) struct Shortcodes {
    /// Returns the names of shortcodes with a closing tag in a document, sorted.
    pub(super) closing: fn(&Tree) -> Vec<String>,
    /// Returns the address if a text is only a shortcode with an address.
    pub(super) address: fn(&str) -> Option<&str>,
    /// Returns a text without shortcodes, and the names of those that were left out.
    pub(super) without: fn(&str, &[String]) -> (String, Vec<String>),
}

impl Shortcodes {
    /// The shortcodes of WordPress and its plugins.
    pub(in crate::cms) const WORDPRESS: Self = Self { closing, address, without };
}

/// Returns the names of shortcodes with a closing tag in a document, sorted.
fn closing(tree: &Tree) -> Vec<String> {
    let mut names = Vec::new();
    for node in tree.all() {
        let text = tree.text(node);
        for (at, _) in text.match_indices("[/") {
            let rest = text.get(at + 2..).unwrap_or_default();
            let name = name(rest);
            if !name.is_empty() && rest.get(name.len()..).is_some_and(|rest| rest.starts_with(']')) {
                names.push(name.to_owned());
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns a text without shortcodes, and the names of those that were left out. The content between a
/// shortcode and its closing tag stays.
fn without(text: &str, closing: &[String]) -> (String, Vec<String>) {
    let (mut kept, mut removed) = (String::new(), Vec::new());
    let (mut rest, mut is_first) = (text, true);
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        is_first &= before.trim().is_empty();
        match shortcode(after, closing, is_first) {
            Some((name, behind)) => {
                if !after.starts_with('/') {
                    removed.push(name.to_owned());
                }
                rest = behind;
            }
            None => {
                kept.push('[');
                is_first = false;
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    (kept, removed)
}

/// Returns the address if a text is only a shortcode with an address: `[youtube https://…]`.
fn address(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (named, address) = inner.split_once(' ')?;
    let address = address.trim();
    let is_address = address.starts_with("http") && !address.contains([' ', '[', ']', '"']);
    (!named.is_empty() && name(named) == named && is_address).then_some(address)
}

/// Parses a shortcode from behind its opening bracket, and returns its name and the rest of the text.
/// `is_first` says that only white space precedes it.
fn shortcode<'t>(text: &'t str, closing: &[String], is_first: bool) -> Option<(&'t str, &'t str)> {
    let is_closed = |name: &str| closing.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    let inner = text.strip_prefix('/').unwrap_or(text);
    let name = name(inner);
    let rest = inner.get(name.len()..).filter(|_| !name.is_empty())?;
    if !rest.starts_with([' ', ']', '/', '\u{A0}']) {
        return None;
    }
    // Not beyond the next bracket, so that the search takes linear time.
    let (attributes, behind) = rest.split_at_checked(rest.find(['[', ']', '\n'])?)?;
    let behind = behind.strip_prefix(']')?;
    let is_alone = is_first && behind.trim_start().is_empty();
    let is_self_closing = attributes.ends_with('/');
    let attributes = attributes.trim_end_matches('/').trim();
    let has_shortcode_attributes = match attributes.split_once('=') {
        // Nobody writes `a="b"` in prose.
        Some((_, value)) if value.starts_with(['"', '\'', '”', '“', '″', '′', '’', '‘']) => true,
        Some(_) => {
            (is_alone || is_self_closing)
                && attributes.split_ascii_whitespace().all(|part| part.contains('='))
        }
        None => attributes.is_empty() && is_alone && (name.contains(['_', '-']) || is_among(name, KNOWN)),
    };
    (has_shortcode_attributes || is_closed(name)).then_some((name, behind))
}

/// The names that identify a shortcode although they have no hyphen or underscore.
const KNOWN: &str = "audio gallery playlist subscribe toc video";

fn name(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len());
    text.get(..end).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{address, without};

    #[test]
    fn shortcodes_are_removed_and_their_content_is_kept() {
        let closing = ["box".to_owned()];
        for (text, kept) in [
            ("a [box]b[/box] c", "a b c"),
            ("[gallery ids=”1,2”]x", "x"),
            ("[related id=3 /] y", " y"),
            ("He [sic] said [1] and […] [note", "He [sic] said [1] and […] [note"),
            ("[a=b] [box", "[a=b] [box"),
            ("x[i] = y[j]", "x[i] = y[j]"),
            (" [toc]\n", " \n"),
            ("[newsletter_form]", ""),
            ("[related id=3 more=5]", ""),
            (
                "Of [a sample size n=120] and [see Table 2 where p=0.03]",
                "Of [a sample size n=120] and [see Table 2 where p=0.03]",
            ),
            ("[see Table 2 where p=0.03]", "[see Table 2 where p=0.03]"),
            ("[laughs]", "[laughs]"),
            ("About [toc] and [related id=3]", "About [toc] and [related id=3]"),
        ] {
            assert_eq!(without(text, &closing).0, kept, "{text}");
        }
        assert_eq!(without("[box][/box][x y='1']", &closing).1, ["box", "x"]);
        assert_eq!(address(" [youtube https://a.example/b] "), Some("https://a.example/b"));
        assert_eq!(address("[see https://a.example/b for more]"), None);
    }
}
