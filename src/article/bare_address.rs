//! Addresses that stand in a text as they are, which nobody wants to hear letter by letter.
//!
//! All that tells them are characters of ASCII, so bytes are looked at, one by one: what can search for patterns
//! of any kind weighs more than all of this.

/// Where an address is in a text, in bytes.
struct Address {
    start: usize,
    /// The name of its host, without `www.`
    host: usize,
    host_end: usize,
    end: usize,
}

/// The text with every bare address said by the name of its host alone: `https://www.example.org/2026/x?y` and
/// `desk@example.org` by `example.org`.
pub(super) fn by_host(text: String) -> String {
    let mut said = String::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let found = address_at(text.as_bytes(), at).filter(|address| address.start >= from);
        let Some(Address { start, host, host_end, end }) = found else {
            at += 1;
            continue;
        };
        said.push_str(text.get(from..start).unwrap_or_default());
        said.push_str(text.get(host..host_end).unwrap_or_default());
        (from, at) = (end, end);
    }
    if from == 0 {
        return text;
    }
    said.push_str(text.get(from..).unwrap_or_default());
    said
}

/// The address that is told by what stands at a place: `://`, `www.` or `@`.
fn address_at(text: &[u8], at: usize) -> Option<Address> {
    let rest = text.get(at..)?;
    let mut host = at + 1;
    let (mut start, is_mail, needs_dot) = match rest.first()? {
        b':' if rest.starts_with(b"://") => {
            host = at + 3;
            (before(text, at, |byte| byte.is_ascii_alphabetic()), false, false)
        }
        b'w' | b'W' if is_www(rest) && before(text, at, |byte| byte.is_ascii_alphanumeric()) == at => {
            host = at;
            (at, false, true)
        }
        b'@' => (before(text, at, is_local), true, true),
        _ => return None,
    };
    if is_mail {
        if start == at {
            return None;
        }
        if text.get(..start)?.ends_with(b"mailto:") {
            start -= b"mailto:".len();
        }
    } else {
        // Whoever may go there is no part of it.
        // Before `www.` nobody may, and what goes on behind it without a slash would be gone through for each.
        if !needs_dot {
            let authority = text.get(host..behind(text, host, is_authority))?;
            host += authority.iter().rposition(|byte| *byte == b'@').map_or(0, |at| at + 1);
        }
        if is_www(text.get(host..)?) {
            host += 4;
        }
    }
    let host_end = before(text, behind(text, host, is_host), |byte| matches!(byte, b'.' | b'-'));
    // A name without a dot is one of these behind `://` alone.
    let name = text.get(host..host_end)?;
    if name.is_empty() || (needs_dot && !name.contains(&b'.')) {
        return None;
    }
    // What ends the sentence is no part of it, nor is a bracket.
    let end = if is_mail { host_end } else { before(text, behind(text, host_end, is_address), is_closing) };
    Some(Address { start, host, host_end, end: end.max(host_end) })
}

fn is_www(text: &[u8]) -> bool {
    text.get(..4).is_some_and(|www| www.eq_ignore_ascii_case(b"www."))
}

/// Where those bytes begin that end at a place.
fn before(text: &[u8], mut at: usize, is_one: fn(u8) -> bool) -> usize {
    while at.checked_sub(1).and_then(|last| text.get(last)).is_some_and(|byte| is_one(*byte)) {
        at -= 1;
    }
    at
}

/// Where those bytes end that begin at a place.
fn behind(text: &[u8], mut at: usize, is_one: fn(u8) -> bool) -> usize {
    while text.get(at).is_some_and(|byte| is_one(*byte)) {
        at += 1;
    }
    at
}

/// What may stand in an address: letters of scripts that put spaces between words, as their first bytes tell, and
/// most of ASCII. Scripts without such spaces go on right behind it, and so do their marks.
fn is_address(byte: u8) -> bool {
    match byte {
        b'<' | b'>' | b'"' | b'|' | 0xC2 | 0xE0 => false,
        _ => byte > b' ' && (byte < 0xE2),
    }
}

/// What may stand before the path of an address.
fn is_authority(byte: u8) -> bool {
    is_address(byte) && !matches!(byte, b'/' | b'?' | b'#')
}

/// What may stand in the name of a host.
fn is_host(byte: u8) -> bool {
    is_address(byte) && (byte > 0x7F || byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// What may stand before the `@` of an e-mail address.
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
}

fn is_closing(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b')' | b']' | b'}')
}

#[cfg(test)]
mod tests {
    use super::by_host;

    #[test]
    fn an_address_is_said_by_its_host() {
        for (text, said) in [
            ("See https://www.example.org/Reuters/2026/x?y=1#z.", "See example.org."),
            ("http://example.org", "example.org"),
            ("HTTPS://WWW.Example.ORG/A, and on", "Example.ORG, and on"),
            ("at www.example.org/a_(b)c, too", "at example.org, too"),
            ("(ftp://user:word@files.example.org:8080/x)", "(files.example.org)"),
            ("“https://example.org/“x”", "“example.org“x”"),
            ("从https://www.example.cn/新闻。今天", "从example.cn新闻。今天"),
            ("https://müller.example/straße und", "müller.example und"),
            ("Write to desk.news+tips@mail.example.org.", "Write to mail.example.org."),
            ("<mailto:desk@example.org>", "<example.org>"),
            ("www.a.example www.b.example", "a.example b.example"),
            ("https://medium.example/@desk/x", "medium.example"),
        ] {
            assert_eq!(by_host(text.to_owned()), said);
        }
    }

    #[test]
    fn what_is_no_address_is_said_as_it_is() {
        for text in [
            "",
            "12:30",
            "@desk said",
            "3 @ 5 euros",
            "a@b",
            "://",
            "http://",
            "https:// example",
            "www.",
            "www. x",
            "awww.cute",
            "and/or",
            "24/7",
            "Meyer/Müller",
            "Mr. Smith",
            "@",
            "@@",
            "www.x",
            "10€/kg",
            "ends with www",
        ] {
            assert_eq!(by_host(text.to_owned()), text);
        }
    }
}
