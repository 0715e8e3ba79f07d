use std::fmt;

use super::Text;

/// An address that is safe to link to, fetch or show a picture from.
///
/// It is an `http` or `https` URL without credentials, or a relative one (`images/a.jpg`, `/a.jpg`,
/// `//cdn.example/a.jpg`), which is resolved against the address of the article's JSON. [`Url::parse`] is the
/// only way to create one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "native", derive(serde::Serialize), serde(transparent))]
pub struct Url(Text);

/// Why an address was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlError {
    /// Only white space.
    Empty,
    /// White space, control characters or backslashes inside the address. Browsers tolerate them, which is
    /// the classic way to hide a scheme.
    Obscured,
    /// A scheme that is neither `http` nor `https`.
    Scheme,
    /// A user name or password before the host.
    Credentials,
    /// No host after the scheme.
    Host,
    /// More than [`Url::MAX_CHARS`] characters.
    TooLong,
}

impl Url {
    /// The maximum length in characters, which every browser and proxy handles.
    pub const MAX_CHARS: usize = 2000;

    /// Parses an address after trimming white space and control characters. Characters that an address may
    /// not contain, such as the brackets of `?tag[]=tea`, are percent-encoded: an address is an IRI (RFC
    /// 3987), as the schema says.
    ///
    /// # Errors
    /// Returns the reason why the address is not safe to use.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if text.is_empty() {
            return Err(UrlError::Empty);
        }
        if text.len() > Self::MAX_CHARS && text.chars().count() > Self::MAX_CHARS {
            return Err(UrlError::TooLong);
        }
        if text.chars().any(is_obscuring) {
            return Err(UrlError::Obscured);
        }
        let mut path = 0;
        if let Some(rest) = after_scheme(text)? {
            path = text.len() - rest.len() + check_authority(rest)?.len();
        }
        match encoded(text, path) {
            Some(encoded) if encoded.chars().count() > Self::MAX_CHARS => Err(UrlError::TooLong),
            Some(encoded) => Ok(Self(encoded.into())),
            None => Ok(Self(text.into())),
        }
    }

    /// Returns the address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the address as shared text.
    #[must_use]
    pub fn to_text(&self) -> Text {
        Text::clone(&self.0)
    }

    /// Whether it has to be resolved against another address.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        let scheme = self.0.split_once("://").map(|(scheme, _)| scheme);
        !scheme.is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()))
    }
}

/// Returns the text after `http://`, `https://` or `//`; `None` for a relative path.
fn after_scheme(text: &str) -> Result<Option<&str>, UrlError> {
    if let Some(rest) = text.strip_prefix("//") {
        return Ok(Some(rest));
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return Ok(None);
    };
    if scheme.contains(['/', '?', '#']) {
        return Ok(None);
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(UrlError::Scheme);
    }
    rest.strip_prefix("//").map(Some).ok_or(UrlError::Host)
}

/// Checks and returns the authority, which is everything before the path: the host and its port.
fn check_authority(rest: &str) -> Result<&str, UrlError> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(UrlError::Credentials);
    }
    if authority.is_empty() || authority.starts_with(':') {
        return Err(UrlError::Host);
    }
    Ok(authority)
}

/// Percent-encodes the characters that an IRI does not allow; `None` when there are none. Brackets before
/// `path`, the byte offset at which the path begins, are kept: there they belong to an IPv6 address.
fn encoded(text: &str, path: usize) -> Option<String> {
    let fragment = text.find('#');
    let is_hex = |at| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    let must_be_encoded = |at: usize, c| match c {
        '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}' => true,
        '[' | ']' => at >= path,
        '#' => fragment != Some(at),
        '%' => !(is_hex(at + 1) && is_hex(at + 2)),
        _ => false,
    };
    if !text.char_indices().any(|(at, c)| must_be_encoded(at, c)) {
        return None;
    }
    let mut encoded = String::new();
    for (at, c) in text.char_indices() {
        if must_be_encoded(at, c) {
            // All of these characters are ASCII: two digits.
            let digits = [u32::from(c) >> 4, u32::from(c) & 15];
            let digits = digits.iter().filter_map(|digit| char::from_digit(*digit, 16));
            encoded.push('%');
            encoded.extend(digits.map(|digit| digit.to_ascii_uppercase()));
        } else {
            encoded.push(c);
        }
    }
    Some(encoded)
}

