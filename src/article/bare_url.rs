//! Bare URLs and e-mail addresses in a text, which are spoken by their host: nobody wants to hear them letter
//! by letter.
//!
//! All characters that identify an address are ASCII, so the code compares single bytes. A general pattern
//! searcher would be larger than this module.

/// The position of an address in a text, in bytes.
struct Address {
    start: usize,
    /// Where the host name begins, after any `www.`
    host: usize,
    host_end: usize,
    end: usize,
}

/// Replaces every bare URL and e-mail address by its host name: `https://www.example.org/2026/x?y` and
/// `desk@example.org` become `example.org`.
pub(super) fn shorten_urls_to_hosts(text: String) -> String {
    let mut spoken = String::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let found = address_at(text.as_bytes(), at).filter(|address| address.start >= from);
        let Some(Address { start, host, host_end, end }) = found else {
            at += 1;
            continue;
        };
        spoken.push_str(text.get(from..start).unwrap_or_default());
        spoken.push_str(text.get(host..host_end).unwrap_or_default());
        (from, at) = (end, end);
    }
    if from == 0 {
        return text;
    }
    spoken.push_str(text.get(from..).unwrap_or_default());
    spoken
}

/// Returns the address that is identified by the characters at this position: `://`, `www.`, `@` or a slash.
fn address_at(text: &[u8], at: usize) -> Option<Address> {
    let rest = text.get(at..)?;
    let mut host = at + 1;
    let (mut start, is_mail, needs_dot) = match rest.first()? {
        b':' if rest.starts_with(b"://") => {
            host = at + 3;
            (run_start(text, at, |byte| byte.is_ascii_alphabetic()), false, false)
        }
        b'w' | b'W' if is_www(rest) && run_start(text, at, |byte| byte.is_ascii_alphanumeric()) == at => {
            host = at;
            (at, false, true)
        }
        b'@' => (run_start(text, at, is_local), true, true),
        b'/' => return address_without_scheme(text, at),
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
        // Skip a user name before the host. After `www.` there is none, and scanning ahead for it at each of
        // many `www.` without a slash would take quadratic time.
        if !needs_dot {
            let authority = text.get(host..run_end(text, host, is_authority))?;
            host += authority.iter().rposition(|byte| *byte == b'@').map_or(0, |at| at + 1);
        }
        if is_www(text.get(host..)?) {
            host += 4;
        }
    }
    let host_end = run_start(text, run_end(text, host, is_host), |byte| matches!(byte, b'.' | b'-'));
    // A host name without a dot counts only after `://`.
    let name = text.get(host..host_end)?;
    if name.is_empty() || (needs_dot && !name.contains(&b'.')) {
        return None;
    }
    // Punctuation that ends the sentence and closing brackets are not part of the address.
    let end =
        if is_mail { host_end } else { run_start(text, run_end(text, host_end, is_address), is_closing) };
    Some(Address { start, host, host_end, end: end.max(host_end) })
}

/// Returns the address whose path begins at this slash: `bbc.co.uk/news`. What is before the slash must look
/// like a host, which `and/or`, `3/4` and `U.S./China` do not.
fn address_without_scheme(text: &[u8], slash: usize) -> Option<Address> {
    let start = run_start(text, slash, |byte| byte.is_ascii() && is_host(byte));
    let host = text.get(start..slash)?;
    let dot = host.iter().rposition(|byte| *byte == b'.')?;
    let (name, last_label) = (host.get(..dot)?, host.get(dot + 1..)?);
    let is_domain = name.last()?.is_ascii_alphanumeric()
        && last_label.len() > 1
        && last_label.iter().all(u8::is_ascii_lowercase)
        // Not a domain, but the end of many names: Node.js.
        && last_label != b"js";
    let is_part = matches!(text.get(..start)?.last(), Some(b'/' | b'\\' | b'@' | b'_' | b'='));
    // Scanning ahead at each slash of `x/x/x` would take quadratic time.
    if !is_domain || is_part {
        return None;
    }
    let end = run_start(text, run_end(text, slash, is_address), is_closing);
    let path = text.get(slash + 1..end)?;
    // Two names may be side by side: Booking.com/Airbnb.
    let is_name = path.first()?.is_ascii_uppercase() && path.iter().all(u8::is_ascii_alphabetic);
    (!is_name).then_some(Address { start, host: start, host_end: slash, end })
}

