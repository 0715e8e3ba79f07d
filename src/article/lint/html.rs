//! Detects HTML, which is not interpreted anywhere.

use super::{after, before, looks_like};

/// Detects a character reference: `&amp;`, `&#8217;`, `&#x2019;`.
pub(super) fn reference(text: &str) -> Option<String> {
    after(text, "&").find_map(|(_, rest)| {
        let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        let (name, end) = match before(rest, ";", LONGEST).filter(is_name) {
            Some(name) => (name, ";"),
            None => (unterminated(rest)?, ""),
        };
        let written = ["&", name, end].concat();
        let instead = match name.strip_prefix('#') {
            Some(number) => ["Write ", &numbered(number)?.to_string(), " instead"].concat(),
            None => match NAMED.iter().find(|(known, _)| *known == name)?.1 {
                "" => "Remove it, or write the character itself".to_owned(),
                character => ["Write ", character, " instead"].concat(),
            },
        };
        Some(looks_like(&written, "an HTML character reference", &instead))
    })
}

/// Returns a name or number without its semicolon, which browsers accept as well: `&nbsp`, `&#8217`. Any
/// other name may be ordinary text after an ampersand.
fn unterminated(rest: &str) -> Option<&str> {
    if let Some(number) = rest.strip_prefix('#') {
        let count = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        return rest.get(..=count).filter(|_| (2..=6).contains(&count));
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(end)?;
    (SAFE.contains(&name) && !after.starts_with('=')).then_some(name)
}

/// Names that never follow an ampersand otherwise.
const SAFE: [&str; 14] = [
    "amp", "lt", "gt", "quot", "nbsp", "ndash", "mdash", "lsquo", "rsquo", "ldquo", "rdquo", "laquo",
    "raquo", "hellip",
];

/// The maximum length of a reference that is searched for.
const LONGEST: usize = 9;

/// Returns the character of a number as HTML does, including the numbers of Windows-1252.
fn numbered(number: &str) -> Option<char> {
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let windows = u8::try_from(number).ok().and_then(super::encoding::from_windows);
    windows.or_else(|| char::from_u32(number))
}

/// Detects a tag, a comment or another declaration.
pub(super) fn tag(text: &str) -> Option<String> {
    let instead = "Remove it, or put it in backticks if the text is about it";
    after(text, "<").find_map(|(_, rest)| {
        if rest.starts_with("!--") || rest.starts_with("![CDATA[") || rest.starts_with("?xml") {
            let start: String = rest.chars().take(12).collect();
            return Some(looks_like(&["<", &start].concat(), "an HTML comment or declaration", instead));
        }
        let inner = before(rest, ">", 500)?;
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, attributes) = name.split_at_checked(end)?;
        let is_known = TAGS.contains(&&*name.to_ascii_lowercase());
        let attributes = attributes.trim_end_matches('/').trim();
        let is_tag = is_known && (attributes.is_empty() || attributes.contains('='));
        is_tag.then(|| looks_like(&["<", inner, ">"].concat(), "an HTML tag", instead))
    })
}

/// The elements that are found in texts.
const TAGS: [&str; 82] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
    "video",
];

/// The characters by the names that converters write; empty for an invisible character.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "a space"),
    ("shy", ""),
    ("ensp", "a space"),
    ("emsp", "a space"),
    ("thinsp", "a space"),
    ("zwnj", ""),
    ("zwj", ""),
    ("lrm", ""),
    ("rlm", ""),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsaquo", "‹"),
    ("rsaquo", "›"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("prime", "′"),
    ("Prime", "″"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("sect", "§"),
    ("para", "¶"),
    ("dagger", "†"),
    ("euro", "€"),
    ("pound", "£"),
    ("yen", "¥"),
    ("cent", "¢"),
    ("times", "×"),
    ("divide", "÷"),
    ("minus", "−"),
    ("plusmn", "±"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("micro", "µ"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
    ("ordf", "ª"),
    ("ordm", "º"),
    ("larr", "←"),
    ("rarr", "→"),
    ("hearts", "♥"),
    ("aacute", "á"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("atilde", "ã"),
    ("auml", "ä"),
    ("aring", "å"),
    ("aelig", "æ"),
    ("ccedil", "ç"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("iacute", "í"),
    ("igrave", "ì"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
    ("ograve", "ò"),
    ("ocirc", "ô"),
    ("otilde", "õ"),
    ("ouml", "ö"),
    ("oslash", "ø"),
    ("oelig", "œ"),
    ("uacute", "ú"),
    ("ugrave", "ù"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("yacute", "ý"),
    ("yuml", "ÿ"),
    ("szlig", "ß"),
    ("eth", "ð"),
    ("thorn", "þ"),
    ("scaron", "š"),
    ("Aacute", "Á"),
    ("Agrave", "À"),
    ("Acirc", "Â"),
    ("Atilde", "Ã"),
    ("Auml", "Ä"),
    ("Aring", "Å"),
    ("AElig", "Æ"),
    ("Ccedil", "Ç"),
    ("Eacute", "É"),
    ("Egrave", "È"),
    ("Ecirc", "Ê"),
    ("Euml", "Ë"),
    ("Iacute", "Í"),
    ("Icirc", "Î"),
    ("Ntilde", "Ñ"),
    ("Oacute", "Ó"),
    ("Ocirc", "Ô"),
    ("Otilde", "Õ"),
    ("Ouml", "Ö"),
    ("Oslash", "Ø"),
    ("OElig", "Œ"),
    ("Uacute", "Ú"),
    ("Ucirc", "Û"),
    ("Uuml", "Ü"),
    ("Yacute", "Ý"),
    ("Scaron", "Š"),
];
