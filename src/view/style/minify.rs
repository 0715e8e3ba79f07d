//! Minifies the stylesheet at compile time.

/// Returns the length of a stylesheet once it is minified, in bytes.
pub(super) const fn length(css: &str) -> usize {
    minify::<0>(css).1
}

/// Returns a stylesheet without comments and insignificant whitespace. `LENGTH` is its length after
/// minification.
pub(super) const fn minified<const LENGTH: usize>(css: &str) -> [u8; LENGTH] {
    minify(css).0
}

/// Minifies as much as fits into `CAPACITY` bytes; returns the length of the whole besides.
#[allow(clippy::indexing_slicing, reason = "it runs in the compiler, which would tell")]
const fn minify<const CAPACITY: usize>(css: &str) -> ([u8; CAPACITY], usize) {
    let css = css.as_bytes();
    let (mut buffer, mut length) = ([0; CAPACITY], 0);
    let mut at = 0;
    // The last byte that was kept, and whether whitespace is pending until its significance is
    // known.
    let (mut last, mut space) = (b'}', false);
    let mut quote = None;
    while at < css.len() {
        let byte = css[at];
        if quote.is_none() && byte == b'/' && at + 1 < css.len() && css[at + 1] == b'*' {
            at += 2;
            while !(css[at] == b'*' && css[at + 1] == b'/') {
                at += 1;
            }
            at += 2;
            space = true;
            continue;
        }
        at += 1;
        if quote.is_none() && byte.is_ascii_whitespace() {
            space = true;
            continue;
        }
        if space && !ignores_space_after(last) && !ignores_space_before(byte) {
            if length < CAPACITY {
                buffer[length] = b' ';
            }
            length += 1;
        }
        space = false;
        // The last declaration of a block needs no semicolon.
        if byte == b'}' && last == b';' {
            length -= 1;
        }
        match quote {
            Some(opened) if opened == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        if length < CAPACITY {
            buffer[length] = byte;
        }
        length += 1;
        last = byte;
    }
    (buffer, length)
}

/// Returns whether whitespace after this byte is insignificant. After a colon, too: selectors have
/// none there.
const fn ignores_space_after(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b';' | b',' | b':' | b'>' | b'(')
}

/// Returns whether whitespace before this byte is insignificant.
const fn ignores_space_before(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b';' | b',' | b'>' | b')')
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = r#"
        /* A comment; with { } in it. */
        a :is(.b > c, d):hover { content: "  , /* text */ "; inset: calc(1px + 2px) 0 ; }
        @media (width < 30em) { e { f: g; } }
    "#;

    #[test]
    fn only_insignificant_characters_are_removed() {
        let css = minified::<{ length(CSS) }>(CSS);
        let expected = r#"a :is(.b>c,d):hover{content:"  , /* text */ ";inset:calc(1px + 2px) 0}@media (width < 30em){e{f:g}}"#;
        assert_eq!(std::str::from_utf8(&css), Ok(expected));
    }
}