fn is_www(text: &[u8]) -> bool {
    text.get(..4).is_some_and(|www| www.eq_ignore_ascii_case(b"www."))
}

/// Returns where the run of matching bytes that ends at this position begins.
fn run_start(text: &[u8], mut at: usize, is_match: fn(u8) -> bool) -> usize {
    while at.checked_sub(1).and_then(|last| text.get(last)).is_some_and(|byte| is_match(*byte)) {
        at -= 1;
    }
    at
}

/// Returns where the run of matching bytes that begins at this position ends.
fn run_end(text: &[u8], mut at: usize, is_match: fn(u8) -> bool) -> usize {
    while text.get(at).is_some_and(|byte| is_match(*byte)) {
        at += 1;
    }
    at
}

/// Whether the byte may be part of an address: most of ASCII, and letters of scripts that put spaces between
/// words, which their first bytes identify. Text of other scripts may follow an address without a space, and
/// so may their punctuation.
fn is_address(byte: u8) -> bool {
    match byte {
        b'<' | b'>' | b'"' | b'|' | 0xC2 | 0xE0 => false,
        _ => byte > b' ' && (byte < 0xE2),
    }
}

/// Whether the byte may be part of the authority, before the path of an address.
fn is_authority(byte: u8) -> bool {
    is_address(byte) && !matches!(byte, b'/' | b'?' | b'#')
}

/// Whether the byte may be part of a host name.
fn is_host(byte: u8) -> bool {
    is_address(byte) && (byte > 0x7F || byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// Whether the byte may be before the `@` of an e-mail address.
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
}

fn is_closing(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b')' | b']' | b'}')
}

#[cfg(test)]
mod tests {
    use super::shorten_urls_to_hosts;

    #[test]
    fn bare_urls_are_replaced_by_their_host() {
        for (text, spoken) in [
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
            ("Read it at bbc.co.uk/news/uk-politics-12345678?at_medium=x now.", "Read it at bbc.co.uk now."),
            ("doi.org/10.1000/182", "doi.org"),
            ("(see youtu.be/dQw4w9WgXcQ), and", "(see youtu.be), and"),
            ("Spiegel.de/politik/a-1.html!", "Spiegel.de!"),
            ("bit.ly/X3yZ und t.co/~x", "bit.ly und t.co"),
            ("münchen.example/rathaus. Dann", "münchen.example. Dann"),
            ("见bbc.com/zhongwen/simp。今天", "见bbc.com。今天"),
            ("a.example/x b.example/y", "a.example b.example"),
        ] {
            assert_eq!(shorten_urls_to_hosts(text.to_owned()), spoken);
        }
    }

    #[test]
    fn other_text_is_unchanged() {
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
            "on 3/4/2026 and 03.04/05.04",
            "km/h and m.p.h./km/h",
            "the U.S./China talks, the U.S/China talks",
            "the U.N./EU mission",
            "and so on.../then",
            "z.B./d.h. and t.d/t.p",
            "Node.js/React, node.js/deno",
            "Booking.com/Airbnb, (Amazon.com/Walmart)",
            "ASP.NET/PHP",
            "3.5/4.5 and 10.30am/11am",
            "bbc.com/",
            "bbc.com/ and",
            "@user.example/x",
            "/srv/site.example/x",
            "C:\\site.example/x",
            "a-.de/x",
            "-.-/x",
            ".de/x",
        ] {
            assert_eq!(shorten_urls_to_hosts(text.to_owned()), text);
        }
    }
}
