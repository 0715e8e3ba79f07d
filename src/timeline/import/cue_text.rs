use super::webvtt::timestamp;

/// Text that is spoken from one moment on.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// The moment; `None` for the start of the cue.
    pub(super) start: Option<f64>,
    /// The words, without tags.
    pub(super) text: String,
}

/// Returns the text of a WebVTT cue, split at its inner timestamps, by the W3C's tokenizer for cue text. Tags
/// are removed, together with the names of voices in them, and so is the annotation of ruby text. Of the
/// character references, those that WebVTT names and numeric ones are decoded.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece { start: None, text: String::new() }];
    let mut rest = text;
    let mut in_ruby_text = false;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '<' {
            let end = after.find('>').unwrap_or(after.len());
            let tag = after.get(..end).unwrap_or_default();
            rest = after.get(end + 1..).unwrap_or_default();
            match name_of(tag) {
                "rt" => in_ruby_text = true,
                "/rt" | "/ruby" => in_ruby_text = false,
                _ => {}
            }
            if let Some((seconds, "")) = timestamp(tag) {
                pieces.push(Piece { start: Some(seconds), text: String::new() });
            }
            continue;
        }
        let (c, taken) = match c {
            '&' => reference(rest).unwrap_or(('&', 1)),
            '\n' => (' ', 1),
            c => (c, c.len_utf8()),
        };
        if let Some(last) = pieces.last_mut().filter(|_| !in_ruby_text) {
            last.text.push(c);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces
}

fn name_of(tag: &str) -> &str {
    let end = tag.find(['.', ' ', '\t', '\n']).unwrap_or(tag.len());
    tag.get(..end).unwrap_or_default()
}

/// Returns the character that a leading reference stands for, and the length of the reference in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&apos;", '\''),
        ("&nbsp;", '\u{A0}'),
        ("&lrm;", '\u{200E}'),
        ("&rlm;", '\u{200F}'),
    ];
    if let Some((name, c)) = NAMES.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*c, name.len()));
    }
    // No numeric reference is longer.
    let end = text.bytes().take(11).position(|byte| byte == b';')?;
    let number = text.get(..end)?.strip_prefix("&#")?;
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code = match hexadecimal {
        Some(number) => u32::from_str_radix(number, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0').map(|c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        pieces(text).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn tags_are_removed_and_words_are_kept() {
        for (text, said) in [
            ("<v.loud Anna &amp; Ben>Talks <i>resume</i></v> <c.a.b>Monday", "Talks resume Monday"),
            ("<ruby>茶<rt>cha</rt>屋<rt>ya</ruby>です", "茶屋です"),
            ("two\nlines", "two lines"),
            ("1 < 2", "1 "),
            ("a <", "a "),
            ("<lang en-GB>colour</lang>", "colour"),
            ("a<>b</>c", "abc"),
        ] {
            assert_eq!(plain(text), said, "{text}");
        }
    }

    #[test]
    fn character_references_are_decoded() {
        for (text, said) in [
            ("a &amp; b &lt;c&gt; &quot;d&quot;", "a & b <c> \"d\""),
            ("it&#39;s &#x4e2d;&#X6587;", "it's 中文"),
            ("AT&T &unknown; &#0; &#xD800; &#;&", "AT&T &unknown; &#0; &#xD800; &#;&"),
            ("&", "&"),
            ("&中文;", "&中文;"),
        ] {
            assert_eq!(plain(text), said, "{text}");
        }
    }

    #[test]
    fn inner_timestamps_split_the_text() {
        let piece = |start, text: &str| Piece { start, text: text.to_owned() };
        assert_eq!(
            pieces("Talks <00:01.000>resume <00:00:01.500><c>on</c> <00:02>Monday<00:03.000>"),
            [piece(None, "Talks "), piece(Some(1.0), "resume "), piece(Some(1.5), "on Monday")]
        );
        assert_eq!(pieces("<00:01.000>Talks"), [piece(Some(1.0), "Talks")]);
        assert_eq!(pieces(" \n "), []);
    }
}
