use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// The bytes to percent-encode: all but `unreserved` of RFC 3986 and slashes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Converts a path to a URL: relative if the path is relative, otherwise with the scheme `file:`.
pub(super) fn path_to_url(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let bytes = path.as_os_str().as_encoded_bytes();
    // On Windows, the path separator becomes a slash.
    let slash = |byte: &u8| if cfg!(windows) && *byte == b'\\' { b'/' } else { *byte };
    let encoded = percent_encode(&bytes.iter().map(slash).collect::<Vec<u8>>(), ENCODED).to_string();
    match (path.is_absolute(), encoded.starts_with('/')) {
        (true, true) => ["file://", &encoded].concat(),
        (true, false) => ["file:///", &encoded].concat(),
        _ => encoded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn reserved_url_characters_are_percent_encoded() {
        for (path, expected) in [
            ("articles/a b.json", "articles/a%20b.json"),
            ("./a.json", "a.json"),
            ("a:b#?%.json", "a%3Ab%23%3F%25.json"),
            ("../é.json", "../%C3%A9.json"),
            ("/articles/a.json", "file:///articles/a.json"),
        ] {
            assert_eq!(path_to_url(Path::new(path)), expected);
        }
    }
}
