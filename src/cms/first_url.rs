//! The address in the words of a source, which careless editors do not link.

use crate::article::Url;

/// Returns the first URL with `http` or `https` in a text, without the punctuation behind it.
pub(super) fn first_url(text: &str) -> Option<Url> {
    let at = ["http://", "https://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    // Scripts without spaces, and their punctuation, may follow an address directly.
    let is_behind =
        |c: char| c.is_whitespace() || c >= '\u{2000}' || matches!(c, '<' | '>' | '"' | '»' | '|');
    let url = without_punctuation(text.get(at..)?.split(is_behind).next()?);
    // A parenthesis that the address opens, as in the titles of an encyclopedia, closes in it.
    let count = |parenthesis: char| url.matches(parenthesis).count();
    let url = url.strip_suffix(')').filter(|_| count(')') > count('(')).unwrap_or(url);
    Url::parse(without_punctuation(url)).ok()
}

fn without_punctuation(url: &str) -> &str {
    url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_url_is_without_the_punctuation_behind_it() {
        for (text, url) in [
            ("Report, https://a.example/b?c=d#e.", Some("https://a.example/b?c=d#e")),
            ("(http://A.example.), https://b.example", Some("http://A.example")),
            ("https://a.example/Wiki_(film)_(2)).", Some("https://a.example/Wiki_(film)_(2)")),
            ("来源：https://a.example/x。今天", Some("https://a.example/x")),
            ("«https://müller.example/straße»", Some("https://müller.example/straße")),
            ("ftp://a.example, https://b.example/", Some("https://b.example/")),
            ("https:// a.example, http://, a@b.example, www.c.example/d", None),
            ("://a.example", None),
        ] {
            assert_eq!(first_url(text).as_ref().map(Url::as_str), url, "{text}");
        }
    }
}
