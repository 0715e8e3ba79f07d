//! The address in the words of a source, which careless editors do not link.

use crate::article::Url;

/// Returns the first URL with `http` or `https` in a text, without the punctuation behind it.
///
/// All characters that end an address are ASCII, or begin with a byte that tells, so the code compares single bytes:
/// every reader of a format includes it.
pub(super) fn first_url(text: &str) -> Option<Url> {
    let bytes = text.as_bytes();
    let mut start = 0;
    while !begins_url(bytes.get(start..)?) {
        start += 1;
    }
    let (mut at, mut end, mut open) = (start, start, 0_u32);
    while let Some(byte) = bytes.get(at).copied().filter(|byte| is_address(*byte)) {
        at += 1;
        match byte {
            b'(' => open += 1,
            // It closes what was opened before the address. In the titles of an encyclopedia, it is part of it.
            b')' if open == 0 => break,
            b')' => (open, end) = (open - 1, at),
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b']' => {}
            _ => end = at,
        }
    }
    Url::parse(text.get(start..end)?).ok()
}

fn begins_url(text: &[u8]) -> bool {
    text.starts_with(b"http://") || text.starts_with(b"https://")
}

/// Whether the byte may be part of an address. Text in scripts without spaces, and their punctuation, may follow an
/// address directly.
fn is_address(byte: u8) -> bool {
    const LATIN_1_SIGNS: u8 = 0xC2;
    const FROM_U2000: u8 = 0xE2;
    (b'!'..FROM_U2000).contains(&byte) && !matches!(byte, b'<' | b'>' | b'"' | LATIN_1_SIGNS)
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
