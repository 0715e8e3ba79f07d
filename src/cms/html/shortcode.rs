//! What WordPress writes in brackets where a plugin is to put something, and left there because the plugin is
//! gone.
//!
//! Not every bracket is one: `[sic]` is not. A shortcode has attributes, or is closed somewhere.

use super::tree::Tree;

/// The names of shortcodes that are closed in a document.
pub(super) fn closing(tree: &Tree) -> Vec<String> {
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

/// A text without shortcodes, and the names of those that were left out. What stands between a shortcode and
/// its end stays.
pub(super) fn without(text: &str, closing: &[String]) -> (String, Vec<String>) {
    let (mut kept, mut left_out) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        match shortcode(after, closing) {
            Some((name, behind)) => {
                if !after.starts_with('/') {
                    left_out.push(name.to_owned());
                }
                rest = behind;
            }
            None => {
                kept.push('[');
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    (kept, left_out)
}

/// The name of the shortcode that begins here, behind its bracket, and what follows it.
fn shortcode<'t>(text: &'t str, closing: &[String]) -> Option<(&'t str, &'t str)> {
    let is_closed = |name: &str| closing.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    let inner = text.strip_prefix('/').unwrap_or(text);
    let name = name(inner);
    let rest = inner.get(name.len()..).filter(|_| !name.is_empty())?;
    let (attributes, behind) = rest.split_once(']')?;
    if attributes.contains(['[', '\n']) {
        return None;
    }
    let attributes = attributes.trim_end_matches('/').trim();
    let has_attributes = attributes.split_once('=').is_some_and(|(name, value)| {
        let name = name.rsplit(' ').next().unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        is_name && !value.is_empty()
    });
    let begins = rest.starts_with([' ', ']', '/', '\u{A0}']);
    (begins && (has_attributes || is_closed(name))).then_some((name, behind))
}

fn name(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len());
    text.get(..end).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn shortcodes_go_and_what_they_hold_stays() {
        let closing = ["box".to_owned()];
        for (text, kept) in [
            ("a [box]b[/box] c", "a b c"),
            ("[gallery ids=”1,2”]x", "x"),
            ("[related id=3 /] y", " y"),
            ("He [sic] said [1] and […] [note", "He [sic] said [1] and […] [note"),
            ("[a=b] [box", "[a=b] [box"),
            ("x[i] = y[j]", "x[i] = y[j]"),
        ] {
            assert_eq!(without(text, &closing).0, kept, "{text}");
        }
        assert_eq!(without("[box][/box][x y=1]", &closing).1, ["box", "x"]);
    }
}