fn is_obscuring(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\\' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFD}')
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::Obscured => "it contains spaces, backslashes or invisible characters",
            Self::Scheme => "only http and https addresses are allowed",
            Self::Credentials => "it contains a user name or password",
            Self::Host => "it has no host",
            Self::TooLong => "it is longer than 2000 characters",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_url_characters_are_percent_encoded() {
        for (text, encoded) in [
            ("https://a.example/?tag[]=tea|milk", "https://a.example/?tag%5B%5D=tea%7Cmilk"),
            ("https://[::1]:80/[a]#b#c", "https://[::1]:80/%5Ba%5D#b%23c"),
            ("a%2Fb%2", "a%2Fb%252"),
            ("`", "%60"),
            ("100%", "100%25"),
            ("https://例え.example/日本", "https://例え.example/日本"),
        ] {
            let url = Url::parse(text);
            assert_eq!(url.as_ref().map(Url::as_str), Ok(encoded));
            assert_eq!(Url::parse(encoded), url);
        }
        let longest = ["[".repeat(Url::MAX_CHARS / 3), "[".to_owned()].concat();
        assert_eq!(Url::parse(&longest), Err(UrlError::TooLong));
    }

    #[test]
    fn web_and_relative_urls_are_accepted() {
        for text in [
            "https://a.example/x?y=1#z",
            "HTTP://a.example",
            "//cdn.example/x.png",
            "images/a.svg",
            "/a:b",
            "./x?u=http://y",
            "?page=javascript:1",
            "#top",
            "https://例え.example/日本",
            "https://a.example/@user",
            "https://[::1]:8080/",
        ] {
            assert!(Url::parse(text).is_ok(), "{text}");
        }
        assert_eq!(
            Url::parse("  https://a.example\n").map(|url| url.as_str().to_owned()),
            Ok("https://a.example".into())
        );
    }

    #[test]
    fn dangerous_and_deceptive_urls_are_rejected() {
        use UrlError::{Credentials, Empty, Host, Obscured, Scheme, TooLong};
        for (text, why) in [
            ("", Empty),
            (" \t", Empty),
            ("javascript:alert(1)", Scheme),
            ("  JaVaScRiPt:alert(1)", Scheme),
            ("\u{1}javascript:alert(1)", Scheme),
            ("java\nscript:alert(1)", Obscured),
            ("java\tscript:alert(1)", Obscured),
            ("java\u{200B}script:alert(1)", Obscured),
            ("data:text/html,x", Scheme),
            ("vbscript:x", Scheme),
            ("blob:https://a.example/1", Scheme),
            ("file:///etc/passwd", Scheme),
            ("mailto:a@b.example", Scheme),
            ("http:\\\\a.example", Obscured),
            ("https:a.example", Host),
            ("https:///x", Host),
            ("https://:80/", Host),
            ("//", Host),
            ("https://user@a.example/", Credentials),
            ("https://user:pass@a.example/", Credentials),
            ("//user@a.example/", Credentials),
            ("https://bank.example@evil.example", Credentials),
            ("https://a.example/\u{202E}gpj.exe", Obscured),
        ] {
            assert_eq!(Url::parse(text), Err(why), "{text:?}");
        }
        assert_eq!(Url::parse(&format!("https://a.example/{}", "x".repeat(2000))), Err(TooLong));
    }

    #[test]
    fn relative_urls_are_recognized() {
        let relative = |text: &str| Url::parse(text).map(|url| url.is_relative());
        assert_eq!(relative("https://a.example"), Ok(false));
        assert_eq!(relative("a/b"), Ok(true));
        assert_eq!(relative("//a.example/b"), Ok(true));
        assert_eq!(relative("/go?to=http://b.example"), Ok(true));
        assert_eq!(relative("go?to=http://b.example"), Ok(true));
    }
}
